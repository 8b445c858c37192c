"""What was said, as tokens that patterns can be sought in?

A `Spoken` holds the tokens of a whole transcript in flat lists, cut into blocks (sentences, or stretches where nothing
ends one). It can follow a growing transcript: blocks that can no longer change are kept with all that was found in
them, and only the rest is made again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pmrehearse.checking.cutting import next_cut
from pmrehearse.checking.findings import Evidence
from pmrehearse.checking.normalise import CLAUSE, SoundAlikes, normalise
from pmrehearse.checking.quantities import Quantity, find_quantities
from pmrehearse.speech.segments import Word

SOFT = 3
"""Cut before a token: a sentence that nothing but length, a pause or an opener ended."""
HARD = 4
"""Cut before a token: punctuation ended a sentence."""

SHORTEST_QUOTE = 6
"""Evidence of fewer words is shown with the rest of its clause."""
LONGEST_CONTEXT = 25
"""Evidence is never stretched beyond so many words."""


@dataclass(frozen=True, slots=True)
class Block:
    """One sentence.

    Attributes:
        start: Its first token.
        end: The index after its last token.
        first_word: Its first word.
        end_word: The index after its last word.
        hard: True when punctuation ends it.
        asked: True when it ends in a question mark.
    """

    start: int
    end: int
    first_word: int
    end_word: int
    hard: bool
    asked: bool


class Spoken:
    """The tokens of a transcript.

    Attributes:
        words: The transcript's words.
        texts: The tokens, lower case.
        stems: Their common forms.
        cuts: What lies before each token: 0, COMMA, CLAUSE, SOFT or HARD.
        first_word: For each token its first word.
        last_word: For each token its last word.
        quantities: The quantities that begin at a token, by its index.
        blocks: The sentences, in order.
        block_of: For each token the index of its block.
    """

    def __init__(self, sound_alikes: SoundAlikes) -> None:
        self._sound_alikes = sound_alikes
        self.words: Sequence[Word] = ()
        self.texts: list[str] = []
        self.stems: list[str] = []
        self.cuts: list[int] = []
        self.first_word: list[int] = []
        self.last_word: list[int] = []
        self.quantities: dict[int, tuple[Quantity, ...]] = {}
        self.blocks: list[Block] = []
        self.block_of: list[int] = []

    def __len__(self) -> int:
        return len(self.texts)

    def follow(self, words: Sequence[Word], n_same: int) -> int:
        """Take a transcript whose first `n_same` words are those already held.

        Returns:
            The index of the first block that was made anew; len(blocks) when nothing changed.
        """
        if n_same == len(words) == len(self.words):
            return len(self.blocks)
        kept = len(self.blocks)
        while kept and self.blocks[kept - 1].end_word >= n_same:
            kept -= 1
        self._drop_from(kept)
        self.words = words
        at = self.blocks[-1].end_word if self.blocks else 0
        while at < len(words):
            end, hard, _ = next_cut(words, at)
            self._add(at, end, hard=hard)
            at = end
        return kept

    def _drop_from(self, kept: int) -> None:
        """Forget the blocks from `kept` on."""
        if kept == len(self.blocks):
            return
        start = self.blocks[kept].start
        for at in range(start, len(self.texts)):
            self.quantities.pop(at, None)
        for column in (self.texts, self.stems, self.cuts, self.first_word, self.last_word, self.block_of):
            del column[start:]
        del self.blocks[kept:]

    def _add(self, first: int, end: int, *, hard: bool) -> None:
        """Add the words from `first` to `end` as one block."""
        tokens = normalise([word.text for word in self.words[first:end]], self._sound_alikes)
        start, number = len(self.texts), len(self.blocks)
        self.texts.extend(tokens.texts)
        self.stems.extend(tokens.stems)
        self.first_word.extend([first + at for at in tokens.first])
        self.last_word.extend([first + at for at in tokens.last])
        self.cuts.extend(tokens.cuts)
        if start < len(self.cuts):
            self.cuts[start] = HARD if not self.blocks or self.blocks[-1].hard else SOFT
        self.block_of.extend([number] * len(tokens.texts))
        for found in find_quantities(tokens.texts):
            at = start + found.start
            moved = replace(found, start=at, end=start + found.end)
            self.quantities[at] = (*self.quantities.get(at, ()), moved)
        asked = hard and "?" in self.words[end - 1].text
        self.blocks.append(Block(start, len(self.texts), first, end, hard, asked))

    def sentence_end(self, at: int, sentences: int, longest: int = 40) -> int:
        """The token where a window ends that begins at token `at` and spans so many sentences.

        A sentence that no punctuation ends counts as over after `longest` tokens.
        """
        number, counted_from = self.block_of[at], at
        while number < len(self.blocks):
            block = self.blocks[number]
            while block.end - counted_from > longest and sentences > 0:
                counted_from += longest
                sentences -= 1
            if sentences <= 0:
                return counted_from
            if block.hard:
                sentences -= 1
                counted_from = block.end
                if not sentences:
                    return block.end
            number += 1
        return len(self.texts)

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The clause or clauses around tokens `start` to `end`, inside their blocks."""
        first = self.blocks[self.block_of[start]].start
        last = self.blocks[self.block_of[max(end - 1, start)]].end
        while start > first and self.cuts[start] < CLAUSE:
            start -= 1
        while end < last and self.cuts[end] < CLAUSE:
            end += 1
        return start, end

    def evidence(self, start: int, end: int) -> Evidence:
        """The words of tokens `start` to `end`, with the clause around them where that is not long, to be read."""
        wide_start, wide_end = self.clause(start, end)
        if wide_end - wide_start <= max(LONGEST_CONTEXT, end - start + SHORTEST_QUOTE):
            start, end = wide_start, wide_end
        return self.quote(self.first_word[start], max(self.last_word[start:end]))

    def quote(self, first: int, last: int) -> Evidence:
        """The words from `first` to `last`, both of them too, as they stand there."""
        words = self.words[first : last + 1]
        return Evidence(
            quote=" ".join(word.text for word in words),
            first_word=first,
            last_word=last,
            start_s=words[0].start_s,
            end_s=words[-1].end_s,
        )
