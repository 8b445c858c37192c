"""What was gained and what was lost from one take to another of the same scenario?"""

from __future__ import annotations

from dataclasses import dataclass

from pmrehearse.checking.findings import ElementFinding, Verdict
from pmrehearse.errors import UsageError
from pmrehearse.library.report import PhaseTime, Report


@dataclass(frozen=True, slots=True)
class ElementCompared:
    """One element in both takes.

    Attributes:
        element_id: The element.
        title: How it is shown.
        before: Its verdict in the first take; None where that take did not ask for it.
        after: Its verdict in the second; None likewise.
    """

    element_id: str
    title: str
    before: ElementFinding | None
    after: ElementFinding | None

    @property
    def is_gained(self) -> bool:
        """True when it was not met and is now."""
        return _met(self.after) and self.before is not None and not _met(self.before)

    @property
    def is_lost(self) -> bool:
        """True when it was met and is not now."""
        return _met(self.before) and self.after is not None and not _met(self.after)


@dataclass(frozen=True, slots=True)
class PhaseCompared:
    """One phase in both takes.

    Attributes:
        phase_id: The phase.
        title: How it is shown.
        planned_s: Its budget in the second take, or in the first where the second has no such phase.
        before_s: How long it lasted in the first take; None where there is none, or no time.
        after_s: How long it lasted in the second; None likewise.
    """

    phase_id: str
    title: str
    planned_s: float
    before_s: float | None
    after_s: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two takes beside one another.

    Attributes:
        before: The report of the first take.
        after: The report of the second.
        elements: In the second take's order, then what only the first asked for.
        phases: Likewise.
        raised: The titles of flags raised in the second take alone.
        cleared: The titles of flags raised in the first alone.
    """

    before: Report
    after: Report
    elements: tuple[ElementCompared, ...]
    phases: tuple[PhaseCompared, ...]
    raised: tuple[str, ...]
    cleared: tuple[str, ...]

    @property
    def gained(self) -> tuple[ElementCompared, ...]:
        """What is met now and was not."""
        return tuple(each for each in self.elements if each.is_gained)

    @property
    def lost(self) -> tuple[ElementCompared, ...]:
        """What was met and is not now."""
        return tuple(each for each in self.elements if each.is_lost)


def compare_takes(before: Report, after: Report) -> Comparison:
    """Two takes of one scenario, whose versions may differ, beside one another.

    Raises:
        UsageError: They are of two scenarios, or one take twice.
    """
    if before.take.id == after.take.id:
        raise UsageError("That is one take, twice.", "Name two takes of a scenario.")
    if before.take.scenario.id != after.take.scenario.id:
        raise UsageError(
            f"One take is of {before.take.scenario.id}, the other of {after.take.scenario.id}.",
            "Name two takes of one scenario.",
        )
    was, now = _raised(before), _raised(after)
    return Comparison(
        before,
        after,
        _elements(before, after),
        _phases(before, after),
        raised=tuple(title for name, title in now.items() if name not in was),
        cleared=tuple(title for name, title in was.items() if name not in now),
    )


def _raised(report: Report) -> dict[str, str]:
    return {each.flag_id: report.take.scenario.flag(each.flag_id).title for each in report.findings.raised}


def _elements(before: Report, after: Report) -> tuple[ElementCompared, ...]:
    titles = {each.id: each.title for each in after.take.scenario.elements}
    for each in before.take.scenario.elements:
        titles.setdefault(each.id, each.title)
    was = {each.element_id: each for each in before.findings.elements}
    now = {each.element_id: each for each in after.findings.elements}
    return tuple(ElementCompared(name, title, was.get(name), now.get(name)) for name, title in titles.items())


def _phases(before: Report, after: Report) -> tuple[PhaseCompared, ...]:
    was = {each.phase_id: each for each in before.phases}
    now = {each.phase_id: each for each in after.phases}
    return tuple(
        PhaseCompared(name, phase.title, phase.planned_s, _lasted(was.get(name)), _lasted(now.get(name)))
        for name, phase in (now | {name: each for name, each in was.items() if name not in now}).items()
    )


def _lasted(phase: PhaseTime | None) -> float | None:
    return phase.actual_s if phase is not None and phase.start_s is not None else None


def _met(finding: ElementFinding | None) -> bool:
    return finding is not None and finding.verdict is Verdict.MET
