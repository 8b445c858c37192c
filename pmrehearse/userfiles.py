"""How are files of the user's own read and written: texts that they name, at places that they name?"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from pmrehearse.cleaning import LIMIT, clean, clean_line
from pmrehearse.durable import open_private, write_durably
from pmrehearse.errors import BadFileError, FileThereError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_BYTES = 4 * LIMIT + 1
"""As many bytes as the longest text can have, and one that tells that it is longer."""


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """A file to be read piece by piece.

    Raises:
        BadFileError: It is missing, no regular file, or may not be read.
    """
    name = clean_line(str(path))
    try:
        if path.exists() and not path.is_file():
            raise BadFileError(f"{name} is no regular file.", "Name a file.")
        file = path.open("rb")
    except OSError as error:
        raise BadFileError(f"{name} cannot be read: {error.strerror}.", "Name a file that exists.") from error
    with file:
        yield file


def read_text(path: Path) -> str:
    """A text file.

    Raises:
        BadFileError: It is missing, no regular file, too long or no UTF-8 text.
    """
    with opened(path) as file:
        return decoded(file.read(MOST_BYTES), clean_line(str(path)))


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


def write_text(path: Path, text: str, *, replace: bool) -> None:
    """Write a text to a file of mode 0600.

    Args:
        path: Where; its folder exists.
        text: What.
        replace: True to replace what is there; never a folder.

    Raises:
        FileThereError: Something is there.
        UsageError: The file cannot be written; nothing is left of it.
    """
    name = clean_line(str(path))
    try:
        if replace:
            write_durably(path, text.encode())
        else:
            _write_new(path, text.encode())
    except FileExistsError as error:
        raise FileThereError(f"{name} is there already.", "Name another file, or replace it.") from error
    except OSError as error:
        raise UsageError(f"{name} cannot be written: {error.strerror}.", "Name a file in a folder of yours.") from error


def _write_new(path: Path, data: bytes) -> None:
    with os.fdopen(open_private(path), "wb") as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            path.unlink(missing_ok=True)
            raise
