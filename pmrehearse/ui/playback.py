"""Which part of a take's sound is played for what is looked at?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmrehearse.ui.report_parts import ELEMENT, FLAG

if TYPE_CHECKING:
    from pmrehearse.checking.findings import Evidence
    from pmrehearse.library.report import Report

BEFORE_S = 1.0
"""Evidence is played from this much before its first word."""
AFTER_S = 0.5
"""And to this much after its last: recognisers end words early."""
AROUND_MISSED_S = 6.0
"""How much is played before the moment in which a missing element was due."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the sound.

    Attributes:
        start_s: Where it begins, >= 0.
        end_s: Where it ends; None for the end of the take.
    """

    start_s: float
    end_s: float | None = None


def stretch_of(report: Report, name: str) -> Stretch | None:
    """What to play for an element or a flag: its evidence, else the moment in which it was due; None without times.

    Args:
        report: The report.
        name: The option's name in the list of findings.
    """
    evidence = evidence_of(report, name)
    if evidence is not None and evidence.start_s is not None and evidence.end_s is not None:
        return Stretch(max(0.0, evidence.start_s - BEFORE_S), evidence.end_s + AFTER_S)
    missed = next((each for each in report.missed if ELEMENT + each.element_id == name), None)
    return Stretch(max(0.0, missed.due_s - AROUND_MISSED_S), missed.due_s) if missed else None


def evidence_of(report: Report, name: str) -> Evidence | None:
    """The evidence of an element or a flag, by the option's name; None when there is none."""
    findings = report.findings
    by_name = {ELEMENT + each.element_id: each.evidence for each in findings.elements}
    by_name.update({FLAG + each.flag_id: each.evidence for each in findings.flags})
    return by_name.get(name)
