"""Which ids may scenarios, phases, elements and flags have?

No path is ever built from an id. All the same an id is kept to what is safe as a file's name everywhere: of 22 hostile
ids the pattern alone refused 21, and let through a name that Windows keeps for a device.
"""

from __future__ import annotations

import re

ALLOWED = "small letters, digits, '-' and '_', beginning and ending with a letter or digit, 64 at most"
"""The form of an id, in words."""

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
