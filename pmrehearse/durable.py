"""How is a file written so that it is ours alone, and so that a power cut leaves the old one or the new one?

Measured on ext4 with simulated power cuts: renaming without fsync leaves an empty file; fsync of the file, rename and
fsync of the folder leaves the new one.
"""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FILE_MODE = 0o600
"""Files of the library: nobody else reads what was said."""
FOLDER_MODE = 0o700
"""Folders of the library."""


def make_private_dir(path: Path) -> None:
    """Make a folder and its missing parents; the ones made here are of mode 0700 under any umask.

    Raises:
        OSError: The folder cannot be made.
    """
    if path.is_dir():
        return
    make_private_dir(path.parent)
    path.mkdir(mode=FOLDER_MODE, exist_ok=True)
    path.chmod(FOLDER_MODE)


def open_private(path: Path) -> int:
    """Make a new file of mode 0600, never following a link, and open it for reading and writing.

    Returns:
        The file descriptor; the caller closes it.

    Raises:
        FileExistsError: There is something at `path`.
        OSError: The file cannot be made.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, FILE_MODE)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, FILE_MODE)
    return descriptor


def sync_dir(path: Path) -> None:
    """Put a folder's entries on the disk, so that a rename in it survives a power cut."""
    if os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_durably(path: Path, data: bytes) -> None:
    """Replace the file at `path` by `data`, mode 0600; on a power cut either the old or the new content stands there.

    Raises:
        OSError: The disk is full, gone or read-only; the old file is untouched.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    descriptor = open_private(part)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_dir(path.parent)
