"""Do the screens look as they looked when somebody last looked at them?

`pytest tests/ui/test_pictures.py --snapshot-update` takes the pictures anew; look at each before you keep it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from pmrehearse.audio.events import TroubleBegan, TroubleKind
from pmrehearse.library.take import TakeStatus
from pmrehearse.rehearsal.lights import Light
from pmrehearse.rehearsal.pace import Pace
from pmrehearse.session.events import Stage
from pmrehearse.ui.requests import HOME, AtBriefing, AtReport
from pmrehearse.ui.screens.countdown import Countdown
from pmrehearse.ui.screens.rehearse import Rehearse
from pmrehearse.ui.screens.working import Working
from tests.ui import samples
from tests.ui.conftest import Walk, walking
from tests.ui.fakes import FakeRow, view_of
from tests.ui.pictures import picture_of

if TYPE_CHECKING:
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
    before, picture = "", picture_of(walk.app)
    while picture != before:  # something may still be laid out
        await walk.pilot.pause(SETTLED_S)
        before, picture = picture, picture_of(walk.app)
    return picture


@pytest.mark.parametrize(("size", "theme"), [(SMALL, "dark"), (LARGE, "light"), (SMALL, "ansi-dark")])
async def test_home(program: FakeProgram, picture: SnapshotAssertion, size: tuple[int, int], theme: str) -> None:
    """Packs, what the scenario asks, a take that was cut short, the last takes."""
    program.library.takes.insert(0, FakeRow(samples.WAITING, status=TakeStatus.RECORDING, n_met=None))
    program.packs.listed = (*program.packs.listed, samples.BROKEN)
    program.remembered.kept["theme"] = theme
    async with walking(program, HOME, size) as walk:
        await walk.until_shown("Last takes")
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
        await walk.until_shown("≈ near")
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
