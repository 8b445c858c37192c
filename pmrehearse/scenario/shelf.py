"""Which files of scenarios and lexicons are there, and have they changed?

Shipped:  PACK/NAME.toml, lexicons/NAME.toml, loops.toml    in `places.shipped_scenarios_dir()`
Own:      NAME.toml, PACK/NAME.toml, lexicons/NAME.toml     in `places.user_scenarios_dir()`
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmrehearse import places

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LEXICONS = "lexicons"
"""The folder of lexicons, beside the packs."""
LOOPS = "loops.toml"
"""The file of loops, beside the packs."""
PACKS = ("writer", "medium")
"""The order of the shipped packs in lists; others stand behind them."""
OWN = "own/"
"""How the names of the user's lexicons begin in messages."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file as it is now: what is kept of it holds until its stamp changes.

    Attributes:
        path: The file.
        changed_ns: When it was last written; 0 when it cannot be looked at.
        n_bytes: Its length; -1 when it cannot be looked at.
    """

    path: Path
    changed_ns: int
    n_bytes: int


NamedStamp = tuple[str, Stamp]
"""A lexicon file's name in messages, and the file."""


@dataclass(frozen=True, slots=True)
class BrokenFile:
    """A file of the user's that cannot be used.

    Attributes:
        path: The file.
        message: Every mistake in it, each with its place on a line of its own.
    """

    path: Path
    message: str


def stamp(path: Path) -> Stamp:
    """The file as it is now."""
    try:
        found = path.stat()
    except OSError:
        return Stamp(path, 0, -1)
    return Stamp(path, found.st_mtime_ns, found.st_size)


def shipped() -> dict[str, Path]:
    """The shipped files by the id that stands in them, pack by pack."""
    root = places.shipped_scenarios_dir()
    return {f"{path.parent.name}/{path.stem}": path for pack in _packs(root) for path in _toml_files(pack)}


def own() -> tuple[Path, ...]:
    """The user's files."""
    root = places.user_scenarios_dir()
    loose = (path for path in _toml_files(root) if path.name != LOOPS)
    return (*loose, *(path for pack in _packs(root) for path in _toml_files(pack)))


def lexicon_stamps() -> tuple[NamedStamp, ...]:
    """The lexicon files by the name they have in messages: the shipped ones, then the user's under `OWN`."""
    shipped = ((path.name, stamp(path)) for path in _toml_files(places.shipped_scenarios_dir() / LEXICONS))
    own = ((f"{OWN}{path.name}", stamp(path)) for path in _toml_files(places.user_scenarios_dir() / LEXICONS))
    return (*shipped, *own)


def loops() -> Path:
    """The file of loops."""
    return places.shipped_scenarios_dir() / LOOPS


def _packs(root: Path) -> list[Path]:
    return [entry for entry in _entries(root) if entry.is_dir() and entry.name != LEXICONS]


def _toml_files(folder: Path) -> Iterator[Path]:
    return (entry for entry in _entries(folder) if entry.suffix == ".toml" and not entry.name.startswith("."))


def _entries(folder: Path) -> list[Path]:
    """What stands in a folder, by name; nothing when there is no such folder or it may not be looked into."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
