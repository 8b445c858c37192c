"""On which line of a scenario file does each of its tables and keys stand?"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmrehearse.scenario.mistakes import Path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HEADER = re.compile(r"[ \t]*+(?P<brackets>\[{1,2})(?P<key>[^\]\n]*)")
_KEY = re.compile(r"[ \t]*+(?P<key>(?:\"[^\"\n]*\"|'[^'\n]*'|[\w.\- \t]++)++)=")
_NAME = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'|([\w-]+)")


@dataclass(frozen=True, slots=True)
class Statement:
    """One table header or key, without what it says.

    Attributes:
        line: Its line, counted from 1.
        offset: Where that line begins in the text.
        path: The table or key; tables of an array carry their index ("element", 2, "phase").
        is_header: True for a table.
    """

    line: int
    offset: int
    path: Path
    is_header: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """Where the lines stand on which a statement can begin: outside strings and brackets.

    Attributes:
        text: The file's text.
        lines: Line numbers with the offsets of those lines.
    """

    text: str
    lines: tuple[tuple[int, int], ...]

    def statements(self) -> Iterator[Statement]:
        """The tables and keys, in the order of the file; lines that are neither are passed over."""
        table: Path = ()
        counts: dict[tuple[str | int, ...], int] = {}
        for line, offset in self.lines:
            if header := _HEADER.match(self.text, offset):
                table = _table_path(header["key"], counts, is_array=header["brackets"] == "[[")
                yield Statement(line, offset, table, is_header=True)
            elif key := _KEY.match(self.text, offset):
                yield Statement(line, offset, table + _names(key["key"]), is_header=False)

    def index(self) -> dict[Path, int]:
        """The first line of each table and key, and of each table that only stands in the names of others."""
        lines: dict[Path, int] = {}
        for statement in self.statements():
            for length in range(1, len(statement.path) + 1):
                lines.setdefault(statement.path[:length], statement.line)
        return lines

    def head(self) -> str:
        """The text before the first table: the keys of the file itself."""
        first = next((statement.offset for statement in self.statements() if statement.is_header), len(self.text))
        return self.text[:first]

    def counts(self) -> Counter[str]:
        """How many tables each array of tables of the file itself has."""
        headers = (_HEADER.match(self.text, offset) for _, offset in self.lines)
        return Counter(
            names[0]
            for header in headers
            if header and header["brackets"] == "[[" and len(names := _names(header["key"])) == 1
        )


def _names(key: str) -> tuple[str, ...]:
    return tuple(basic or literal or bare for basic, literal, bare in _NAME.findall(key))


def _table_path(key: str, counts: dict[Path, int], *, is_array: bool) -> Path:
    """The path of a table: where it goes through an array of tables, the last table of that array is meant."""
    path: Path = ()
    names = _names(key)
    for position, name in enumerate(names):
        path = (*path, name)
        if is_array and position == len(names) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def line_of(path: Path, index: Mapping[Path, int]) -> int | None:
    """The line of a table or key; of what it stands in when it has no line of its own; None when neither has."""
    return next((index[path[:length]] for length in range(len(path), 0, -1) if path[:length] in index), None)
