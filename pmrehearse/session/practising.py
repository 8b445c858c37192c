"""What does the library say of practice: records, what is due, the plan, the debrief of a round?

Here the pure parts of `practice` meet the takes, the scenarios, the calendar and what is remembered between runs.
Every method but `catch_up` answers from what the index has; whoever wants every take marked first calls that.
"""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from pmrehearse.cleaning import clean_line
from pmrehearse.errors import ScenarioError, UsageError
from pmrehearse.practice.debrief import debrief
from pmrehearse.practice.drilling import drilled
from pmrehearse.practice.layout import Known
from pmrehearse.practice.plan import Plan, Wish, plan
from pmrehearse.practice.progress import Progress, progress
from pmrehearse.practice.records import ElementName, Records, records
from pmrehearse.practice.rehearsals import counted
from pmrehearse.scenario.ids import drill_id, scenario_and_element

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pmrehearse.library.report import Report
    from pmrehearse.library.rows import MarkedTake
    from pmrehearse.practice.debrief import Debrief
    from pmrehearse.practice.drilling import Drilled
    from pmrehearse.practice.due import Standing
    from pmrehearse.scenario.model import Loop, Scenario
    from pmrehearse.scenario.packs import Listed
    from pmrehearse.session.ports import Memory

PLAN = "plan"
"""Under which name the plan is remembered: "LOOP INTERVIEW MADE_ON", days as in ISO 8601."""

AT_ONCE = 20
"""So many unmarked takes are marked beside the screens before what is shown is read again."""


@dataclass(frozen=True, slots=True)
class DueElement:
    """An element as lists of what is due show it.

    Attributes:
        standing: How well it is remembered.
        title: The element's title.
        scenario_title: That of its scenario.
    """

    standing: Standing
    title: str
    scenario_title: str

    @property
    def drill(self) -> str:
        """The id of its drill."""
        return drill_id(self.standing.record.scenario_id, self.standing.record.element_id)


class Takes(Protocol):
    """What is asked of the library."""

    def marked(self) -> Sequence[MarkedTake]:
        """What those that were marked say, the oldest first."""

    def revision(self) -> tuple[int, ...]:
        """Another value whenever they may say something else."""

    @property
    def is_recording(self) -> bool:
        """True while a take is recorded."""

    def catch_up(self, on_progress: Callable[[int, int], None]) -> int:
        """Mark those that are not."""

    def report(self, take_id: str) -> Report:
        """All that is shown of a take."""


class Packs(Protocol):
    """What is asked of the scenarios."""

    def all_scenarios(self) -> Sequence[Listed]:
        """As lists show them."""

    def find(self, wanted: str) -> Scenario:
        """One scenario."""

    def loops(self) -> Sequence[Loop]:
        """All loops."""


class _Enough(Exception):  # noqa: N818  a wish, not an error
    """Raised by the progress callback when enough was marked for now."""


class Practice:
    """Practice over the takes of one library; for any thread."""

    def __init__(
        self,
        takes: Callable[[], Takes],
        packs: Packs,
        memory: Memory,
        utc_now: Callable[[], datetime],
    ) -> None:
        """Read nothing yet.

        Args:
            takes: Opens the library.
            packs: The scenarios.
            memory: Keeps the plan.
            utc_now: The time, UTC, aware.
        """
        self._takes = takes
        self._packs = packs
        self._memory = memory
        self._utc_now = utc_now
        self._keeping = threading.Lock()
        self._known: tuple[tuple[int, ...], Records] | None = None

    @property
    def today(self) -> date:
        """Today, in the time of this place."""
        return self._utc_now().astimezone().date()

    # ------------------------------------------------------------------ records

    def catch_up(self, on_progress: Callable[[int, int], None]) -> None:
        """Mark the takes that are not marked, however many there are; told (done, total) in takes."""
        self._takes().catch_up(on_progress)

    def catch_up_some(self) -> int:
        """Mark some of the takes that are not marked, the newest first; how many takes were read.

        For a thread beside the screens, again and again until nothing is left: after an update of the program or of its
        judge all takes are to be marked again. While a take is recorded nothing is marked.
        """
        takes, n_read = self._takes(), 0

        def go_on(done: int, _total: int) -> None:
            nonlocal n_read
            n_read = done
            if done >= AT_ONCE or takes.is_recording:
                raise _Enough

        with contextlib.suppress(_Enough):
            takes.catch_up(go_on)
        return n_read

    def records(self) -> Records:
        """How each scenario and element went."""
        takes = self._takes()
        revision = takes.revision()
        with self._keeping:
            if self._known is None or self._known[0] != revision:
                self._known = revision, records(counted(takes.marked()))
            return self._known[1]

    def standings(self, known: Records | None = None) -> tuple[DueElement, ...]:
        """How well each element that was tried and still exists is remembered, what is due first first.

        Args:
            known: The records, when they were read already.
        """
        tried = (self.records() if known is None else known).elements
        if not tried:
            return ()
        from pmrehearse.practice.due import standings  # noqa: PLC0415  it imports fsrs, which few calls need

        titles = self._titles({each.scenario_id for each in tried})
        still = [each for each in tried if (each.scenario_id, each.element_id) in titles]
        return tuple(
            DueElement(one, *titles[one.record.scenario_id, one.record.element_id])
            for one in standings(still, self._utc_now())
        )

    def due(self, known: Records | None = None) -> tuple[DueElement, ...]:
        """What is due today, what is due first first."""
        return tuple(each for each in self.standings(known) if each.standing.due_on() <= self.today)

    def progress(self) -> Progress:
        """How everything went over the takes, with the names of things, so that it can be drawn."""
        known = self.records()
        tried = {each.scenario_id for each in known.scenarios} | {each.scenario_id for each in known.elements}
        return progress(known, self._usable(tried))

    def _titles(self, scenario_ids: Iterable[str]) -> dict[ElementName, tuple[str, str]]:
        """The titles of each element of these scenarios and of its scenario; of those that can be rehearsed."""
        return {
            (scenario_id, each.id): (each.title, scenario.title)
            for scenario_id, scenario in self._usable(scenario_ids).items()
            for each in scenario.elements
        }

    def _usable(self, scenario_ids: Iterable[str]) -> dict[str, Scenario]:
        """Those of these scenarios that can be rehearsed."""
        found = {}
        usable = {listed.id for listed in self._packs.all_scenarios() if not listed.problem}
        for scenario_id in sorted(usable.intersection(scenario_ids)):
            with contextlib.suppress(ScenarioError, UsageError):  # it has changed since it was listed
                found[scenario_id] = self._packs.find(scenario_id)
        return found

    def drilled(self, wanted: str, take_ids: Iterable[str] = ()) -> Drilled:
        """An element with its verdicts so far, and the tries of this sitting.

        Args:
            wanted: "SCENARIO:ELEMENT".
            take_ids: The takes of this sitting, the oldest first; those of other elements are passed over.

        Raises:
            UsageError: There is no such element, or no such take.
        """
        scenario_id, element_id = scenario_and_element(wanted)
        element = self._packs.find(wanted).element(element_id)
        reports = [self._takes().report(take_id) for take_id in take_ids]
        ours = [report for report in reports if report.take.scenario.id == wanted]
        return drilled(scenario_id, element, self.records(), ours)

    # ------------------------------------------------------------------ the plan

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
        return plan(self.loop(wish.loop_id), wish, today or self.today, scenarios, known or self.records())

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
