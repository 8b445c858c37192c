"""Ahead, on time, behind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.rehearsal.events import NextPhase, Tick
from pmrehearse.rehearsal.pace import Pace, grace_s, off_plan_s, pace
from pmrehearse.rehearsal.run import Run, advance
from pmrehearse.scenario.model import Scenario


@pytest.mark.parametrize(
    ("phase_s", "expected_s"), [(45.0, 7.5), (180.0, 30.0), (300.0, 30.0), (900.0, 90.0), (5400.0, 540.0)]
)
def test_grace_follows_the_phase(phase_s: float, expected_s: float) -> None:
    """Thirty seconds from three minutes on, a sixth of shorter phases, a tenth of those over five minutes."""
    assert grace_s(phase_s) == expected_s


@given(st.floats(1.0, 10_000.0), st.floats(0.0, 1_000.0))
def test_grace_never_shrinks_with_the_phase(phase_s: float, more_s: float) -> None:
    """A longer phase has no less grace, and grace is always less than the phase."""
    assert grace_s(phase_s) <= grace_s(phase_s + more_s)
    assert grace_s(phase_s) < phase_s


@pytest.mark.parametrize(
    ("clock_s", "expected_s", "expected"),
    [
        (0.0, 0.0, Pace.ON_TIME),
        (45.0, 0.0, Pace.ON_TIME),
        (52.5, -7.5, Pace.ON_TIME),
        (53.0, -8.0, Pace.BEHIND),
    ],
)
def test_a_phase_over_budget_puts_the_speaker_behind(
    running: Run, clock_s: float, expected_s: float, expected: Pace
) -> None:
    """Past the planned end the speaker is behind by that time, and called so after the grace."""
    run = advance(running, clock_s, Tick())
    assert (off_plan_s(run), pace(run)) == (expected_s, expected)


def test_a_phase_begun_early_puts_the_speaker_ahead(running: Run) -> None:
    """A phase begun before its time puts the speaker ahead until its planned beginning."""
    run = advance(running, 20.0, NextPhase())
    assert (off_plan_s(run), pace(run)) == (25.0, Pace.AHEAD)
    later = advance(run, 60.0, Tick())
    assert (off_plan_s(later), pace(later)) == (0.0, Pace.ON_TIME)


def test_time_saved_may_be_spent_later(running: Run) -> None:
    """A phase may run over its own budget in the time that an earlier one left."""
    run = advance(advance(running, 20.0, NextPhase()), 119.0, Tick())
    assert run.phase_remaining_s == -24.0
    assert pace(run) is Pace.ON_TIME


def test_before_the_first_phase_there_is_no_plan_to_miss(lens: Scenario) -> None:
    """A run that has not begun is on time."""
    assert (off_plan_s(Run(lens)), pace(Run(lens))) == (0.0, Pace.ON_TIME)
