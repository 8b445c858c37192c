"""Is a key offered only while it can do something, and does one that cannot say why?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmrehearse.audio.events import FileSource
from pmrehearse.library.take import TakeStatus
from pmrehearse.session.events import Stage
from pmrehearse.session.sound_check import CheckStage, CheckView
from pmrehearse.ui.keymap import with_keys
from pmrehearse.ui.offering import Offering
from pmrehearse.ui.practice_requests import AtDrill, AtProgress
from pmrehearse.ui.requests import HOME, AtBriefing, AtReport
from pmrehearse.ui.screens.countdown import Countdown
from pmrehearse.ui.screens.microphones import Microphones
from pmrehearse.ui.screens.rehearse import Rehearse
from pmrehearse.ui.screens.report import ReportPage
from pmrehearse.ui.screens.waiting import WaitingTake
from pmrehearse.ui.take_sound import LOST, TYPED
from pmrehearse.ui.widgets.keys import Keys
from pmrehearse.ui.widgets.player_line import PlayerLine
from tests.ui import samples
from tests.ui.conftest import Walk, walking
from tests.ui.fakes import FakeProgram, FakeRow, view_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmrehearse.ui.requests import StartAt

LENS = AtBriefing(samples.LENS)
REPORT = AtReport(samples.TAKE)
ELEMENT = f"{samples.LENS}:sample-size"


def _empty(program: FakeProgram) -> None:
    program.library.takes.clear()


def _one_take(program: FakeProgram) -> None:
    del program.library.takes[1:]


def _typed(program: FakeProgram) -> None:
    _one_take(program)
    program.library.audio = None
    program.reviewer.reports[samples.TAKE] = samples.typed_report("we ask why")


def _lost(program: FakeProgram) -> None:
    program.library.audio = None


def _silent(program: FakeProgram) -> None:
    program.reviewer.reports[samples.TAKE] = samples.silent_report()


def _first(program: FakeProgram) -> None:
    program.is_first_start = True
    program.checkpoints.names = []


def _theirs(program: FakeProgram) -> None:
    waiting = samples.waiting_report()
    theirs = replace(waiting, take=replace(waiting.take, id=samples.TAKE, status=TakeStatus.RECORDING))
    program.reviewer.reports[samples.TAKE] = theirs


def _nothing(program: FakeProgram) -> None:
    del program


@dataclass(frozen=True)
class Case:
    """A screen in a state in which keys can do nothing.

    Attributes:
        prepare: Brings the state about.
        start: Where the screens begin.
        keys: What is pressed to come to the screen.
        shown: What stands on it.
        offers: What its last line offers, all of it.
    """

    prepare: Callable[[FakeProgram], None]
    start: StartAt
    keys: tuple[str, ...]
    shown: str
    offers: str


LISTENING = ("enter", "space", "s", "comma", "full_stop", "minus", "plus", "r", "right_square_bracket")
"""The keys with which one listens."""
CASES = {
    "home, no take": Case(
        _empty, HOME, (), "No take yet",
        "Rehearse, Drill, Plan, Watch demo, Paste a text, Import a file, Settings, Quit",
    ),
    "home, a broken scenario": Case(
        _nothing, HOME, ("G",), "did you mean", "Plan, History, Progress, Watch demo, Import a file, Settings, Quit"
    ),
    "takes, one": Case(
        _one_take, HOME, ("h",), "1 take", "Report, Search, Filter, Rename, Tags, Delete, Export, Import, Library, Back"
    ),
    "takes, none found": Case(
        _one_take, HOME, ("h", "slash", *"zzzz", "enter"), "was not said", "Back"
    ),
    "plan, none": Case(_nothing, HOME, ("t",), "No plan yet", "Interview …, Any round …, Back"),
    "progress, none": Case(_empty, AtProgress(), (), "Nothing to draw yet", "Back"),
    "report, typed": Case(
        _typed, REPORT, (), "a typed text", "Next part, Overrule, Note, Copy, Export, Again, Drill, Takes, Back"
    ),
    "report, sound lost": Case(
        _lost, REPORT, (), "2 of 7 met", "Next part, Overrule, Note, Compare, Copy, Export, Again, Drill, Takes, Back"
    ),
    "report, nothing heard": Case(
        _silent, REPORT, ("tab",), "heard",
        "Next part, Pause, Overrule, Note, Compare, Export, Again, Drill, Takes, Back",
    ),
    "report, a flag": Case(
        _nothing, REPORT, ("G",), "Lists ideas", "Next part, Pause, Note, Compare, Copy, Export, Again, Takes, Back"
    ),
    "report, recorded elsewhere": Case(_theirs, REPORT, (), "Another program is recording", "Back"),
    "briefing, a file": Case(
        _nothing, AtBriefing(samples.LENS, FileSource(Path("strong.ogg"))), (), "7 elements",
        "Start, Elements, Lights, Live, Back",
    ),
    "drill, one element": Case(_nothing, AtDrill((ELEMENT,)), (), "Say", "Try, Example, Microphone, Enough"),
    "settings, as usual": Case(_nothing, HOME, ("comma",), "Settings", "Change, Look after the takes, Back"),
}  # fmt: skip


def offers(walk: Walk) -> str:
    """What the last line would offer on a terminal of any width, but help."""
    return ", ".join(hint.meaning for hint in walk.screen.query_one(Keys).hints if hint.meaning != "Help")


def listening(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is told from now on."""
    told: list[str] = []
    monkeypatch.setattr(walk.app, "notify", lambda message, **_: told.append(message))
    return told


async def each_answers(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every key that is not offered is answered with its sentence, and nothing else happens."""
    here, told = walk.screen, listening(walk, monkeypatch)
    for active in list(here.active_bindings.values()):
        if active.enabled:
            continue
        target, name, _ = walk.app._parse_action(active.binding.action, active.node)
        assert isinstance(target, Offering)
        why = with_keys(walk.app, target.why_not(name))
        assert why.endswith((".", ":"))
        assert await walk.app.run_action(active.binding.action, active.node)
        assert told == [why]
        assert walk.screen is here
        told.clear()


@pytest.mark.parametrize("name", CASES)
async def test_a_key_that_can_do_nothing_is_not_offered(
    program: FakeProgram, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last line offers what can be done in this state; each other key of the page says why it does nothing."""
    case = CASES[name]
    program.packs.listed = (*program.packs.listed, samples.BROKEN)
    case.prepare(program)
    async with walking(program, case.start, (160, 24)) as walk:
        if case.start == HOME:
            await walk.until_shown("No take yet" if case.prepare is _empty else "Last takes")
        elif isinstance(case.start, AtReport):
            await walk.until(lambda: isinstance(walk.screen, ReportPage | WaitingTake), "for the report")
        await walk.press(*case.keys)
        await walk.until_shown(case.shown)
        await walk.until(lambda: offers(walk) == case.offers, f"for {case.offers}; it offers {offers(walk)}")
        await each_answers(walk, monkeypatch)


@pytest.mark.parametrize(("prepare", "why"), [(_typed, TYPED), (_lost, LOST)])
async def test_without_sound_nothing_is_offered_that_needs_it(
    program: FakeProgram, prepare: Callable[[FakeProgram], None], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No part of a report offers to play, no bar stands there, and each key for it says why."""
    prepare(program)
    async with walking(program, REPORT, (160, 50)) as walk:
        await walk.until_on(ReportPage)
        await walk.until(lambda: not walk.screen.query_one(PlayerLine).display)
        for _ in range(4):
            assert not {"Play", "Pause"} & set(offers(walk).split(", "))
            await walk.press("tab")
        told = listening(walk, monkeypatch)
        for key in LISTENING:
            await walk.press(key)
        assert told == [why] * len(LISTENING)
        assert program.the_player.played == []


async def test_takes_without_any_offers_what_brings_one(program: FakeProgram, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty list of takes is left only with Import, the library and the way back."""
    async with walking(program, size=(160, 24)) as walk:
        await walk.until_shown("Last takes")
        program.library.takes.clear()
        await walk.press("h")
        await walk.until_shown("No take yet")
        await walk.until(lambda: offers(walk) == "Import, Library, Back", "for few keys")
        await each_answers(walk, monkeypatch)


async def test_keys_come_back_with_what_they_need(program: FakeProgram) -> None:
    """A second take of the scenario brings Compare back, without leaving the page for good."""
    _one_take(program)
    async with walking(program, size=(160, 24)) as walk:
        await walk.until_shown("Last takes")
        await walk.press("h")
        await walk.until_shown("1 take")
        assert "Compare" not in offers(walk)
        program.library.takes.append(FakeRow("another", n_met=3))
        await walk.press("escape", "h")
        await walk.until_shown("2 takes")
        await walk.until(lambda: "Compare" in offers(walk), "for Compare")


async def test_without_a_microphone_nothing_is_heard(program: FakeProgram, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the first page and at the briefing the keys that need one go, say why, and come back when it opens."""
    _first(program)
    async with walking(program, size=(160, 24)) as walk:
        await walk.until_shown("you are heard")
        await walk.until(lambda: "Hear yourself" in offers(walk), "for the key")
        heard = program.sound_checks[0].shown
        program.sound_checks[0].shown = CheckView(CheckStage.FAILED, problem="No microphone was found.")
        await walk.until(lambda: "Hear yourself" not in offers(walk), "for it to go")
        await each_answers(walk, monkeypatch)
        program.sound_checks[0].shown = heard
        await walk.until(lambda: "Hear yourself" in offers(walk), "for it to come back")
    async with walking(program, LENS, (160, 24)) as walk:
        await walk.until(lambda: offers(walk).startswith("Start"), "for Start")
        program.run.shown = replace(
            view_of(samples.LENS_SCENARIO), problem="No microphone was found.", hint="Plug it in."
        )
        await walk.until(lambda: "Start" not in offers(walk), "for Start to go")
        await each_answers(walk, monkeypatch)
        await walk.press("enter")
        assert not isinstance(walk.screen, Countdown)


async def test_where_there_is_no_microphone_none_can_be_taken(program: FakeProgram) -> None:
    """The list offers to look again and to leave; Enter is named once there is one."""
    found, program.microphones = program.microphones, ()
    async with walking(program, LENS) as walk:
        await walk.until_shown("7 elements")
        await walk.press("m")
        await walk.until_on(Microphones)
        await walk.until_shown("The system lists no microphone.")
        assert "enter takes it" not in walk.text()
        program.microphones = found
        await walk.press("r")
        await walk.until_shown("enter takes it")


async def test_after_the_last_phase_comes_none(program: FakeProgram, monkeypatch: pytest.MonkeyPatch) -> None:
    """Next phase is offered up to the last one."""
    async with walking(program, LENS) as walk:
        await walk.until_shown("7 elements")
        await walk.press("enter")
        await walk.until_on(Countdown)
        await walk.press("enter")
        await walk.until_on(Rehearse)
        await walk.until(lambda: "Next phase" in offers(walk), "for the key")
        program.run.shown = view_of(samples.LENS_SCENARIO, Stage.RECORDING, 150.0, 2)
        await walk.until(lambda: "Next phase" not in offers(walk), "for it to go")
        await each_answers(walk, monkeypatch)


async def test_help_lists_keys_that_can_do_nothing_now(program: FakeProgram) -> None:
    """Who looks for a key finds it there; the command palette lists what can be done at once."""
    _empty(program)
    async with walking(program) as walk:
        await walk.until_shown("No take yet")
        titles = [command.title for command in walk.app.get_system_commands(walk.screen)]
        assert "History" not in titles
        assert "Watch demo" in titles
        await walk.press("question_mark")
        await walk.until_shown("History")
