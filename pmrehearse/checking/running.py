"""What was found so far in one transcript, kept while it grows?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pmrehearse.checking.leaves import Leaves, Match
from pmrehearse.checking.normalise import SoundAlikes
from pmrehearse.checking.retractions import retractions
from pmrehearse.checking.scopes import Cancelled, ScopeFinder
from pmrehearse.checking.spoken import Spoken
from pmrehearse.scenario.rule_kinds import Scope
from pmrehearse.speech.segments import Word


class Reaching(Protocol):
    """What remembers something of a block: a node."""

    @property
    def reach(self) -> int:
        """So many tokens behind the block it looks at."""


class Run:
    """One transcript with all that was found in its blocks.

    Attributes:
        spoken: The tokens.
        memo: For each block what nodes remember of it, by their own keys.
        whole: What nodes remember of the whole transcript as it is now.
        settled: So many first blocks cannot change any more while the transcript grows.
        so_far: What nodes remember of the first blocks, by their own keys: (how many blocks, what).
    """

    def __init__(self, leaves: Leaves, cues: dict[str, int], scopes: ScopeFinder, sound_alikes: SoundAlikes) -> None:
        self.spoken = Spoken(sound_alikes)
        self.memo: list[dict[tuple[str, Reaching], object]] = []
        self.whole: dict[Reaching, object] = {}
        self.settled = 0
        self.so_far: dict[tuple[str, Reaching], tuple[int, object]] = {}
        self._leaves = leaves
        self._cues = cues
        self._scopes = scopes
        self._matches: list[dict[int, list[Match]] | None] = []
        self._cancelled: list[tuple[list[Cancelled], bool] | None] = []
        self._live: list[list[Cancelled] | None] = []

    def follow(self, words: Sequence[Word], n_same: int, reach: int) -> None:
        """Take a transcript that begins with the same `n_same` words; forget what new words can change.

        Args:
            words: The transcript.
            n_same: How many of its first words are held already.
            reach: So many tokens ahead a rule may look.
        """
        spoken = self.spoken
        changed = spoken.follow(words, n_same)
        self.whole = {}
        limit = spoken.blocks[changed].start if changed < len(spoken.blocks) else len(spoken)
        kept = self._kept(changed, limit - reach)
        if kept < self.settled:
            self.so_far = {}
        self.settled = kept
        for number in range(kept, changed):
            ahead = limit - spoken.blocks[number].end
            memo = self.memo[number]
            self.memo[number] = {key: found for key, found in memo.items() if key[1].reach <= ahead}
        del self.memo[changed:]
        self.memo.extend({} for _ in range(len(spoken.blocks) - changed))
        for column, ahead in (
            (self._matches, self._leaves.longest),
            (self._cancelled, self._leaves.longest),
            (self._live, LOOK_AHEAD_TOKENS),
        ):
            kept = self._kept(changed, limit - ahead)
            del column[kept:]
            column.extend([None] * (len(spoken.blocks) - kept))
        first = next((number for number, found in enumerate(self._matches) if found is None), None)
        if first is not None:
            self._scan_from(first)

    def _kept(self, number: int, limit: int) -> int:
        """How many of the first blocks, at most `number`, end before token `limit`."""
        while number and self.spoken.blocks[number - 1].end > limit:
            number -= 1
        return number

    def matches(self, number: int, leaf: int) -> list[Match]:
        """The matches of a leaf that begin in a block, live or not."""
        found = self._matches[number]
        if found is None:
            found = self._scan_from(number)
        return found.get(leaf, _NONE)

    def _scan_from(self, number: int) -> dict[int, list[Match]]:
        """Seek in a block and in those after it that were not looked at, in one go; what was found in the block."""
        last = number
        while last + 1 < len(self._matches) and self._matches[last + 1] is None:
            last += 1
        blocks = self.spoken.blocks
        by_block: list[dict[int, list[Match]]] = [{} for _ in range(number, last + 1)]
        for leaf, match in self._leaves.scan(self.spoken, blocks[number].start, blocks[last].end):
            by_block[self.spoken.block_of[match.start] - number].setdefault(leaf, []).append(match)
        self._matches[number : last + 1] = by_block
        return by_block[0]

    def cue(self, number: int, lexicon: str) -> list[tuple[int, int]]:
        """The hits of a cue lexicon in a block."""
        leaf = self._cues.get(lexicon)
        return [] if leaf is None else [(match.start, match.end) for match in self.matches(number, leaf)]

    def cancels(self, number: int, match: Match, allow: frozenset[Scope]) -> Cancelled | None:
        """What keeps a match that begins in a block from counting; None when it counts."""
        last = self.spoken.block_of[match.end - 1]
        for at in range(number, last + 1):
            for stretch in self.cancelled(at):
                if stretch.scope in allow or stretch.start >= match.end or stretch.end <= match.start:
                    continue
                inside = match.start <= stretch.cue_start and stretch.cue_end <= match.end
                if match.denies and inside and stretch.cue_start < stretch.cue_end:
                    continue
                return stretch
        return None

    def cancelled(self, number: int) -> list[Cancelled]:
        """All stretches of a block that do not count."""
        live = self._live[number]
        if live is None:
            live = list(self._in_block(number)[0])
            for later in range(number, min(number + _LOOK_AHEAD, len(self.spoken.blocks))):
                live.extend(retractions(self.spoken, later, self.cue))
            self._live[number] = live
        return live

    def _in_block(self, number: int) -> tuple[list[Cancelled], bool]:
        """What a block cancels, and whether it ends in other people's work; blocks before it are looked at first."""
        first = number
        while first and self._cancelled[first - 1] is None:
            first -= 1
        for at in range(first, number + 1):
            before = self._cancelled[at - 1] if at else None
            carried = before[1] if before is not None else False
            self._cancelled[at] = self._scopes.in_block(self.spoken, at, self.cue, carried)
        found = self._cancelled[number]
        return found if found is not None else ([], False)


_NONE: list[Match] = []
_LOOK_AHEAD = 4
"""In so many blocks, this one included, something said in it can be taken back."""
LOOK_AHEAD_TOKENS = 240
"""So many tokens these blocks have at most."""
