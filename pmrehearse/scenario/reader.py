"""How does the text of a scenario file become a scenario, or the list of its mistakes?"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path as FilePath

from pmrehearse.cleaning import clean_line
from pmrehearse.errors import ScenarioError
from pmrehearse.scenario import coherence
from pmrehearse.scenario.document import Document, parse
from pmrehearse.scenario.ids import problem_with_scenario_id
from pmrehearse.scenario.lexicon import Lexicons, check_references
from pmrehearse.scenario.mistakes import Mistake, Path, place_in_words, told
from pmrehearse.scenario.model import Cue, Element, Flag, Origin, Phase, Scenario
from pmrehearse.scenario.outline import line_of
from pmrehearse.scenario.prescan import Refused, read_safely
from pmrehearse.scenario.rule_kinds import Rule, RuleMistakes
from pmrehearse.scenario.rules import parse_rule
from pmrehearse.scenario.shape import NEWEST_FORMAT, ScenarioFile, read_shape

SHORTEST_SHARE = 2 / 3
"""The shortest answer is this share of the planned length where the file names no target: two of three minutes."""

_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]")
_Rules = dict[Path, Rule]


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a scenario file.

    Attributes:
        scenario: The scenario; None when there are mistakes.
        mistakes: Everything that must be corrected, in the order of the file.
        warnings: What should be.
    """

    scenario: Scenario | None
    mistakes: tuple[Mistake, ...] = ()
    warnings: tuple[Mistake, ...] = ()


def examine(text: str, origin: Origin, lexicons: Lexicons | None = None) -> Reading:
    """Read a scenario and say everything that is wrong with it.

    Args:
        text: The file's text.
        origin: Where it stands. A shipped scenario must have three passages of each kind for each check; the user is
            warned; a take's copy is taken as it is.
        lexicons: What its rules may ask for; None to leave that open.
    """
    try:
        document = parse(text)
    except Refused as refused:
        return Reading(None, (refused.mistake,))
    if newer := _newer_format(document):
        return Reading(None, (newer,))
    shape, misshapen = read_shape(document.tables, ScenarioFile)
    rules, unruly = _rules(document.tables, lexicons)
    mistakes = [*misshapen, *coherence.incoherent(document.tables), *unruly, *_no_drill(shape, origin)]
    scarce = () if origin is Origin.TAKE else tuple(coherence.scarce_examples(document.tables))
    if origin is Origin.SHIPPED:
        mistakes.extend((*coherence.unchecked(document.tables), *scarce))
    warnings = _placed(document, scarce) if origin is Origin.USER and scarce else ()
    if mistakes or shape is None:
        return Reading(None, _placed(document, mistakes), warnings)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    scenario = replace(_scenario(shape, rules), origin=origin, source_toml=text, digest=digest)
    return Reading(scenario, (), warnings)


def read_text(text: str, origin: Origin, name: str, lexicons: Lexicons | None = None) -> Scenario:
    """The scenario of a text.

    Args:
        text: The file's text.
        origin: Where it stands.
        name: What the file is called in messages.
        lexicons: What its rules may ask for; None to leave that open.

    Raises:
        ScenarioError: It has mistakes; the message lists all of them, one a line.
    """
    reading = examine(text, origin, lexicons)
    if reading.scenario is None:
        raise ScenarioError(told(name, reading.mistakes), _hint(origin))
    return reading.scenario


def read_file(path: FilePath, origin: Origin, lexicons: Lexicons | None = None) -> Scenario:
    """The scenario of a file.

    Raises:
        ScenarioError: It cannot be read, or has mistakes.
    """
    try:
        text = read_safely(path)
    except Refused as refused:
        raise ScenarioError(told(str(path), (refused.mistake,)), _hint(origin)) from refused
    return read_text(text, origin, str(path), lexicons)


def _hint(origin: Origin) -> str:
    if origin is Origin.TAKE:
        return "The copy of the scenario that this take keeps cannot be used; its sound and transcript are untouched."
    return "Correct the file and look at it again with `pmrehearse scenario check FILE`."


def _no_drill(shape: ScenarioFile | None, origin: Origin) -> tuple[Mistake, ...]:
    """Drills are made of scenarios when they are rehearsed; only a take keeps one."""
    problem = problem_with_scenario_id(shape.id) if shape is not None and origin is not Origin.TAKE else ""
    return (Mistake(("id",), problem),) if problem else ()


def _newer_format(document: Document) -> Mistake | None:
    declared = document.tables.get("format")
    if isinstance(declared, bool) or not isinstance(declared, int) or declared <= NEWEST_FORMAT:
        return None
    message = f"the file is of a newer format; this version reads {NEWEST_FORMAT}: update pmrehearse"
    return Mistake(("format",), message, document.outline.index().get(("format",)), "format")


def _rules(tables: Mapping[str, object], lexicons: Lexicons | None) -> tuple[_Rules, list[Mistake]]:
    """The rule of each check that can be read, and the mistakes of the others."""
    rules: _Rules = {}
    mistakes: list[Mistake] = []
    elements = frozenset(coherence.checked_ids(tables))
    for path, raw in _checks(tables):
        try:
            rules[path] = rule = parse_rule(raw, "check")
            found = check_references(rule, lexicons, elements, "check") if lexicons is not None else ()
        except RuleMistakes as wrong:
            found = wrong.mistakes
        mistakes.extend(Mistake(path + _steps(place), clean_line(message)) for place, message in found)
    return rules, mistakes


def _checks(tables: Mapping[str, object]) -> Iterator[tuple[Path, object]]:
    for name in ("element", "flag"):
        for index, table in coherence.tables(tables, name):
            if "check" in table:
                yield (name, index), table["check"]


def _steps(place: str) -> Path:
    """The path of a place that the rule reader names ("check.all[1].say")."""
    return tuple(int(index) if index else name for name, index in _STEP.findall(place))


def _placed(document: Document, mistakes: list[Mistake] | tuple[Mistake, ...]) -> tuple[Mistake, ...]:
    """The mistakes with their lines and places, in the order of the file."""
    lines, ids = document.outline.index(), coherence.path_ids(document.tables)
    placed = [
        replace(mistake, line=line_of(mistake.path, lines), place=place_in_words(mistake.path, ids))
        for mistake in mistakes
    ]
    return tuple(sorted(placed, key=lambda mistake: mistake.line or 0))


def _scenario(file: ScenarioFile, rules: _Rules) -> Scenario:
    shortest_s, longest_s = file.target or (file.seconds * SHORTEST_SHARE, file.seconds)
    return Scenario(
        id=file.id,
        title=clean_line(file.title),
        prompt=file.prompt,
        seconds=file.seconds,
        hard_limit=file.hard_limit,
        target_min_s=shortest_s,
        target_max_s=longest_s,
        phases=tuple(
            Phase(phase.id, clean_line(phase.title), phase.seconds, clean_line(phase.prompt)) for phase in file.phase
        ),
        elements=_elements(file, rules),
        flags=_flags(file, rules),
        cues=tuple(Cue(clean_line(cue.say), cue.at, cue.on, cue.holds) for cue in file.cue),
        vocabulary=tuple(clean_line(term) for term in file.vocabulary),
        notes=file.notes,
    )


def _elements(file: ScenarioFile, rules: _Rules) -> tuple[Element, ...]:
    return tuple(
        Element(
            id=element.id,
            title=clean_line(element.title),
            criterion=clean_line(element.criterion),
            hint=clean_line(element.hint),
            phase=element.phase,
            check=rules.get(("element", index)),
            met_by=tuple(element.met_by),
            missed_by=tuple(element.missed_by),
        )
        for index, element in enumerate(file.element)
    )


def _flags(file: ScenarioFile, rules: _Rules) -> tuple[Flag, ...]:
    return tuple(
        Flag(
            id=flag.id,
            title=clean_line(flag.title),
            criterion=clean_line(flag.criterion),
            hint=clean_line(flag.hint),
            check=rules["flag", index],
            unless=tuple(flag.unless),
            raised_by=tuple(flag.raised_by),
            cleared_by=tuple(flag.cleared_by),
        )
        for index, flag in enumerate(file.flag)
    )
