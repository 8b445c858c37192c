"""Who judges a passage by a criterion, where the rules end?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pmrehearse.checking.findings import Verdict

ALMOST = 0.6
"""What has no rule counts as near from so large a part of its bar on."""


@dataclass(frozen=True, slots=True)
class Bars:
    """From which scores on the judge overrules the rules about one criterion; each in [0, 1].

    Attributes:
        missing: It calls met what the rules call missing.
        near: It calls met what the rules call near.
        absurd: What the rules call met, and the judge gives less than this wherever it looks, is not met.
        unruled: It calls met what has no rule.
    """

    missing: float
    near: float
    absurd: float
    unruled: float

    def sure(self, verdict: Verdict) -> float:
        """The score from which on the judge calls met what the rules, or the want of one, call so."""
        return {Verdict.MISSING: self.missing, Verdict.NEAR: self.near}.get(verdict, self.unruled)


class PassageJudge(Protocol):
    """Tells how likely a careful marker would call a criterion met by a passage."""

    def score(self, criterion: str, passages: Sequence[str]) -> Sequence[float]:
        """A score in [0, 1] for each passage.

        The score of a passage depends on the criterion and its own words alone, not on what is asked beside it.

        Args:
            criterion: What is asked, one or two sentences.
            passages: Some sentences each, as they were said.
        """

    def bars(self, criterion: str) -> Bars:
        """How sure it must be about this criterion, which depends on how far the rules about it can be trusted."""
