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


@dataclass(frozen=True, slots=True)
class _Live:
    """What counts in a block.

    Attributes:
        words: The indices of its words.
        text: These words.
    """

    words: tuple[int, ...]
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
        """All passages of a transcript, in order; those that hold nothing live are left out; kept."""
        if self not in run.whole:
            run.whole[self] = self._cut(run)
        return run.whole[self]  # type: ignore[return-value]

    def _cut(self, run: Run) -> list[Passage]:
        """All passages; those that cannot change any more while the transcript grows are not cut again."""
        first, kept = run.so_far.get(("cut", self), (0, []))
        passages: list[Passage] = list(kept)  # type: ignore[call-overload]
        n_settled = len(passages)
        for passage, following in self._from(run, first):
            passages += [passage] if passage.text else []
            if passage.end < run.settled:
                first, n_settled = following, len(passages)
        run.so_far["cut", self] = (first, passages[:n_settled])
        return passages

    def _from(self, run: Run, first: int) -> Iterator[tuple[Passage, int]]:
        """The passages from a block on, each with the block that the next one begins with."""
        n_blocks = len(run.spoken.blocks)
        while first < n_blocks:
            end, n_words = first + 1, len(self._kept(run, first).words)
            while end < n_blocks and n_words + len(self._kept(run, end).words) <= LONGEST_PASSAGE:
                n_words += len(self._kept(run, end).words)
                end += 1
            following = n_blocks if end == n_blocks else self._next_start(run, first, n_words)
            yield self.passage(run, first, end), following
            first = following

    def _next_start(self, run: Run, first: int, n_words: int) -> int:
        """The block that begins behind half of a passage's words."""
        at, passed = first, 0
        while at == first or passed < n_words / 2:
            passed += len(self._kept(run, at).words)
            at += 1
        return at

    def passage(self, run: Run, first: int, end: int) -> Passage:
        """The passage of some blocks."""
        texts = [self._kept(run, number).text for number in range(first, end)]
        return Passage(first, end, " ".join(text for text in texts if text))

    def live(self, run: Run, passage: Passage) -> list[int]:
        """The words of a passage that count, by their index."""
        return [at for number in range(passage.first, passage.end) for at in self._kept(run, number).words]

    def _kept(self, run: Run, number: int) -> _Live:
        """The words of a block that count; kept."""
        memo, key = run.memo[number], ("live", self)
        found = memo.get(key)
        if found is None:
            found = memo[key] = self._live(run, number)
        return found  # type: ignore[return-value]

    def _live(self, run: Run, number: int) -> _Live:
        spoken, block = run.spoken, run.spoken.blocks[number]
        dead: set[int] = set()
        for stretch in run.cancelled(number):
            start, end = max(stretch.start, block.start), min(stretch.end, block.end)
            if start < end and self._cuts(stretch, block):
                dead.update(range(spoken.first_word[start], max(spoken.last_word[start:end]) + 1))
        words = tuple(at for at in range(block.first_word, block.end_word) if at not in dead)
        return _Live(words, " ".join(spoken.words[at].text for at in words))

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
