"""How is a text read that the user names: from a file, from standard input, from the command line?"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from pmrehearse.cleaning import LIMIT, clean, clean_line
from pmrehearse.errors import BadFileError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STDIN = "-"
"""The name of standard input."""


def read_text(path: Path) -> str:
    """A text file of the user's.

    Raises:
        BadFileError: It is missing, no regular file, too long or no UTF-8 text.
    """
    with open_bytes(path) as file:
        return decoded(file.read(4 * LIMIT + 1), clean_line(str(path)))


@contextmanager
def open_bytes(path: Path) -> Iterator[IO[bytes]]:
    """A file of the user's to be read piece by piece; "-" is standard input.

    Raises:
        BadFileError: It is missing, no regular file, or may not be read.
    """
    if str(path) == STDIN:
        yield sys.stdin.buffer
        return
    name = clean_line(str(path))
    try:
        if path.exists() and not path.is_file():
            raise BadFileError(f"{name} is no regular file.", "Name a file.")
        file = path.open("rb")
    except OSError as error:
        raise BadFileError(f"{name} cannot be read: {error.strerror}.", "Name a file that exists.") from error
    with file:
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
    return decoded(sys.stdin.buffer.read(4 * LIMIT + 1), "Standard input")


def decoded(data: bytes, name: str) -> str:
    """Bytes from outside as text: UTF-8, a byte order mark dropped.

    Raises:
        BadFileError: They are too many or no UTF-8 text.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFileError(
            f"{name} is no UTF-8 text (byte {error.start + 1}).", "Save it as UTF-8; other encodings are not read."
        ) from error
    if len(text) > LIMIT:
        raise BadFileError(f"{name} is longer than {LIMIT:,} characters.", "Give one answer at a time.")
    if "\0" in text:
        raise BadFileError(f"{name} is no text: it holds zero bytes.", "Name a text file.")
    return clean(text)


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
