"""Do drills, rounds and the plan lead where they should?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pmrehearse.audio.events import FileSource, MicrophoneSource
from pmrehearse.checking.findings import Verdict
from pmrehearse.library.rows import VerdictRow
from pmrehearse.practice.plan import Wish
from pmrehearse.session.events import Stage
from pmrehearse.ui.practice_requests import AtDrill, AtRound
from pmrehearse.ui.requests import AtBriefing, AtReport
from pmrehearse.ui.screens.briefing import Briefing
from pmrehearse.ui.screens.countdown import Countdown
from pmrehearse.ui.screens.debrief import DebriefPage
from pmrehearse.ui.screens.dialog import Ask
from pmrehearse.ui.screens.drill import DrillPage
from pmrehearse.ui.screens.drill_summary import DrillSummary
from pmrehearse.ui.screens.home import Home
from pmrehearse.ui.screens.interview import Interview
from pmrehearse.ui.screens.microphones import Microphones
from pmrehearse.ui.screens.pick import Pick
from pmrehearse.ui.screens.plan import PlanPage
from pmrehearse.ui.screens.rehearse import Rehearse
from pmrehearse.ui.screens.report import ReportPage
from pmrehearse.ui.screens.round_briefing import RoundBriefing
from pmrehearse.ui.screens.round_picker import RoundPicker
from tests.ui import samples
from tests.ui.conftest import Walk, walking
from tests.ui.fakes import FakeProgram

SAMPLE = f"{samples.LENS}:sample-size"
METRIC = f"{samples.LENS}:primary-metric"
DRILL = AtDrill((SAMPLE,))
ROUND = AtRound("writer", 1)
WISH = Wish("writer", date(2026, 12, 22), date(2026, 11, 22))


def _missed(program: FakeProgram, element_id: str = "sample-size", verdict: Verdict = Verdict.MISSING) -> None:
    """The newest take says this of an element."""
    program.library.said.append(VerdictRow(samples.TAKE, samples.LENS, samples.WHEN, element_id, verdict, None))


async def _run(walk: Walk, take_id: str) -> None:
    """Start from the page on top, speak, finish; the transcript stands."""
    await walk.press("enter")
    await walk.until_on(Countdown)
    await walk.press("enter")
    await walk.until_on(Rehearse)
    await walk.press("enter")
    await walk.until(lambda: "finish" in walk.program.run.asked, "for the end")
    walk.program.run.end(take_id)


# ------------------------------------------------------------------------------------------------------------ drill


async def test_a_drill_goes_from_try_to_try(program: FakeProgram) -> None:
    """Enter records; the verdict comes back to the same page with the example; Enter is the next try; Esc sums up."""
    program.reviewer.reports |= {
        "one": samples.drill_report("one"),
        "two": samples.drill_report("two", verdict=Verdict.MET),
    }
    async with walking(program, DRILL) as walk:
        await walk.until_shown("not tried yet")
        await walk.until_shown("✓ you are heard")
        assert "24,000 writers" not in walk.text()
        await _run(walk, "one")
        await walk.until_shown("2,000 users; at least 10,000 are asked")
        assert "“I want 24,000 writers" in walk.text()
        assert isinstance(walk.screen, DrillPage)
        await walk.until_shown("✓ you are heard")
        await _run(walk, "two")
        await walk.until_shown("Try 2        ✓ met")
        assert "Try 1        ~ near" in walk.text()
        assert len(program.conductors) == 3
        await walk.press("escape")
        await walk.until_on(DrillSummary)
        await walk.until_shown("2 tries, 1 met")
        await walk.press("enter")
        await walk.until_on(Home)


async def test_a_drill_takes_its_file_and_its_seconds(program: FakeProgram) -> None:
    """A file stands in for the microphone in every try; a try is as long as was asked for."""
    source = FileSource(Path("answer.wav"))
    async with walking(program, AtDrill((SAMPLE,), source, seconds=30)) as walk:
        await walk.until_shown("up to 30 s a try")
        assert (program.run.source, program.run.scenario.seconds) == (source, 30)
        await walk.press("m")
        await walk.until_shown("A file stands in for the microphone.")


async def test_the_example_and_the_microphone_are_at_hand(program: FakeProgram) -> None:
    """`i` shows and hides what could be said; `m` chooses the microphone."""
    async with walking(program, DRILL) as walk:
        await walk.until_shown("i shows an example")
        await walk.press("i")
        await walk.until_shown("“I want 24,000 writers")
        await walk.press("i", "m")
        await walk.until_on(Microphones)
        await walk.until_shown("USB headset")
        await walk.press("G", "enter")
        await walk.until(lambda: program.run.source == MicrophoneSource("USB headset"))


async def test_a_try_that_is_dropped_leads_back_to_the_drill(program: FakeProgram) -> None:
    """Esc in the count drops the run; the drill stands there with a new one, and nothing was tried."""
    async with walking(program, DRILL) as walk:
        await walk.until_shown("not tried yet")
        await walk.press("enter")
        await walk.until_on(Countdown)
        await walk.press("escape")
        await walk.until(lambda: len(program.conductors) == 2 and isinstance(walk.screen, DrillPage))
        await walk.until_shown("not tried yet")
        await walk.press("escape")
        await walk.until_on(Home)


async def test_without_a_checkpoint_the_drill_says_that_tries_wait(program: FakeProgram) -> None:
    """A try can be recorded all the same."""
    program.checkpoints.names = []
    async with walking(program, DRILL) as walk:
        await walk.until_shown("no checkpoint here yet")


async def test_n_goes_to_the_next_element(program: FakeProgram) -> None:
    """Elements follow one another; after the last one there is none."""
    async with walking(program, AtDrill((SAMPLE, METRIC))) as walk:
        await walk.until_shown("1 more to come")
        await walk.press("n")
        await walk.until_shown("One primary metric")
        await walk.until_shown("not tried yet")
        await walk.press("n")
        await walk.until_shown("There is no other element")


async def test_what_is_due_stands_on_home_and_is_drilled_with_d(program: FakeProgram) -> None:
    """The banner names what is due; `d` drills it, one after another."""
    _missed(program)
    _missed(program, "primary-metric", Verdict.NEAR)
    async with walking(program) as walk:
        await walk.until_shown("2 elements due: Sample of 10,000 or more, One primary metric")
        await walk.press("d")
        await walk.until_on(DrillPage)
        await walk.until_shown("1 more to come")


async def test_without_anything_due_d_asks_which_element(program: FakeProgram) -> None:
    """The elements of the chosen scenario can be chosen from; Esc leaves."""
    async with walking(program) as walk:
        await walk.until_shown("7 elements")
        await walk.press("d")
        await walk.until_on(Pick)
        await walk.press("escape")
        await walk.until_on(Home)
        await walk.press("d")
        await walk.until_on(Pick)
        await walk.press("j", "enter")
        await walk.until_on(DrillPage)
        assert program.run.scenario.id == METRIC


async def test_an_element_of_a_report_is_drilled(program: FakeProgram) -> None:
    """`d` drills the element that is looked at; a flag is not drilled."""
    async with walking(program, AtReport(samples.TAKE)) as walk:
        await walk.until_shown("2 of 7 met")
        await walk.press("G", "d")
        await walk.until_shown("Choose an element")
        await walk.press("g", "j", "d")
        await walk.until_on(DrillPage)
        assert program.run.scenario.id == METRIC
        await walk.press("escape")
        await walk.until_on(ReportPage)


async def test_an_element_of_a_briefing_is_drilled(program: FakeProgram) -> None:
    """`d` on the briefing leaves it for the drill of an element."""
    async with walking(program, AtBriefing(samples.LENS)) as walk:
        await walk.until_on(Briefing)
        await walk.press("d")
        await walk.until_on(Pick)
        await walk.press("enter")
        await walk.until_on(DrillPage)
        assert len(walk.app.screen_stack) == 2


async def test_a_drill_s_report_drills_the_same_element(program: FakeProgram) -> None:
    """The report of a try leads to the drill of its element, not of another."""
    program.reviewer.reports["one"] = samples.drill_report("one")
    async with walking(program, AtReport("one")) as walk:
        await walk.until_shown("0 of 1 met")
        await walk.press("d")
        await walk.until_on(DrillPage)
        assert program.run.scenario.id == SAMPLE


async def test_the_demo_is_not_counted_as_practice(program: FakeProgram) -> None:
    """A take of the bundled answer is marked as the demo's."""
    async with walking(program) as walk:
        await walk.until_shown("7 elements")
        await walk.press("w")
        await walk.until_on(Briefing)
        await _run(walk, samples.TAKE)
        await walk.until_on(ReportPage)
        await walk.until(lambda: program.library.takes[0].tags == ("demo",))


# ------------------------------------------------------------------------------------------------------------ round


async def test_a_round_goes_from_scenario_to_scenario(program: FakeProgram) -> None:
    """The next briefing follows the transcript; after the last one comes the debrief, and Home lies under it."""
    program.reviewer.reports["board"] = samples.board_report("board")
    async with walking(program, ROUND) as walk:
        await walk.until_shown("1 of 2 in round 1")
        await _run(walk, samples.TAKE)
        await walk.until_shown("2 of 2 in round 1")
        assert program.run.scenario.id == samples.WHITEBOARD_SCENARIO.id
        await _run(walk, "board")
        await walk.until_on(DebriefPage)
        await walk.until_shown("3 of 8 met over the round")
        assert len(walk.app.screen_stack) == 2


async def test_a_debrief_leads_to_reports_drills_and_another_take(program: FakeProgram) -> None:
    """Enter opens a report, and drills a missing element; `t` takes the scenario again; `d` drills all."""
    async with walking(program, ROUND) as walk:
        await _to_debrief(walk)
        await walk.until_shown("Missing over the round")
        await walk.press("enter")
        await walk.until_on(ReportPage)
        await walk.press("escape")
        await walk.until_on(DebriefPage)
        await walk.until_shown("2 of 7 met over the round")
        await walk.press("d")
        await walk.until_on(DrillPage)
        await walk.until_shown("4 more to come")
        await walk.press("escape")
        await walk.until_on(DebriefPage)
        await walk.until_shown("2 of 7 met over the round")
        await walk.press("G", "enter")
        await walk.until_on(DrillPage)
        assert program.run.scenario.id == f"{samples.LENS}:next-hypothesis"
        await walk.press("escape")
        await walk.until_on(DebriefPage)
        await walk.until_shown("2 of 7 met over the round")
        await walk.press("t")
        await walk.until_on(Briefing)
        assert program.run.scenario.id == samples.LENS


async def _to_debrief(walk: Walk) -> None:
    """The first scenario of the round, and then its end."""
    await walk.until_shown("1 of 2 in round 1")
    await _run(walk, samples.TAKE)
    await walk.until_shown("2 of 2 in round 1")
    await walk.press("escape")
    await walk.until_on(Ask)
    await walk.press("e")
    await walk.until_on(DebriefPage)


async def test_a_round_that_is_ended_early_shows_what_was_rehearsed(program: FakeProgram) -> None:
    """What was not rehearsed is named and can be; staying goes on with the round."""
    async with walking(program, ROUND) as walk:
        await _to_debrief(walk)
        await walk.until_shown("not rehearsed")
        assert len(walk.app.screen_stack) == 2
        await walk.press("escape")
        await walk.until_on(Home)


async def test_a_round_left_at_its_beginning_is_just_left(program: FakeProgram) -> None:
    """Nothing was rehearsed, so nothing is asked."""
    async with walking(program, ROUND) as walk:
        await walk.until_on(RoundBriefing)
        await walk.press("escape")
        await walk.until_on(Home)


async def test_a_take_that_waits_does_not_stop_the_round(program: FakeProgram) -> None:
    """Leaving the transcription goes on with the next scenario; the debrief says that the take waits."""
    async with walking(program, ROUND) as walk:
        await walk.until_shown("1 of 2 in round 1")
        await walk.press("enter")
        await walk.until_on(Countdown)
        await walk.press("enter")
        await walk.until_on(Rehearse)
        await walk.press("enter")
        await walk.until_shown("Transcribing")
        walk.program.reviewer.reports[samples.TAKE] = samples.waiting_report()
        await walk.press("escape")
        await walk.until_shown("2 of 2 in round 1")
        await walk.press("escape")
        await walk.until_on(Ask)
        await walk.press("e")
        await walk.until_shown("… waits")


# ------------------------------------------------------------------------------------------------------------- plan


async def test_a_plan_is_made_on_the_screen(program: FakeProgram) -> None:
    """Without a plan the page says what one is; `i` takes the day and the loop; Home then shows the round."""
    async with walking(program, size=(100, 30)) as walk:
        await walk.until_shown("7 elements")
        await walk.press("t")
        await walk.until_on(PlanPage)
        await walk.until_shown("No plan yet.")
        await walk.press("i")
        await walk.until_on(Interview)
        await walk.press(*"2026-11-01")
        await walk.until_shown("That day is past.")
        await walk.press("enter")
        assert isinstance(walk.screen, Interview)
        await walk.press(*["backspace"] * 5, *"12-22")
        await walk.until_shown("Tuesday 22 December, in 30 days.")
        await walk.press("enter")
        await walk.until_on(PlanPage)
        await walk.until_shown("Interview on Tue 22 Dec 2026, in 30 days")
        assert program.planning.kept == WISH
        await walk.press("escape")
        await walk.until_shown("Round 1: Three-Phase Impact Lens")


async def test_a_planned_round_is_rehearsed_with_enter(program: FakeProgram) -> None:
    """The highlight begins at what is due; Enter briefs its first scenario; leaving leads back to the plan."""
    program.planning.keep(WISH)
    async with walking(program) as walk:
        await walk.press("t")
        await walk.until_shown("▸ today")
        await walk.press("enter")
        await walk.until_on(RoundBriefing)
        await walk.until_shown("1 of 2 in round 1")
        await walk.press("escape")
        await walk.until_on(PlanPage)


async def test_any_round_is_rehearsed_without_a_plan(program: FakeProgram) -> None:
    """`r` on the plan lists the rounds of all loops; Esc leaves; Enter briefs the first scenario of one."""
    async with walking(program) as walk:
        await walk.until_shown("7 elements")
        await walk.press("t")
        await walk.until_shown("No plan yet.")
        await walk.press("r")
        await walk.until_shown("Three-Phase Impact Lens, 90-minute whiteboard:")
        await walk.press("escape")
        await walk.until_on(PlanPage)
        await walk.press("r")
        await walk.until_on(RoundPicker)
        await walk.press("enter")
        await walk.until_shown("1 of 2 in round 1")


async def test_a_plan_is_forgotten_after_a_question(program: FakeProgram) -> None:
    """Keeping it is the safe answer."""
    program.planning.keep(WISH)
    async with walking(program) as walk:
        await walk.press("t")
        await walk.until_shown("▸ today")
        await walk.press("x")
        await walk.until_on(Ask)
        await walk.press("enter")
        await walk.until_on(PlanPage)
        assert program.planning.kept == WISH
        await walk.press("x")
        await walk.until_on(Ask)
        await walk.press("f")
        await walk.until_shown("No plan yet.")
        assert program.planning.kept is None


@pytest.mark.parametrize("text", ["gone 2026-12-22 2026-11-22", "writer 2026-12-22 2027-01-01", "nonsense"])
async def test_a_plan_that_cannot_be_followed_is_none(program: FakeProgram, text: str) -> None:
    """A loop that is gone, or a file that somebody wrote into, takes no screen down."""
    program.remembered.kept["plan"] = text
    async with walking(program) as walk:
        await walk.until_shown("7 elements")
        await walk.press("t")
        await walk.until_shown("No plan yet.")


async def test_a_conductor_s_end_is_not_taken_for_another_run(program: FakeProgram) -> None:
    """The run of a drill ends with its page: its microphone is closed, and no take is made."""
    async with walking(program, DRILL) as walk:
        await walk.until_shown("not tried yet")
        await walk.press("escape")
        await walk.until_on(Home)
        await walk.until(lambda: "close" in program.run.asked)
        assert program.run.shown.stage is Stage.LISTENING
