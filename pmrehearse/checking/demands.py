"""What does a rule insist on that only rules can tell: numbers in their bounds, order, own work?

A learned judge reads sense. Whether "nine thousand" is at least ten thousand, whether one thing came before another or
was never said, it cannot be trusted with. So each rule is read for what none of its ways can do without, and a passage
must hold that before the judge is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from pmrehearse.checking.leaves import Hit, Match
from pmrehearse.checking.matchers import fits
from pmrehearse.checking.nearest import out_of_bounds
from pmrehearse.checking.nodes import Node, SayNode
from pmrehearse.checking.running import Run
from pmrehearse.checking.whole_nodes import AnyNode, OwnPastNode, WholeNode, is_own_past
from pmrehearse.checking.window_nodes import DistinctNode, WindowNode
from pmrehearse.scenario.patterns import ChoiceNode, Pattern, RefNode, SequenceNode, SlotNode
from pmrehearse.scenario.rule_kinds import Before, NoneOf, Re2, Rule, Say, Scope, Use, parts_of


class Demand(Protocol):
    """Something that a passage must hold."""

    def holds(self, run: Run, start: int, end: int) -> bool:
        """True when tokens `start` to `end` hold it."""


@dataclass(frozen=True, slots=True)
class Number:
    """A live quantity of a kind, inside its bounds.

    Attributes:
        slot: The kind and the bounds.
        allow: Scopes in which it counts all the same.
    """

    slot: SlotNode
    allow: frozenset[Scope]

    def holds(self, run: Run, start: int, end: int) -> bool:
        """True when such a quantity is said, live."""
        spoken = run.spoken
        for at in range(start, end):
            for found in spoken.quantities.get(at, ()):
                if not (fits(self.slot, found) and self.slot.holds(found.value)):
                    continue
                match = Match(found.start, found.end, 0, denies=False)
                if run.cancels(spoken.block_of[at], match, self.allow) is None:
                    return True
        return False


@dataclass(frozen=True, slots=True)
class OwnWork:
    """Something told as done by the speaker."""

    def holds(self, run: Run, start: int, end: int) -> bool:
        """True when a sentence tells what the speaker did."""
        blocks = run.spoken.blocks
        numbers = range(run.spoken.block_of[start], run.spoken.block_of[end - 1] + 1) if start < end else range(0)
        return any(is_own_past(run.spoken, Hit(blocks[at].start, blocks[at].end, "")) for at in numbers)


@dataclass(frozen=True, slots=True)
class ByRule:
    """What looks at the whole answer: order, what came first, what was never said, other elements.

    Attributes:
        node: The rule, which must hold itself.
    """

    node: Node

    def holds(self, run: Run, start: int, end: int) -> bool:  # noqa: ARG002  it holds for the answer or not at all
        """True when the rule holds."""
        return self.node.first(run) is not None


@dataclass(frozen=True, slots=True)
class SomeOf:
    """So many of several demands at least.

    Attributes:
        least: How many; 0 when nothing is demanded.
        parts: The demands.
    """

    least: int
    parts: tuple[Demand, ...]

    def holds(self, run: Run, start: int, end: int) -> bool:
        """True when enough of them hold."""
        if not self.least:
            return True
        n_left, n_missing = self.least, len(self.parts) - self.least
        for part in self.parts:
            if part.holds(run, start, end):
                n_left -= 1
            else:
                n_missing -= 1
            if n_left == 0 or n_missing < 0:
                return n_left == 0
        return False


@dataclass(frozen=True, slots=True)
class NoneMissed:
    """No number that is too small or too large where one in its bounds is asked.

    Attributes:
        node: The phrases with the number.
    """

    node: SayNode

    def holds(self, run: Run, start: int, end: int) -> bool:
        """True unless such a number stands there, and none in its bounds."""
        numbers = range(run.spoken.block_of[start], run.spoken.block_of[end - 1] + 1) if start < end else range(0)
        return any(self.node.in_block(run, at) for at in numbers) or all(
            out_of_bounds(run, self.node, at) is None for at in numbers
        )


NOTHING = SomeOf(0, ())
"""What a rule demands that only asks for words."""


class DemandReader:
    """Reads rules for what they insist on."""

    def __init__(self, lexicons: Mapping[str, Sequence[Pattern]]) -> None:
        """Take the lexicons that patterns refer to."""
        self._lexicons = lexicons
        self._named: dict[tuple[str, frozenset[Scope]], Demand] = {}

    def of(self, node: Node) -> Demand:
        """What a compiled rule insists on, and that no number in it misses its bounds."""
        demands = (self._of(node), *(NoneMissed(said) for said in _bounded(node)))
        return _some(len(demands), demands)

    def _of(self, node: Node) -> Demand:
        if isinstance(node, WholeNode):
            return ByRule(node)
        if isinstance(node, SayNode):
            return _some(1, [self._of_pattern(pattern, node.say.allow) for pattern in node.say.patterns])
        parts = [self._of(part) for part in _parts(node)]
        if isinstance(node, OwnPastNode):
            parts.append(OwnWork())
        least = 1 if isinstance(node, AnyNode) else node.least if isinstance(node, WindowNode) else len(parts)
        return _some(least, parts)

    def _of_pattern(self, pattern: Pattern, allow: frozenset[Scope]) -> Demand:
        match pattern:
            case SlotNode():
                return Number(pattern, allow)
            case SequenceNode(parts):
                return _some(len(parts), [self._of_pattern(part, allow) for part in parts])
            case ChoiceNode(options):
                return _some(1, [self._of_pattern(option, allow) for option in options])
            case RefNode(name):
                if (name, allow) not in self._named:
                    phrases = [self._of_pattern(phrase, allow) for phrase in self._lexicons[name]]
                    self._named[name, allow] = _some(1, phrases)
                return self._named[name, allow]
            case _:
                return NOTHING


def _parts(node: Node) -> Sequence[Node]:
    """The nodes that a node joins."""
    if isinstance(node, AnyNode):
        return node.parts
    if isinstance(node, WindowNode):
        return (*node.parts, *node.conditions)
    return (node.part,) if isinstance(node, DistinctNode | OwnPastNode) else ()


def _bounded(node: Node) -> tuple[SayNode, ...]:
    """The phrases of a rule in which a number has bounds."""
    if isinstance(node, SayNode):
        return (node,) if node.unbounded is not None else ()
    return tuple(dict.fromkeys(said for part in _parts(node) for said in _bounded(part)))


def _some(least: int, parts: Sequence[Demand]) -> Demand:
    """At least so many of these; those that demand nothing are had already."""
    asking = tuple(part for part in parts if part != NOTHING)
    least -= len(parts) - len(asking)
    if least <= 0:
        return NOTHING
    asking = tuple(dict.fromkeys(asking)) if least == 1 else asking
    return asking[0] if len(asking) == 1 else SomeOf(least, asking)


def allowed_by(rule: Rule | None, checks: Mapping[str, Rule]) -> tuple[frozenset[Scope], frozenset[Scope]]:
    """The scopes that some of a rule's phrases let through, and those that all of them do.

    What must not be said (`none`, `unless`, `than`) counts for neither.

    Args:
        rule: The rule; None where there is none.
        checks: The shared checks that it may use.
    """
    allowed = list(_allowances(rule, checks, frozenset())) if rule is not None else []
    return frozenset().union(*allowed), frozenset(Scope).intersection(*allowed) if allowed else frozenset()


def _allowances(rule: Rule, checks: Mapping[str, Rule], around: frozenset[Scope]) -> Iterator[frozenset[Scope]]:
    """What each phrase of a rule lets through."""
    match rule:
        case Say(allow=allow) | Re2(allow=allow):
            yield allow | around
        case Use(check=check, allow=allow):
            yield from _allowances(checks[check], checks, allow | around)
        case NoneOf():
            return
        case Before(part=part):
            yield from _allowances(part, checks, around)
        case _:
            for part in parts_of(replace(rule, unless=None)):
                yield from _allowances(part, checks, around)
