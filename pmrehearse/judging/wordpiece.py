"""Which numbers stand for a text in the judge's model?

WordPiece as BERT has it (Wu et al. 2016, "Google's neural machine translation system"; Devlin et al. 2019): lower case,
no accents, every punctuation mark a word of its own, and words cut from the left into the longest pieces known.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

CLS, SEP, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
LONGEST_WORD = 100
"""Longer words, in characters, are unknown, as in BERT."""
LONGEST_PAIR = 192
"""Tokens of a criterion and a passage together at most; a longer passage loses its end."""
MOST_KEPT = 20_000
"""Words whose pieces are remembered."""


class WordPiece:
    """Cuts texts into pieces of a vocabulary.

    Attributes:
        vocabulary: Each piece with its number; pieces that go on within a word begin with "##".
    """

    def __init__(self, pieces: Sequence[str]) -> None:
        """Take the pieces, in the order of their numbers."""
        self.vocabulary: Mapping[str, int] = {piece: number for number, piece in enumerate(pieces)}
        self._cls, self._sep = self.vocabulary[CLS], self.vocabulary[SEP]
        self._unknown = self.vocabulary[UNKNOWN]
        self._kept: dict[str, tuple[int, ...]] = {}

    def pair(self, criterion: str, passage: str) -> tuple[list[int], int]:
        """A criterion and a passage as one row of numbers.

        Returns:
            The numbers, and how many of the first belong to the criterion.
        """
        first = [self._cls, *self.numbers(criterion)[: LONGEST_PAIR // 2], self._sep]
        rest = self.numbers(passage)[: LONGEST_PAIR - len(first) - 1]
        return [*first, *rest, self._sep], len(first)

    def numbers(self, text: str) -> list[int]:
        """The numbers of a text's pieces."""
        found: list[int] = []
        for word in words_of(text):
            found.extend(self._word(word))
        return found

    def _word(self, word: str) -> tuple[int, ...]:
        known = self._kept.get(word)
        if known is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            known = self._kept[word] = self._cut(word)
        return known

    def _cut(self, word: str) -> tuple[int, ...]:
        if len(word) > LONGEST_WORD:
            return (self._unknown,)
        found: list[int] = []
        start = 0
        while start < len(word):
            before = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if before + word[start:end] in self.vocabulary), None)
            if end is None:
                return (self._unknown,)
            found.append(self.vocabulary[before + word[start:end]])
            start = end
        return tuple(found)


def words_of(text: str) -> list[str]:
    """The words of a text, lower case, without accents, each punctuation mark by itself."""
    plain = "".join(char for char in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(char) != "Mn")
    return "".join(f" {char} " if _is_mark(char) else char for char in plain).split()


def _is_mark(char: str) -> bool:
    """True for what BERT counts as punctuation: Unicode's, and all signs of ASCII."""
    return (char.isascii() and char.isprintable() and not char.isalnum() and char != " ") or unicodedata.category(
        char
    ).startswith("P")
