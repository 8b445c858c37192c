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
from dataclasses import replace
from typing import cast

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
    RuleMistakes,
    Say,
    Scope,
    Use,
)
from pmrehearse.scenario.rule_values import Table, Values, called, listed

LONGEST_EXPRESSION = 200
"""Longest RE2 expression in characters (google-re2 has no need of more; a longer one is hard to read)."""
DEEPEST_RULE = 12
"""How deep rules may stand in one another."""

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


class _Reader(Values):
    """Reads one check and gathers its mistakes."""

    def rule(self, raw: object, place: str, allow: frozenset[Scope], depth: int) -> Rule:
        """Read a rule at `place`; scopes of `allow` are let through in it."""
        if depth > DEEPEST_RULE:
            return self.mistake(place, f"rules stand at most {DEEPEST_RULE} deep in one another")
        if isinstance(raw, str | list):
            patterns, texts = self.patterns(raw, place)
            return Say(patterns=patterns, texts=texts, allow=allow)
        if not isinstance(raw, Mapping):
            return self.mistake(place, f"a rule is a pattern, a list of patterns or a table, not {called(raw)}")
        table = cast("Mapping[str, object]", raw)
        kinds = [kind for kind in _KINDS if kind in table]
        if len(kinds) != 1:
            found = " and ".join(kinds) if kinds else ", ".join(map(str, table)) or "an empty table"
            return self.mistake(place, f"a rule has one of {', '.join(_KINDS)}; this one has {found}")
        return self._of_kind(kinds[0], Table(table, place, allow | self.scopes(table, place), depth))

    def _of_kind(self, kind: str, table: Table) -> Rule:
        """Read a table whose kind is known, then what all kinds have in common."""
        allowed = _COMMON | {kind} | _OPTIONS.get(kind, frozenset())
        for key in table.raw:
            if key not in allowed:
                message = f"{key!r} means nothing beside {kind!r}; allowed are {listed(allowed - {kind})}"
                self.mistake(f"{table.place}.{key}", message)
        read: Callable[[Table], Rule] = getattr(self, f"_read_{kind}")
        unless = self._part(table, "unless") if "unless" in table.raw else None
        return replace(
            read(table),
            name=self.wording(table, "name"),
            lacked=self.wording(table, "lacked"),
            unless=unless,
            unless_in=self.nearness(table),
        )

    def _read_say(self, table: Table) -> Rule:
        patterns, texts = self.patterns(table.raw["say"], f"{table.place}.say")
        return Say(patterns=patterns, texts=texts, allow=table.allow)

    def _read_all(self, table: Table) -> Rule:
        ordered = table.raw.get("ordered", False)
        if not isinstance(ordered, bool):
            self.mistake(f"{table.place}.ordered", "`ordered` is true or false")
        return All(parts=self._parts(table, "all", least=2), within=self.within(table), ordered=bool(ordered))

    def _read_any(self, table: Table) -> Rule:
        return AnyOf(parts=self._parts(table, "any"))

    def _read_none(self, table: Table) -> Rule:
        return NoneOf(parts=self._parts(table, "none"))

    def _read_at_least(self, table: Table) -> Rule:
        parts = self._parts(table, "of", least=2)
        least = self.number(table, "at_least", 1, max(len(parts), 1))
        return AtLeast(least=int(least), parts=parts, within=self.within(table))

    def _read_distinct(self, table: Table) -> Rule:
        least = self.number(table, "distinct", 2, 50)
        return Distinct(least=int(least), part=self._part(table, "of"), within=self.within(table))

    def _read_first(self, table: Table) -> Rule:
        part = self._part(table, "first")
        if ("words" in table.raw) == ("share" in table.raw):
            return self.mistake(table.place, "`first` needs either `words` (how many) or `share` (0 to 1)")
        if "words" in table.raw:
            return First(part=part, words=int(self.number(table, "words", 1, 5000)))
        return First(part=part, share=self.number(table, "share", 0.01, 1.0))

    def _read_before(self, table: Table) -> Rule:
        parts = self._parts(table, "before", least=2)
        if len(parts) != 2:  # noqa: PLR2004 - a pair
            return self.mistake(f"{table.place}.before", "`before` is a pair: what is said, and what it comes before")
        return Before(part=parts[0], than=parts[1])

    def _read_own_past(self, table: Table) -> Rule:
        return OwnPast(part=self._part(table, "own_past"))

    def _read_element(self, table: Table) -> Rule:
        return OfElement(element=self.text(table.raw["element"], f"{table.place}.element"))

    def _read_in_order(self, table: Table) -> Rule:
        raw, place = table.raw["in_order"], f"{table.place}.in_order"
        if not isinstance(raw, list) or len(raw) < 2:  # noqa: PLR2004 - one element has no order
            return self.mistake(place, "`in_order` is a list of at least two element ids")
        return InOrder(elements=tuple(self.text(name, f"{place}[{at}]") for at, name in enumerate(raw)))

    def _read_use(self, table: Table) -> Rule:
        return Use(check=self.text(table.raw["use"], f"{table.place}.use"), allow=table.allow)

    def _read_re2(self, table: Table) -> Rule:
        expression = self.text(table.raw["re2"], f"{table.place}.re2")
        if len(expression) > LONGEST_EXPRESSION:
            self.mistake(f"{table.place}.re2", f"an expression has at most {LONGEST_EXPRESSION} characters")
        return Re2(expression=expression, allow=table.allow)

    def _part(self, table: Table, key: str) -> Rule:
        """Read the one rule under a key."""
        return self.rule(table.raw.get(key), f"{table.place}.{key}", table.allow, table.depth + 1)

    def _parts(self, table: Table, key: str, least: int = 1) -> tuple[Rule, ...]:
        """Read the list of rules under a key."""
        raw, place = table.raw.get(key), f"{table.place}.{key}"
        if not isinstance(raw, list) or len(raw) < least:
            self.mistake(place, f"a list of at least {least} parts belongs here")
            return ()
        return tuple(self.rule(part, f"{place}[{at}]", table.allow, table.depth + 1) for at, part in enumerate(raw))
