"""What may stdout and stderr carry here: which characters, colours and width?

Colour: on a terminal, and anywhere when FORCE_COLOR is present and not empty (force-color.org); none when NO_COLOR is
present and not empty (no-color.org), or with TERM=dumb. Characters: where the encoding is no Unicode one, each sign of
ours becomes an ASCII one of the same width.
"""

from __future__ import annotations

import os
import re
import sys
from typing import IO, TextIO, cast

from rich.console import Console, RenderableType

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

_TRAILING = re.compile(r" +((?:\x1b\[[0-9;]*m)*)$", re.MULTILINE)
"""Spaces at the end of a line, before codes that end a colour."""


class AsciiStream:
    """Stands before a text stream whose encoding has not all our signs."""

    def __init__(self, stream: TextIO) -> None:
        """Stand before `stream`; it replaces what it cannot write (`errors="replace"`)."""
        self._stream = stream

    def write(self, text: str) -> int:
        """Write the text in signs that the stream has."""
        return self._stream.write(ascii_for(text))

    def __getattr__(self, name: str) -> object:
        """Everything else is the stream's."""
        return getattr(self._stream, name)


def ascii_for(text: str) -> str:
    """The text with each sign of ours as an ASCII one of the same width."""
    return text.translate(_ASCII)


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
        force_terminal=bool(os.environ.get("FORCE_COLOR")) or stream.isatty(),  # rich takes an empty one for "never"
    )


def stdout_text(text: RenderableType) -> None:
    """Write text for people to stdout, without the spaces that end lines."""
    to = console(sys.stdout)
    with to.capture() as captured:
        to.print(text, crop=False)
    to.file.write(_TRAILING.sub(r"\1", captured.get()))


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
