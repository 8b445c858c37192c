"""What do the commands need to know over many takes, and of the plan?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from pmrehearse.practice.debrief import Debrief
    from pmrehearse.practice.drilling import Drilled
    from pmrehearse.practice.plan import Plan, Wish
    from pmrehearse.practice.records import Records
    from pmrehearse.scenario.model import Loop
    from pmrehearse.session.practising import DueElement


class PracticePort(Protocol):
    """What many takes say. Every method waits."""

    @property
    def today(self) -> date:
        """Today, in the time of this place."""

    def catch_up(self, on_progress: Callable[[int, int], None]) -> None:
        """Mark the takes that are not marked."""

    def records(self) -> Records:
        """How each scenario and element went."""

    def standings(self, known: Records | None = None) -> Sequence[DueElement]:
        """How well each element is remembered, what is due first first."""

    def due(self, known: Records | None = None) -> Sequence[DueElement]:
        """What is due today, what is due first first."""

    def drilled(self, wanted: str, take_ids: Iterable[str] = ()) -> Drilled:
        """An element with its verdicts so far, and the tries of this sitting."""


class PlanningPort(Protocol):
    """The plan of an interview, and the rounds of its loop."""

    def loop(self, loop_id: str) -> Loop:
        """A loop.

        Raises:
            UsageError: There is none of this id.
        """

    def plan(self, wish: Wish, today: date | None = None) -> Plan:
        """The plan that is wished for, as it stands today. Waits.

        Raises:
            UsageError: There is no such loop, or the interview is over.
        """

    def keep(self, wish: Wish | None) -> None:
        """Remember a plan, or none."""

    @property
    def kept(self) -> Wish | None:
        """The plan that is remembered."""

    def round(self, loop_id: str, number: int) -> tuple[str, ...]:
        """The ids of a round's scenarios.

        Raises:
            UsageError: There is no such loop or round.
        """

    def debrief(self, loop_id: str, number: int, take_ids: Sequence[str]) -> Debrief:
        """What a round says as a whole. Waits."""
