"""Every screen, with an attacker's text in every field, as a process of its own: `test_scan` starts it in a terminal.

It goes by itself from screen to screen, walks over what each shows, and ends with the names of those it showed.
"""

from __future__ import annotations

import asyncio
import os
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from textual.content import Content
from textual.events import Paste
from textual.widgets import Input, TextArea
from textual.widgets.option_list import Option

from pmrehearse.audio.events import TroubleBegan, TroubleKind
from pmrehearse.checking.findings import Verdict
from pmrehearse.library.rows import SnippetPart, VerdictRow
from pmrehearse.practice.plan import Wish
from pmrehearse.session.events import Stage, TroubleTold
from pmrehearse.session.exporting import ALL
from pmrehearse.session.upkeep import Deed
from pmrehearse.ui.jobs import JobState
from pmrehearse.ui.library_requests import ExportedTable, ExportedTake
from pmrehearse.ui.live import LiveRun
from pmrehearse.ui.practice_requests import DrillAt, RoundAt
from pmrehearse.ui.requests import HOME, AtBriefing, SessionTold
from pmrehearse.ui.screens.briefing import Briefing
from pmrehearse.ui.screens.compare import ComparePage
from pmrehearse.ui.screens.countdown import Countdown
from pmrehearse.ui.screens.debrief import DebriefPage
from pmrehearse.ui.screens.dialog import Ask, Choice, Trouble
from pmrehearse.ui.screens.drill import DrillPage
from pmrehearse.ui.screens.drill_summary import DrillSummary
from pmrehearse.ui.screens.export import Export
from pmrehearse.ui.screens.file_picker import FilePicker
from pmrehearse.ui.screens.first_start import FirstStartPage
from pmrehearse.ui.screens.guess import GuessFirst
from pmrehearse.ui.screens.help import Help
from pmrehearse.ui.screens.history import History
from pmrehearse.ui.screens.home import Home
from pmrehearse.ui.screens.interview import Interview
from pmrehearse.ui.screens.keys import CatchKey, KeysPage
from pmrehearse.ui.screens.library import LibraryPage
from pmrehearse.ui.screens.line_entry import LineEntry
from pmrehearse.ui.screens.microphones import Microphones
from pmrehearse.ui.screens.other_take import OtherTake
from pmrehearse.ui.screens.overrule import Overrule
from pmrehearse.ui.screens.path_entry import PathEntry
from pmrehearse.ui.screens.pick import Pick
from pmrehearse.ui.screens.plan import PlanPage
from pmrehearse.ui.screens.preparing import Preparing
from pmrehearse.ui.screens.progress import ProgressPage
from pmrehearse.ui.screens.rehearse import Rehearse
from pmrehearse.ui.screens.report import ReportPage
from pmrehearse.ui.screens.round_briefing import RoundBriefing
from pmrehearse.ui.screens.round_picker import RoundPicker
from pmrehearse.ui.screens.run_question import RunQuestion
from pmrehearse.ui.screens.settings import SettingsPage
from pmrehearse.ui.screens.text_entry import TextEntry
from pmrehearse.ui.screens.waiting import WaitingTake
from pmrehearse.ui.screens.working import Working
from pmrehearse.ui.shell import RehearsalApp
from tests.rigs.terminal_scan import EVIL, SHOWN
from tests.ui import conftest, samples
from tests.ui.conftest import Walk
from tests.ui.fakes import FakeDevice, FakeHit, FakeProgram, FakeRow, FakeSoundCheck, view_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot
    from textual.screen import Screen

Value = TypeVar("Value")

PATIENTLY_S = 90.0
"""How long a screen is waited for: nobody measures here how fast they are."""
OLDER = "older"
BOARD = "board"
NAMES = frozenset(
    {"id", "element_id", "scenario_id", "phase", "phase_id", "flag_id", "take_id", "on_flag", "recovered_by", "ended"}
)
"""Fields by which values find one another: they stay, as what is no id is refused where it enters."""
OURS = frozenset({Home, KeysPage, SettingsPage})
"""Screens on which an attacker's text may stand out of sight, or not at all."""


def poisoned(value: Value) -> Value:
    """The value with an attacker's text before every text in it; an empty one means that there is none."""
    if isinstance(value, Enum) or value == "":
        return value
    if isinstance(value, str):
        return EVIL + value  # type: ignore[return-value]  # a str is a str
    if isinstance(value, tuple):
        return tuple(poisoned(each) for each in value)  # type: ignore[return-value]  # likewise
    if is_dataclass(value) and not isinstance(value, type):
        inside = {each.name: getattr(value, each.name) for each in fields(value) if each.init}
        changed = {name: poisoned(each) for name, each in inside.items() if name not in NAMES}
        return replace(value, **changed)
    return value


def poisoned_program() -> FakeProgram:
    """Every text behind the screens is an attacker's."""
    program = FakeProgram()
    packs, reports = program.packs, program.reviewer.reports
    packs.scenarios = {name: poisoned(each) for name, each in packs.scenarios.items()}
    packs.listed = tuple(poisoned(each) for each in (*samples.SCENARIOS, samples.BROKEN))
    packs.loops = lambda: (replace(samples.LOOP, title=EVIL),)  # type: ignore[method-assign]  # a fake's
    reports |= {OLDER: samples.report(), BOARD: samples.board_report(BOARD)}
    reports |= {name: samples.drill_report(name) for name in ("one", "two")}
    for name, report in reports.items():
        reports[name] = replace(poisoned(report), take=poisoned(replace(report.take, id=name)))
    program.library.takes = [
        FakeRow(name, title=EVIL, name=EVIL, tags=(EVIL,), problem=problem)
        for name, problem in ((samples.TAKE, ""), (OLDER, ""), (samples.WAITING, EVIL))
    ]
    program.library.said = [
        VerdictRow(samples.TAKE, samples.LENS, samples.WHEN, "sample-size", Verdict.NEAR, None),
        VerdictRow(samples.TAKE, samples.LENS, samples.WHEN, "post-mortem", Verdict.MISSING, None),
    ]
    snippet = (SnippetPart(EVIL, is_match=True),)
    program.library.search = lambda *_: tuple(FakeHit(row, snippet, 1.0) for row in program.library.takes)  # type: ignore[method-assign]  # a fake's: whatever is pasted is found
    program.planning.keep(Wish("writer", date(2027, 1, 10), date(2026, 11, 20)))
    program.microphones = (FakeDevice(EVIL),)
    program.sound_check = evil_check  # type: ignore[method-assign]  # a fake's
    program.remembered.kept |= {"microphone": EVIL, "live": "full"}
    for deed in Deed:
        program.remembered.set(f"{deed} {program.library.root}", f"2026-11-22T09:31:05+00:00 1 {EVIL}")
    return program


def evil_check() -> FakeSoundCheck:
    """A microphone on trial, with a name and a trouble of an attacker's."""
    check = FakeSoundCheck()
    check.shown = replace(check.shown, device=EVIL, problem=EVIL, hint=EVIL)
    return check


class EvilJob:
    """Something that takes a while, described by an attacker."""

    reassurance = EVIL
    ends_the_run = False

    def start(self) -> None:
        """It is at work."""

    def state(self) -> JobState:
        """Half of it is done."""
        return JobState(EVIL, 1.0, 2.0, note=EVIL, words=EVIL)

    def leave(self) -> None:
        """Nothing is to be stopped."""


def _live(app: RehearsalApp, stage: Stage, drill: DrillAt | None = None, round_: RoundAt | None = None) -> LiveRun:
    """A run whose view is poisoned through and through."""
    program: Any = app.program
    live = LiveRun(program, AtBriefing(samples.LENS, drill=drill, round=round_), app.post_message)
    view = view_of(samples.LENS_SCENARIO, stage, 61.0 if stage is Stage.RECORDING else 0.0, 1)
    trouble = TroubleBegan(TroubleKind.QUIET, "quiet", "nearer")
    told = replace(view, cue=samples.LENS_SCENARIO.cues[0], findings=samples.FINDINGS, last_words="words")
    program.run.shown = poisoned(replace(told, troubles=(trouble,), problem="problem", hint="hint"))
    return live


def pages_of(app: RehearsalApp) -> Iterator[Screen[Any]]:
    """The screens that fill the terminal."""
    program: Any = app.program
    ids = (samples.LENS, samples.WHITEBOARD_SCENARIO.id)
    drill = DrillAt((f"{samples.LENS}:sample-size", f"{samples.LENS}:post-mortem"), ("one", "two"))
    round_ = RoundAt("writer", 1, ids)
    yield Home(program)
    yield FirstStartPage(program)
    yield Preparing(EVIL, EVIL)
    yield Briefing(program, _live(app, Stage.LISTENING))
    yield Countdown(program, _live(app, Stage.LISTENING))
    yield Rehearse(program, _live(app, Stage.RECORDING))
    yield Working(EvilJob(), program.clock)
    yield ReportPage(program, samples.TAKE, message=EVIL, hint=EVIL)
    yield WaitingTake(program, program.reviewer.reports[samples.WAITING], EVIL, EVIL)
    yield ComparePage(program, OLDER, samples.TAKE)
    yield History(program)
    yield ProgressPage(program, samples.LENS)
    yield PlanPage(program)
    yield DrillPage(program, _live(app, Stage.LISTENING, drill=drill), drill)
    yield DrillSummary(program, ("one", "two"))
    yield RoundBriefing(program, _live(app, Stage.LISTENING, round_=round_), round_)
    yield DebriefPage(program, replace(round_, take_ids=(samples.TAKE, BOARD)))
    yield SettingsPage(program)
    yield KeysPage(program)
    yield LibraryPage(program)


def dialogs_of(app: RehearsalApp) -> Iterator[Screen[Any]]:
    """The boxes over them."""
    program: Any = app.program
    report = program.reviewer.reports[samples.TAKE]
    loops, scenario = program.packs.loops(), program.packs.find(samples.LENS)
    choices = (Choice("a", EVIL, "a"), Choice("b", EVIL))
    yield Ask(EVIL, EVIL, choices)
    yield RunQuestion(_live(app, Stage.RECORDING), EVIL, EVIL, choices)
    yield Trouble(EVIL, EVIL)
    yield GuessFirst(scenario)
    yield Help(EVIL, EVIL, ((EVIL, EVIL),))
    yield Interview(loops, date(2026, 11, 22), None)
    yield CatchKey(EVIL)
    yield LineEntry(EVIL, EVIL, EVIL)
    yield Microphones(program, EVIL)
    yield OtherTake(program, report.take)
    yield Overrule(report, "sample-size", EVIL)
    yield Pick(EVIL, [Option(Content("ours"), id="ours")])
    yield RoundPicker(loops, dict.fromkeys(loops[0].rounds[0], EVIL))
    yield TextEntry(EVIL)
    yield Export(program, ExportedTake(samples.TAKE, EVIL, has_sound=True), ExportedTable(ALL, EVIL))
    yield FilePicker(EVIL, EVIL, EVIL, ())
    yield PathEntry(EVIL, EVIL, EVIL)


async def _paste(walk: Walk) -> None:
    """Into the fields that there are, an attacker's text is pasted."""
    for field in walk.screen.query(Input):
        field.post_message(Paste(EVIL))
    for area in walk.screen.query(TextArea):
        area.post_message(Paste(f"{EVIL}\n{EVIL}"))
    await walk.pilot.pause()


async def _show(walk: Walk, screen: Screen[Any]) -> str:
    """Show a screen until the attacker's text is seen there, walk over it, and leave it; its name."""
    await walk.app.push_screen(screen)
    await walk.until_on(type(screen))
    await _paste(walk)
    if type(screen) not in OURS:
        await walk.until_shown(SHOWN)
    for key in () if isinstance(screen, CatchKey) else ("down", "down", "pagedown", "end"):  # it takes the first
        await walk.press(key)
        await walk.pilot.pause()
    assert walk.screen is screen, f"{type(screen).__name__} went away"
    await walk.app.pop_screen()
    return type(screen).__name__


def main() -> None:
    """Show them all."""
    conftest.WITHIN_S = PATIENTLY_S
    program = poisoned_program()
    app = RehearsalApp(program, HOME)
    seen: list[str] = []

    async def tour(pilot: Pilot[None]) -> None:
        walk = Walk(app, pilot, program)
        await walk.until_on(Home)
        seen.extend([await _show(walk, each) for each in (*pages_of(app), *dialogs_of(app))])
        app.post_message(SessionTold(TroubleTold(EVIL, EVIL)))
        await walk.until(lambda: bool(app.screen.query("Toast")), "for the notice")
        await pilot.pause()
        app.exit()

    asyncio.run(app.run_async(auto_pilot=tour))  # type: ignore[arg-type]  # Textual's own pilots are of its app
    os.write(1, f"seen: {' '.join(seen)} end\n".encode())


if __name__ == "__main__":
    main()
