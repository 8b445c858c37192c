"""What may stdout and stderr carry here: which characters, colours and width?

Colour: none when the stream is no terminal, when NO_COLOR is present and not empty, or with TERM=dumb (rich keeps to
that). Characters: where the encoding is no Unicode one, each sign of ours becomes an ASCII one of the same width.
"""

from __future__ import annotations

import os
import sys
from typing import IO, TextIO, cast

from rich.console import Console

WIDTH = 80
"""Columns when nobody is looking: a file or a pipe."""
WIDEST = 100
"""Columns used of a wide terminal: longer lines are hard to read."""

_ASCII = str.maketrans(
    {
        "✓": "+",
        "✗": "x",
        "━": "=",
        "╸": "=",
        "─": "-",
        "·": "|",
        "–": "-",
        "—": "-",
        "−": "-",
        "…": ".",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "×": "x",
        "≥": ">",
        "→": ">",
        "│": "|",
        "▌": "|",
        "●": "*",
        "□": "?",
        "�": "?",
    }
)


class AsciiStream:
    """A text stream whose encoding has not all our signs; what it lacks is replaced, never an error."""

    def __init__(self, stream: TextIO) -> None:
        """Stand before `stream`."""
        self._stream = stream

    @property
    def encoding(self) -> str:
        """The encoding of the stream behind."""
        return self._stream.encoding

    def write(self, text: str) -> int:
        """Write the text in signs that the stream has."""
        plain = text.translate(_ASCII).encode(self.encoding, "replace").decode(self.encoding)
        return self._stream.write(plain)

    def flush(self) -> None:
        """Flush the stream behind."""
        self._stream.flush()

    def isatty(self) -> bool:
        """Whether the stream behind is a terminal."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """The descriptor of the stream behind."""
        return self._stream.fileno()


def has_unicode(stream: TextIO) -> bool:
    """True when every character can be written to the stream."""
    return (stream.encoding or "utf-8").lower().replace("-", "").replace("_", "").startswith("utf")


def console(stream: TextIO) -> Console:
    """A console on the stream: nothing in the text is taken for markup, an emoji code or a thing to highlight."""
    file = stream if has_unicode(stream) else cast("TextIO", AsciiStream(stream))
    return Console(
        file=cast("IO[str]", file),
        width=_width(stream),
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )


def stdout() -> Console:
    """Where the answer goes."""
    return console(sys.stdout)


def stderr() -> Console:
    """Where narration goes."""
    return console(sys.stderr)


def _width(stream: TextIO) -> int:
    if (columns := os.environ.get("COLUMNS", "")).isdigit() and int(columns) > 0:
        return int(columns)
    if not stream.isatty():
        return WIDTH
    try:
        return min(os.get_terminal_size(stream.fileno()).columns or WIDTH, WIDEST)
    except (OSError, ValueError):
        return WIDTH
