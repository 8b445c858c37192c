"""Which phrases and checks are shared by all scenarios?

A lexicon file holds any of three tables:

    [lexicon.product-metric]                 named phrases, asked for by `@product-metric`
    about = "what users do, as a number"
    phrases = ["weekly active (user|writer)", "retention"]

    [check.controlled-test]                  a named rule, asked for by { use = "controlled-test" }
    about = "two groups, one of them without the feature"
    rule = { any = ["@ab-test"] }

    [sound-alikes]                           what recognisers mishear: the meant words, and how they are heard
    raci = ["racy", "ray see"]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from pmrehearse.scenario.mistakes import nearest
from pmrehearse.scenario.pattern_reader import parse_pattern
from pmrehearse.scenario.patterns import Pattern, PatternError, references
from pmrehearse.scenario.rule_kinds import InOrder, OfElement, Rule, RuleMistakes, Say, Use, parts_of
from pmrehearse.scenario.rules import parse_rule

MOST_PHRASES = 1000
"""Most phrases in one lexicon."""
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Lexicons:
    """All that scenarios share.

    Attributes:
        phrases: The patterns of each lexicon, by its name.
        checks: The shared checks, by name.
        sound_alikes: Pairs of what is heard and what is meant, as lower-case words ("blue score", "bleu score").
        about: What each lexicon and check stands for, by name; for the documentation.
    """

    phrases: Mapping[str, tuple[Pattern, ...]] = field(default_factory=dict)
    checks: Mapping[str, Rule] = field(default_factory=dict)
    sound_alikes: tuple[tuple[str, str], ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)


def parse_lexicons(by_file: Mapping[str, Mapping[str, object]]) -> Lexicons:
    """Read the tables of all lexicon files and see that every name they ask for exists, without circles.

    Args:
        by_file: What TOML gives for each file, by the file's name.

    Raises:
        RuleMistakes: Some cannot be used; all mistakes with their places ("metrics.toml: lexicon.lift.phrases[3]").
    """
    reader = _Reader()
    for file, raw in by_file.items():
        reader.file(file, raw)
    lexicons = Lexicons(reader.phrases, reader.checks, tuple(reader.sound_alikes), reader.about)
    needs = _needs(lexicons)
    mistakes = [*reader.mistakes, *_unresolved(lexicons, needs, reader.places), *_circles(needs, reader.places)]
    if mistakes:
        raise RuleMistakes(tuple(mistakes))
    return lexicons


def check_references(
    rule: Rule, lexicons: Lexicons, element_ids: frozenset[str], place: str
) -> tuple[tuple[str, str], ...]:
    """The mistakes of a rule that asks for a lexicon, a shared check or an element that does not exist.

    Args:
        rule: The rule of an element or a flag.
        lexicons: What there is.
        element_ids: The elements of the scenario.
        place: Where the rule stands, for messages.
    """
    mistakes = []
    for kind, name in _asked_for(rule):
        known = {"lexicon": lexicons.phrases, "check": lexicons.checks, "element": element_ids}[kind]
        if name not in known:
            mistakes.append((place, f"there is no {kind} {name!r}{nearest(name, sorted(known))}"))
    return tuple(dict.fromkeys(mistakes))


class _Reader:
    """Reads lexicon files one by one and gathers their mistakes."""

    def __init__(self) -> None:
        self.phrases: dict[str, tuple[Pattern, ...]] = {}
        self.checks: dict[str, Rule] = {}
        self.sound_alikes: list[tuple[str, str]] = []
        self.about: dict[str, str] = {}
        self.places: dict[tuple[str, str], str] = {}
        self.mistakes: list[tuple[str, str]] = []

    def file(self, file: str, raw: Mapping[str, object]) -> None:
        """Read one file's tables."""
        for key in raw:
            if key not in {"lexicon", "check", "sound-alikes"}:
                self.mistakes.append((f"{file}: {key}", "a lexicon file holds lexicon, check and sound-alikes"))
        for name, table in self._named(raw.get("lexicon", {}), f"{file}: lexicon"):
            self._lexicon(name, table, f"{file}: lexicon.{name}")
        for name, table in self._named(raw.get("check", {}), f"{file}: check"):
            self._check(name, table, f"{file}: check.{name}")
        sounds = raw.get("sound-alikes", {})
        for meant, heard in sounds.items() if isinstance(sounds, Mapping) else ():
            self._sound(str(meant), heard, f"{file}: sound-alikes.{meant}")

    def _named(self, raw: object, place: str) -> Iterator[tuple[str, Mapping[str, object]]]:
        """The tables under a key, each with a good name."""
        for name, table in raw.items() if isinstance(raw, Mapping) else ():
            if not isinstance(table, Mapping) or not _NAME.fullmatch(str(name)):
                self.mistakes.append((f"{place}.{name}", "a table named by lower-case words with hyphens belongs here"))
                continue
            yield str(name), cast("Mapping[str, object]", table)

    def _about(self, kind: str, name: str, table: Mapping[str, object], place: str, other: str) -> bool:
        """Note what a name stands for; False when it stands for something already."""
        for key in set(table) - {"about", other}:
            self.mistakes.append((f"{place}.{key}", f"allowed are about and {other}"))
        if (kind, name) in self.places:
            self.mistakes.append((place, f"the name stands already in {self.places[kind, name]}"))
            return False
        self.places[kind, name] = place
        self.about[name] = str(table.get("about", ""))
        return True

    def _lexicon(self, name: str, table: Mapping[str, object], place: str) -> None:
        """Read the phrases of one lexicon."""
        raw = table.get("phrases")
        if not self._about("lexicon", name, table, place, "phrases"):
            return
        if not isinstance(raw, list) or not 0 < len(raw) <= MOST_PHRASES:
            self.mistakes.append((f"{place}.phrases", f"a list of 1 to {MOST_PHRASES} patterns belongs here"))
            return
        patterns = []
        for at, text in enumerate(raw):
            try:
                patterns.append(parse_pattern(text if isinstance(text, str) else ""))
            except PatternError as error:
                self.mistakes.append((f"{place}.phrases[{at}] ({str(text)[:40]!r})", str(error)))
        self.phrases[name] = tuple(patterns)

    def _check(self, name: str, table: Mapping[str, object], place: str) -> None:
        """Read one shared check."""
        if not self._about("check", name, table, place, "rule"):
            return
        try:
            self.checks[name] = parse_rule(table.get("rule"), f"{place}.rule")
        except RuleMistakes as wrong:
            self.mistakes.extend(wrong.mistakes)

    def _sound(self, meant: str, heard: object, place: str) -> None:
        """Read how one term is misheard."""
        if not isinstance(heard, list) or not all(isinstance(text, str) and text.strip() for text in heard):
            self.mistakes.append((place, "a list of heard phrases belongs here"))
            return
        self.sound_alikes.extend((" ".join(text.lower().split()), meant.lower()) for text in heard)


def _asked_for(rule: Rule) -> Iterator[tuple[str, str]]:
    """Every name that a rule asks for, with its kind."""
    match rule:
        case Say(patterns=patterns):
            for pattern in patterns:
                yield from (("lexicon", name) for name in sorted(references(pattern)))
        case Use(check=check):
            yield "check", check
        case OfElement(element=element):
            yield "element", element
        case InOrder(elements=elements):
            yield from (("element", element) for element in elements)
        case _:
            pass
    for part in parts_of(rule):
        yield from _asked_for(part)


_Name = tuple[str, str]
"""A kind ("lexicon", "check", "element") and a name of that kind."""
_Needs = Mapping[_Name, list[_Name]]
"""What each lexicon and shared check asks for."""


def _needs(lexicons: Lexicons) -> dict[_Name, list[_Name]]:
    """What every lexicon and shared check asks for."""
    needs: dict[_Name, list[_Name]] = {
        ("lexicon", name): [("lexicon", other) for pattern in patterns for other in sorted(references(pattern))]
        for name, patterns in lexicons.phrases.items()
    }
    for name, rule in lexicons.checks.items():
        needs["check", name] = list(_asked_for(rule))
    return needs


def _unresolved(lexicons: Lexicons, needs: _Needs, places: Mapping[_Name, str]) -> Iterator[tuple[str, str]]:
    """Names that are asked for and do not exist; elements belong to scenarios and are looked at there."""
    known = {"lexicon": lexicons.phrases, "check": lexicons.checks}
    for owner, names in needs.items():
        for kind, name in dict.fromkeys(names):
            if kind in known and name not in known[kind]:
                yield places[owner], f"there is no {kind} {name!r}{nearest(name, sorted(known[kind]))}"


def _circles(needs: _Needs, places: Mapping[_Name, str]) -> Iterator[tuple[str, str]]:
    """Lexicons and checks that ask for themselves, however far around."""
    done: set[tuple[str, str]] = set()
    for start in needs:
        path: list[tuple[str, str]] = []
        stack: list[tuple[tuple[str, str], bool]] = [(start, False)]
        while stack:
            name, leaving = stack.pop()
            if leaving:
                done.add(path.pop())
            elif name in path:
                around = " → ".join(other for _, other in [*path[path.index(name) :], name])
                yield places[name], f"it asks for itself: {around}"
                return
            elif name not in done and name in needs:
                path.append(name)
                stack.append((name, True))
                stack.extend((other, False) for other in needs[name])
