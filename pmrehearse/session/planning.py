"""Which round of which loop is rehearsed on which day, and what did a round come to?

Here the pure plan of `practice` meets the loops, the calendar, the takes and what is remembered between runs.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

from pmrehearse.cleaning import clean_line
from pmrehearse.errors import UsageError
from pmrehearse.practice.debrief import debrief
from pmrehearse.practice.layout import Known
from pmrehearse.practice.plan import Plan, Wish, plan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pmrehearse.library.report import Report
    from pmrehearse.practice.debrief import Debrief
    from pmrehearse.practice.records import Records
    from pmrehearse.scenario.model import Loop
    from pmrehearse.scenario.packs import Listed
    from pmrehearse.session.ports import Memory
    from pmrehearse.session.practising import Practice

PLAN = "plan"
"""Under which name the plan is remembered: "LOOP INTERVIEW MADE_ON", days as in ISO 8601."""


class Takes(Protocol):
    """What is asked of the library."""

    def report(self, take_id: str) -> Report:
        """All that is shown of a take."""


class Packs(Protocol):
    """What is asked of the scenarios."""

    def all_scenarios(self) -> Sequence[Listed]:
        """As lists show them."""

    def loops(self) -> Sequence[Loop]:
        """All loops."""


class Planning:
    """The plan of an interview, and the rounds of its loop; for any thread."""

    def __init__(self, practice: Practice, takes: Callable[[], Takes], packs: Packs, memory: Memory) -> None:
        """Read nothing yet.

        Args:
            practice: Says what was rehearsed, and what day it is.
            takes: Opens the library.
            packs: The scenarios and the loops.
            memory: Keeps the plan.
        """
        self._practice = practice
        self._takes = takes
        self._packs = packs
        self._memory = memory

    # ------------------------------------------------------------------ loops

    def loop(self, loop_id: str) -> Loop:
        """A loop.

        Raises:
            UsageError: There is none of this id; the hint names all.
        """
        loops = self._packs.loops()
        found = next((loop for loop in loops if loop.id == loop_id), None)
        if found is None:
            names = ", ".join(loop.id for loop in loops)
            raise UsageError(f"There is no loop '{clean_line(loop_id, 100)}'.", f"There are {names}.")
        return found

    def loops(self) -> tuple[Loop, ...]:
        """All loops."""
        return tuple(self._packs.loops())

    # ------------------------------------------------------------------ the plan

    def plan(self, wish: Wish, today: date | None = None, known: Records | None = None) -> Plan:
        """The plan that is wished for, as it stands today.

        Args:
            wish: What it is made for, and when.
            today: The day on which it is looked at; None for today.
            known: The records, when they were read already.

        Raises:
            UsageError: There is no such loop, or the interview was before the plan was made.
        """
        scenarios = {
            listed.id: Known(listed.title, listed.seconds)
            for listed in self._packs.all_scenarios()
            if not listed.problem
        }
        known = self._practice.records() if known is None else known
        return plan(self.loop(wish.loop_id), wish, today or self._practice.today, scenarios, known)

    def kept_plan(self, known: Records | None = None) -> Plan | None:
        """The plan that is remembered, as it stands today; None when there is none that can be followed.

        Args:
            known: The records, when they were read already.
        """
        wish = self.kept
        try:
            return self.plan(wish, known=known) if wish is not None else None
        except UsageError:
            return None  # its loop is gone, or somebody wrote into the file

    def keep(self, wish: Wish | None) -> None:
        """Remember a plan, or none."""
        text = f"{wish.loop_id} {wish.interview.isoformat()} {wish.made_on.isoformat()}" if wish is not None else ""
        self._memory.set(PLAN, text)

    @property
    def kept(self) -> Wish | None:
        """The plan that is remembered; None when there is none, or it can't be read."""
        parts = (self._memory.get(PLAN) or "").split()
        try:
            loop_id, interview, made_on = parts
            return Wish(loop_id, date.fromisoformat(interview), date.fromisoformat(made_on))
        except ValueError:
            return None

    # ------------------------------------------------------------------ rounds

    def round(self, loop_id: str, number: int) -> tuple[str, ...]:
        """The ids of a round's scenarios that can be rehearsed, in order.

        Raises:
            UsageError: There is no such loop or round, or nothing of it can be rehearsed.
        """
        loop = self.loop(loop_id)
        if not 1 <= number <= len(loop.rounds):
            raise UsageError(f"The loop {loop.id} has no round {number}.", f"It has rounds 1 to {len(loop.rounds)}.")
        usable = {listed.id for listed in self._packs.all_scenarios() if not listed.problem}
        found = tuple(name for name in loop.rounds[number - 1] if name in usable)
        if not found:
            names = ", ".join(loop.rounds[number - 1])
            raise UsageError(f"No scenario of round {number} can be rehearsed.", f"It asks for {names}.")
        return found

    def debrief(self, loop_id: str, number: int, take_ids: Sequence[str]) -> Debrief:
        """What a round says as a whole.

        Args:
            loop_id: The loop.
            number: The round, counted from 1.
            take_ids: Its takes, in the order in which they were made.

        Raises:
            UsageError: There is no such loop, round or take.
        """
        reports = [self._takes().report(take_id) for take_id in take_ids]
        taken = {report.take.scenario.id for report in reports}
        left = tuple(name for name in self.round(loop_id, number) if name not in taken)
        return debrief(loop_id, self.loop(loop_id).title, number, reports, left)
