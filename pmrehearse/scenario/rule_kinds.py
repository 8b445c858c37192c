"""What decides an element or a flag: rules as data, a closed set of kinds.

Each kind says what must be heard; `rules.parse_rule` reads them from tables of a scenario file and the checking
engine compiles them. Every rule may carry a `name` and the words for its lack, from which explanations are made.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pmrehearse.scenario.patterns import Pattern


class RuleMistakes(Exception):  # noqa: N818 - it carries all mistakes of a check, not one error
    """A check cannot be used.

    Attributes:
        mistakes: Every mistake as (place, message); the place as in a file ("element.sample-size.check.all[1]").
    """

    def __init__(self, mistakes: tuple[tuple[str, str], ...]) -> None:
        super().__init__("; ".join(f"{place}: {message}" for place, message in mistakes))
        self.mistakes = mistakes


class Scope(StrEnum):
    """Why words that were said do not count as said by the speaker about their own answer."""

    NEGATION = "negation"
    """Denied: "we don't have a metric"."""
    WISH = "wish"
    """Wished for or put off: "we'd figure that out later"."""
    QUESTION = "question"
    """Asked, not said."""
    CONDITION = "condition"
    """Left open: "if we had", "whether to"."""
    OTHERS = "others"
    """Other people's work: "the team next to mine ran"."""
    ELSEWHERE = "elsewhere"
    """Own work in another job, where the answer is about this one: "at my last company we"."""
    READ_BACK = "read-back"
    """The question read back."""
    RETRACTED = "retracted"
    """Taken back: "scrap that"."""
    GENERIC = "generic"
    """Said of everybody: "great teams always"."""
    QUOTATION = "quotation"
    """Quoted from somebody else."""
    BARE_LIST = "bare-list"
    """Named in a row of terms, with nothing said of any."""


class Nearness(StrEnum):
    """Where a hit of `unless` cancels."""

    WORDS = "words"
    """It shares a word with what it cancels."""
    CLAUSE = "clause"
    """It lies in the clause or clauses of what it cancels."""
    SENTENCE = "sentence"
    """It begins in the sentence or sentences of what it cancels."""


@dataclass(frozen=True, slots=True)
class Within:
    """How near parts must come to one another.

    Attributes:
        words: Longest span of all parts together, in words without fillers; 0 for no limit.
        sentences: Over how many sentences they may be spread; 0 for no limit (the whole answer).
    """

    words: int = 0
    sentences: int = 0

    @property
    def whole_answer(self) -> bool:
        """True when the parts may lie anywhere."""
        return not self.words and not self.sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What all kinds have in common.

    Attributes:
        name: What is asked, as a noun phrase for a speaker ("a number of users"); "" when not named.
        lacked: What is said when it is missing, instead of "no <name>"; "" for that.
        unless: A rule whose hits cancel those of this one; None for none.
        unless_in: How near they must be for that.
    """

    name: str = ""
    lacked: str = ""
    unless: Rule | None = None
    unless_in: Nearness = Nearness.WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Say(Rule):
    """Any of the patterns is said, live.

    Attributes:
        patterns: At least one.
        texts: The patterns as written, for explanations.
        allow: Scopes in which it counts all the same.
    """

    patterns: tuple[Pattern, ...]
    texts: tuple[str, ...]
    allow: frozenset[Scope] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class All(Rule):
    """All parts, near one another.

    Attributes:
        parts: At least two.
        within: How near.
        ordered: True when they must begin in the order given.
    """

    parts: tuple[Rule, ...]
    within: Within
    ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf(Rule):
    """One of the parts, which are tried in order."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoneOf(Rule):
    """None of the parts anywhere in the answer."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeast(Rule):
    """At least `least` of the parts, near one another."""

    least: int
    parts: tuple[Rule, ...]
    within: Within


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinct(Rule):
    """At least `least` hits of the part that differ in their words, near one another."""

    least: int
    part: Rule
    within: Within


@dataclass(frozen=True, slots=True, kw_only=True)
class First(Rule):
    """The part, early in the answer.

    Attributes:
        part: What is asked.
        words: Among the first so many words; 0 when `share` decides.
        share: Within this share of the answer's words, in (0, 1]; 0 when `words` decides.
    """

    part: Rule
    words: int = 0
    share: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Before(Rule):
    """The part, before anything of `than` is said (or `than` is never said)."""

    part: Rule
    than: Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPast(Rule):
    """The part, told as done by the speaker: first person, past tense, in the same clause or the one before."""

    part: Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class OfElement(Rule):
    """The element of this id is met."""

    element: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InOrder(Rule):
    """All these elements are met, and each is first said after the one before it."""

    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use(Rule):
    """The shared check of this name.

    Attributes:
        check: The name in the lexicons.
        allow: Scopes that are let through in all of it.
    """

    check: str
    allow: frozenset[Scope] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Re2(Rule):
    """A regular expression of the user's, over each sentence's normalised words; needs google-re2.

    Attributes:
        expression: At most 200 characters, RE2 syntax.
        allow: Scopes in which it counts all the same.
    """

    expression: str
    allow: frozenset[Scope] = frozenset()


def parts_of(rule: Rule) -> tuple[Rule, ...]:
    """The rules directly under a rule, its `unless` included."""
    match rule:
        case All(parts=parts) | AnyOf(parts=parts) | NoneOf(parts=parts) | AtLeast(parts=parts):
            inner = parts
        case Distinct(part=part) | First(part=part) | OwnPast(part=part):
            inner = (part,)
        case Before(part=part, than=than):
            inner = (part, than)
        case _:
            inner = ()
    return inner if rule.unless is None else (*inner, rule.unless)
