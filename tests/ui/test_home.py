"""What can be done from the home screen?"""

from __future__ import annotations

from pathlib import Path

import pytest

from pmrehearse.audio.events import FileSource
from pmrehearse.errors import LibraryError
from pmrehearse.library import recovery
from pmrehearse.library.take import TakeStatus
from pmrehearse.session.upkeep import Tidied
from pmrehearse.ui.screens.briefing import Briefing
from pmrehearse.ui.screens.dialog import Trouble
from pmrehearse.ui.screens.history import History
from pmrehearse.ui.screens.home import Home
from pmrehearse.ui.screens.report import ReportPage
from pmrehearse.ui.screens.text_entry import TextEntry
from pmrehearse.ui.screens.working import Working
from pmrehearse.ui.widgets.keys import Keys
from tests.ui import samples
from tests.ui.conftest import walking
from tests.ui.fakes import FakeProgram, FakeRecovery, FakeRow


async def test_what_the_scenario_asks_stands_beside_it(program: FakeProgram) -> None:
    """Moving the highlight shows the prompt and the count of elements of that scenario."""
    async with walking(program) as walk:
        await walk.until_shown("7 elements asked · 2 flags")
        await walk.press("j", "down")
        await walk.until_shown("90 min · 1 element asked")


async def test_the_list_begins_with_what_was_rehearsed_last(program: FakeProgram) -> None:
    """The highlight stands on the last take's scenario, wherever that is in the list; at first on the demo's."""
    program.packs.listed = tuple(reversed(program.packs.listed))
    program.library.takes.clear()
    async with walking(program) as walk:
        await walk.until_shown("7 elements asked · 2 flags")
    program.library.takes.insert(0, FakeRow(samples.WAITING, scenario_id=samples.WHITEBOARD_SCENARIO.id))
    async with walking(program) as walk:
        await walk.until_shown("90 min · 1 element asked")


async def test_enter_briefs_the_scenario(program: FakeProgram) -> None:
    """Enter prepares a run of the highlighted scenario and opens its briefing."""
    async with walking(program) as walk:
        await walk.until_shown("7 elements")
        await walk.press("enter")
        await walk.until_on(Briefing)
        assert program.run.scenario.id == samples.LENS


async def test_the_demo_is_one_key_away(program: FakeProgram) -> None:
    """`w` briefs the bundled answer, with its file in place of the microphone."""
    async with walking(program) as walk:
        await walk.until_shown("7 elements")
        await walk.press("w")
        await walk.until_on(Briefing)
        assert program.run.source == FileSource(Path("strong.ogg"))


async def test_a_broken_scenario_is_listed_with_its_mistakes(program: FakeProgram) -> None:
    """A user's file with mistakes stands in the list with all of them, and Enter does not start it."""
    program.packs.listed = (*program.packs.listed, samples.BROKEN)
    async with walking(program) as walk:
        await walk.until_shown("Your own")
        await walk.press("G")
        await walk.until_shown("did you mean")
        await walk.press("enter")
        assert isinstance(walk.screen, Home)
        assert program.conductors == []


async def test_a_take_that_was_cut_short_is_finished_with_one_key(program: FakeProgram) -> None:
    """A take that waits stands at the top; `f` transcribes it and shows its report."""
    program.library.takes.insert(0, FakeRow(samples.WAITING, status=TakeStatus.RECORDING, n_met=None))
    program.reviewer.may_end.clear()
    async with walking(program) as walk:
        await walk.until_shown("was cut short")
        await walk.press("f")
        await walk.until_on(Working)
        await walk.until_shown("0:41 of 1:22")
        program.reviewer.may_end.set()
        await walk.until_on(ReportPage)
        await walk.until_shown("2 of 7 met")


async def test_a_take_of_another_program_is_left_to_it(program: FakeProgram) -> None:
    """While another program records, its take is said to be recorded and cannot be finished; when that died, it can."""
    program.library.takes.insert(0, FakeRow(samples.WAITING, status=TakeStatus.RECORDING, n_met=None))
    program.records_elsewhere = True
    async with walking(program) as walk:
        await walk.until_shown("is being recorded by another program")
        await walk.until_shown("● recording")
        await walk.press("f")
        assert isinstance(walk.screen, Home)
        program.records_elsewhere = False
        await walk.press("r")
        await walk.until_shown("was cut short")


@pytest.mark.parametrize(
    ("needs_room", "banner", "row"),
    [(True, "waits for room on its disk", "needs room"), (False, "was cut short", "! cut short")],
)
async def test_a_take_that_its_disk_does_not_let_finish_waits(
    program: FakeProgram,
    needs_room: bool,  # noqa: FBT001
    banner: str,
    row: str,
) -> None:
    """While its disk is full it waits for room, in the banner and in both lists; nowhere is it said to be recorded."""
    program.library.takes.insert(0, FakeRow(samples.WAITING, status=TakeStatus.RECORDING, n_met=None))
    trouble = recovery.Trouble(samples.WAITING, "The disk is full.", "Free some room.", needs_room)
    program.recovery = FakeRecovery(troubles=(trouble,))
    async with walking(program) as walk:
        await walk.until_shown(banner)
        await walk.until_shown(row)
        assert "● recording" not in walk.text()
        await walk.press("h")
        await walk.until_on(History)
        await walk.until_shown(row)
        assert "● recording" not in walk.text()
        await walk.press("enter")
        await walk.until_shown("The disk is full. Free some room.")


async def test_a_take_whose_program_died_is_said_to_be_cut_short(program: FakeProgram) -> None:
    """What the library found cut short at the start is told from what was left for later."""
    program.library.takes.insert(0, FakeRow(samples.WAITING, status=TakeStatus.RECORDED, n_met=None))
    async with walking(program) as walk:
        await walk.until_shown("waits for its transcript")
    program.recovery = FakeRecovery((samples.WAITING,))
    async with walking(program) as walk:
        await walk.until_shown("was cut short")


async def test_a_pasted_text_becomes_a_take(program: FakeProgram) -> None:
    """`p` takes a text for the scenario, and its report opens; playing says that there is no sound."""
    program.library.audio = None
    async with walking(program) as walk:
        await walk.until_shown("7 elements")
        await walk.press("p")
        await walk.until_on(TextEntry)
        await walk.press(*"we ask why", "ctrl+s")
        await walk.until_on(ReportPage)
        await walk.until_shown("a typed text, 3 words")
        assert program.reviewer.texts == [(samples.LENS, "we ask why")]
        await walk.press("enter")
        await walk.until_shown("This take was typed: there is no")


async def test_a_written_text_is_not_thrown_away_unasked(program: FakeProgram) -> None:
    """Escape with a text in the field asks; staying keeps the text."""
    async with walking(program) as walk:
        await walk.until_shown("7 elements")
        await walk.press("p")
        await walk.until_on(TextEntry)
        await walk.press("a", "escape")
        await walk.until_shown("Leave without marking it?")
        await walk.press("enter")
        await walk.until_on(TextEntry)
        await walk.press("escape")
        await walk.until_shown("Leave without marking it?")
        await walk.press("t")
        await walk.until_on(Home)
        assert program.reviewer.texts == []


async def test_the_last_takes_open_their_reports(program: FakeProgram) -> None:
    """Tab goes to the last takes; Enter opens the report of one."""
    async with walking(program) as walk:
        await walk.until_shown("Last takes")
        await walk.press("tab", "enter")
        await walk.until_on(ReportPage)


async def test_history_opens_and_escape_returns(program: FakeProgram) -> None:
    """`h` lists all takes, Escape leads back."""
    async with walking(program) as walk:
        await walk.until_shown("Last takes")
        await walk.press("h")
        await walk.until_on(History)
        await walk.press("escape")
        await walk.until_on(Home)


async def test_an_empty_library_says_what_to_do(program: FakeProgram) -> None:
    """Without takes the list names the key that starts a rehearsal, and that of the demo."""
    program.library.takes = []
    async with walking(program) as walk:
        await walk.until_shown("No take yet. Enter rehearses the chosen scenario, w shows the demo.")


async def test_a_library_that_fails_is_told_calmly(program: FakeProgram) -> None:
    """An expected error of the library comes as a dialog with its hint, and the program goes on."""

    class Broken(type(program.library)):  # type: ignore[misc]  # the fake's own class
        def rows(self, *_: object, **__: object) -> tuple[FakeRow, ...]:
            raise LibraryError("The index is damaged.", "Run `pmrehearse library rebuild`.")

    program.library = Broken()
    async with walking(program) as walk:
        await walk.until_on(Trouble)
        await walk.until_shown("Run `pmrehearse library rebuild`.")
        program.library = FakeProgram().library
        await walk.press("enter")
        await walk.until_on(Home)
        await walk.until_shown("Last takes")


async def test_what_can_wait_is_done_beside_the_screen(program: FakeProgram) -> None:
    """Takes are marked a little at a time, and what is due is read again; it ends when nothing is left."""
    rounds = [Tidied(n_marked=20), Tidied(n_marked=3), Tidied(n_packed=1), Tidied()]
    program.tidy = lambda: rounds.pop(0) if rounds else Tidied()  # type: ignore[method-assign]
    async with walking(program) as walk:
        await walk.until(lambda: not rounds)
        await walk.until_shown("Last takes")


async def test_help_names_the_keys_of_the_screen(program: FakeProgram) -> None:
    """`?` shows what the screen is for and its keys; what has no room is scrolled to."""
    async with walking(program, size=(100, 30)) as walk:
        await walk.until_shown("7 elements")
        await walk.press("question_mark")
        await walk.until_shown("Watch demo")
        await walk.press("end")
        await walk.until_shown("Finish the waiting take")
        await walk.press("escape")
        await walk.until_on(Home)


async def test_every_action_is_in_the_palette(program: FakeProgram) -> None:
    """The command palette finds the screen's actions and runs them."""
    async with walking(program) as walk:
        await walk.until_shown("7 elements")
        await walk.press("ctrl+p")
        await walk.until_shown("on this screen: w")
        await walk.press(*"history")
        await walk.until_shown("on this screen: h")
        await walk.press("enter")
        await walk.until_on(History)


async def test_the_palette_begins_with_what_a_rehearser_needs(program: FakeProgram) -> None:
    """First what the last line offers, in its order; what every page can do, and Textual's own, come last."""
    async with walking(program) as walk:
        await walk.until_shown("7 elements")
        titles = [command.title for command in walk.app.get_system_commands(walk.screen)]
        hints = [hint.meaning for hint in walk.screen.query_one(Keys).hints]
        assert titles[: len(hints)] == hints
        assert titles.index("Settings") < titles.index("To the scenarios") < titles.index("Copy selected text")
        await walk.press("ctrl+p")
        await walk.until_shown("on this screen: enter")
        lines = walk.text().splitlines()
        places = [next(y for y, line in enumerate(lines) if f" {name} " in line) for name in hints[:4]]
        assert places == sorted(places)


async def test_every_key_of_the_last_line_can_be_clicked(program: FakeProgram) -> None:
    """A click on a hint presses its key."""
    async with walking(program) as walk:
        await walk.until_shown("h History")
        await walk.pilot.click(offset=(walk.text().splitlines()[-1].index("h History"), 23))
        await walk.until_on(History)


async def test_the_theme_is_remembered(program: FakeProgram) -> None:
    """Changing the theme keeps its name for the next start."""
    async with walking(program) as walk:
        await walk.press("ctrl+t")
        await walk.until(lambda: program.remembered.kept.get("theme") == "light")
    async with walking(program) as walk:
        assert walk.app.theme == "light"
