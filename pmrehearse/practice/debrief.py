"""What does a round say as a whole: how each scenario went, what is missing over all of them, what to do next?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pmrehearse.checking.findings import Verdict
from pmrehearse.library.report import Report
from pmrehearse.library.take import TakeStatus
from pmrehearse.practice.layout import STANDS
from pmrehearse.rehearsal.lights import TimeVerdict, band, time_verdict
from pmrehearse.scenario.ids import drill_id

N_DRILLS = 3
"""So many elements are proposed to be drilled: more is no proposal."""


@dataclass(frozen=True, slots=True)
class DebriefedTake:
    """How one scenario of the round went.

    Attributes:
        take_id: The take.
        scenario_id: What was rehearsed.
        title: How it is shown.
        n_met: Elements met; None while it waits for its transcript.
        n_elements: Elements asked.
        duration_s: How long it lasted; 0 for a typed take.
        planned_s: How long it should have lasted.
        time: Whether that was enough; None for a typed take.
        flags: Titles of the flags that were raised.
    """

    take_id: str
    scenario_id: str
    title: str
    n_met: int | None
    n_elements: int
    duration_s: float
    planned_s: float
    time: TimeVerdict | None
    flags: tuple[str, ...]

    @property
    def coverage(self) -> float:
        """Met elements over all, in [0, 1]; 0 while it waits."""
        return (self.n_met or 0) / self.n_elements if self.n_elements else 0.0

    @property
    def stands(self) -> bool:
        """True when it need not be taken again."""
        return self.coverage >= STANDS and not self.flags


@dataclass(frozen=True, slots=True)
class MissedElement:
    """An element that was not met.

    Attributes:
        scenario_id: Its scenario.
        element_id: The element.
        title: How it is shown.
        verdict: Near, missing or unknown.
        lacked: What was lacking, or "".
        hint: An example of what could be said.
    """

    scenario_id: str
    element_id: str
    title: str
    verdict: Verdict
    lacked: str
    hint: str

    @property
    def drill(self) -> str:
        """The id of its drill."""
        return drill_id(self.scenario_id, self.element_id)


@dataclass(frozen=True, slots=True)
class Debrief:
    """A round as a whole.

    Attributes:
        loop_id: The loop.
        title: The loop's title.
        number: The round, counted from 1.
        takes: One a scenario that was rehearsed, in the round's order.
        missed: What was not met, those that were near first, else in the scenarios' order.
        not_taken: Ids of the round's scenarios that were not rehearsed.
    """

    loop_id: str
    title: str
    number: int
    takes: tuple[DebriefedTake, ...]
    missed: tuple[MissedElement, ...]
    not_taken: tuple[str, ...] = ()

    @property
    def n_met(self) -> int:
        """Elements met over the round."""
        return sum(take.n_met or 0 for take in self.takes)

    @property
    def n_elements(self) -> int:
        """Elements asked over the round, of what was rehearsed."""
        return sum(take.n_elements for take in self.takes)

    @property
    def n_flags(self) -> int:
        """Flags raised over the round."""
        return sum(len(take.flags) for take in self.takes)

    @property
    def duration_s(self) -> float:
        """How long was spoken in all."""
        return sum(take.duration_s for take in self.takes)

    @property
    def falls_short(self) -> bool:
        """True when something was not met, raised or not rehearsed."""
        return bool(self.missed or self.n_flags or self.not_taken or any(take.n_met is None for take in self.takes))

    @property
    def drills(self) -> tuple[MissedElement, ...]:
        """What to drill first: what came near lacks least."""
        return self.missed[:N_DRILLS]

    @property
    def again(self) -> tuple[DebriefedTake, ...]:
        """What to take again."""
        return tuple(take for take in self.takes if take.n_met is not None and not take.stands)


def debrief(loop_id: str, title: str, number: int, reports: Iterable[Report], not_taken: Iterable[str] = ()) -> Debrief:
    """The debrief of a round.

    Args:
        loop_id: The loop.
        title: The loop's title.
        number: The round, counted from 1.
        reports: Of its takes, in the order in which they were made.
        not_taken: Ids of its scenarios that were not rehearsed.
    """
    said = tuple(reports)
    missed = [element for report in said if not _waits(report) for element in _missed(report)]
    missed.sort(key=lambda element: element.verdict is not Verdict.NEAR)
    return Debrief(loop_id, title, number, tuple(_take(report) for report in said), tuple(missed), tuple(not_taken))


def _waits(report: Report) -> bool:
    return report.take.status is not TakeStatus.TRANSCRIBED


def _take(report: Report) -> DebriefedTake:
    take, scenario = report.take, report.take.scenario
    duration_s = report.delivery.duration_s
    return DebriefedTake(
        take_id=take.id,
        scenario_id=scenario.id,
        title=scenario.title,
        n_met=None if _waits(report) else report.findings.n_met,
        n_elements=len(scenario.elements),
        duration_s=duration_s,
        planned_s=scenario.seconds,
        time=time_verdict(duration_s, band(scenario)) if duration_s else None,
        flags=tuple(scenario.flag(flag.flag_id).title for flag in report.findings.raised),
    )


def _missed(report: Report) -> Iterable[MissedElement]:
    scenario = report.take.scenario
    for finding in report.findings.elements:
        if not finding.met:
            element = scenario.element(finding.element_id)
            yield MissedElement(scenario.id, element.id, element.title, finding.verdict, finding.lacked, element.hint)
