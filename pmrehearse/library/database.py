"""How is the index's file opened, judged and written, so that a cut, a second program or a damaged page loses nothing?

WAL with synchronous=FULL: with NORMAL a power cut took 20 s of commits, with FULL none (4 ms a commit). Writing begins
with BEGIN IMMEDIATE, which waits for another program; a deferred BEGIN fails at once where it should wait. The file is
an index: one that is damaged is moved aside and made again from the takes.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from pmrehearse.durable import FILE_MODE, open_private, sync_dir
from pmrehearse.library.indexhealth import BUSY_S, explained, judge, judge_tables
from pmrehearse.library.schema import MIGRATIONS, Migrations, migrate, version_of

_MEMORY = Path(":memory:")


class Database:
    """One connection to an index, for any thread, one at a time."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._lock = threading.RLock()

    @property
    def is_in_memory(self) -> bool:
        """True when nothing of it is kept."""
        return self.path == _MEMORY

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """The answer to a question.

        Raises:
            LibraryError: The file cannot be read; DamagedIndexError when it is damaged.
        """
        with self._lock, explained(self.path):
            return self._connection.execute(sql, tuple(parameters)).fetchall()

    def revision(self) -> tuple[int, int]:
        """Another value after each change of the file, by this connection or by another.

        Raises:
            LibraryError: The file cannot be read; DamagedIndexError when it is damaged.
        """
        with self._lock, explained(self.path):
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()
            return int(version), self._connection.total_changes

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing.

        Raises:
            LibraryError: The disk refuses, or another program writes for too long; DamagedIndexError when the file is
                damaged.
        """
        with self._lock, explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def forget_deleted(self) -> None:
        """Let nothing of what was deleted stand in the file or its log.

        Raises:
            LibraryError: The disk refuses.
        """
        with self._lock, explained(self.path):
            self._connection.execute("INSERT INTO said (said) VALUES ('optimize')")
            self._connection.execute("PRAGMA wal_checkpoint (TRUNCATE)")

    def backup(self, target: Path) -> None:
        """Copy the index while it is in use; the copy is looked through before it takes its name.

        Raises:
            LibraryError: The index is damaged, or the disk refuses; what stood at `target` stands.
        """
        part = target.with_name(f".{target.name}.part")
        with explained(target):
            part.unlink(missing_ok=True)
            os.close(open_private(part))
            try:
                with contextlib.closing(_connect(part)) as copy:
                    with self._lock:
                        self._connection.backup(copy)
                    copy.execute("PRAGMA journal_mode = DELETE")
                    judge(copy, target, thoroughly=True)
                part.replace(target)
                sync_dir(target.parent)
            finally:
                part.unlink(missing_ok=True)

    def close(self) -> None:
        """Close; closing twice does nothing."""
        with self._lock:
            self._connection.close()


def open_database(path: Path, *, is_suspected: bool = False, migrations: Migrations = MIGRATIONS) -> Database:
    """The index at `path`; a new one where there is none.

    Args:
        path: Where it stands or is to stand; its folder must be there.
        is_suspected: True to look through the whole file, because reading it failed.
        migrations: The steps from version to version.

    Raises:
        DamagedIndexError: It is damaged, or no index of ours; it was left as it is.
        NewerIndexError: A later version of the program wrote it; it was left as it is.
        LibraryError: The disk refuses.
    """
    with explained(path):
        wal = path.with_name(f"{path.name}-wal")
        was_cut = wal.exists() and wal.stat().st_size > 0
        if not path.exists():
            with contextlib.suppress(FileExistsError):
                os.close(open_private(path))
        connection = _connect(path)
        try:
            judge(connection, path, thoroughly=is_suspected or was_cut, newest=len(migrations))
            if hasattr(os, "chmod"):
                path.chmod(FILE_MODE)
            _prepare(connection)
            if 0 < version_of(connection) < len(migrations):
                _migrate_with_backup(path, connection, migrations)
            else:
                migrate(connection, migrations)
            judge_tables(connection, path)
        except BaseException:
            connection.close()
            raise
    return Database(path, connection)


def database_in_memory() -> Database:
    """An index that is kept nowhere, for a library that cannot be written or that a later version keeps."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    migrate(connection)
    return Database(_MEMORY, connection)


def _connect(path: Path) -> sqlite3.Connection:
    """Open an existing file for reading and writing, in autocommit mode."""
    uri = f"{path.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(uri, uri=True, timeout=BUSY_S, isolation_level=None, check_same_thread=False)


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")


def _migrate_with_backup(path: Path, connection: sqlite3.Connection, migrations: Migrations) -> None:
    """Migrate an index that has content; its old state is kept until the new one has been looked through."""
    before = path.with_name(f"{path.name}.before-{version_of(connection) + 1}")
    Database(path, connection).backup(before)
    migrate(connection, migrations)
    judge(connection, path, thoroughly=True, newest=len(migrations))
    before.unlink(missing_ok=True)
