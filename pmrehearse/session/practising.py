"""What do the takes say of practice: records, what is due, how it goes, the tries of a drill?

Here the pure parts of `practice` meet the takes, the scenarios and the calendar.
Every method but `catch_up` answers from what the index has; whoever wants every take marked first calls that.
"""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from pmrehearse.errors import ScenarioError, UsageError
from pmrehearse.practice.drilling import drilled
from pmrehearse.practice.progress import Progress, progress
from pmrehearse.practice.records import ElementName, Records, records
from pmrehearse.practice.rehearsals import counted
from pmrehearse.scenario.ids import drill_id, scenario_and_element

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pmrehearse.library.report import Report
    from pmrehearse.library.rows import MarkedTake
    from pmrehearse.practice.drilling import Drilled
    from pmrehearse.practice.due import Standing
    from pmrehearse.scenario.model import Scenario
    from pmrehearse.scenario.packs import Listed

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


class _Enough(Exception):  # noqa: N818  a wish, not an error
    """Raised by the progress callback when enough was marked for now."""


class Practice:
    """Practice over the takes of one library; for any thread."""

    def __init__(self, takes: Callable[[], Takes], packs: Packs, utc_now: Callable[[], datetime]) -> None:
        """Read nothing yet.

        Args:
            takes: Opens the library.
            packs: The scenarios.
            utc_now: The time, UTC, aware.
        """
        self._takes = takes
        self._packs = packs
        self._utc_now = utc_now
        self._keeping = threading.Lock()
        self._known: tuple[tuple[int, ...], Records] | None = None

    @property
    def today(self) -> date:
        """Today, in the time of this place."""
        return self._utc_now().astimezone().date()

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
