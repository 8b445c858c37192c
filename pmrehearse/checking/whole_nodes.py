"""Where do rules hold that join others: any, none, first, before, own past, other elements, expressions?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pmrehearse.checking.leaves import Hit, Match
from pmrehearse.checking.nodes import LEAF_REACH, Node
from pmrehearse.checking.running import Run
from pmrehearse.checking.spoken import Spoken
from pmrehearse.scenario.rule_kinds import (
    Before,
    First,
    InOrder,
    NoneOf,
    OfElement,
    OwnPast,
    Re2,
    Rule,
)


class AnyNode(Node):
    """One of the parts."""

    def __init__(self, rule: Rule, parts: Sequence[Node], unless: Node | None) -> None:
        """Take the compiled parts; of a shared check there is one."""
        self.parts = list(parts)
        reach = max((part.reach for part in parts), default=0)
        super().__init__(rule, unless, reach, windowed=all(part.windowed for part in parts))

    def find(self, run: Run, number: int) -> list[Hit]:
        """The hits of all parts, in order of their starts."""
        if len(self.parts) == 1:
            return self.parts[0].in_block(run, number)
        return sorted((hit for part in self.parts for hit in part.in_block(run, number)), key=_by_start)

    def find_in_answer(self, run: Run) -> list[Hit]:
        """The hits of all parts; those without words last."""
        if self.windowed:
            return super().find_in_answer(run)
        return sorted((hit for part in self.parts for hit in part.in_answer(run)), key=_by_start)


def _by_start(hit: Hit) -> tuple[bool, int, int]:
    """Hits with words before those without, then by their place."""
    return (hit.start == hit.end, hit.start, hit.end)


class WholeNode(Node):
    """A node that looks at the whole answer."""

    def __init__(self, rule: Rule, unless: Node | None) -> None:
        super().__init__(rule, unless, 0, windowed=False)

    def find(self, run: Run, number: int) -> list[Hit]:
        """Never asked: a windowed question to a node that is not windowed."""
        raise NotImplementedError


class NoneNode(WholeNode):
    """None of the parts."""

    def __init__(self, rule: NoneOf, parts: Sequence[Node], unless: Node | None) -> None:
        """Take the compiled parts."""
        super().__init__(rule, unless)
        self.parts = list(parts)

    def find_in_answer(self, run: Run) -> list[Hit]:
        """One hit without words when nothing of it is said."""
        if any(part.first(run) is not None for part in self.parts):
            return []
        return [Hit(0, 0, self.rule.name or "never said")]


class FirstNode(WholeNode):
    """A part, early in the answer."""

    def __init__(self, rule: First, part: Node, unless: Node | None) -> None:
        """Take the compiled part."""
        super().__init__(rule, unless)
        self.part, self.words, self.share = part, rule.words, rule.share

    def find_in_answer(self, run: Run) -> list[Hit]:
        """The hits that begin early enough."""
        limit = self.words or int(len(run.spoken) * self.share)
        return [hit for hit in self.part.in_answer(run) if hit.start < limit]


class BeforeNode(WholeNode):
    """A part, before anything of another."""

    def __init__(self, rule: Before, part: Node, than: Node, unless: Node | None) -> None:
        """Take both compiled parts."""
        super().__init__(rule, unless)
        self.part, self.than = part, than

    def find_in_answer(self, run: Run) -> list[Hit]:
        """The hits before the first of the other."""
        other = self.than.first(run)
        return [hit for hit in self.part.in_answer(run) if other is None or hit.start < other.start]


class OwnPastNode(Node):
    """A part, told as done by the speaker."""

    def __init__(self, rule: OwnPast, part: Node, unless: Node | None) -> None:
        """Take the compiled part."""
        super().__init__(rule, unless, part.reach, windowed=part.windowed)
        self.part = part

    def find(self, run: Run, number: int) -> list[Hit]:
        """The hits whose sentence tells what the speaker did."""
        return [hit for hit in self.part.in_block(run, number) if is_own_past(run.spoken, hit)]

    def find_in_answer(self, run: Run) -> list[Hit]:
        """The same over the whole answer."""
        return [hit for hit in self.part.in_answer(run) if hit.start < hit.end and is_own_past(run.spoken, hit)]


FIRST_PERSON = frozenset("i we my our me us".split())
MODALS = frozenset("would will could should might may can shall going want plan".split())
_PAST = frozenset(
    "was were had did went rose fell grew saw ran told wrote thought got gave took made came found held kept led left "
    "lost met paid sent sold spent built began chose broke brought bought drove drew heard knew learnt meant said "
    "stood taught threw understood won felt set put cut shut let hit quit split became done been shipped".split()
)
PAST_REACH = 25
"""The teller and the verb stand in the sentence of the hit, or so many words before it."""


def is_own_past(spoken: Spoken, hit: Hit) -> bool:
    """True when the first person and a past form stand together around a hit, without a modal between them."""
    block = spoken.blocks[spoken.block_of[hit.start]]
    start = max(min(block.start, hit.start - 1), hit.start - PAST_REACH, 0)
    texts = spoken.texts[start : max(block.end, hit.end)]
    for at, text in enumerate(texts):
        if text not in FIRST_PERSON:
            continue
        for later in range(at + 1, min(at + 8, len(texts))):
            if texts[later] in MODALS:
                break
            if texts[later] in _PAST or (texts[later].endswith("ed") and texts[later] not in {"need", "speed"}):
                return True
    return False


class ElementNode(WholeNode):
    """Another element is met."""

    def __init__(self, rule: OfElement, element: Callable[[str], Node], unless: Node | None) -> None:
        """Take how elements' nodes are found; they may be compiled later."""
        super().__init__(rule, unless)
        self.id, self._element = rule.element, element

    def find_in_answer(self, run: Run) -> list[Hit]:
        """The element's first hit."""
        hit = self._element(self.id).first(run)
        return [] if hit is None else [hit]


class InOrderNode(WholeNode):
    """Elements one after another."""

    def __init__(self, rule: InOrder, element: Callable[[str], Node], unless: Node | None) -> None:
        """Take how elements' nodes are found."""
        super().__init__(rule, unless)
        self.ids, self._element = rule.elements, element

    def firsts(self, run: Run) -> list[Hit | None]:
        """For each element the hit that is complete first: a window begins early, with words that belong to others."""
        return [min(self._element(name).in_answer(run), key=lambda hit: hit.end, default=None) for name in self.ids]

    def find_in_answer(self, run: Run) -> list[Hit]:
        """From the first of the first to the first of the last, when they are complete in this order."""
        firsts = [hit for hit in self.firsts(run) if hit is not None and hit.start < hit.end]
        ends = [hit.end for hit in firsts]
        if len(firsts) < len(self.ids) or ends != sorted(set(ends)):
            return []
        return [Hit(firsts[0].start, firsts[-1].end, " → ".join(self.ids))]


class ExpressionNode(Node):
    """A regular expression over each sentence's tokens."""

    def __init__(self, rule: Re2, expression: Any, unless: Node | None) -> None:
        """Take the compiled expression of google-re2."""
        super().__init__(rule, unless, LEAF_REACH, windowed=True)
        self.re2, self._expression = rule, expression

    def find(self, run: Run, number: int) -> list[Hit]:
        """The first live match in a block."""
        spoken, block = run.spoken, run.spoken.blocks[number]
        starts, length = {}, 0
        for at in range(block.start, block.end):
            starts[length] = at
            length += len(spoken.texts[at]) + 1
        found = self._expression.search(" ".join(spoken.texts[block.start : block.end]))
        if found is None or found.start() == found.end():
            return []
        inside = [at for offset, at in starts.items() if found.start() <= offset < found.end()]
        first = max((at for offset, at in starts.items() if offset <= found.start()), default=block.start)
        hit = Hit(first, max([*inside, first]) + 1, self.re2.expression)
        match = Match(hit.start, hit.end, 0, denies=False)
        return [] if run.cancels(number, match, self.re2.allow) is not None else [hit]
