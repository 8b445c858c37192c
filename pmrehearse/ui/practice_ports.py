"""What do the screens need of practice over takes, and of the plan? Every method waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from pmrehearse.practice.debrief import Debrief
    from pmrehearse.practice.drilling import Drilled
    from pmrehearse.practice.plan import Plan, Wish
    from pmrehearse.practice.progress import Progress
    from pmrehearse.practice.records import Records
    from pmrehearse.scenario.model import Loop
    from pmrehearse.session.practising import DueElement


class PracticePort(Protocol):
    """What many takes say."""

    @property
    def today(self) -> date:
        """Today, in the time of this place."""

    def records(self) -> Records:
        """How each scenario and element went."""

    def due(self, known: Records | None = None) -> Sequence[DueElement]:
        """What is due today, what is due first first."""

    def progress(self) -> Progress:
        """How everything went over the takes, with the names of things."""

    def drilled(self, wanted: str, take_ids: Iterable[str] = ()) -> Drilled:
        """An element ("SCENARIO:ELEMENT") with its verdicts so far, and the tries of this sitting."""


class PlanningPort(Protocol):
    """The plan of an interview, and the rounds of its loop."""

    @property
    def kept(self) -> Wish | None:
        """The plan that is remembered."""

    def keep(self, wish: Wish | None) -> None:
        """Remember a plan, or none."""

    def loops(self) -> Sequence[Loop]:
        """All loops."""

    def kept_plan(self, known: Records | None = None) -> Plan | None:
        """The plan that is remembered, as it stands today; None when there is none that can be followed."""

    def round(self, loop_id: str, number: int) -> tuple[str, ...]:
        """The ids of a round's scenarios that can be rehearsed.

        Raises:
            UsageError: There is none.
        """

    def debrief(self, loop_id: str, number: int, take_ids: Sequence[str]) -> Debrief:
        """What a round says as a whole."""
