"""Where do all patterns of a scenario match?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pmrehearse.checking.firsts import Index
from pmrehearse.checking.matchers import Compiled
from pmrehearse.checking.spoken import Spoken


class Hit(NamedTuple):
    """Where something was said.

    Attributes:
        start: Its first token.
        end: The index after its last token.
        label: Which pattern matched, as written; for what is made of several, their labels.
    """

    start: int
    end: int
    label: str


class Match(NamedTuple):
    """Where a pattern of a leaf matched, live or not.

    Attributes:
        start: Its first token.
        end: The index after its last token.
        pattern: Which of the leaf's patterns.
        denies: True when the pattern means a denial itself.
    """

    start: int
    end: int
    pattern: int
    denies: bool


class Leaves:
    """All patterns that are sought, grouped in leaves; one that several leaves hold is sought once.

    A pattern is found through its anchor, the rarest thing that it asks for, and tried where a match can then begin.

    Attributes:
        longest: So many tokens a match has at most.
        steps: How many patterns were tried so far.
    """

    def __init__(self) -> None:
        self._single = Index()
        self._anchors = Index()
        self._members: list[_Member] = []
        self._numbers: dict[int, int] = {}
        self._n_leaves = 0
        self.longest = 1
        self.steps = 0

    def add(self, patterns: Sequence[Compiled]) -> int:
        """Add a leaf; its number."""
        leaf = self._n_leaves
        self._n_leaves += 1
        for number, compiled in enumerate(patterns):
            member = self._numbers.get(id(compiled))
            if member is None:
                member = self._add_member(compiled)
            self._members[member].holders.append((leaf, number))
        return leaf

    def _add_member(self, compiled: Compiled) -> int:
        """Add a pattern that no leaf holds yet."""
        member = len(self._members)
        self._numbers[id(compiled)] = member
        self._members.append(_Member(compiled, *compiled.ahead, compiled.firsts.plain, []))
        if compiled.longest == 1 and compiled.anchor is not None:
            self._single.add(member, compiled.anchor)
        else:
            self._anchors.add(member, compiled.anchor or compiled.firsts)
        self.longest = max(self.longest, compiled.longest)
        return member

    def scan(self, spoken: Spoken, start: int, end: int) -> Iterator[tuple[int, Match]]:
        """All matches that begin in a stretch of tokens, each with its leaf, in order of their starts."""
        hits = {(at, member, at + 1) for at in range(start, end) for member in self._single.candidates(spoken, at)}
        members, candidates, stems = self._members, self._anchors.candidates, spoken.stems
        for at in range(start, min(end + self.longest, len(spoken))):
            for number in candidates(spoken, at):
                member = members[number]
                first, last = at - member.high, at - member.low
                for begin in range(max(first, start), min(last + 1, end)):
                    if member.begins is not None and stems[begin] not in member.begins:
                        continue
                    self.steps += 1
                    ends = member.compiled.match(spoken, begin)
                    if ends:
                        hits.add((begin, number, ends[0] if ends[0] > begin else ends[-1]))
        for begin, number, after in sorted(hits):
            member = members[number]
            for leaf, pattern in member.holders:
                yield leaf, Match(begin, after, pattern, member.compiled.denies)


@dataclass(slots=True)
class _Member:
    """A pattern that is sought.

    Attributes:
        compiled: The pattern.
        low: So many tokens of a match stand before its anchor at least.
        high: So many at most.
        begins: The stems that it can begin with; None when it can begin otherwise.
        holders: The leaves that hold it, each with the number that it has there.
    """

    compiled: Compiled
    low: int
    high: int
    begins: frozenset[str] | None
    holders: list[tuple[int, int]]
