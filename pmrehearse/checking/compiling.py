"""How does a rule become a node?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pmrehearse.checking.leaves import Leaves
from pmrehearse.checking.matching import PatternCompiler
from pmrehearse.checking.nodes import Node, SayNode
from pmrehearse.checking.whole_nodes import (
    AnyNode,
    BeforeNode,
    ElementNode,
    ExpressionNode,
    FirstNode,
    InOrderNode,
    NoneNode,
    OwnPastNode,
)
from pmrehearse.checking.window_nodes import DistinctNode, WindowNode
from pmrehearse.errors import MachineError, ScenarioError
from pmrehearse.scenario.lexicon import Lexicons
from pmrehearse.scenario.patterns import (
    ChoiceNode,
    OptionalNode,
    Pattern,
    SequenceNode,
    SlotNode,
)
from pmrehearse.scenario.rule_kinds import (
    All,
    AnyOf,
    AtLeast,
    Before,
    Distinct,
    First,
    InOrder,
    NoneOf,
    OfElement,
    OwnPast,
    Re2,
    Rule,
    Say,
    Scope,
    Use,
    parts_of,
)

RE2_MEMORY = 1_000_000
"""Bytes that google-re2 may use for one expression: what needs more is refused, instead of taking all there is."""


class RuleCompiler:
    """Compiles the rules of one scenario; equal rules become one node."""

    def __init__(self, lexicons: Lexicons, patterns: PatternCompiler, leaves: Leaves) -> None:
        """Take the lexicons, the compiler of patterns, and where leaves are gathered."""
        self._lexicons = lexicons
        self._patterns = patterns
        self._leaves = leaves
        self._nodes: dict[Rule, Node] = {}
        self.elements: dict[str, Node] = {}

    def compile(self, rule: Rule) -> Node:
        """The node of a rule.

        Raises:
            MachineError: It has an RE2 expression and google-re2 is not installed.
            ScenarioError: An RE2 expression is not one.
        """
        node = self._nodes.get(rule)
        if node is None:
            node = self._compiled(rule, None if rule.unless is None else self.compile(rule.unless))
            self._nodes[rule] = node
        return node

    def _compiled(self, rule: Rule, unless: Node | None) -> Node:
        """A node for a rule that was not seen before."""
        match rule:
            case Say():
                return self._say(rule, unless)
            case Use(check=check, allow=allow):
                return AnyNode(rule, [self.compile(_allowing(self._lexicons.checks[check], allow))], unless)
            case Re2(expression=expression):
                return ExpressionNode(rule, _expression(expression), unless)
            case OfElement():
                return ElementNode(rule, self.elements.__getitem__, unless)
            case InOrder():
                return InOrderNode(rule, self.elements.__getitem__, unless)
            case _:
                return self._joining(rule, unless)

    def _joining(self, rule: Rule, unless: Node | None) -> Node:  # noqa: PLR0911 - one a kind
        """A node for a rule that joins others."""
        parts = [self.compile(part) for part in parts_of(replace(rule, unless=None))]
        match rule:
            case All() | AtLeast():
                return WindowNode(rule, parts, unless)
            case AnyOf():
                return AnyNode(rule, parts, unless)
            case NoneOf():
                return NoneNode(rule, parts, unless)
            case Distinct():
                return DistinctNode(rule, parts[0], unless)
            case First():
                return FirstNode(rule, parts[0], unless)
            case Before():
                return BeforeNode(rule, parts[0], parts[1], unless)
            case OwnPast():
                return OwnPastNode(rule, parts[0], unless)
            case _:
                raise TypeError(f"no such kind of rule: {type(rule).__name__}")

    def _say(self, rule: Say, unless: Node | None) -> Node:
        """A leaf, and beside it one without bounds, from which a number out of bounds is explained."""
        pairs = list(zip(rule.patterns, rule.texts, strict=True))
        compiled = [(one, text) for pattern, text in pairs for one in self._patterns.phrases((pattern,))]
        node = SayNode(rule, compiled, self._leaves, unless)
        bounded = [pattern for pattern, _ in pairs if any(slot.bounded for slot in _slots(pattern))]
        if bounded:
            slots = tuple(slot for pattern in bounded for slot in _slots(pattern) if slot.bounded)
            leaf = self._leaves.add([self._patterns.compile(_unbounded(pattern)) for pattern in bounded])
            node.unbounded = (leaf, slots)
        return node


def _allowing(rule: Rule, allow: frozenset[Scope]) -> Rule:
    """A rule that lets more scopes through, in all of it."""
    if not allow:
        return rule
    unless = None if rule.unless is None else _allowing(rule.unless, allow)
    match rule:
        case Say() | Re2() | Use():
            return replace(rule, allow=rule.allow | allow, unless=unless)
        case All(parts=parts) | AnyOf(parts=parts) | NoneOf(parts=parts) | AtLeast(parts=parts):
            return replace(rule, parts=tuple(_allowing(part, allow) for part in parts), unless=unless)
        case Distinct(part=part) | First(part=part) | OwnPast(part=part):
            return replace(rule, part=_allowing(part, allow), unless=unless)
        case Before(part=part, than=than):
            return replace(rule, part=_allowing(part, allow), than=_allowing(than, allow), unless=unless)
        case _:
            return rule


def _slots(pattern: Pattern) -> Iterator[SlotNode]:
    """The quantity slots that stand in a pattern itself."""
    match pattern:
        case SlotNode():
            yield pattern
        case SequenceNode(parts) | ChoiceNode(parts):
            for part in parts:
                yield from _slots(part)
        case OptionalNode(part):
            yield from _slots(part)
        case _:
            return


def _unbounded(pattern: Pattern) -> Pattern:
    """The pattern with every quantity of the right kind let through."""
    match pattern:
        case SlotNode(slot=slot):
            return SlotNode(slot)
        case SequenceNode(parts):
            return SequenceNode(tuple(_unbounded(part) for part in parts))
        case ChoiceNode(options):
            return ChoiceNode(tuple(_unbounded(option) for option in options))
        case OptionalNode(part):
            return OptionalNode(_unbounded(part))
        case _:
            return pattern


def _expression(expression: str) -> Any:
    """A compiled expression of google-re2; there is no falling back to `re`, which can stop the whole program."""
    try:
        import re2  # noqa: PLC0415 - optional, and only where a scenario asks for it
    except ImportError as error:
        raise MachineError(
            "A check uses an RE2 expression, and google-re2 is not installed.",
            "Install it with `pip install google-re2`, or write the check as phrase patterns.",
        ) from error
    options = re2.Options()
    options.max_mem = RE2_MEMORY
    options.log_errors = False
    try:
        return re2.compile(expression, options)
    except re2.error as error:
        raise ScenarioError(f"The RE2 expression {expression!r} cannot be used: {error}.") from error
