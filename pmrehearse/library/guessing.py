"""How well did the speaker know which elements were met, before the results were shown?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pmrehearse.checking.findings import Findings, Verdict


@dataclass(frozen=True, slots=True)
class GuessCompared:
    """A guess beside the verdicts; elements of which nothing can be told are left out.

    Attributes:
        right: How many elements were guessed right.
        of: How many were guessed at.
        over: The ids of elements thought to be met that are not.
        under: The ids of elements that are met and were not thought to be.
    """

    right: int
    of: int
    over: tuple[str, ...]
    under: tuple[str, ...]


def compare_guess(findings: Findings, guess: Collection[str] | None) -> GuessCompared | None:
    """The comparison; None when the speaker was not asked.

    Args:
        findings: The verdicts.
        guess: The ids of the elements that the speaker thought to have met.
    """
    if guess is None:
        return None
    known = [finding for finding in findings.elements if finding.verdict is not Verdict.UNKNOWN]
    over = tuple(finding.element_id for finding in known if finding.element_id in guess and not finding.met)
    under = tuple(finding.element_id for finding in known if finding.met and finding.element_id not in guess)
    return GuessCompared(len(known) - len(over) - len(under), len(known), over, under)
