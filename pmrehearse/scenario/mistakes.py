"""How is a mistake of a scenario file told, so that its author finds it?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from pmrehearse.cleaning import clean_line

Path = tuple[str | int, ...]
"""Where something stands in a file: keys, and indexes in arrays counted from 0 ("element", 2, "phase")."""

MOST_SHOWN = 50
"""So many mistakes are told at once; a file with more is not the file that was meant."""

ARRAYS = ("phase", "element", "flag", "cue", "loop")
"""Arrays of tables, which are told by number ("element 3"); elements of other lists by index, as in TOML ("[2]")."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something in a file that cannot be as it is.

    Attributes:
        path: Where; () for the file as a whole.
        message: What is wrong and what is allowed.
        line: The line, counted from 1; None where it is not known.
        place: The path in words ("element 3 'sample-size': phase"); "" for the file as a whole.
    """

    path: Path
    message: str
    line: int | None = None
    place: str = ""


def place_in_words(path: Path, ids: dict[Path, str]) -> str:
    """A path in words: tables by number and id, what is inside them after a colon.

    Args:
        path: The path.
        ids: The ids of the tables that have one.
    """
    if len(path) < 2 or path[0] not in ARRAYS or not isinstance(path[1], int):  # noqa: PLR2004 - array and index
        return _dotted(path)
    table = f"{path[0]} {path[1] + 1}"
    if path[:2] in ids:
        table += f" '{clean_line(ids[path[:2]], 80)}'"
    return f"{table}: {_dotted(path[2:])}" if path[2:] else table


def _dotted(path: Path) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{clean_line(part, 80)}"
    return text.removeprefix(".")


def nearest(wanted: str, known: Iterable[str]) -> str:
    """The question after the known name nearest to a misspelt one (" (did you mean 'x'?)"), or ""."""
    found = get_close_matches(wanted[:100], list(known), n=1)
    return f" (did you mean '{found[0]}'?)" if found else ""


def told(name: str, mistakes: tuple[Mistake, ...]) -> str:
    """All mistakes as one text, one a line, as compilers do: `file:line: place: message`.

    Args:
        name: The file's name as the author knows it.
        mistakes: At least one.
    """
    file = clean_line(name)
    shown = sorted(mistakes, key=lambda mistake: mistake.line or 0)[:MOST_SHOWN]
    lines = [_line(file, mistake) for mistake in shown]
    if len(mistakes) > MOST_SHOWN:
        lines.append(f"{file}: and {len(mistakes) - MOST_SHOWN} more")
    return "\n".join(lines)


def _line(file: str, mistake: Mistake) -> str:
    where = file if mistake.line is None else f"{file}:{mistake.line}"
    return ": ".join(part for part in (where, mistake.place, mistake.message) if part)
