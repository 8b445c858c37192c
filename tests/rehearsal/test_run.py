"""One run, step by step."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pmrehearse.rehearsal.events import (
    CountdownBegan,
    End,
    EndReason,
    FlagsHeld,
    Mark,
    NextPhase,
    Pause,
    RecordingStarted,
    Resume,
    RunEvent,
    Tick,
)
from pmrehearse.rehearsal.log import CueShown, PauseTaken, PhaseStart
from pmrehearse.rehearsal.run import Run, RunStage, advance, new_cues
from pmrehearse.scenario.model import Phase, Scenario


def _play(run: Run, *steps: tuple[float, RunEvent]) -> Run:
    for now_s, event in steps:
        run = advance(run, now_s, event)
    return run


def test_the_countdown_leads_to_the_first_phase(lens: Scenario) -> None:
    """Before the first block nothing is logged; with it the first phase begins at sample 0."""
    counting = advance(Run(lens), 3.0, CountdownBegan())
    assert (counting.stage, counting.phase, counting.clock_s) == (RunStage.COUNTDOWN, None, 0.0)
    started = advance(counting, 0.2, RecordingStarted())
    assert started.stage is RunStage.RUNNING
    assert started.log.phases == (PhaseStart("first", 0),)


def test_phases_begin_when_the_speaker_says_so(running: Run) -> None:
    """Phases do not go on by themselves; `NextPhase` logs the sample, and at the last phase changes nothing."""
    over = _play(running, (60.0, Tick()))
    assert over.phase is not None
    assert (over.phase.id, over.phase_elapsed_s, over.phase_remaining_s) == ("first", 60.0, -15.0)
    last = _play(over, (60.5, NextPhase()), (130.0, NextPhase()), (140.0, NextPhase()))
    assert last.log.phases == (
        PhaseStart("first", 0),
        PhaseStart("second", 968_000),
        PhaseStart("third", 2_080_000),
    )
    assert [last.phase_spent_s(index) for index in range(3)] == [60.5, 69.5, 10.0]


def test_nothing_is_spent_in_phases_to_come(running: Run) -> None:
    """A phase that has not begun has taken 0 s."""
    assert running.phase_spent_s(2) == 0.0


def test_a_pause_stops_the_clock(running: Run) -> None:
    """In a pause no time passes, whatever `now_s` says; the pause is logged with the time the caller measured."""
    paused = _play(running, (10.0, Pause()), (30.0, Tick()))
    assert (paused.stage, paused.clock_s) == (RunStage.PAUSED, 10.0)
    resumed = _play(paused, (10.0, Resume(lasted_s=25.0)), (11.0, Tick()))
    assert resumed.log.pauses == (PauseTaken(160_000, 25.0),)
    assert resumed.remaining_s == 169.0


def test_a_pause_that_ends_the_run_is_no_pause(running: Run) -> None:
    """Nothing is recorded after it, so it stands between no two sounds."""
    ended = _play(running, (10.0, Pause()), (10.0, End(EndReason.FINISHED)))
    assert (ended.stage, ended.log.pauses) == (RunStage.ENDED, ())


def test_cards_come_by_time(running: Run) -> None:
    """Cards come in the order of their times, each once, at the sample at which they came."""
    before = _play(running, (49.0, Tick()))
    after = _play(before, (50.25, Tick()))
    assert new_cues(before, after) == (CueShown("Early.", 804_000),)
    assert after.card == CueShown("Early.", 804_000)
    later = _play(after, (71.0, Tick()), (120.0, Tick()), (121.0, Tick()))
    assert [cue.say for cue in later.log.cues] == ["Early.", "Late."]


def test_a_card_goes_down_after_a_while(running: Run) -> None:
    """A card is up for twenty seconds."""
    assert _play(running, (50.0, Tick()), (69.9, Tick())).card is not None
    assert _play(running, (50.0, Tick()), (70.1, Tick())).card is None


def test_a_flag_that_holds_brings_its_card_once(running: Run) -> None:
    """A flag's card comes once it has held for six seconds, and never again; a flag without a card brings none."""
    raised = _play(running, (20.0, FlagsHeld(("other",))), (21.0, FlagsHeld(("other", "ideas"))), (26.9, Tick()))
    assert raised.raised == (("other", 20.0), ("ideas", 21.0))
    assert raised.log.cues == ()
    flagged = _play(raised, (27.0, Tick()), (30.0, FlagsHeld(())), (31.0, FlagsHeld(("ideas",))), (45.0, Tick()))
    assert flagged.log.cues == (CueShown("Flagged.", 432_000, "ideas"),)


def test_a_flag_that_is_cleared_in_time_brings_no_card(running: Run) -> None:
    """What is said while a flag holds may clear it; raised again, it must hold anew."""
    cleared = _play(running, (20.0, FlagsHeld(("ideas",))), (25.0, FlagsHeld(())), (30.0, Tick()))
    assert (cleared.raised, cleared.log.cues) == ((), ())
    again = _play(cleared, (31.0, FlagsHeld(("ideas",))), (36.0, Tick()))
    assert again.log.cues == ()
    assert len(_play(again, (37.0, Tick())).log.cues) == 1


def test_a_card_waits_for_the_end_of_a_pause(running: Run) -> None:
    """A flag raised in a pause (recognition lags behind) holds from there on, and no time passes in a pause."""
    paused = _play(running, (20.0, Pause()), (20.0, FlagsHeld(("ideas",))), (40.0, Tick()))
    assert paused.log.cues == ()
    resumed = _play(paused, (20.0, Resume(20.0)), (25.9, Tick()))
    assert resumed.log.cues == ()
    assert _play(resumed, (26.0, Tick())).log.cues == (CueShown("Flagged.", 416_000, "ideas"),)


def test_the_hard_limit_ends_the_run(running: Run) -> None:
    """A run with a hard limit ends by itself at its planned length, cards due until then included."""
    ended = _play(running, (200.0, Mark()))
    assert (ended.stage, ended.ended, ended.clock_s) == (RunStage.ENDED, EndReason.LIMIT, 180.0)
    assert len(ended.log.cues) == 2
    assert ended.log.marks == ()


@pytest.mark.parametrize(("seconds", "limit_s"), [(5400.0, 8100.0), (180.0, 270.0), (30.0, 90.0)])
def test_without_a_hard_limit_there_is_overtime(lens: Scenario, seconds: float, limit_s: float) -> None:
    """A forgotten recorder stops at one and a half times the planned length, a minute over at the least."""
    long = replace(lens, seconds=seconds, hard_limit=False)
    assert Run(long).limit_s == limit_s
    running = advance(Run(long), 0.0, RecordingStarted())
    assert advance(running, limit_s - 0.1, Tick()).stage is RunStage.RUNNING
    over = advance(running, limit_s, Tick())
    assert (over.ended, over.remaining_s) == (EndReason.LIMIT, seconds - limit_s)


def test_the_stop_of_a_long_run_is_near_five_minutes_before(lens: Scenario) -> None:
    """A 90-minute run with a hard limit has its stop announced at 85:00; a 3-minute run has lights instead."""
    whiteboard = replace(lens, seconds=5400.0, phases=(Phase("all", "All", 5400.0),))
    running = advance(Run(whiteboard), 0.0, RecordingStarted())
    assert not advance(running, 5099.9, Tick()).is_limit_near
    assert advance(running, 5100.0, Tick()).is_limit_near
    assert not advance(advance(Run(lens), 0.0, RecordingStarted()), 179.0, Tick()).is_limit_near


def test_the_end_is_the_end(running: Run) -> None:
    """An ended run keeps its reason and its log whatever comes."""
    ended = _play(running, (30.0, Mark()), (31.0, End(EndReason.SOURCE_ENDED)))
    events = (Tick(), NextPhase(), Mark(), Pause(), Resume(1.0), FlagsHeld(("ideas",)), RecordingStarted())
    assert _play(ended, *((99.0, event) for event in (*events, End(EndReason.INTERRUPTED)))) == ended
    assert ended.log.marks == (480_000,)


def test_the_clock_never_goes_back(running: Run) -> None:
    """A caller whose estimate overshot by part of a block moves the clock only when it has caught up."""
    assert _play(running, (10.0, Tick()), (9.9, Tick())).clock_s == 10.0


def test_a_run_that_never_began_can_end(lens: Scenario) -> None:
    """Leaving during the countdown ends the run with nothing in its log."""
    left = _play(Run(lens), (0.0, CountdownBegan()), (0.0, End(EndReason.INTERRUPTED)))
    assert (left.ended, left.log.phases, left.phase_elapsed_s, left.phase_remaining_s) == (
        EndReason.INTERRUPTED,
        (),
        0.0,
        0.0,
    )
