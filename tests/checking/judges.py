"""Judges that stand in for the learned one."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pmrehearse.checking.judging import Weighing, Weights, logit


def even_at(score: float) -> Weights:
    """Weights by which the best passage alone decides, from this score on."""
    return Weights(offset=-logit(score), best=1.0, alone=0.0, here=0.0)


SURE = {"missing": 0.92, "near": 0.9, "met": 0.3, "unruled": 0.7, "flag": 0.92}
"""From which score on the judge decides, beside each verdict."""
WEIGHING = Weighing(**{name: even_at(score) for name, score in SURE.items()})


@dataclass
class WordJudge:
    """Scores a passage by the words in it: the highest of those that it knows, else very low.

    Attributes:
        words: What each word is worth.
        asked: All that was asked, in order.
        weighing: How it is weighed.
    """

    words: Mapping[str, float]
    asked: list[tuple[str, str]] = field(default_factory=list)
    weighing: Weighing = WEIGHING

    def score(self, criterion: str, passages: Sequence[str]) -> list[float]:
        """The best known word of each passage."""
        self.asked += [(criterion, passage) for passage in passages]
        return [max((worth for word, worth in self.words.items() if word in text), default=0.01) for text in passages]


@dataclass
class CriterionJudge:
    """Is sure of a passage when it holds the word of its criterion, and finds nothing like it elsewhere.

    Attributes:
        words: The word of each criterion.
        weighing: How it is weighed.
    """

    words: Mapping[str, str]
    weighing: Weighing = WEIGHING

    def score(self, criterion: str, passages: Sequence[str]) -> list[float]:
        """Very high for a passage with the word, else very low."""
        word = self.words.get(criterion)
        return [0.99 if word is not None and word in passage else 0.01 for passage in passages]


@dataclass
class WhimsicalJudge:
    """Scores a passage by all of its letters, so that any change of the words changes the score.

    Attributes:
        n_asked: How many passages were asked.
        weighing: How it is weighed.
    """

    n_asked: int = 0
    weighing: Weighing = WEIGHING

    def score(self, criterion: str, passages: Sequence[str]) -> list[float]:
        """A number in [0, 1) that depends on every letter."""
        self.n_asked += len(passages)
        return [zlib.crc32(f"{criterion}|{passage}".encode()) / 2**32 for passage in passages]
