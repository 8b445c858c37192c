"""How is one setting changed in the file, with everything else in it left as its owner wrote it?

tomlkit keeps comments, order and spaces. What was written is read again before it takes the old file's place, so that
no edit can lose a setting.
"""

from __future__ import annotations

import copy
import tomllib
from typing import TYPE_CHECKING, Any

from pmrehearse.cleaning import clean_line
from pmrehearse.durable import make_private_dir, write_durably
from pmrehearse.errors import SettingsError
from pmrehearse.scenario.prescan import Refused, read_safely
from pmrehearse.settings.values import KEYS, action_of

if TYPE_CHECKING:
    from pathlib import Path

    from pmrehearse.settings.values import Value

HEAD = "# Settings of pmrehearse. `pmrehearse config show` lists them all, and says where each comes from.\n"
"""What a file begins with that the program makes."""


def write_setting(path: Path, name: str, value: Value | None, *, is_broken: bool) -> Path | None:
    """Change one value in the file; where there is no file, one is made.

    Args:
        path: The file; a link is followed, so that the file it leads to is changed.
        name: The setting, or "keys." with the name of an action.
        value: What it is from now on; None takes it out.
        is_broken: True when nothing of the file can be read: it is put aside, and a new one is begun.

    Returns:
        Where a broken file was put; None when there was none.

    Raises:
        SettingsError: The file cannot be written.
    """
    try:
        target = path.resolve()
        kept = _put_aside(target) if is_broken else None
        text = read_safely(target) if target.exists() else HEAD
        make_private_dir(target.parent)
        write_durably(target, edited(text, name, value).encode())
    except (OSError, Refused, RuntimeError) as error:  # RuntimeError: links in a circle
        reason = error.strerror if isinstance(error, OSError) and error.strerror else clean_line(str(error))
        raise SettingsError(
            f"The settings file {clean_line(str(path))} cannot be written: {reason}.",
            "Make it writable, or name another folder in PMREHEARSE_CONFIG_DIR.",
        ) from error
    return kept


def edited(text: str, name: str, value: Value | None) -> str:
    """The text of a file with one value changed, or taken out for None.

    Args:
        text: TOML.
        name: The setting, or "keys." with the name of an action.
        value: What it is from now on.

    Raises:
        SettingsError: The file is written in a way that this cannot be done in.
    """
    before = tomllib.loads(text)
    place = _place(before, name)
    changed = _edited(text, place, value)
    if _full(tomllib.loads(changed)) != _full(_expected(before, place, value)):
        raise SettingsError(
            f"The settings file is written in a way that '{name}' cannot be changed in.", "Change it with an editor."
        )
    return changed


def _place(tables: dict[str, Any], name: str) -> tuple[str, ...]:
    """Where a setting stands or belongs: `home.drill` is a table and a key, unless the file has it in quotes."""
    action = action_of(name)
    if not action:
        return (name,)
    return (KEYS, action) if action in tables.get(KEYS, {}) else (KEYS, *action.split("."))


def _edited(text: str, place: tuple[str, ...], value: Value | None) -> str:
    import tomlkit  # noqa: PLC0415  only where a file is written

    document: Any = tomlkit.parse(text)
    table, rest = document, list(place)
    while len(rest) > 1 and rest[0] in table:
        table = table[rest.pop(0)]
    if value is None:
        if len(rest) == 1:
            table.pop(rest[0], None)
    elif len(rest) == 1:
        table[rest[0]] = value
    else:
        if table is document:
            table[rest[0]] = tomlkit.table()
            table = table[rest.pop(0)]
        table.append(tomlkit.key(rest), value)
    return str(document.as_string())


def _expected(tables: dict[str, Any], place: tuple[str, ...], value: Value | None) -> dict[str, Any]:
    """What a file says once the value has been changed."""
    tables = copy.deepcopy(tables)
    table = tables
    *above, name = place
    for each in above:
        table = table.setdefault(each, {})
    if value is None:
        table.pop(name, None)
    else:
        table[name] = value
    return tables


def _full(tables: dict[str, Any]) -> dict[str, Any]:
    """The tables without those that are empty."""
    filled = {name: _full(value) if isinstance(value, dict) else value for name, value in tables.items()}
    return {name: value for name, value in filled.items() if value != {}}


def _put_aside(path: Path) -> Path:
    """Give a broken file another name, which no file has yet: `.bad`, `.bad-2` and so on."""
    number = 1
    while (kept := path.with_name(path.name + (f".bad-{number}" if number > 1 else ".bad"))).exists():
        number += 1
    path.rename(kept)
    return kept
