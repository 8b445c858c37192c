"""Where do parts of a rule stand near one another?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from pmrehearse.checking.leaves import Hit
from pmrehearse.checking.nodes import SENTENCE_REACH, Node
from pmrehearse.checking.running import Run
from pmrehearse.scenario.rule_kinds import All, AtLeast, Distinct, Within

LONGEST_LABEL = 120
"""Labels of what is made of many parts are cut here, in characters."""
MOST_COMPARED = 60
"""So many hits after one are compared for differing words; bounds the work in hostile texts."""


class WindowNode(Node):
    """Parts near one another: all of them, or at least so many."""

    def __init__(self, rule: All | AtLeast, parts: Sequence[Node], unless: Node | None) -> None:
        """Take the compiled parts."""
        self.within: Within = rule.within
        self.ordered = isinstance(rule, All) and rule.ordered
        self.least = len(parts) if isinstance(rule, All) else rule.least
        self.parts = [part for part in parts if part.windowed]
        self.conditions = [part for part in parts if not part.windowed]
        reach = self.within.words or self.within.sentences * SENTENCE_REACH
        inner = max((part.reach for part in self.parts), default=0)
        windowed = not self.within.whole_answer and not self.conditions
        super().__init__(rule, unless, reach + inner, windowed=windowed)

    def limit(self, run: Run, start: int) -> int:
        """The token where a window ends that begins at `start`."""
        if self.within.whole_answer:
            return len(run.spoken)
        if self.within.words:
            return min(start + self.within.words, len(run.spoken))
        return run.spoken.sentence_end(start, self.within.sentences)

    def gathered(self, run: Run, number: int) -> list[list[Hit]]:
        """For each part its hits from a block on as far as a window from there can reach; kept."""
        memo, key = run.memo[number], ("gathered", self)
        found = memo.get(key)
        if found is None:
            found = self._gather(run, number)
            memo[key] = found
        return found  # type: ignore[return-value]

    def _gather(self, run: Run, number: int) -> list[list[Hit]]:
        spoken = run.spoken
        limit = self.limit(run, max(spoken.blocks[number].end - 1, 0))
        last = number
        while last + 1 < len(spoken.blocks) and spoken.blocks[last + 1].start < limit:
            last += 1
        numbers = range(number, last + 1)
        return [[hit for at in numbers for hit in part.in_block(run, at)] for part in self.parts]

    def find(self, run: Run, number: int) -> list[Hit]:
        """The narrowest choice of parts from each hit on that begins in the block."""
        block = run.spoken.blocks[number]
        if block.start == block.end or not self._begins(run, number):
            return []
        hits = self.gathered(run, number)
        if sum(map(bool, hits)) < self.least:
            return []
        return _windows(hits, block.start, block.end, self, run)

    def _begins(self, run: Run, number: int) -> bool:
        """True when a part that a window can begin with is in the block."""
        parts = self.parts[:1] if self.ordered else self.parts
        return any(part.in_block(run, number) for part in parts)

    def find_in_answer(self, run: Run) -> list[Hit]:
        """Over the whole answer, or near one another where some part looks at the whole answer."""
        if self.windowed:
            return super().find_in_answer(run)
        met = [part for part in self.conditions if part.in_answer(run)]
        if len(met) + len(self.parts) < self.least or (isinstance(self.rule, All) and len(met) < len(self.conditions)):
            return []
        needed = max(self.least - len(met), 0)
        if not self.parts or not needed:
            return [hit for part in met for hit in part.in_answer(run)][:1]
        hits = [part.in_answer(run) for part in self.parts]
        return _windows(hits, 0, len(run.spoken), self, run, needed)


def _windows(
    hits: list[list[Hit]], start: int, end: int, node: WindowNode, run: Run, least: int | None = None
) -> list[Hit]:
    """From each start in [start, end) the nearest choice of `least` parts whose window holds them."""
    least = node.least if least is None else least
    starts = [[hit.start for hit in part] for part in hits]
    found: list[Hit] = []
    leading = range(1) if node.ordered else range(len(hits))
    anchors = sorted((hit.start, hit.end, part) for part in leading for hit in hits[part] if start <= hit.start < end)
    for anchor_start, anchor_end, part in anchors:
        if found and found[-1].start == anchor_start:
            continue
        limit = max(node.limit(run, anchor_start), anchor_end)
        chosen = (
            _ordered(hits, starts, anchor_start, limit)
            if node.ordered
            else _any_order(hits, starts, (anchor_start, part), limit, least)
        )
        if not chosen:
            continue
        hit = _joined(chosen)
        if not found or hit.start >= found[-1].end:
            found.append(hit)
        elif tightness(run, hit) < tightness(run, found[-1]):
            found[-1] = hit  # of windows that overlap the tightest says it best
    return found


def tightness(run: Run, hit: Hit) -> tuple[int, int, int]:
    """What makes a stretch a good quote, the best first: few sentences, few words, early; one without words is last."""
    if hit.start == hit.end:
        return (len(run.memo), 0, 0)
    crossed = run.spoken.block_of[hit.end - 1] - run.spoken.block_of[hit.start]
    return crossed, hit.end - hit.start, hit.start


def _any_order(
    hits: list[list[Hit]], starts: list[list[int]], anchor: tuple[int, int], limit: int, least: int
) -> list[Hit]:
    """The nearest hits of at least `least` parts, one of them at the anchor; none when there are fewer."""
    start, own = anchor
    chosen = []
    for part, part_hits in enumerate(hits):
        at = bisect_left(starts[part], start)
        while at < len(part_hits) and part_hits[at].start < limit and part_hits[at].end > limit:
            at += 1
        if at < len(part_hits) and part_hits[at].start < limit:
            chosen.append((part_hits[at].start - start, part != own, part, part_hits[at]))
    if len(chosen) < least:
        return []
    return [hit for _, _, _, hit in sorted(chosen, key=lambda choice: choice[:3])[:least]]


def _ordered(hits: list[list[Hit]], starts: list[list[int]], start: int, limit: int) -> list[Hit]:
    """The nearest hits of all parts, each begun after the one before it."""
    chosen: list[Hit] = []
    for part, part_hits in enumerate(hits):
        at = bisect_left(starts[part], start)
        if at >= len(part_hits) or part_hits[at].end > limit:
            return []
        chosen.append(part_hits[at])
        start = part_hits[at].start + 1
    return chosen


class DistinctNode(Node):
    """Hits of one part that differ in their words."""

    def __init__(self, rule: Distinct, part: Node, unless: Node | None) -> None:
        """Take the compiled part."""
        self.within, self.least, self.part = rule.within, rule.least, part
        reach = (rule.within.words or rule.within.sentences * SENTENCE_REACH) + part.reach
        super().__init__(rule, unless, reach, windowed=part.windowed and not rule.within.whole_answer)

    def find(self, run: Run, number: int) -> list[Hit]:
        """The first stretch that begins in a block and holds enough different hits."""
        chosen = self.most_in_block(run, number)
        return [_joined(chosen)] if len(chosen) >= self.least else []

    def find_in_answer(self, run: Run) -> list[Hit]:
        """The stretches of all blocks, or the whole answer where it is the window."""
        if self.windowed:
            return super().find_in_answer(run)
        chosen = self._fullest(run, self.part.in_answer(run))
        return [_joined(chosen)] if len(chosen) >= self.least else []

    def most_in_block(self, run: Run, number: int) -> list[Hit]:
        """The different hits of the fullest window that begins in a block, at most as many as are asked; kept."""
        key = ("most", self)
        if key not in run.memo[number]:
            run.memo[number][key] = self._most_in_block(run, number)
        return run.memo[number][key]  # type: ignore[return-value]

    def _most_in_block(self, run: Run, number: int) -> list[Hit]:
        anchors = self.part.in_block(run, number)
        if not anchors:
            return []
        limit, blocks = self._limit(run, anchors[-1].start), run.spoken.blocks
        hits, later = list(anchors), number + 1
        while later < len(blocks) and blocks[later].start < limit:
            hits.extend(self.part.in_block(run, later))
            later += 1
        return self._fullest(run, hits, len(anchors))

    def _fullest(self, run: Run, hits: list[Hit], n_anchors: int = 1) -> list[Hit]:
        """The different hits of the fullest window that begins with one of the first hits."""
        best: list[Hit] = []
        for number in range(min(n_anchors, len(hits))):
            limit = self._limit(run, hits[number].start)
            different: dict[tuple[str, ...], Hit] = {}
            for hit in hits[number : number + MOST_COMPARED]:
                if hit.end <= limit and len(different) < self.least:
                    different.setdefault(tuple(run.spoken.stems[hit.start : hit.end]), hit)
            if len(different) > len(best):
                best = list(different.values())
        return best

    def _limit(self, run: Run, start: int) -> int:
        """The token where a window ends that begins at `start`."""
        if self.within.whole_answer:
            return len(run.spoken)
        if self.within.words:
            return start + self.within.words
        return run.spoken.sentence_end(start, self.within.sentences)


def _joined(hits: list[Hit]) -> Hit:
    """Several hits as one."""
    label = " + ".join(dict.fromkeys(hit.label for hit in hits))[:LONGEST_LABEL]
    return Hit(min(hit.start for hit in hits), max(hit.end for hit in hits), label)
