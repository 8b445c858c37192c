"""How does one element of a scenario become a scenario of its own, to be said again and again?

A drill asks the scenario's question and checks with the element's own rule, so that a verdict means the same in both.
Its id ("writer/three-phase-lens:sample-size") keeps the scenario and the element.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from pmrehearse.cleaning import clean_line
from pmrehearse.errors import UsageError
from pmrehearse.scenario import coherence
from pmrehearse.scenario.document import parse
from pmrehearse.scenario.ids import drill_id
from pmrehearse.scenario.model import USUAL_DRILL_S, Element, Origin, Scenario
from pmrehearse.scenario.reader import read_text
from pmrehearse.scenario.toml_text import toml_text

ENOUGH_S = 5.0
"""A shorter try is under time: a sentence takes about as long."""


def drill_of(scenario: Scenario, element_id: str, seconds: float = USUAL_DRILL_S) -> Scenario:
    """The drill of one element.

    Args:
        scenario: Whose element.
        element_id: Which.
        seconds: How long a try lasts, SHORTEST_DRILL_S to LONGEST_DRILL_S.

    Raises:
        UsageError: The scenario has no such element; the hint names the nearest.
        ScenarioError: The scenario's text cannot be used.
    """
    element = element_of(scenario, element_id)
    tables = parse(scenario.source_toml).tables
    text = toml_text(_drill_tables(scenario, element, tables, float(seconds)))
    return replace(read_text(text, Origin.TAKE, scenario.id), origin=scenario.origin)


def element_of(scenario: Scenario, element_id: str) -> Element:
    """An element of a scenario.

    Raises:
        UsageError: It has no such element; the hint names the nearest.
    """
    for element in scenario.elements:
        if element.id == element_id:
            return element
    ids = [element.id for element in scenario.elements]
    near = get_close_matches(element_id[:100], ids, n=3, cutoff=0.5) or ids
    message = f"The scenario {scenario.id} has no element '{clean_line(element_id, 100)}'."
    raise UsageError(
        message, f"Did you mean {_alternatives(near)}? `pmrehearse scenario show {scenario.id}` shows all."
    )


def element_meant(wanted: str, scenarios: Iterable[Scenario]) -> tuple[Scenario, str]:
    """The one element of this id in all scenarios.

    Raises:
        UsageError: There is none, or more than one; the hint says how to name it.
    """
    known = list(scenarios)
    having = [scenario for scenario in known if any(element.id == wanted for element in scenario.elements)]
    if len(having) == 1:
        return having[0], wanted
    name = clean_line(wanted, 100)
    if having:
        ids = [drill_id(scenario.id, wanted) for scenario in having]
        raise UsageError(f"{len(ids)} scenarios have an element '{name}'.", f"Say which: {_alternatives(ids)}.")
    ids = sorted({element.id for scenario in known for element in scenario.elements})
    near = get_close_matches(wanted[:100], ids, n=3)
    advice = "`pmrehearse scenario show SCENARIO` names the elements of one."
    raise UsageError(
        f"There is no element '{name}'.", f"Did you mean {_alternatives(near)}? {advice}" if near else advice
    )


def _alternatives(names: list[str]) -> str:
    return " or ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} or {names[-1]}"  # noqa: PLR2004  two


def _drill_tables(scenario: Scenario, element: Element, tables: Mapping[str, Any], seconds: float) -> dict[str, object]:
    """The file of a drill: the question as it stands, one phase, the element, and those that its check asks for."""
    wanted = set(_asked_for(element.id, tables))
    phase = scenario.phase(element.phase)
    asked = [table | {"phase": phase.id} for _, table in _elements(tables) if table["id"] in wanted]
    asked.sort(key=lambda table: table["id"] != element.id)
    return {
        "format": 1,
        "id": drill_id(scenario.id, element.id),
        "title": clean_line(f"Drill: {element.title}"),
        "prompt": scenario.prompt,
        "seconds": seconds,
        "hard_limit": True,
        "target": [ENOUGH_S, seconds],
        "vocabulary": list(scenario.vocabulary),
        "notes": f"One element of {scenario.id}, alone.",
        "phase": [{"id": phase.id, "title": phase.title, "seconds": seconds, "prompt": element.criterion}],
        "element": asked,
    }


def _elements(tables: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    return ((index, dict(table)) for index, table in coherence.tables(tables, "element"))


def _asked_for(element_id: str, tables: Mapping[str, Any]) -> Iterator[str]:
    """The element, and all whose verdicts its check leans on."""
    checks = {table["id"]: table.get("check") for _, table in _elements(tables)}
    seen: set[str] = set()
    waiting = [element_id]
    while waiting:
        name = waiting.pop()
        if name in seen or name not in checks:
            continue
        seen.add(name)
        yield name
        waiting.extend(_references(checks[name]))


def _references(rule: object) -> Iterator[str]:
    """The ids of the elements that a rule names."""
    if isinstance(rule, Mapping):
        if isinstance(named := rule.get("element"), str):
            yield named
        if isinstance(several := rule.get("in_order"), list):
            yield from several
        for part in rule.values():
            yield from _references(part)
    elif isinstance(rule, list):
        for part in rule:
            yield from _references(part)
