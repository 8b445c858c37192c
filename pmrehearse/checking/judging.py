"""Who judges a passage by a criterion, where the rules end, and how is that weighed against what the rules say?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pmrehearse.checking.findings import Verdict

SUREST, LEAST_SURE = 0.9999, 0.0001
"""No score counts for more, or for less."""
EVEN = 0.0
"""From this certainty on something is met: it is likelier than not."""
ALMOST = -1.0
"""What has no rule counts as near from this certainty on (27 in 100)."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What the judge makes of an answer by one criterion; each a score in [0, 1].

    Attributes:
        best: That of the passage that says it best.
        alone: That of one sentence by itself: of that passage's best one, or of the one that a rule quotes.
        here: That of the best passage which holds what a rule quotes; `best` where no rule quotes anything.
    """

    best: float
    alone: float
    here: float


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts beside one verdict of the rules; factors of the logarithm of a score's odds.

    Attributes:
        offset: What the verdict itself says.
        best: The factor of the best passage, not negative.
        alone: That of a sentence alone, not negative.
        here: That of the passage which a rule quotes.
    """

    offset: float
    best: float
    alone: float
    here: float

    def certainty(self, signs: Signs) -> float:
        """The logarithm of the odds that it is met."""
        factors = ((self.best, signs.best), (self.alone, signs.alone), (self.here, signs.here))
        return self.offset + sum(factor * logit(score) for factor, score in factors)

    def most(self, best: float, here: float) -> float:
        """What the certainty is at most, whatever a sentence alone says."""
        return self.certainty(Signs(best, SUREST, here))


@dataclass(frozen=True, slots=True)
class Weighing:
    """How the judge is weighed against each verdict of the rules; `tools/judge_weights.py` learns it from answers.

    Attributes:
        met: What the rules call met.
        near: What they call near.
        missing: What they call missing.
        unruled: What has no rule.
        flag: A flag that no rule raised.
    """

    met: Weights
    near: Weights
    missing: Weights
    unruled: Weights
    flag: Weights

    def beside(self, verdict: Verdict) -> Weights:
        """The weights beside a verdict of the rules, or beside the want of one."""
        found = {Verdict.MET: self.met, Verdict.NEAR: self.near, Verdict.MISSING: self.missing}
        return found.get(verdict, self.unruled)


class PassageJudge(Protocol):
    """Tells how likely a careful marker would call a criterion met by a passage."""

    @property
    def weighing(self) -> Weighing:
        """How its scores are weighed against the rules."""

    def score(self, criterion: str, passages: Sequence[str]) -> Sequence[float]:
        """A score in [0, 1] for each passage.

        The score of a passage depends on the criterion and its own words alone, not on what is asked beside it.

        Args:
            criterion: What is asked, one or two sentences.
            passages: Some sentences each, as they were said.
        """


def logit(score: float) -> float:
    """The logarithm of a score's odds, within reason."""
    held = min(max(score, LEAST_SURE), SUREST)
    return math.log(held / (1 - held))


def share(certainty: float) -> float:
    """The logarithm of odds as a share in (0, 1)."""
    return 1 / (1 + math.exp(-certainty))
