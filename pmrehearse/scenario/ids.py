"""Which ids may scenarios, phases, elements and flags have?

No path is ever built from an id. All the same an id is kept to what is safe as a file's name everywhere: of 22 hostile
ids the pattern alone refused 21, and let through a name that Windows keeps for a device.
"""

from __future__ import annotations

import re

ALLOWED = "small letters, digits, '-' and '_', beginning and ending with a letter or digit, 64 at most"
"""The form of an id, in words."""

OF_A_DRILL = ":"
"""Stands between a scenario's id and an element's in the id of a drill; in no other id."""

_FORM = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?")
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10)))
)


def problem_with_id(text: str) -> str:
    """What is wrong with the id of a phase, element or flag; "" when nothing is."""
    if not _FORM.fullmatch(text):
        return f"an id is made of {ALLOWED}"
    return f"'{text}' is a device's name on Windows; choose another id" if text in _DEVICES else ""


def problem_with_scenario_id(text: str) -> str:
    """What is wrong with the id of a scenario ("pack/name"); "" when nothing is."""
    pack, slash, name = text.partition("/")
    if not slash:
        return f"a scenario's id is a pack and a name ('mine/first-drill'), each of {ALLOWED}"
    return problem_with_id(pack) or problem_with_id(name)


def problem_with_rehearsed_id(text: str) -> str:
    """What is wrong with the id of what a take was made of: a scenario, or a drill ("pack/name:element")."""
    scenario_id, element_id = scenario_and_element(text)
    problem = problem_with_scenario_id(scenario_id)
    return problem or (problem_with_id(element_id) if OF_A_DRILL in text else "")


def drill_id(scenario_id: str, element_id: str) -> str:
    """The id of the drill of one element: "writer/three-phase-lens:sample-size"."""
    return f"{scenario_id}{OF_A_DRILL}{element_id}"


def scenario_and_element(text: str) -> tuple[str, str]:
    """The scenario's id and the element's in the id of a drill; the element's is "" where there is no drill."""
    scenario_id, _, element_id = text.rpartition(OF_A_DRILL) if OF_A_DRILL in text else (text, "", "")
    return scenario_id, element_id
