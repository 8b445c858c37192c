"""How is a text read that the user gives: on standard input, on the command line, in a file piece by piece?"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from pmrehearse.errors import UsageError
from pmrehearse.userfiles import MOST_BYTES, decoded, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STDIN = "-"
"""The name of standard input."""


@contextmanager
def open_bytes(path: Path) -> Iterator[IO[bytes]]:
    """A file of the user's to be read piece by piece; "-" is standard input.

    Raises:
        BadFileError: It is missing, no regular file, or may not be read.
    """
    if str(path) == STDIN:
        yield sys.stdin.buffer
        return
    with opened(path) as file:
        yield file


def read_stdin(what: str) -> str:
    """All of standard input; a person at the keyboard is told how to end it.

    Args:
        what: What is asked for, for the message ("the answer").

    Raises:
        BadFileError: It is too long or no UTF-8 text.
    """
    if sys.stdin.isatty():
        sys.stderr.write(f"Type or paste {what}; end it with Ctrl-D on an empty line.\n")
    return decoded(sys.stdin.buffer.read(MOST_BYTES), "Standard input")


def required_text(text: str) -> str:
    """The text, unless nothing stands in it.

    Raises:
        UsageError: It is empty.
    """
    if not text.strip():
        raise UsageError(
            "The text is empty.", "Give the words of an answer: a file, `-` for standard input, or --text."
        )
    return text
