"""Do the screens look as they looked when somebody last looked at them?

`pytest tests/ui/test_pictures.py --snapshot-update` takes the pictures anew; look at each before you keep it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.widgets import Input

from pmrehearse.audio.events import TroubleBegan, TroubleKind
from pmrehearse.checking.findings import Verdict
from pmrehearse.library.recovery import Trouble
from pmrehearse.library.rows import VerdictRow
from pmrehearse.library.take import TakeStatus
from pmrehearse.practice.plan import Wish
from pmrehearse.rehearsal.lights import Light
from pmrehearse.rehearsal.pace import Pace
from pmrehearse.session.correcting import Said
from pmrehearse.session.events import Stage
from pmrehearse.session.sound_check import CheckStage, CheckView
from pmrehearse.ui.practice_requests import AtProgress, DrillAt, OpenDebrief, RoundAt
from pmrehearse.ui.requests import HOME, AtBriefing, AtReport
from pmrehearse.ui.screens.countdown import Countdown
from pmrehearse.ui.screens.guess import GuessFirst
from pmrehearse.ui.screens.overrule import Overrule
from pmrehearse.ui.screens.rehearse import Rehearse
from pmrehearse.ui.screens.working import Working
from pmrehearse.ui.widgets.word_editor import WordEditor
from tests.ui import samples
from tests.ui.conftest import Walk, walking
from tests.ui.fakes import FakeRow, view_of
from tests.ui.pictures import picture_of
from tests.ui.progress_samples import practise
from tests.ui.test_history import OLDER, earlier_report

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from tests.ui.fakes import FakeProgram

SETTLED_S = 0.15
"""Longer than one look of a live screen: nothing that has not changed by then is on its way."""
SMALL, MIDDLE, LARGE = (80, 24), (100, 30), (160, 50)
LENS = AtBriefing(samples.LENS)


class Picture(SingleFileSnapshotExtension):
    """One SVG file a picture."""

    file_extension = "svg"
    _write_mode = WriteMode.TEXT


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Compares with the picture that was kept."""
    return snapshot.use_extension(Picture)


async def _taken(walk: Walk) -> str:
    for field in walk.screen.query(Input):
        field.cursor_blink = False
    before, picture = "", picture_of(walk.app)
    while picture != before:  # something may still be laid out
        await walk.pilot.pause(SETTLED_S)
        before, picture = picture, picture_of(walk.app)
    return picture


@pytest.mark.parametrize(("size", "theme"), [(SMALL, "dark"), (MIDDLE, "light"), (LARGE, "dark"), (SMALL, "ansi-dark")])
async def test_first_start(program: FakeProgram, picture: SnapshotAssertion, size: tuple[int, int], theme: str) -> None:
    """The microphone is heard, and what fits this computer is known."""
    program.is_first_start, program.checkpoints.names = True, []
    program.remembered.kept["theme"] = theme
    async with walking(program, HOME, size) as walk:
        await walk.until_shown("you are heard")
        await walk.until_shown("fits here")
        assert await _taken(walk) == picture


async def test_first_start_without_a_microphone(program: FakeProgram, picture: SnapshotAssertion) -> None:
    """What is wrong stands in the level's place; the speaker's own voice is recorded, were there one."""
    program.is_first_start = True
    hint = "Another program may hold it, or the system refuses it to this terminal: look into its privacy settings."
    async with walking(program) as walk:
        await walk.until_shown("you are heard")
        program.sound_checks[0].shown = CheckView(CheckStage.FAILED, problem="The microphone is busy.", hint=hint)
        await walk.until_shown("is busy")
        assert await _taken(walk) == picture


@pytest.mark.parametrize(("size", "theme"), [(SMALL, "dark"), (LARGE, "light"), (SMALL, "ansi-dark")])
async def test_home(program: FakeProgram, picture: SnapshotAssertion, size: tuple[int, int], theme: str) -> None:
    """Packs, what the scenario asks, a take that was cut short, the last takes."""
    program.library.takes.insert(0, FakeRow(samples.WAITING, status=TakeStatus.RECORDING, n_met=None))
    program.packs.listed = (*program.packs.listed, samples.BROKEN)
    program.remembered.kept["theme"] = theme
    async with walking(program, HOME, size) as walk:
        await walk.until_shown("Last takes")
        assert await _taken(walk) == picture


@pytest.mark.parametrize(("size", "theme"), [(SMALL, "dark"), (LARGE, "light"), (SMALL, "ansi-dark")])
async def test_settings(
    program: FakeProgram,
    picture: SnapshotAssertion,
    size: tuple[int, int],
    theme: str,
    own_places: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every setting, what it is, and where that comes from; what the chosen one does."""
    monkeypatch.setenv("HOME", str(own_places))
    program.remembered.kept |= {"theme": theme, "microphone": "USB headset"}
    program.settings.change("count_in", 5)
    program.settings.change("keys.home.drill", "f6")
    async with walking(program, HOME, size) as walk:
        await walk.until_shown("7 elements")
        await walk.press("comma")
        await walk.until_shown("1 key changed")
        assert await _taken(walk) == picture


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program is called in a folder of a user whose home has always the same name: ~."""
    folder = tmp_path / "answers"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize(("size", "theme"), [(SMALL, "dark"), (LARGE, "light"), (SMALL, "ansi-dark")])
@pytest.mark.usefixtures("at_home")
async def test_export(program: FakeProgram, picture: SnapshotAssertion, size: tuple[int, int], theme: str) -> None:
    """What a take and the list of takes can be written as, and where it goes."""
    program.remembered.kept["theme"] = theme
    async with walking(program, HOME, size) as walk:
        await walk.until_shown("Last takes")
        await walk.press("h")
        await walk.until_shown("2 takes")
        await walk.press("E")
        await walk.until_shown("All 2 takes")
        await walk.press("j")
        assert await _taken(walk) == picture


@pytest.mark.parametrize(("size", "theme"), [(SMALL, "dark"), (LARGE, "light"), (SMALL, "ansi-dark")])
async def test_import(
    program: FakeProgram, picture: SnapshotAssertion, size: tuple[int, int], theme: str, at_home: Path
) -> None:
    """Folders, sound and transcripts where the program was called."""
    for name, n_bytes in (("memo.m4a", 2_130_000), ("call.flac", 12_800_000), ("memo.srt", 900), ("letter.pdf", 1)):
        (at_home / name).write_bytes(bytes(n_bytes))
    (at_home / "earlier").mkdir()
    program.remembered.kept["theme"] = theme
    async with walking(program, HOME, size) as walk:
        await walk.until_shown("Last takes")
        await walk.press("I")
        await walk.until_shown("memo.m4a")
        await walk.press("down", "down")
        assert await _taken(walk) == picture


@pytest.mark.parametrize(("size", "theme"), [(SMALL, "dark"), (LARGE, "light"), (SMALL, "ansi-dark")])
async def test_library(program: FakeProgram, picture: SnapshotAssertion, size: tuple[int, int], theme: str) -> None:
    """What is done to the library, what came of it, and what is wrong with a take."""
    program.library.troubles = (
        Trouble(
            samples.TAKE,
            "its sound has 3000 samples, 320000 were recorded",
            "Put it back from a copy, or delete the take; its transcript stays as it is.",
        ),
    )
    program.remembered.kept["theme"] = theme
    async with walking(program, HOME, size) as walk:
        await walk.until_shown("Last takes")
        await walk.press("l", "p")
        await walk.until_shown("1 take packed")
        await walk.press("v")
        await walk.until_shown("320000 were recorded")
        await walk.until_shown("with something wrong")
        assert await _taken(walk) == picture


async def test_keys(program: FakeProgram, picture: SnapshotAssertion) -> None:
    """What each key does, and by which name it is changed."""
    program.settings.change("keys.app.quit", "f10, ctrl+q")
    async with walking(program) as walk:
        await walk.until_shown("7 elements")
        await walk.press("comma")
        await walk.until_shown("1 key changed")
        await walk.press("G", "enter")
        await walk.until_shown("app.quit")
        assert await _taken(walk) == picture


async def test_briefing(program: FakeProgram, picture: SnapshotAssertion) -> None:
    """The question, the phases, the microphone."""
    async with walking(program, LENS) as walk:
        await walk.until_shown("you are heard")
        assert await _taken(walk) == picture


async def test_countdown(program: FakeProgram, picture: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch) -> None:
    """A number."""
    monkeypatch.setattr("pmrehearse.ui.screens.countdown.COUNT_S", 1000.0)
    async with walking(program, LENS, MIDDLE) as walk:
        await walk.until_shown("you are heard")
        await walk.press("enter")
        await walk.until_on(Countdown)
        await walk.until_shown("Get ready")
        assert await _taken(walk) == picture


@pytest.mark.parametrize(("size", "theme"), [(SMALL, "dark"), (LARGE, "dark"), (MIDDLE, "light")])
async def test_rehearse(program: FakeProgram, picture: SnapshotAssertion, size: tuple[int, int], theme: str) -> None:
    """The clock, the phases, the card, a trouble."""
    program.remembered.kept["theme"] = theme
    async with walking(program, LENS, size) as walk:
        await walk.until_shown("you are heard")
        await walk.press("enter")
        await walk.until_on(Countdown)
        await walk.press("enter")
        await walk.until_on(Rehearse)
        quiet = TroubleBegan(TroubleKind.QUIET, "The sound is very quiet.", "Move closer to the microphone.")
        program.run.shown = replace(
            view_of(samples.LENS_SCENARIO, Stage.RECORDING, 131.0, 1),
            pace=Pace.BEHIND,
            pace_s=-11.0,
            light=Light.YELLOW,
            cue=samples.LENS_SCENARIO.cues[0],
            troubles=(quiet,),
        )
        await walk.until_shown("behind the plan")
        assert await _taken(walk) == picture


async def test_rehearse_live(program: FakeProgram, picture: SnapshotAssertion) -> None:
    """Ticks and words while speaking, and the interviewer's card, on a small screen."""
    program.remembered.kept["live"] = "full"
    async with walking(program, LENS) as walk:
        await walk.until_shown("you are heard")
        await walk.press("enter")
        await walk.until_on(Countdown)
        await walk.press("enter")
        await walk.until_on(Rehearse)
        program.run.shown = replace(
            view_of(samples.LENS_SCENARIO, Stage.RECORDING, 61.0, 1),
            cue=samples.LENS_SCENARIO.cues[0],
            findings=samples.FINDINGS,
            last_words="we have two thousand users who asked for early access and that's a good group",
        )
        await walk.until_shown("a good group")
        assert await _taken(walk) == picture


async def test_working(program: FakeProgram, picture: SnapshotAssertion) -> None:
    """A line that grows."""
    async with walking(program, LENS) as walk:
        await walk.until_shown("you are heard")
        await walk.press("enter")
        await walk.until_on(Countdown)
        await walk.press("enter")
        await walk.until_on(Rehearse)
        await walk.press("enter")
        await walk.until_on(Working)
        program.run.shown = replace(program.run.shown, transcribed_s=60.0, recorded_s=180.0, last_words="an A/B test")
        await walk.until_shown("1:00 of 3:00")
        assert await _taken(walk) == picture


@pytest.mark.parametrize(("size", "theme"), [(SMALL, "dark"), (LARGE, "dark"), (LARGE, "light")])
async def test_report(program: FakeProgram, picture: SnapshotAssertion, size: tuple[int, int], theme: str) -> None:
    """An answer that met two of seven, at an element that is near."""
    program.remembered.kept["theme"] = theme
    async with walking(program, AtReport(samples.TAKE), size) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("j", "j", "j")
        await walk.until_shown("~ near")
        assert await _taken(walk) == picture


async def test_transcript(program: FakeProgram, picture: SnapshotAssertion) -> None:
    """The transcript with its evidence, on a small screen."""
    async with walking(program, AtReport(samples.TAKE)) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("tab")
        await walk.until_shown("by about 5%. ✓")
        assert await _taken(walk) == picture


async def test_waiting(program: FakeProgram, picture: SnapshotAssertion) -> None:
    """A take without a transcript."""
    async with walking(program, AtReport(samples.WAITING)) as walk:
        await walk.until_shown("transcribe it with base.en")
        assert await _taken(walk) == picture


@pytest.mark.parametrize(("size", "theme"), [(SMALL, "dark"), (MIDDLE, "light"), (LARGE, "dark"), (SMALL, "ansi-dark")])
async def test_drill(program: FakeProgram, picture: SnapshotAssertion, size: tuple[int, int], theme: str) -> None:
    """An element after two tries: the verdicts in a row, the last try with its words, the example."""
    program.remembered.kept["theme"] = theme
    program.reviewer.reports |= {name: samples.drill_report(name) for name in ("one", "two")}
    drill = DrillAt((f"{samples.LENS}:sample-size", f"{samples.LENS}:post-mortem"), ("one", "two"))
    async with walking(program, AtBriefing(samples.LENS, drill=drill), size) as walk:
        await walk.until_shown("Try 2")
        await walk.until_shown("you are heard")
        assert await _taken(walk) == picture


async def test_drill_summary(program: FakeProgram, picture: SnapshotAssertion) -> None:
    """Two tries, one met."""
    met = samples.drill_report("two", verdict=Verdict.MET)
    program.reviewer.reports |= {"one": samples.drill_report("one"), "two": met}
    drill = DrillAt((f"{samples.LENS}:sample-size",), ("one", "two"))
    async with walking(program, AtBriefing(samples.LENS, drill=drill)) as walk:
        await walk.until_shown("Try 2")
        await walk.press("escape")
        await walk.until_shown("2 tries, 1 met")
        assert await _taken(walk) == picture


@pytest.mark.parametrize(("size", "theme"), [(SMALL, "dark"), (LARGE, "light")])
async def test_debrief(program: FakeProgram, picture: SnapshotAssertion, size: tuple[int, int], theme: str) -> None:
    """A round of two scenarios, at an element that was near."""
    program.remembered.kept["theme"] = theme
    program.reviewer.reports["board"] = samples.board_report("board")
    ids = (samples.LENS, samples.WHITEBOARD_SCENARIO.id)
    async with walking(program, HOME, size) as walk:
        await walk.until_shown("Last takes")
        walk.app.post_message(OpenDebrief(RoundAt("writer", 1, ids, (samples.TAKE, "board"))))
        await walk.until_shown("3 of 8 met over the round")
        await walk.press("j", "j")
        await walk.until_shown("Lacking")
        assert await _taken(walk) == picture


@pytest.mark.parametrize(("size", "theme"), [(SMALL, "dark"), (MIDDLE, "light"), (SMALL, "ansi-dark")])
async def test_plan(program: FakeProgram, picture: SnapshotAssertion, size: tuple[int, int], theme: str) -> None:
    """A plan that is half followed: a round that is overdue, one for later, one again."""
    program.remembered.kept["theme"] = theme
    program.planning.keep(Wish("writer", date(2027, 1, 10), date(2026, 11, 20)))
    program.library.said = [VerdictRow(samples.TAKE, samples.LENS, samples.WHEN, "sample-size", Verdict.NEAR, None)]
    async with walking(program, HOME, size) as walk:
        await walk.press("t")
        await walk.until_shown("overdue")
        assert await _taken(walk) == picture


@pytest.mark.parametrize(("size", "theme"), [(SMALL, "dark"), (MIDDLE, "light")])
async def test_home_with_a_plan(
    program: FakeProgram, picture: SnapshotAssertion, size: tuple[int, int], theme: str
) -> None:
    """What is to be done today: a round, and the elements that are due."""
    program.remembered.kept["theme"] = theme
    program.planning.keep(Wish("writer", date(2026, 12, 22), date(2026, 11, 22)))
    program.library.said = [
        VerdictRow(samples.TAKE, samples.LENS, samples.WHEN, element_id, verdict, None)
        for element_id, verdict in (("sample-size", Verdict.NEAR), ("post-mortem", Verdict.MISSING))
    ]
    async with walking(program, HOME, size) as walk:
        await walk.until_shown("2 elements due")
        assert await _taken(walk) == picture


@pytest.mark.parametrize(("size", "theme"), [(SMALL, "dark"), (MIDDLE, "light"), (LARGE, "dark"), (SMALL, "ansi-dark")])
async def test_listening(program: FakeProgram, picture: SnapshotAssertion, size: tuple[int, int], theme: str) -> None:
    """The transcript while it is heard at another speed: the spoken word, evidence, a note, an overruled verdict."""
    program.remembered.kept |= {"theme": theme, "speed": "0.75"}
    program.corrector.add_note(samples.TAKE, "slower here", 26.0)
    program.corrector.overrule(samples.TAKE, "sample-size", Said(Verdict.MET, note="that is per arm"))
    async with walking(program, AtReport(samples.TAKE), size) as walk:
        await walk.until_shown("3 of 7 met")
        await walk.press("j", "j", "j", "tab", "enter")
        program.the_player.move_to(48.6)
        await walk.until_shown("▶  0:48")
        assert await _taken(walk) == picture


@pytest.mark.parametrize(("size", "theme"), [(SMALL, "dark"), (SMALL, "light")])
async def test_overruling(program: FakeProgram, picture: SnapshotAssertion, size: tuple[int, int], theme: str) -> None:
    """The question whether it was said."""
    program.remembered.kept["theme"] = theme
    async with walking(program, AtReport(samples.TAKE), size) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("j", "j", "j", "o")
        await walk.until_on(Overrule)
        assert await _taken(walk) == picture


async def test_editing(program: FakeProgram, picture: SnapshotAssertion) -> None:
    """A field over the words that are put right."""
    async with walking(program, AtReport(samples.TAKE)) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("tab", "home", "down", "down", "v", "right", "right", "e")
        await walk.until(lambda: bool(walk.screen.query(WordEditor)))
        assert await _taken(walk) == picture


async def test_guessing(program: FakeProgram, picture: SnapshotAssertion) -> None:
    """What the speaker thinks, before the results."""
    program.remembered.kept["guess"] = "on"
    async with walking(program, AtReport(samples.WAITING)) as walk:
        await walk.until_shown("transcribe it with base.en")
        await walk.press("f")
        await walk.until_on(GuessFirst)
        await walk.press("space", "down")
        assert await _taken(walk) == picture


def _shelf(program: FakeProgram) -> None:
    program.library.takes = [
        FakeRow(samples.TAKE, tags=("calm",)),
        FakeRow(OLDER, started_at=earlier_report().take.started_at, n_met=7, duration_s=171.0, name="the good one"),
        FakeRow("board", "writer/whiteboard", "Whiteboard", n_met=None, duration_s=0.0, words_per_minute=None),
    ]
    program.reviewer.reports[OLDER] = earlier_report()


@pytest.mark.parametrize(("size", "theme"), [(SMALL, "dark"), (LARGE, "light"), (SMALL, "ansi-dark")])
async def test_history(program: FakeProgram, picture: SnapshotAssertion, size: tuple[int, int], theme: str) -> None:
    """Takes in which something was said."""
    program.remembered.kept["theme"] = theme
    _shelf(program)
    async with walking(program, size=size) as walk:
        await walk.until_shown("Last takes")
        await walk.press("h")
        await walk.until_shown("3 takes")
        await walk.press("space", "slash", *"early", "enter")
        await walk.until_shown("who asked for early")
        assert await _taken(walk) == picture


@pytest.mark.parametrize(("size", "theme"), [(SMALL, "dark"), (MIDDLE, "light"), (SMALL, "ansi-dark")])
async def test_comparing(program: FakeProgram, picture: SnapshotAssertion, size: tuple[int, int], theme: str) -> None:
    """Two takes beside one another."""
    program.remembered.kept["theme"] = theme
    _shelf(program)
    async with walking(program, size=size) as walk:
        await walk.until_shown("Last takes")
        await walk.press("h")
        await walk.until_shown("3 takes")
        await walk.press("space", "down", "c")
        await walk.until_shown("2 → 2 of 7 met")
        await walk.press("down")
        await walk.until_shown("now   ✗ missing")
        assert await _taken(walk) == picture


@pytest.mark.parametrize(
    ("size", "theme"),
    [(SMALL, "dark"), (MIDDLE, "light"), (LARGE, "dark"), (SMALL, "ansi-dark"), (SMALL, "ansi-light")],
)
async def test_progress(program: FakeProgram, picture: SnapshotAssertion, size: tuple[int, int], theme: str) -> None:
    """A scenario over two weeks: coverage, pace and time as columns, the tries of its elements as marks."""
    program.remembered.kept["theme"] = theme
    practise(program)
    async with walking(program, AtProgress(samples.LENS), size) as walk:
        await walk.until_shown("Coverage  100%")
        assert await _taken(walk) == picture


@pytest.mark.parametrize(("size", "theme"), [(SMALL, "light"), (LARGE, "light")])
async def test_progress_of_all(
    program: FakeProgram, picture: SnapshotAssertion, size: tuple[int, int], theme: str
) -> None:
    """All scenarios together, and what fails most."""
    program.remembered.kept["theme"] = theme
    practise(program)
    async with walking(program, AtProgress(), size) as walk:
        await walk.until_shown("What fails most")
        assert await _taken(walk) == picture


@pytest.mark.parametrize("n_takes", [0, 1, 2])
async def test_progress_of_few(program: FakeProgram, picture: SnapshotAssertion, n_takes: int) -> None:
    """Before the first take, and after one and two."""
    practise(program, n_takes)
    async with walking(program, AtProgress(samples.LENS)) as walk:
        await walk.until_shown("Elements" if n_takes else "Nothing to draw yet.")
        assert await _taken(walk) == picture
