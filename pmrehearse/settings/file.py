"""What does the settings file say, and what of it can be used?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pmrehearse.cleaning import clean_line
from pmrehearse.scenario.document import parse_file
from pmrehearse.scenario.mistakes import Mistake, place_in_words
from pmrehearse.scenario.outline import line_of
from pmrehearse.scenario.prescan import Refused
from pmrehearse.settings.values import KEYS, SETTINGS, Value

if TYPE_CHECKING:
    from pmrehearse.scenario.mistakes import Path as Place

NAME = "config.toml"
"""The file's name in the folder of the settings."""


@dataclass(frozen=True, slots=True)
class SettingsFound:
    """What a settings file says.

    Attributes:
        path: The file.
        exists: True when there is one.
        values: What can be used of it, by name.
        keys: Keys by the name of the action.
        lines: The lines of both, as far as they are known; keys stand under "keys.NAME".
        mistakes: What can't be used, with lines, in the order of the file.
        is_broken: True when nothing of it could be read: it is empty, or no TOML.
    """

    path: Path
    exists: bool = True
    values: Mapping[str, Value] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()
    is_broken: bool = False


def read_settings(path: Path) -> SettingsFound:
    """Read a settings file; whatever stands there, what can be used of it is."""
    if not path.exists() and not path.is_symlink():
        return SettingsFound(path, exists=False)
    try:
        document = parse_file(path)
    except Refused as refused:
        return SettingsFound(path, mistakes=(refused.mistake,), is_broken=True)
    from pmrehearse.settings.shape import mistakes_in  # noqa: PLC0415  pydantic: only where there is a file

    found = mistakes_in(document.tables)
    index = document.outline.index()
    wrong = {mistake.path for mistake in found}
    placed = [replace(one, line=line_of(one.path, index), place=place_in_words(one.path, {})) for one in found]
    good = {one.name: document.tables[one.name] for one in SETTINGS if one.name in document.tables}
    lines = {".".join(map(str, place)): line for place, line in index.items()}
    return SettingsFound(
        path,
        values={name: _tidy(value) for name, value in good.items() if (name,) not in wrong},
        keys=dict(_flat(document.tables.get(KEYS), wrong)),
        lines=lines,
        mistakes=tuple(sorted(placed, key=lambda one: one.line or 0)),
    )


def _tidy(value: object) -> Value:
    if isinstance(value, str):
        return clean_line(value)
    if isinstance(value, bool | int):
        return value
    raise TypeError(type(value).__name__)


def _flat(table: object, wrong: set[Place], above: Place = (KEYS,)) -> list[tuple[str, str]]:
    """The texts of a table and of the tables in it, by their names with dots between them."""
    found: list[tuple[str, str]] = []
    for name, value in table.items() if isinstance(table, Mapping) else ():
        place = (*above, name)
        if isinstance(value, str) and place not in wrong:
            found.append((".".join(map(str, place[1:])), clean_line(value)))
        elif isinstance(value, Mapping):
            found += _flat(value, wrong, place)
    return found
