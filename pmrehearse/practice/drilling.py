"""What came of drilling an element: try after try, with the verdicts before in sight?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pmrehearse.checking.findings import Verdict
from pmrehearse.library.report import Report
from pmrehearse.practice.records import ElementName, Records
from pmrehearse.scenario.ids import scenario_and_element
from pmrehearse.scenario.model import Element

N_SHOWN = 12
"""So many of the last verdicts are kept in sight."""


@dataclass(frozen=True, slots=True)
class DrillTry:
    """One try.

    Attributes:
        take_id: Its take.
        verdict: What the checks said.
        quote: The words that the verdict rests on, or that came nearest; "" when there are none.
        lacked: What was lacking; "" when it was met.
        duration_s: How long it lasted; 0 for a typed one.
    """

    take_id: str
    verdict: Verdict
    quote: str
    lacked: str
    duration_s: float


@dataclass(frozen=True, slots=True)
class Drilled:
    """One element that is drilled.

    Attributes:
        name: The scenario's id and the element's.
        title: The element's title.
        criterion: What is asked.
        hint: An example of what could be said.
        before: The verdicts before this sitting, the oldest first, at most N_SHOWN.
        tries: The tries of this sitting, the oldest first.
    """

    name: ElementName
    title: str
    criterion: str
    hint: str
    before: tuple[Verdict, ...]
    tries: tuple[DrillTry, ...] = ()

    @property
    def n_met(self) -> int:
        """How many tries of this sitting met it."""
        return sum(each.verdict is Verdict.MET for each in self.tries)

    @property
    def stands(self) -> bool:
        """True when the last try met it."""
        return bool(self.tries) and self.tries[-1].verdict is Verdict.MET

    @property
    def shown(self) -> tuple[Verdict, ...]:
        """The last verdicts, those of this sitting last, at most N_SHOWN."""
        return (*self.before, *(each.verdict for each in self.tries))[-N_SHOWN:]


def drilled(scenario_id: str, element: Element, records: Records, reports: Iterable[Report] = ()) -> Drilled:
    """An element with its verdicts so far.

    Args:
        scenario_id: The element's scenario.
        element: The element.
        records: What was rehearsed, with or without the tries of this sitting.
        reports: The tries of this sitting, the oldest first.
    """
    tries = tuple(drill_try(report, element.id) for report in reports)
    ours = {each.take_id for each in tries}
    record = records.element(scenario_id, element.id)
    before = [each.verdict for each in record.tries if each.take_id not in ours] if record is not None else []
    name = (scenario_id, element.id)
    return Drilled(name, element.title, element.criterion, element.hint, tuple(before[-N_SHOWN:]), tries)


def drill_try(report: Report, element_id: str = "") -> DrillTry:
    """What one try came to.

    Args:
        report: The report of the drill's take.
        element_id: The element; "" for the one that the take's scenario drills.
    """
    wanted = element_id or scenario_and_element(report.take.scenario.id)[1]
    finding = next(each for each in report.findings.elements if each.element_id == wanted)
    quote = finding.evidence.quote if finding.evidence is not None else ""
    return DrillTry(report.take.id, finding.verdict, quote, finding.lacked, report.delivery.duration_s)
