"""Into which passages is a transcript cut for the judge?

A passage is some sentences in a row, about as long as people need to say one thing. Passages overlap by half, so that
what one boundary cuts stands whole in the next. Words that the scopes cancel are left out, so that the judge hears only
what counts; a denial stays, for its words change the sense of those around them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pmrehearse.checking.running import LOOK_AHEAD_TOKENS, Run
from pmrehearse.checking.scopes import Cancelled
from pmrehearse.checking.spoken import Block
from pmrehearse.scenario.rule_kinds import Scope

LONGEST_PASSAGE = 60
"""A passage has so many words at most, unless one sentence is longer (one has 50 at most, `cutting.LONGEST`)."""
MOSTLY = 0.5
"""From this share on a sentence counts as denied, or as the question read back."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Some sentences in a row.

    Attributes:
        first: Its first block.
        end: The index after its last block.
        text: Its live words.
    """

    first: int
    end: int
    text: str


class Passages:
    """Cuts transcripts for checks that let the same scopes through.

    Attributes:
        reach: So many tokens behind a sentence can take it back.
    """

    def __init__(self, allow: frozenset[Scope], *, denials: bool = False) -> None:
        """Take what counts all the same.

        Args:
            allow: Scopes whose words stay.
            denials: True when what is denied counts.
        """
        self.reach = LOOK_AHEAD_TOKENS
        self._allow = allow
        self._denials = denials

    def cut(self, run: Run) -> list[Passage]:
        """All passages of a transcript, in order; those that hold nothing live are left out."""
        return [passage for passage in self._cut(run) if passage.text]

    def _cut(self, run: Run) -> Iterator[Passage]:
        lengths = [len(self.live(run, number)) for number in range(len(run.spoken.blocks))]
        first = 0
        while first < len(lengths):
            end, n_words = first + 1, lengths[first]
            while end < len(lengths) and n_words + lengths[end] <= LONGEST_PASSAGE:
                n_words += lengths[end]
                end += 1
            yield self.passage(run, first, end)
            if end == len(lengths):
                return
            first = _next_start(lengths, first, n_words)

    def passage(self, run: Run, first: int, end: int) -> Passage:
        """The passage of some blocks."""
        words = run.spoken.words
        text = " ".join(words[at].text for number in range(first, end) for at in self.live(run, number))
        return Passage(first, end, text)

    def live(self, run: Run, number: int) -> tuple[int, ...]:
        """The words of a block that count, by their index; kept."""
        memo, key = run.memo[number], ("live", self)
        if key not in memo:
            memo[key] = self._live(run, number)
        return memo[key]  # type: ignore[return-value]

    def _live(self, run: Run, number: int) -> tuple[int, ...]:
        spoken, block = run.spoken, run.spoken.blocks[number]
        dead: set[int] = set()
        for stretch in run.cancelled(number):
            start, end = max(stretch.start, block.start), min(stretch.end, block.end)
            if start < end and self._cuts(stretch, block):
                dead.update(range(spoken.first_word[start], max(spoken.last_word[start:end]) + 1))
        return tuple(at for at in range(block.first_word, block.end_word) if at not in dead)

    def _cuts(self, stretch: Cancelled, block: Block) -> bool:
        """True when the words of a stretch are left out; a few words of the question may stand in any sentence."""
        if stretch.scope is Scope.NEGATION or stretch.scope in self._allow:
            return False
        chance = stretch.scope is Scope.READ_BACK and stretch.cue_start == stretch.cue_end
        return not chance or stretch.end - stretch.start >= MOSTLY * (block.end - block.start)

    def is_denied(self, run: Run, passage: Passage) -> bool:
        """True when most of what is said in a passage is denied."""
        if self._denials:
            return False
        blocks = run.spoken.blocks[passage.first : passage.end]
        denied = {
            at
            for number in range(passage.first, passage.end)
            for stretch in run.cancelled(number)
            if stretch.scope is Scope.NEGATION
            for at in range(stretch.start, stretch.end)
        }
        return len(denied) >= MOSTLY * (blocks[-1].end - blocks[0].start)


def _next_start(lengths: list[int], first: int, n_words: int) -> int:
    """The block that begins behind half of a passage's words."""
    at, passed = first, 0
    while at < len(lengths) and (at == first or passed < n_words / 2):
        passed += lengths[at]
        at += 1
    return at
