"""Judges that stand in for the learned one."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pmrehearse.checking.judging import Bars

BARS = Bars(missing=0.92, near=0.9, absurd=0.3, unruled=0.7)


@dataclass
class WordJudge:
    """Scores a passage by the words in it: the highest of those that it knows, else very low.

    Attributes:
        words: What each word is worth.
        asked: All that was asked, in order.
    """

    words: Mapping[str, float]
    asked: list[tuple[str, str]] = field(default_factory=list)

    def score(self, criterion: str, passages: Sequence[str]) -> list[float]:
        """The best known word of each passage."""
        self.asked += [(criterion, passage) for passage in passages]
        return [max((worth for word, worth in self.words.items() if word in text), default=0.01) for text in passages]

    def bars(self, criterion: str) -> Bars:
        """The same for all."""
        del criterion
        return BARS


@dataclass
class WhimsicalJudge:
    """Scores a passage by all of its letters, so that any change of the words changes the score.

    Attributes:
        n_asked: How many passages were asked.
    """

    n_asked: int = 0

    def score(self, criterion: str, passages: Sequence[str]) -> list[float]:
        """A number in [0, 1) that depends on every letter."""
        self.n_asked += len(passages)
        return [zlib.crc32(f"{criterion}|{passage}".encode()) / 2**32 for passage in passages]

    def bars(self, criterion: str) -> Bars:
        """The same for all."""
        del criterion
        return BARS
