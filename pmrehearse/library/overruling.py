"""What do the verdicts become when the speaker overrules some of them?

The checks' verdict is never lost: it stands beside the speaker's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pmrehearse.checking.findings import ElementFinding, Evidence, Findings, Judge, Verdict
from pmrehearse.library.corrections import Overruling
from pmrehearse.library.passages import places_of
from pmrehearse.speech.segments import Word

RULE = "the speaker's word"
"""What stands where a rule is named."""
NOT_SAID = "you say that this was not it"
"""What was lacking, when the speaker gives no reason."""


@dataclass(frozen=True, slots=True)
class Overruled:
    """A verdict that is the speaker's.

    Attributes:
        ruling: What the speaker says.
        checks: What the checks say.
    """

    ruling: Overruling
    checks: ElementFinding


def overrule(
    checked: Findings, rulings: Sequence[Overruling], words: Sequence[Word]
) -> tuple[Findings, tuple[Overruled, ...]]:
    """The findings with the speaker's verdicts in them, and those of the checks that they took the place of.

    Args:
        checked: What the checks say.
        rulings: What the speaker says; of several on one element the last counts. One that the checks have come to
            agree with, and one on an element that the scenario does not have, changes nothing.
        words: The words of the transcript, corrections applied.
    """
    by_element = {ruling.element_id: ruling for ruling in rulings}
    elements, overruled = [], []
    for finding in checked.elements:
        ruling = by_element.get(finding.element_id)
        if ruling is None or ruling.verdict is finding.verdict:
            elements.append(finding)
        else:
            elements.append(_ruled(finding, ruling, words))
            overruled.append(Overruled(ruling, finding))
    return replace(checked, elements=tuple(elements)), tuple(overruled)


def _ruled(finding: ElementFinding, ruling: Overruling, words: Sequence[Word]) -> ElementFinding:
    evidence = evidence_for(ruling.quote, words) or finding.evidence
    is_met = ruling.verdict is Verdict.MET
    lacked = "" if is_met else ruling.note or NOT_SAID
    return ElementFinding(finding.element_id, ruling.verdict, evidence, RULE if is_met else "", lacked, Judge.SPEAKER)


def evidence_for(quote: str, words: Sequence[Word]) -> Evidence | None:
    """The first place of a passage in a transcript; None where it stands nowhere."""
    first, last = next(iter(places_of(quote, words)), (0, -1))
    if last < first:
        return None
    text = " ".join(word.text for word in words[first : last + 1])
    return Evidence(text, first, last, words[first].start_s, words[last].end_s)
