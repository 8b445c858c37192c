"""Who judges a passage by a criterion, where the rules end?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pmrehearse.checking.findings import Verdict

SURE: dict[Verdict, float] = {Verdict.MISSING: 0.92, Verdict.NEAR: 0.9, Verdict.UNKNOWN: 0.7}
"""From which score on the judge calls met what the rules call so; UNKNOWN stands for what has no rule.

These and the next were chosen by `tools.measure_judge`, on validation passages and kept development answers.
"""
ABSURD = 0.3
"""What the rules call met and the judge gives less than this, wherever it looks, is not met."""
ALMOST = 0.4
"""From which score on something that has no rule counts as near."""


class PassageJudge(Protocol):
    """Tells how likely a careful marker would call a criterion met by a passage."""

    def score(self, criterion: str, passages: Sequence[str]) -> Sequence[float]:
        """A score in [0, 1] for each passage.

        The score of a passage depends on the criterion and its own words alone, not on what is asked beside it.

        Args:
            criterion: What is asked, one or two sentences.
            passages: Some sentences each, as they were said.
        """
