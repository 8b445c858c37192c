"""Makes the pictures of the documentation: the real screens over the shipped scenarios.

    python tools/make_screenshots.py [FOLDER]        (docs/images is the usual one)

Takes, microphone and clock are those of the screens' tests; what the answer met is what the program's own checks say
of it. The README shows two of the pictures (rehearse, report) and two of `tools/make_week.py`.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pmrehearse.bootstrap import Program  # noqa: E402  after the path
from pmrehearse.checking.findings import Verdict  # noqa: E402  likewise
from pmrehearse.library.recovery import Trouble  # noqa: E402
from pmrehearse.practice.plan import Wish  # noqa: E402
from pmrehearse.rehearsal.lights import Light  # noqa: E402
from pmrehearse.rehearsal.pace import Pace  # noqa: E402
from pmrehearse.scenario import packs  # noqa: E402
from pmrehearse.session.correcting import Said  # noqa: E402
from pmrehearse.session.events import Stage  # noqa: E402
from pmrehearse.ui.practice_requests import DrillAt, OpenDebrief, RoundAt  # noqa: E402
from pmrehearse.ui.requests import HOME, AtBriefing, AtReport, OpenBriefing, OpenReport  # noqa: E402
from pmrehearse.ui.screens.overrule import Overrule  # noqa: E402
from tests.ui import samples  # noqa: E402
from tests.ui.conftest import Walk, walking  # noqa: E402
from tests.ui.fakes import FakeProgram, FakeRow, view_of  # noqa: E402
from tests.ui.pictures import picture_of  # noqa: E402
from tests.ui.test_history import OLDER, earlier_report  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from pmrehearse.library.report import Report
    from pmrehearse.ui.requests import StartAt

SIZE = (120, 34)
"""Columns and lines of the pictures: wide enough for everything at once, small enough for a page."""
LENS = AtBriefing(samples.LENS)
WHITEBOARD = AtBriefing("writer/whiteboard")
DEBRIEF = "debrief"
"""The picture with a round of the tests' own scenarios: it takes a whiteboard hour that nobody has spoken."""


def shipped() -> FakeProgram:
    """What the screens' tests show, with the shipped scenarios in the place of theirs."""
    program = FakeProgram(packs=packs)  # type: ignore[arg-type]  # the real ones
    checks = Program()
    reports = program.reviewer.reports
    for name in (samples.TAKE, samples.WAITING):
        reports[name] = of_the_pack(reports[name])
    words = reports[samples.TAKE].transcript.words
    findings = checks.checking(packs.find(samples.LENS)).check(words)
    reports[samples.TAKE] = replace(reports[samples.TAKE], findings=findings)
    return program


def of_the_pack(report: Report) -> Report:
    """The report of a take of the shipped scenario that is called so."""
    wanted = report.take.scenario.id
    scenario = packs.drill(wanted) if ":" in wanted else packs.find(wanted)
    return replace(report, take=replace(report.take, scenario=scenario), cues=report.cues if scenario.cues else ())


async def first_start(walk: Walk) -> None:
    """The microphone is heard, and what fits this computer is known."""
    await walk.until_shown("you are heard")
    await walk.until_shown("fits here")


async def home(walk: Walk) -> None:
    """What can be rehearsed."""
    await walk.until_shown("Last takes")


async def briefing(walk: Walk) -> None:
    """The question and the microphone."""
    await walk.until_shown("you are heard")


async def rehearse(walk: Walk) -> None:
    """The clock, with the interviewer's card."""
    await briefing(walk)
    await walk.press("enter")
    await walk.until_shown("Get ready")
    await walk.press("enter")
    await walk.until_shown("recording")
    scenario = packs.find(WHITEBOARD.scenario_id)
    cue = next(each for each in scenario.cues if each.at_s)
    begun_s = sum(phase.seconds for phase in scenario.phases[:3])
    view = view_of(scenario, Stage.RECORDING, begun_s + 64.0, 3)
    walk.program.run.shown = replace(view, cue=cue, pace=Pace.AHEAD, pace_s=96.0, light=Light.NONE)
    await walk.until_shown("43:56 left")


async def report(walk: Walk) -> None:
    """An answer that met two of seven."""
    await walk.until_shown("2 of 7 met")
    await walk.press("j", "j", "j")
    await walk.until_shown("~ near")


async def plan(walk: Walk) -> None:
    """A plan with a round that is overdue."""
    await home(walk)
    walk.program.planning.keep(Wish("writer", date(2027, 1, 10), date(2026, 11, 20)))
    await walk.press("t")
    await walk.until_shown("overdue")


async def drill(walk: Walk) -> None:
    """An element after two tries."""
    await home(walk)
    one, met = samples.drill_report("one"), samples.drill_report("two", verdict=Verdict.MET)
    found = met.findings.elements[0]
    if found.evidence is not None:
        said = replace(found.evidence, quote="I want 24,000 writers in it, 12,000 in each group.")
        met = replace(met, findings=replace(met.findings, elements=(replace(found, evidence=said),)))
    walk.program.reviewer.reports |= {"one": of_the_pack(one), "two": of_the_pack(met)}
    at = DrillAt((f"{samples.LENS}:sample-size", f"{samples.LENS}:post-mortem"), ("one", "two"))
    walk.app.post_message(OpenBriefing(AtBriefing(samples.LENS, drill=at)))
    await walk.until_shown("Try 2")
    await walk.until_shown("you are heard")


async def debrief(walk: Walk) -> None:
    """A round of two scenarios, at an element that was near."""
    await home(walk)
    walk.program.reviewer.reports["board"] = samples.board_report("board")
    ids = (samples.LENS, samples.WHITEBOARD_SCENARIO.id)
    walk.app.post_message(OpenDebrief(RoundAt("writer", 1, ids, (samples.TAKE, "board"))))
    await walk.until_shown("3 of 8 met over the round")
    await walk.press("j", "j")
    await walk.until_shown("Lacking")


async def listening(walk: Walk) -> None:
    """The transcript while it is heard, with a note and an overruled verdict."""
    corrector = walk.program.corrector
    corrector.add_note(samples.TAKE, "slower here", 26.0)
    corrector.overrule(samples.TAKE, "sample-size", Said(Verdict.MET, note="that is per arm"))
    await report_again(walk)
    await walk.press("j", "j", "j", "tab", "enter")
    walk.program.the_player.move_to(48.6)
    await walk.until_shown("▶  0:48")


async def report_again(walk: Walk) -> None:
    """Open the report anew, corrected."""
    await walk.until_shown("2 of 7 met")
    await walk.press("escape")
    await walk.until_shown("Last takes")
    walk.app.post_message(OpenReport(samples.TAKE))
    await walk.until_shown("3 of 7 met")


async def overruling(walk: Walk) -> None:
    """The question whether it was said."""
    await report(walk)
    await walk.press("o")
    await walk.until_on(Overrule)


async def history(walk: Walk) -> None:
    """A search in all takes."""
    await home(walk)
    when = earlier_report().take.started_at
    walk.program.library.takes = [
        FakeRow(samples.TAKE, tags=("calm",)),
        FakeRow(OLDER, started_at=when, n_met=7, duration_s=171.0, words_per_minute=121.0, name="the good one"),
    ]
    walk.program.reviewer.reports[OLDER] = earlier_report()
    await walk.press("h")
    await walk.until_shown("2 takes")
    await walk.press("space", "slash", *"early", "enter")
    await walk.until_shown("who asked for early")


async def comparing(walk: Walk) -> None:
    """Two takes beside one another."""
    await history(walk)
    await walk.press("escape", "down", "c")
    await walk.until_shown("2 → 2 of 7 met")
    await walk.press("down")


async def exporting(walk: Walk) -> None:
    """As what a take, or all of them, can be written."""
    await history(walk)
    await walk.press("escape", "E")
    await walk.until_shown("All 2 takes")
    await walk.press("G", "k", "k")
    await walk.until_shown(".html")


async def importing(walk: Walk) -> None:
    """A recording among other files."""
    await home(walk)
    await walk.press("I")
    await walk.until_shown("memo.m4a")
    await walk.press("down", "down")


async def library(walk: Walk) -> None:
    """What came of looking after the takes."""
    await home(walk)
    missing = "its sound is missing"
    what_to_do = "Put it back from a copy, or delete the take; its transcript stays as it is."
    walk.program.library.troubles = (Trouble(samples.TAKE, missing, what_to_do),)
    await walk.press("l", "p")
    await walk.until_shown("1 take packed")
    await walk.press("v")
    await walk.until_shown("1 with something wrong")


FIRST_START = "first-start"
SHOTS: tuple[tuple[str, str, StartAt, Callable[[Walk], Awaitable[None]]], ...] = (
    (FIRST_START, "dark", HOME, first_start),
    ("home", "dark", HOME, home),
    ("briefing", "dark", LENS, briefing),
    ("rehearse", "dark", WHITEBOARD, rehearse),
    ("report", "dark", AtReport(samples.TAKE), report),
    ("report-light", "light", AtReport(samples.TAKE), report),
    ("plan", "dark", HOME, plan),
    ("drill", "dark", HOME, drill),
    (DEBRIEF, "dark", HOME, debrief),
    ("review-listening", "dark", AtReport(samples.TAKE), listening),
    ("review-overruling", "dark", AtReport(samples.TAKE), overruling),
    ("review-history", "dark", HOME, history),
    ("review-compare", "light", HOME, comparing),
    ("review-export", "dark", HOME, exporting),
    ("library", "dark", HOME, library),
    ("library-import", "dark", HOME, importing),
)


async def take(folder: Path) -> None:
    """Make every picture."""
    for name, theme, start, walk_there in SHOTS:
        program = FakeProgram() if name == DEBRIEF else shipped()
        program.remembered.kept["theme"] = theme
        if name == FIRST_START:
            program.is_first_start, program.checkpoints.names = True, []
        async with walking(program, start, SIZE) as walk:
            await walk_there(walk)
            await walk.pilot.pause()
            path = folder / f"{name}.svg"
            path.write_text(picture_of(walk.app), encoding="utf-8")
            print(path)


def at_home(home: Path) -> None:
    """Be in a folder of a user who has some recordings."""
    os.environ["HOME"] = str(home)
    (home / "answers" / "earlier").mkdir(parents=True)
    os.chdir(home / "answers")
    for name, n_bytes in (("call.flac", 12_800_000), ("memo.m4a", 2_130_000), ("memo.srt", 4_200)):
        Path(name).write_bytes(bytes(n_bytes))


def main() -> None:
    """Make the pictures in the folder that was named."""
    os.environ["TZ"] = "UTC"
    os.environ["PMREHEARSE_CONFIG_DIR"] = os.devnull  # nobody's own settings
    time.tzset()
    folder = Path(sys.argv[1]).absolute() if len(sys.argv) > 1 else ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as somewhere:
        at_home(Path(somewhere))
        asyncio.run(take(folder))


if __name__ == "__main__":
    main()
