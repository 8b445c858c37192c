"""What was rehearsed, take by take?

The takes that were marked, as the rest of this package counts them: whole scenarios, and drills of one element.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pmrehearse.checking.findings import Verdict
from pmrehearse.library.rows import MarkedTake
from pmrehearse.scenario.ids import scenario_and_element

DEMO_TAG = "demo"
"""Takes with this tag are of a bundled answer: nobody has rehearsed there."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One marked take.

    Attributes:
        take_id: The take.
        scenario_id: The scenario; for a drill the one whose element it is.
        drilled: The element of a drill, "" for a whole scenario.
        title: How what was rehearsed is shown.
        started_at: When it began, UTC, aware.
        verdicts: One an element, in the order of their ids.
        n_raised: Flags raised.
        duration_s: Length of its sound in seconds; 0 for a typed take.
        planned_s: Planned length in seconds.
        words_per_minute: Words over elapsed time; None without times.
    """

    take_id: str
    scenario_id: str
    drilled: str
    title: str
    started_at: datetime
    verdicts: tuple[tuple[str, Verdict], ...]
    n_raised: int = 0
    duration_s: float = 0.0
    planned_s: float = 0.0
    words_per_minute: float | None = None

    @property
    def n_met(self) -> int:
        """Elements met."""
        return sum(verdict is Verdict.MET for _, verdict in self.verdicts)

    @property
    def coverage(self) -> float:
        """Met elements over all elements, in [0, 1]."""
        return self.n_met / len(self.verdicts) if self.verdicts else 0.0

    @property
    def was_heard(self) -> bool:
        """False when no element could be told: nothing was said, or it was heard too badly."""
        return any(verdict is not Verdict.UNKNOWN for _, verdict in self.verdicts)


def counted(takes: Iterable[MarkedTake]) -> tuple[MarkedTake, ...]:
    """The takes that count as rehearsals: all but those of the demo, in their order."""
    return tuple(take for take in takes if DEMO_TAG not in take.tags)


def rehearsal_of(take: MarkedTake) -> Rehearsal:
    """One take as a rehearsal."""
    scenario_id, drilled = scenario_and_element(take.scenario_id)
    return Rehearsal(
        take_id=take.take_id,
        scenario_id=scenario_id,
        drilled=drilled,
        title=take.title,
        started_at=take.started_at,
        verdicts=take.verdicts,
        n_raised=take.n_raised or 0,
        duration_s=take.duration_s,
        planned_s=take.planned_s,
        words_per_minute=take.words_per_minute,
    )
