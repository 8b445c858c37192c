"""Is this file safe to parse?

Measured on Python 3.11: `tomllib` takes 5 s and 1.6 GB for one 40 KB key of 20,000 dots (CPython #149231) and recurses
once for each bracket. So a file's size is looked at before it is read, and the shape of its text before it is parsed.
"""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from typing import TYPE_CHECKING

from pmrehearse.scenario.mistakes import Mistake
from pmrehearse.scenario.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST_BYTES = 64 * 1024
"""A file is at most this large: ten times a full scenario."""
MOST_DOTS = 32
"""Dots outside quotes on one line: a key with more is an attack on the parser, not a key."""
DEEPEST = 20
"""Brackets inside one another."""
MOST_DIGITS = 1000
"""Digits of one number: Python refuses to read more than 4,300."""
MOST_SIGNS = {"brackets": 1_000, "keys": 1_000, "commas": 4_000, "dots": 300}
"""Signs outside quotes in the whole file, three times those of the fullest lexicon that is shipped: 64 KB of nothing
but tables keep the parser, and whoever waits, busy for a second."""
_SIGNS = {"[": "brackets", "{": "brackets", "=": "keys", ",": "commas", ".": "dots"}

_TOKEN = re.compile(
    r"\#[^\n]*+"  # a comment
    r'|"""(?:[^"\\]++|\\.|"(?!""))*+(?:"{3,5})?+'  # strings, the last of a broken file up to its end
    r"|'''(?:[^']++|'(?!''))*+(?:'{3,5})?+"
    r'|"(?:[^"\\\n]++|\\[^\n])*+"?+'
    r"|'[^'\n]*+'?+"
    r"|[0-9][0-9_]*+|\.++|[\[\]{}=,\n]",
    re.DOTALL,
)


class Refused(Exception):  # noqa: N818 - it carries a mistake of the file
    """A file is not read any further.

    Attributes:
        mistake: Why, with the line where it is known.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.mistake = Mistake((), message, line)


def read_safely(path: Path) -> str:
    """The text of a small regular file in UTF-8, without a byte order mark.

    A link is followed to a regular file (settings are often kept so); a pipe, device or folder is never opened.

    Raises:
        Refused: There is no such file, or it is none of that.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise Refused("this is no regular file; only a text file is read")
        # A pipe that has taken the file's place since does not keep us waiting.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            data = file.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise Refused(f"the file cannot be read: {reason}") from error
    if len(data) > LARGEST_BYTES:
        size = max(found.st_size, len(data))
        raise Refused(f"the file has {size:,} bytes; such a file has at most {LARGEST_BYTES:,}")
    return decode(data)


def decode(data: bytes) -> str:
    """The text of a file's bytes, without a byte order mark.

    Raises:
        Refused: It is not UTF-8.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("the file is written in UTF-16; save it as UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused("the file is no UTF-8 text; save it as UTF-8", line) from error


def scan(text: str) -> Outline:
    """Look at a text's shape in one pass, linear in its length.

    Raises:
        Refused: It is empty, too long, holds a NUL, a line with too many dots, brackets too deep, a number too long, or
            more tables, keys or values than any scenario has.
    """
    if len(text) > LARGEST_BYTES:
        raise Refused(f"the text has {len(text):,} characters; such a file has at most {LARGEST_BYTES:,}")
    if not text.strip():
        raise Refused("the file is empty")
    if (nul := text.find("\0")) >= 0:
        raise Refused("the file holds a NUL character: it is no text", text.count("\n", 0, nul) + 1)
    return Outline(text, tuple(_statement_lines(text)))


def _statement_lines(text: str) -> Iterator[tuple[int, int]]:
    shape = _Shape()
    yield 1, 0
    for token in _TOKEN.finditer(text):
        shape.take(token[0])
        if token[0] == "\n" and shape.depth == 0:
            yield shape.line, token.end()


class _Shape:
    """What was met so far on the way through a text.

    Attributes:
        line: The line, counted from 1.
        depth: Brackets that are open.
    """

    def __init__(self) -> None:
        self.line, self.depth = 1, 0
        self._dots = 0
        self._signs: Counter[str] = Counter()

    def take(self, sign: str) -> None:
        """Go on by one sign, string or comment.

        Raises:
            Refused: No scenario has such a shape.
        """
        if sign == "\n":
            self.line, self._dots = self.line + 1, 0
        elif sign[0] in _SIGNS:
            self._count(sign)
        elif sign in "]}":
            self.depth = max(self.depth - 1, 0)
        elif not sign[0].isdigit():
            self.line += sign.count("\n")
        elif len(sign) > MOST_DIGITS:
            raise Refused(f"a number has more than {MOST_DIGITS:,} digits", self.line)

    def _count(self, sign: str) -> None:
        kind = _SIGNS[sign[0]]
        self._signs[kind] += len(sign)
        if kind == "brackets":
            self.depth += 1
        elif kind == "dots":
            self._dots += len(sign)
        if self.depth > DEEPEST:
            raise Refused(f"brackets stand more than {DEEPEST} deep in one another", self.line)
        if self._dots > MOST_DOTS:
            raise Refused(f"there are more than {MOST_DOTS} dots outside quotes on one line", self.line)
        if self._signs[kind] > (most := MOST_SIGNS[kind]):
            told = f"there are more than {most:,} {kind} outside quotes: no scenario has as many"
            raise Refused(told, self.line)
