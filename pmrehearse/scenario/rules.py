"""How is a check's table read into a rule?

    check = "our primary metric is .. @product-metric"          a phrase pattern
    check = ["@controlled-test", "split test"]                  any of these patterns
    check = { say = [...], allow = ["question"] }               the same, with options
    check = { all = [part, part], within = 25, ordered = true } parts near one another
    check = { any = [part, ...] }   { none = [part, ...] }
    check = { at_least = 2, of = [part, ...], within = "2 sentences" }
    check = { distinct = 3, of = part }
    check = { first = part, words = 60 }    { first = part, share = 0.25 }
    check = { before = [part, than] }       { own_past = part }
    check = { element = "id" }              { in_order = ["id", ...] }
    check = { use = "shared-check" }        { re2 = "expression" }

Every table may also hold `name`, `lacked`, `unless` (a part) with `unless_in` ("words", "clause", "sentence"), and
`allow` or `live = false` for itself and what is in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from pmrehearse.scenario.pattern_reader import parse_pattern
from pmrehearse.scenario.patterns import Pattern, PatternError
from pmrehearse.scenario.rule_kinds import (
    All,
    AnyOf,
    AtLeast,
    Before,
    Distinct,
    First,
    InOrder,
    Nearness,
    NoneOf,
    OfElement,
    OwnPast,
    Re2,
    Rule,
    RuleMistakes,
    Say,
    Scope,
    Use,
    Within,
)

__all__ = [
    "LARGEST_WITHIN",
    "LONGEST_EXPRESSION",
    "MOST_PATTERNS",
    "Rule",
    "RuleMistakes",
    "parse_rule",
]

LARGEST_WITHIN = 120
"""Widest window in words: bounds what must be looked at again while a transcript grows."""
MOST_PATTERNS = 200
"""Most patterns in one `say`; longer lists belong in a lexicon."""
LONGEST_EXPRESSION = 200
"""Longest RE2 expression in characters (measured limit of `faults.md` 4.2)."""
DEEPEST_RULE = 12
"""How deep rules may stand in one another."""
LONGEST_WORDING = 300
"""Longest `name` or `lacked` in characters."""

_KINDS = (
    "say",
    "all",
    "any",
    "none",
    "at_least",
    "distinct",
    "first",
    "before",
    "own_past",
    "element",
    "in_order",
    "use",
    "re2",
)
_SENTENCES = {"sentence": 1, "2 sentences": 2, "3 sentences": 3}
_COMMON = frozenset(("name", "lacked", "unless", "unless_in", "allow", "live"))
_OPTIONS: Mapping[str, frozenset[str]] = {
    "all": frozenset(("within", "ordered")),
    "at_least": frozenset(("of", "within")),
    "distinct": frozenset(("of", "within")),
    "first": frozenset(("words", "share")),
}


def parse_rule(raw: object, place: str) -> Rule:
    """Read a check.

    Args:
        raw: What stands under `check` in the file: a string, a list of strings or a table.
        place: Where it stands ("element.sample-size.check"), for messages.

    Raises:
        RuleMistakes: It cannot be used; all mistakes with their places.
    """
    reader = _Reader()
    rule = reader.rule(raw, place, frozenset(), 0)
    if reader.mistakes:
        raise RuleMistakes(tuple(reader.mistakes))
    return rule


_NOTHING = Say(patterns=(), texts=())
"""Stands for a part with a mistake while the rest is read."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A rule's table with where it stands.

    Attributes:
        raw: The table.
        place: Where it stands.
        allow: Scopes that are let through in it.
        depth: In how many others it stands.
    """

    raw: Mapping[str, object]
    place: str
    allow: frozenset[Scope]
    depth: int


class _Reader:
    """Reads one check and gathers its mistakes."""

    def __init__(self) -> None:
        self.mistakes: list[tuple[str, str]] = []

    def rule(self, raw: object, place: str, allow: frozenset[Scope], depth: int) -> Rule:
        """Read a rule at `place`; scopes of `allow` are let through in it."""
        if depth > DEEPEST_RULE:
            return self._mistake(place, f"rules stand at most {DEEPEST_RULE} deep in one another")
        if isinstance(raw, str | list):
            patterns, texts = self._patterns(raw, place)
            return Say(patterns=patterns, texts=texts, allow=allow)
        if not isinstance(raw, Mapping):
            return self._mistake(place, f"a rule is a pattern, a list of patterns or a table, not {_called(raw)}")
        table = cast("Mapping[str, object]", raw)
        kinds = [kind for kind in _KINDS if kind in table]
        if len(kinds) != 1:
            found = " and ".join(kinds) if kinds else ", ".join(map(str, table)) or "an empty table"
            return self._mistake(place, f"a rule has one of {', '.join(_KINDS)}; this one has {found}")
        return self._of_kind(kinds[0], _Table(table, place, allow | self._scopes(table, place), depth))

    def _of_kind(self, kind: str, table: _Table) -> Rule:
        """Read a table whose kind is known, then what all kinds have in common."""
        allowed = _COMMON | {kind} | _OPTIONS.get(kind, frozenset())
        for key in table.raw:
            if key not in allowed:
                message = f"{key!r} means nothing beside {kind!r}; allowed are {_listed(allowed - {kind})}"
                self._mistake(f"{table.place}.{key}", message)
        read: Callable[[_Table], Rule] = getattr(self, f"_read_{kind}")
        unless = self._part(table, "unless") if "unless" in table.raw else None
        return replace(
            read(table),
            name=self._wording(table, "name"),
            lacked=self._wording(table, "lacked"),
            unless=unless,
            unless_in=self._nearness(table),
        )

    def _read_say(self, table: _Table) -> Rule:
        patterns, texts = self._patterns(table.raw["say"], f"{table.place}.say")
        return Say(patterns=patterns, texts=texts, allow=table.allow)

    def _read_all(self, table: _Table) -> Rule:
        ordered = table.raw.get("ordered", False)
        if not isinstance(ordered, bool):
            self._mistake(f"{table.place}.ordered", "`ordered` is true or false")
        return All(parts=self._parts(table, "all", least=2), within=self._within(table), ordered=bool(ordered))

    def _read_any(self, table: _Table) -> Rule:
        return AnyOf(parts=self._parts(table, "any"))

    def _read_none(self, table: _Table) -> Rule:
        return NoneOf(parts=self._parts(table, "none"))

    def _read_at_least(self, table: _Table) -> Rule:
        parts = self._parts(table, "of", least=2)
        least = self._number(table, "at_least", 1, max(len(parts), 1))
        return AtLeast(least=int(least), parts=parts, within=self._within(table))

    def _read_distinct(self, table: _Table) -> Rule:
        least = self._number(table, "distinct", 2, 50)
        return Distinct(least=int(least), part=self._part(table, "of"), within=self._within(table))

    def _read_first(self, table: _Table) -> Rule:
        part = self._part(table, "first")
        if ("words" in table.raw) == ("share" in table.raw):
            return self._mistake(table.place, "`first` needs either `words` (how many) or `share` (0 to 1)")
        if "words" in table.raw:
            return First(part=part, words=int(self._number(table, "words", 1, 5000)))
        return First(part=part, share=self._number(table, "share", 0.01, 1.0))

    def _read_before(self, table: _Table) -> Rule:
        parts = self._parts(table, "before", least=2)
        if len(parts) != 2:  # noqa: PLR2004 - a pair
            return self._mistake(f"{table.place}.before", "`before` is a pair: what is said, and what it comes before")
        return Before(part=parts[0], than=parts[1])

    def _read_own_past(self, table: _Table) -> Rule:
        return OwnPast(part=self._part(table, "own_past"))

    def _read_element(self, table: _Table) -> Rule:
        return OfElement(element=self._text(table.raw["element"], f"{table.place}.element"))

    def _read_in_order(self, table: _Table) -> Rule:
        raw, place = table.raw["in_order"], f"{table.place}.in_order"
        if not isinstance(raw, list) or len(raw) < 2:  # noqa: PLR2004 - one element has no order
            return self._mistake(place, "`in_order` is a list of at least two element ids")
        return InOrder(elements=tuple(self._text(name, f"{place}[{at}]") for at, name in enumerate(raw)))

    def _read_use(self, table: _Table) -> Rule:
        return Use(check=self._text(table.raw["use"], f"{table.place}.use"), allow=table.allow)

    def _read_re2(self, table: _Table) -> Rule:
        expression = self._text(table.raw["re2"], f"{table.place}.re2")
        if len(expression) > LONGEST_EXPRESSION:
            self._mistake(f"{table.place}.re2", f"an expression has at most {LONGEST_EXPRESSION} characters")
        return Re2(expression=expression, allow=table.allow)

    def _part(self, table: _Table, key: str) -> Rule:
        """Read the one rule under a key."""
        return self.rule(table.raw.get(key), f"{table.place}.{key}", table.allow, table.depth + 1)

    def _parts(self, table: _Table, key: str, least: int = 1) -> tuple[Rule, ...]:
        """Read the list of rules under a key."""
        raw, place = table.raw.get(key), f"{table.place}.{key}"
        if not isinstance(raw, list) or len(raw) < least:
            self._mistake(place, f"a list of at least {least} parts belongs here")
            return ()
        return tuple(self.rule(part, f"{place}[{at}]", table.allow, table.depth + 1) for at, part in enumerate(raw))

    def _patterns(self, raw: object, place: str) -> tuple[tuple[Pattern, ...], tuple[str, ...]]:
        """Read one pattern or a list of them."""
        listed = [raw] if isinstance(raw, str) else raw
        if not isinstance(listed, list) or not listed:
            self._mistake(place, "a pattern or a list of patterns belongs here")
            return (), ()
        if len(listed) > MOST_PATTERNS:
            self._mistake(place, f"at most {MOST_PATTERNS} patterns; put longer lists into a lexicon")
        patterns, texts = [], []
        for at, text in enumerate(listed):
            where = place if isinstance(raw, str) else f"{place}[{at}]"
            if not isinstance(text, str):
                self._mistake(where, f"a pattern is a text, not {_called(text)}")
                continue
            try:
                patterns.append(parse_pattern(text))
                texts.append(text)
            except PatternError as error:
                self._mistake(where, f"{error} (in {text[:60]!r})")
        return tuple(patterns), tuple(texts)

    def _within(self, table: _Table) -> Within:
        """Read how near parts must be; "2 sentences" when nothing is said."""
        raw = table.raw.get("within", "2 sentences")
        if isinstance(raw, int) and not isinstance(raw, bool) and 1 <= raw <= LARGEST_WITHIN:
            return Within(words=raw)
        if raw == "answer":
            return Within()
        if isinstance(raw, str) and raw in _SENTENCES:
            return Within(sentences=_SENTENCES[raw])
        choices = ", ".join(f'"{name}"' for name in _SENTENCES)
        message = f'`within` is a number of words (1 to {LARGEST_WITHIN}), {choices} or "answer"'
        self._mistake(f"{table.place}.within", message)
        return Within(sentences=2)

    def _nearness(self, table: _Table) -> Nearness:
        """Read where `unless` cancels."""
        raw = table.raw.get("unless_in", Nearness.WORDS.value)
        known = {one.value for one in Nearness}
        if raw in known and ("unless" in table.raw or "unless_in" not in table.raw):
            return Nearness(str(raw))
        self._mistake(f"{table.place}.unless_in", f"beside `unless` stands one of {_listed(known)}")
        return Nearness.WORDS

    def _scopes(self, table: Mapping[str, object], place: str) -> frozenset[Scope]:
        """Read which scopes are let through."""
        if "live" in table:
            if table["live"] is not False or "allow" in table:
                self._mistake(f"{place}.live", "write `live = false` (nothing cancels) or `allow = [...]`, not both")
            return frozenset(Scope)
        raw = table.get("allow", [])
        known = {scope.value for scope in Scope}
        if not isinstance(raw, list) or not all(isinstance(name, str) and name in known for name in raw):
            self._mistake(f"{place}.allow", f"`allow` is a list of {_listed(known)}")
            return frozenset()
        return frozenset(Scope(name) for name in raw)

    def _number(self, table: _Table, key: str, low: float, high: float) -> float:
        """Read a number inside bounds."""
        raw = table.raw.get(key)
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not low <= raw <= high:
            self._mistake(f"{table.place}.{key}", f"`{key}` is a number from {low:g} to {high:g}")
            return low
        return raw

    def _wording(self, table: _Table, key: str) -> str:
        """Read `name` or `lacked`."""
        if key not in table.raw:
            return ""
        text = self._text(table.raw[key], f"{table.place}.{key}")
        if len(text) > LONGEST_WORDING:
            self._mistake(f"{table.place}.{key}", f"at most {LONGEST_WORDING} characters")
        return text

    def _text(self, raw: object, place: str) -> str:
        """Read a text that is not empty."""
        if isinstance(raw, str) and raw.strip():
            return raw
        self._mistake(place, f"a text belongs here, not {_called(raw)}")
        return ""

    def _mistake(self, place: str, message: str) -> Rule:
        """Note a mistake and go on."""
        self.mistakes.append((place, message))
        return _NOTHING


def _called(raw: object) -> str:
    """What an author calls a value of this type."""
    names = {
        type(None): "nothing",
        str: "a text",
        bool: "true or false",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "a table",
    }
    return names.get(type(raw), type(raw).__name__)


def _listed(names: set[str] | frozenset[str]) -> str:
    """Names in a fixed order."""
    return ", ".join(sorted(names))
