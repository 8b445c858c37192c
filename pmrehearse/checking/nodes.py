"""Where in a transcript does a rule hold?

Each rule is compiled to a node. A node that looks only at a window tells its hits block by block, so that they can be
kept while the transcript grows; one that looks at the whole answer tells them at once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from pmrehearse.checking.leaves import Hit, Leaves, Match
from pmrehearse.checking.matchers import Compiled
from pmrehearse.checking.running import Run
from pmrehearse.scenario.patterns import SlotNode
from pmrehearse.scenario.rule_kinds import Nearness, Rule, Say

LEAF_REACH = 110
"""A pattern and what can take it back reach so many tokens at most (`retractions.RETRACTION_REACH`, a phrase and the
rest of its sentence)."""
SENTENCE_REACH = 45
"""A window of one sentence reaches so many tokens at most (`cutting.LONGEST`)."""
_NONE: list[Hit] = []
"""What almost every node finds in almost every block of 90 minutes: one list for all, that nobody changes."""


class Node(ABC):
    """A compiled rule.

    Attributes:
        rule: What it was compiled from.
        reach: So many tokens behind the start of a hit it may look; only for windowed nodes.
        windowed: True when its hits in a block depend on the blocks near it alone.
        nearest_key: Under which a block remembers what came nearest; made once, as thousands of blocks hold it.
    """

    def __init__(self, rule: Rule, unless: Node | None, reach: int, *, windowed: bool) -> None:
        self.rule = rule
        self.unless = unless
        self.reach: int = reach if unless is None else max(reach, unless.reach) + SENTENCE_REACH
        self.windowed: bool = windowed and (unless is None or unless.windowed)
        self.nearest_key = ("nearest", self)
        self._hits_key = ("hits", self)

    @abstractmethod
    def find(self, run: Run, number: int) -> list[Hit]:
        """The hits that begin in a block, in order; only for windowed nodes."""

    def in_block(self, run: Run, number: int) -> list[Hit]:
        """The hits that begin in a block, those that `unless` cancels left out; kept."""
        memo = run.memo[number]
        found = memo.get(self._hits_key)
        if found is None:
            found = self.find(run, number)
            if found and self.unless is not None:
                found = [hit for hit in found if not self._cancelled(run, hit)]
            memo[self._hits_key] = found = found or _NONE
        return found  # type: ignore[return-value]

    def _cancelled(self, run: Run, hit: Hit) -> bool:
        """True when a hit of `unless` lies where the rule says that it cancels."""
        if self.unless is None:
            return False
        spoken, start, end = run.spoken, hit.start, hit.end
        first, last = spoken.block_of[start], spoken.block_of[end - 1]
        if self.rule.unless_in is Nearness.SENTENCE:
            start, end = spoken.blocks[first].start, spoken.blocks[last].end
        elif self.rule.unless_in is Nearness.CLAUSE:
            start, end = spoken.clause(start, end)
        numbers = range(max(first - 1, 0), last + 1)
        others = (other for number in numbers for other in self.unless.in_block(run, number))
        return any(other.start < end and other.end > start for other in others)

    def in_answer(self, run: Run) -> list[Hit]:
        """All hits in the transcript, in order."""
        found = run.whole.get(self)
        if found is None:
            found = self.find_in_answer(run)
            if found and self.unless is not None and not self.windowed:
                found = self._left(run, found)
            run.whole[self] = found
        return found  # type: ignore[return-value]

    def _left(self, run: Run, found: list[Hit]) -> list[Hit]:
        """The hits that `unless` leaves of a node that looks at the whole answer."""
        if self.unless is None or not self.unless.windowed:
            return [] if self.unless is not None and self.unless.in_answer(run) else found
        return [hit for hit in found if hit.start == hit.end or not self._cancelled(run, hit)]

    def find_in_answer(self, run: Run) -> list[Hit]:
        """All hits, gathered block by block."""
        looked, found = run.so_far.get(("all", self), (0, []))
        settled: list[Hit] = list(found)  # type: ignore[call-overload]
        for number in range(looked, run.settled):
            settled.extend(self.in_block(run, number))
        run.so_far["all", self] = (run.settled, settled)
        rest = (self.in_block(run, number) for number in range(run.settled, len(run.memo)))
        return [*settled, *(hit for hits in rest for hit in hits)]

    def first(self, run: Run) -> Hit | None:
        """The first hit."""
        if not self.windowed:
            found = self.in_answer(run)
            return found[0] if found else None
        looked, hit = run.so_far.get(("first", self), (0, None))
        if hit is not None:
            return hit  # type: ignore[return-value]
        for number in range(looked, len(run.memo)):
            hits = self.in_block(run, number)
            if hits:
                run.so_far["first", self] = (min(number, run.settled), hits[0] if number < run.settled else None)
                return hits[0]
        run.so_far["first", self] = (run.settled, None)
        return None


class SayNode(Node):
    """A leaf: patterns that are said, live."""

    def __init__(
        self, rule: Say, patterns: Sequence[tuple[Compiled, str]], leaves: Leaves, unless: Node | None
    ) -> None:
        """Take the compiled patterns with their texts."""
        super().__init__(rule, unless, LEAF_REACH, windowed=True)
        self.say = rule
        self.labels = [text for _, text in patterns]
        self.leaf = leaves.add([compiled for compiled, _ in patterns])
        self.unbounded: tuple[int, tuple[SlotNode, ...]] | None = None

    def find(self, run: Run, number: int) -> list[Hit]:
        """The live matches; of several that begin at one token the shortest."""
        found: list[Hit] = []
        dead: list[Match] = []
        for match in run.matches(number, self.leaf):
            if run.cancels(number, match, self.say.allow) is not None:
                dead.append(match)
                continue
            if found and found[-1].start == match.start:
                if match.end >= found[-1].end:
                    continue
                found.pop()
            found.append(Hit(match.start, match.end, self.labels[match.pattern]))
        if dead:
            run.memo[number]["dead", self] = dead
        return found

    def dead(self, run: Run, number: int) -> list[Match]:
        """The matches that do not count."""
        self.in_block(run, number)
        return run.memo[number].get(("dead", self), [])  # type: ignore[return-value]
