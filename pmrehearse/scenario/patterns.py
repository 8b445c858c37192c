"""What is a phrase pattern, and which texts are one?

A pattern is a tiny language over spoken words:

    primary metric          these words, in any inflection ("primary metrics")
    =run                    this very form and no other
    increas*                any word that begins so;  * alone: any word
    (a|b c|d)               one of these
    word?   (b c)?          may be there
    ..      ..8             up to 3 (8) words between, never past the end of a clause
    @people                 any phrase of the lexicon `people`
    <count >= 10000>        a quantity, with bounds; also <percent 0.04..0.06>, <duration <= 1 s>
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DEFAULT_GAP = 3
"""Words that `..` lets pass."""
LONGEST_GAP = 12
"""The widest gap a pattern may ask for, in words; bounds the work at each word."""
LONGEST_PATTERN = 500
"""Longest pattern in characters (the limit of every string in a scenario file)."""
DEEPEST = 6
"""How deep brackets may stand in one another."""


class PatternError(ValueError):
    """A text is no pattern; the message says why, in words for an author."""


class Form(StrEnum):
    """How a word of a pattern is compared."""

    ANY_INFLECTION = "any inflection"
    EXACT = "exact"
    PREFIX = "prefix"


class Slot(StrEnum):
    """What kind of quantity a slot takes."""

    COUNT = "count"
    """A bare number: people, things."""
    PERCENT = "percent"
    """Percent, percentage points, "three in ten"; the value in percent."""
    SHARE = "share"
    """`percent`, or a fraction ("half", "two thirds")."""
    MONEY = "money"
    """An amount of money."""
    DURATION = "duration"
    """A length of time; the value in seconds."""
    TIMES = "times"
    """A factor ("twice", "3x")."""
    CHANGE = "change"
    """From one value to another; bounds apply to the second."""
    NUMBER = "number"
    """Any of these."""


@dataclass(frozen=True, slots=True)
class WordNode:
    """One word.

    Attributes:
        text: As written, lower case; may hold hyphens and apostrophes, which the engine splits as it does speech.
        form: How it is compared.
    """

    text: str
    form: Form = Form.ANY_INFLECTION


@dataclass(frozen=True, slots=True)
class GapNode:
    """Up to `most` words between."""

    most: int


@dataclass(frozen=True, slots=True)
class RefNode:
    """Any phrase of the lexicon called `name`."""

    name: str


@dataclass(frozen=True, slots=True)
class SlotNode:
    """A quantity.

    Attributes:
        slot: Its kind.
        low: Least value, None for no bound.
        high: Greatest value, None for no bound.
        low_open: True when `low` itself does not satisfy (">").
        high_open: True when `high` itself does not satisfy ("<").
    """

    slot: Slot
    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False

    @property
    def bounded(self) -> bool:
        """True when not every value of the kind satisfies."""
        return self.low is not None or self.high is not None

    def holds(self, value: float) -> bool:
        """True when `value` lies inside the bounds."""
        if self.low is not None and (value < self.low or (self.low_open and value == self.low)):
            return False
        return not (self.high is not None and (value > self.high or (self.high_open and value == self.high)))


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """Its parts, one after another."""

    parts: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class ChoiceNode:
    """One of its options."""

    options: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class OptionalNode:
    """Its part, or nothing."""

    part: Pattern


Pattern = WordNode | GapNode | RefNode | SlotNode | SequenceNode | ChoiceNode | OptionalNode


def references(pattern: Pattern) -> frozenset[str]:
    """The names of all lexicons that a pattern asks for."""
    found: set[str] = set()
    left = [pattern]
    while left:
        one = left.pop()
        if isinstance(one, RefNode):
            found.add(one.name)
        elif isinstance(one, SequenceNode):
            left.extend(one.parts)
        elif isinstance(one, ChoiceNode):
            left.extend(one.options)
        elif isinstance(one, OptionalNode):
            left.append(one.part)
    return frozenset(found)


def can_be_empty(pattern: Pattern) -> bool:
    """True when a pattern matches no word at all."""
    match pattern:
        case GapNode() | OptionalNode():
            return True
        case SequenceNode(parts):
            return all(can_be_empty(part) for part in parts)
        case ChoiceNode(options):
            return any(can_be_empty(option) for option in options)
        case _:
            return False
