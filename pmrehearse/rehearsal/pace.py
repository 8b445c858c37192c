"""Is the speaker ahead of or behind the budgets of the phases?

After pdfpc's presenter screen, which colours its clock when the speaker is more than a fixed minute off the expected
progress, and whites it again when that is made good. Here the tolerance follows the phase's length, and what is
expected is the plan: the phase that runs should run between its planned beginning and its planned end.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmrehearse.rehearsal.run import Run

GRACE_S = 30.0
"""Grace of a phase of three minutes or more: what Toastmasters timers grant a three-minute speech."""
GRACE_SHARE_SHORT = 1 / 6
"""Share of shorter phases: the same thirty seconds of three minutes, so 7.5 s of a 45-second phase."""
GRACE_SHARE_LONG = 1 / 10
"""Share of phases longer than five minutes."""


class Pace(StrEnum):
    """Where the speaker is against the plan."""

    AHEAD = "ahead"
    ON_TIME = "on time"
    BEHIND = "behind"


def grace_s(phase_seconds: float) -> float:
    """How far off the plan is still on time, in seconds, for a phase of this budget."""
    return max(min(GRACE_S, phase_seconds * GRACE_SHARE_SHORT), phase_seconds * GRACE_SHARE_LONG)


def off_plan_s(run: Run) -> float:
    """Seconds ahead of the plan (positive) or behind it (negative).

    0 while the phase that runs has begun no earlier than planned for this clock and need not have ended yet; 0 before
    the first phase.
    """
    if run.phase is None or run.phase_index is None:
        return 0.0
    begin_s = sum(phase.seconds for phase in run.scenario.phases[: run.phase_index])
    early_s = begin_s - run.clock_s
    spare_s = begin_s + run.phase.seconds - run.clock_s
    return early_s if early_s > 0 else min(spare_s, 0.0)


def pace(run: Run) -> Pace:
    """Ahead, on time or behind, with the grace of the phase that runs."""
    off_s = off_plan_s(run)
    if run.phase is None or abs(off_s) <= grace_s(run.phase.seconds):
        return Pace.ON_TIME
    return Pace.AHEAD if off_s > 0 else Pace.BEHIND
