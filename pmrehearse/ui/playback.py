"""Which part of a take's sound is played for what is looked at?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmrehearse.checking.findings import PLAYED_AFTER_S, PLAYED_BEFORE_S
from pmrehearse.ui.paragraphs import paragraphs
from pmrehearse.ui.report_parts import ELEMENT, FLAG

if TYPE_CHECKING:
    from pmrehearse.checking.findings import Evidence
    from pmrehearse.library.report import Report

SLACK_S = 0.2
"""Evidence this near is where we are, not the next."""
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
    if evidence is not None and evidence.heard_s is not None:
        return Stretch(*evidence.heard_s)
    missed = next((each for each in report.missed if ELEMENT + each.element_id == name), None)
    return Stretch(max(0.0, missed.due_s - AROUND_MISSED_S), missed.due_s) if missed else None


def evidence_of(report: Report, name: str) -> Evidence | None:
    """The evidence of an element or a flag, by the option's name; None when there is none."""
    findings = report.findings
    by_name = {ELEMENT + each.element_id: each.evidence for each in findings.elements}
    by_name.update({FLAG + each.flag_id: each.evidence for each in findings.flags})
    return by_name.get(name)


def from_moment(at_s: float) -> Stretch:
    """From a moment to the end of the take."""
    return Stretch(max(0.0, at_s))


def passage_of(report: Report, run: tuple[int, int], is_chosen: bool) -> Stretch | None:  # noqa: FBT001  it belongs to the run
    """The sound of a run of words, or of the paragraph of a single word; None without times.

    Args:
        report: The report.
        run: The first and last word, inclusive.
        is_chosen: True when the run was chosen on purpose, even if it is one word long.
    """
    words = report.transcript.words
    first, last = run
    if not is_chosen:
        here = next(each for each in paragraphs(report.transcript) if each.holds(first))
        first, last = here.first_word, here.first_word + here.n_words - 1
    start_s, end_s = words[first].start_s, words[last].end_s
    if start_s is None or end_s is None:
        return None
    return Stretch(max(0.0, start_s - PLAYED_AFTER_S), end_s + PLAYED_AFTER_S)


def next_of(report: Report, at_s: float | None, steps: int) -> str:
    """The option's name of the evidence that comes next in the sound, or before; the nearest when none is left; "".

    Args:
        report: The report.
        at_s: The moment from which to look; None for before the beginning.
        steps: 1 for the next, -1 for the one before.
    """
    found = [(ELEMENT + each.element_id, each.evidence) for each in report.findings.elements]
    found += [(FLAG + each.flag_id, each.evidence) for each in report.findings.raised]
    timed = sorted((each.start_s, name) for name, each in found if each is not None and each.start_s is not None)
    if not timed:
        return ""
    here_s = -1.0 if at_s is None else at_s + (PLAYED_BEFORE_S + SLACK_S if steps > 0 else -SLACK_S)
    later = [name for start_s, name in timed if start_s > here_s]
    earlier = [name for start_s, name in timed if start_s < here_s]
    if steps > 0:
        return later[0] if later else timed[-1][1]
    return earlier[-1] if earlier else timed[0][1]
