"""What is the folder of a take called, and what can be known from that name alone?

The name is made from the time and a scenario's id reduced to letters, digits and "-"; the id itself never becomes part
of a path.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

LONGEST_SCENARIO = 80
"""Longest part of the name that comes from the scenario's id, in characters."""
N_RANDOM = 4
"""Random characters at the end: two takes of one second differ."""

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_TIME = "%Y-%m-%dT%H-%M-%SZ"
_FORM = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2})-([0-9]{2})-([0-9]{2})Z"
    rf"_([a-z0-9_-]{{1,{LONGEST_SCENARIO}}})_[a-z0-9]{{{N_RANDOM}}}"
)


@dataclass(frozen=True, slots=True)
class NameParts:
    """What a take's id says of the take.

    Attributes:
        started_at: When it began, UTC, aware, to the second.
        scenario: The scenario's id as far as the name keeps it ("writer/three-phase-lens").
    """

    started_at: datetime
    scenario: str


def new_take_id(scenario_id: str, now_utc: datetime) -> str:
    """A new name: "2026-11-22T09-31-05Z_writer_three-phase-lens_k3f9".

    Args:
        scenario_id: Any text.
        now_utc: Aware; other zones are turned into UTC.
    """
    safe = re.sub(r"[^a-z0-9-]+", "_", scenario_id.lower())[:LONGEST_SCENARIO].strip("_-") or "scenario"
    tail = "".join(secrets.choice(_ALPHABET) for _ in range(N_RANDOM))
    return f"{now_utc.astimezone(UTC).strftime(_TIME)}_{safe}_{tail}"


def is_take_id(text: str) -> bool:
    """Whether a text has the form of a take's id; no other text is ever joined to a path."""
    return _parse(text) is not None


def parts_of(take_id: str) -> NameParts:
    """What an id says.

    Raises:
        ValueError: It is no take's id.
    """
    parts = _parse(take_id)
    if parts is None:
        raise ValueError(take_id)
    return parts


def _parse(text: str) -> NameParts | None:
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    try:
        year, month, day, hour, minute, second = map(int, found.groups()[:6])
        started_at = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    return NameParts(started_at, found[7].replace("_", "/", 1))
