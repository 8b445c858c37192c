"""Is the file of the index sound, whose is it, and what is done with one that is not?"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from pmrehearse.durable import sync_dir
from pmrehearse.errors import LibraryError
from pmrehearse.library.schema import APPLICATION_ID, MIGRATIONS, TABLES, version_of

BUSY_S = 5.0
"""How long writing waits for another program."""
DAMAGED_SUFFIX = ".damaged"
"""What a damaged index is called after it was moved aside; at most one is kept."""
_PRIMARY = 0xFF
"""The part of SQLite's error code that names the kind."""
_SIGNS_OF_DAMAGE = (
    "no such table",
    "no such column",
    "Could not decode to UTF-8",
    "Cannot operate on a closed database",
)
"""Errors that carry no code of damage and are met in the same way: by opening the file anew (another thread may have
closed it to do just that)."""
_UNWRITABLE = (
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
)
_REMADE = "It is made again from the takes; they are untouched."


class DamagedIndexError(LibraryError):
    """The index's file is no database of ours, or pages of it are broken."""


class NewerIndexError(LibraryError):
    """A later version of the program wrote the index."""


class UnwritableIndexError(LibraryError):
    """The index's file cannot be made or written: the disk is full, gone or read-only."""


def judge(connection: sqlite3.Connection, path: Path, *, thoroughly: bool, newest: int = len(MIGRATIONS)) -> None:
    """Refuse what is damaged, of another program, or of a later version.

    Of 150 single bits turned over in a file of 20 MB the thorough check saw 28 %: it finds broken pages, not wrong
    words.

    Args:
        connection: Open, in autocommit mode.
        path: What the file is called in messages.
        thoroughly: True to look through all of it.
        newest: The newest version that this program knows.

    Raises:
        DamagedIndexError: It is damaged, or another program's.
        NewerIndexError: A later version of the program wrote it.
    """
    is_empty = not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    version = version_of(connection)
    if is_empty and not version:
        return
    if application_id != APPLICATION_ID:
        raise DamagedIndexError(f"{path} is no index of takes.", "It is moved aside and a new one is made.")
    if version > newest:
        raise NewerIndexError(
            f"{path} was written by a later version of the program.", "Update pmrehearse; the index is untouched."
        )
    if thoroughly:
        verdict = connection.execute("PRAGMA integrity_check (1)").fetchone()[0]
        if verdict != "ok":
            raise DamagedIndexError(f"{path} is damaged: {verdict}.", _REMADE)
        connection.execute("INSERT INTO said (said) VALUES ('integrity-check')")


def judge_tables(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse an index in which a table is missing.

    Raises:
        DamagedIndexError: One is.
    """
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if not names >= TABLES:
        raise DamagedIndexError(f"Tables are missing in {path}.", _REMADE)


def move_aside(path: Path) -> None:
    """Give a damaged index another name, so that a new one can take its place.

    Raises:
        LibraryError: The disk refuses.
    """
    with explained(path):
        for suffix in ("-wal", "-shm", ""):
            old = path.with_name(path.name + suffix)
            if old.exists():
                old.replace(path.with_name(path.name + DAMAGED_SUFFIX + suffix))
        sync_dir(path.parent)


def leftovers(path: Path) -> tuple[Path, ...]:
    """Files beside an index that hold old content of it: the damaged one that was moved aside, a backup."""
    names = (f"{path.name}{DAMAGED_SUFFIX}*", f"{path.name}.before-*")
    return tuple(sorted(found for name in names for found in path.parent.glob(name)))


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's and the system's errors into the library's."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translated(path, error) from error
    except OSError as error:
        raise _unwritable(path, error.strerror or str(error)) from error


def unreadable_row(path: Path, error: Exception) -> DamagedIndexError:
    """The error for values in the index that none of ours can be."""
    return DamagedIndexError(f"The index {path} is damaged: {error}.", _REMADE)


def _translated(path: Path, error: sqlite3.Error) -> LibraryError:
    code = getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & _PRIMARY
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or str(error).startswith(_SIGNS_OF_DAMAGE):
        return unreadable_row(path, error)
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LibraryError(
            f"Another program has been writing {path} for more than {BUSY_S:g} s.", "Try again when it is done."
        )
    if primary in _UNWRITABLE:
        return _unwritable(path, str(error))
    return LibraryError(f"The index {path} cannot be used: {error}.", "`pmrehearse library rebuild` makes it again.")


def _unwritable(path: Path, why: str) -> UnwritableIndexError:
    return UnwritableIndexError(
        f"The index {path} cannot be used: {why}.", "See whether the disk is full, gone or read-only."
    )
