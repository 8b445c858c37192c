"""How are the values in a check's table read: patterns, windows, scopes, numbers, texts?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pmrehearse.scenario.pattern_reader import parse_pattern
from pmrehearse.scenario.patterns import Pattern, PatternError
from pmrehearse.scenario.rule_kinds import Nearness, Rule, Say, Scope, Within

LARGEST_WITHIN = 120
"""Widest window in words: bounds what must be looked at again while a transcript grows."""
MOST_PATTERNS = 200
"""Most patterns in one `say`; longer lists belong in a lexicon."""
LONGEST_WORDING = 300
"""Longest `name` or `lacked` in characters."""
SENTENCES = {"sentence": 1, "2 sentences": 2, "3 sentences": 3}
NOTHING = Say(patterns=(), texts=())
"""Stands for a part with a mistake while the rest is read."""


@dataclass(frozen=True, slots=True)
class Table:
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


class Values:
    """Reads values and gathers their mistakes.

    Attributes:
        mistakes: Every mistake so far as (place, message).
    """

    def __init__(self) -> None:
        self.mistakes: list[tuple[str, str]] = []

    def patterns(self, raw: object, place: str) -> tuple[tuple[Pattern, ...], tuple[str, ...]]:
        """Read one pattern or a list of them."""
        listed = [raw] if isinstance(raw, str) else raw
        if not isinstance(listed, list) or not listed:
            self.mistake(place, "a pattern or a list of patterns belongs here")
            return (), ()
        if len(listed) > MOST_PATTERNS:
            self.mistake(place, f"at most {MOST_PATTERNS} patterns; put longer lists into a lexicon")
        patterns, texts = [], []
        for at, text in enumerate(listed):
            where = place if isinstance(raw, str) else f"{place}[{at}]"
            if not isinstance(text, str):
                self.mistake(where, f"a pattern is a text, not {called(text)}")
                continue
            try:
                patterns.append(parse_pattern(text))
                texts.append(text)
            except PatternError as error:
                self.mistake(where, f"{error} (in {text[:60]!r})")
        return tuple(patterns), tuple(texts)

    def within(self, table: Table) -> Within:
        """Read how near parts must be; "2 sentences" when nothing is said."""
        raw = table.raw.get("within", "2 sentences")
        if isinstance(raw, int) and not isinstance(raw, bool) and 1 <= raw <= LARGEST_WITHIN:
            return Within(words=raw)
        if raw == "answer":
            return Within()
        if isinstance(raw, str) and raw in SENTENCES:
            return Within(sentences=SENTENCES[raw])
        choices = ", ".join(f'"{name}"' for name in SENTENCES)
        message = f'`within` is a number of words (1 to {LARGEST_WITHIN}), {choices} or "answer"'
        self.mistake(f"{table.place}.within", message)
        return Within(sentences=2)

    def nearness(self, table: Table) -> Nearness:
        """Read where `unless` cancels."""
        raw = table.raw.get("unless_in", Nearness.WORDS.value)
        known = {one.value for one in Nearness}
        if raw in known and ("unless" in table.raw or "unless_in" not in table.raw):
            return Nearness(str(raw))
        self.mistake(f"{table.place}.unless_in", f"beside `unless` stands one of {listed(known)}")
        return Nearness.WORDS

    def scopes(self, table: Mapping[str, object], place: str) -> frozenset[Scope]:
        """Read which scopes are let through."""
        if "live" in table:
            if table["live"] is not False or "allow" in table:
                self.mistake(f"{place}.live", "write `live = false` (nothing cancels) or `allow = [...]`, not both")
            return frozenset(Scope)
        raw = table.get("allow", [])
        known = {scope.value for scope in Scope}
        if not isinstance(raw, list) or not all(isinstance(name, str) and name in known for name in raw):
            self.mistake(f"{place}.allow", f"`allow` is a list of {listed(known)}")
            return frozenset()
        return frozenset(Scope(name) for name in raw)

    def number(self, table: Table, key: str, low: float, high: float) -> float:
        """Read a number inside bounds."""
        raw = table.raw.get(key)
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not low <= raw <= high:
            self.mistake(f"{table.place}.{key}", f"`{key}` is a number from {low:g} to {high:g}")
            return low
        return raw

    def wording(self, table: Table, key: str) -> str:
        """Read `name` or `lacked`."""
        if key not in table.raw:
            return ""
        text = self.text(table.raw[key], f"{table.place}.{key}")
        if len(text) > LONGEST_WORDING:
            self.mistake(f"{table.place}.{key}", f"at most {LONGEST_WORDING} characters")
        return text

    def text(self, raw: object, place: str) -> str:
        """Read a text that is not empty."""
        if isinstance(raw, str) and raw.strip():
            return raw
        self.mistake(place, f"a text belongs here, not {called(raw)}")
        return ""

    def mistake(self, place: str, message: str) -> Rule:
        """Note a mistake and go on."""
        self.mistakes.append((place, message))
        return NOTHING


def called(raw: object) -> str:
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


def listed(names: set[str] | frozenset[str]) -> str:
    """Names in a fixed order."""
    return ", ".join(sorted(names))
