"""How does the index stay what the files say, whatever happens to its file?

It follows each change at once, in short transactions; what it missed (a crash, another program, takes copied in) it
catches up with by the folders' times of change. One that is damaged is moved aside and made again; one that cannot be
written, or that a later version keeps, is replaced by one in memory. No fault of the index ever reaches a recording.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pmrehearse.errors import LibraryError
from pmrehearse.library.catching_up import Progress, catch_up, fill, note_changes, read_words, silent
from pmrehearse.library.database import Database, database_in_memory, open_database
from pmrehearse.library.entries import Checks, Entry, row_of
from pmrehearse.library.indexhealth import (
    DamagedIndexError,
    NewerIndexError,
    UnwritableIndexError,
    leftovers,
    move_aside,
)
from pmrehearse.library.indexing import TakeIndex
from pmrehearse.library.lock import alone_in
from pmrehearse.library.reading import TakeReader
from pmrehearse.library.take import Take

INDEX_FILE = "library.db"
Answer = TypeVar("Answer")

_log = logging.getLogger(__name__)


class IndexKeeper:
    """Keeps the index of one library; for any thread.

    Attributes:
        path: Where its file stands or is to stand.
        notice: What the user should know of it ("kept in memory: the disk is read-only"), or "".
    """

    def __init__(self, reader: TakeReader, checks: Checks, marked_by: str) -> None:
        """Nothing is opened before the first question.

        Args:
            reader: The library's files.
            checks: What takes are marked with.
            marked_by: A name for these checks; takes that others marked are marked again.
        """
        self.path = reader.root / INDEX_FILE
        self.notice = ""
        self._reader = reader
        self._checks = checks
        self._marked_by = marked_by
        self._database: Database | None = None
        self._opening = threading.RLock()
        self._catching_up = threading.Lock()

    # ------------------------------------------------------------------ asking

    def asked(self, question: Callable[[TakeIndex], Answer]) -> Answer:
        """The answer to a question; an index that turns out to be damaged is made again first.

        Raises:
            LibraryError: There is no answer to be had.
        """
        database = self._open()
        for is_sound in (True, False):
            try:
                return question(TakeIndex(database))
            except DamagedIndexError as damage:
                _log.warning("%s", damage.message)
                database = self._renewed(database, is_sound=is_sound)
        return question(TakeIndex(database))

    def asked_for_words(self, question: Callable[[TakeIndex], Answer]) -> Answer:
        """The answer to a question of what was said: the newest takes whose words are not known yet are read first.

        Raises:
            LibraryError: There is no answer to be had.
        """
        while True:
            database = self._open()
            read_words(self._reader, self.asked)
            answer = self.asked(question)
            if self._database is database:  # else it was damaged, and another one knows less
                return answer

    # ------------------------------------------------------------------ following

    def take_saved(self, take: Take) -> None:
        """Show at once what the take's own file says; the rest is read when there is time (`learn`, `catch_up`)."""
        row = row_of(take)
        self._follow(lambda index: index.note([row]))

    def take_changed(self, take_id: str) -> None:
        """Remember that the take is to be read again."""
        self._follow(lambda index: index.suspect(take_id))

    def take_deleted(self, take_id: str) -> None:
        """Forget the take, in old copies of the index too."""
        self._follow(lambda index: index.drop([take_id]))
        try:
            self._open().forget_deleted()
            for path in leftovers(self.path):
                path.unlink(missing_ok=True)
        except (LibraryError, OSError):
            _log.warning("what was deleted may stand in the index's file for a while", exc_info=True)

    def take_packed(self, take_id: str, before: int, after: int) -> None:
        """Go on knowing a take whose sound has become a FLAC: nothing of it is to be read or marked again.

        Args:
            take_id: The take.
            before: Its folder's time of change before that, in ns.
            after: The same now.
        """
        self._follow(lambda index: index.restamp(take_id, before, after))

    def learn(self, entry: Entry) -> None:
        """Hold what is known of a take now, unless the index says just that."""

        def told(index: TakeIndex) -> None:
            if not index.knows(entry, self._marked_by):
                index.put([entry], self._marked_by)

        self._follow(told)

    # ------------------------------------------------------------------ making whole

    def note_changes(self) -> None:
        """List the takes that came or changed behind the index's back, and forget those that went.

        Raises:
            LibraryError: The library's folder cannot be read, or the disk refuses.
        """
        note_changes(self._reader, self.asked)

    def catch_up(self, on_progress: Progress = silent, *, with_marks: bool = True) -> int:
        """Read the takes that changed behind the index's back, and mark those that have no marks of these checks.

        Args:
            on_progress: Told how far it has come.
            with_marks: False to leave marks for later: they cost some ten milliseconds a take.

        Returns:
            How many takes were read.

        Raises:
            LibraryError: The library's folder cannot be read, or the disk refuses.
        """
        with self._catching_up:
            checks, n_read = self._checks if with_marks else None, 0
            while True:
                database = self._open()
                n_read += catch_up(self._reader, self.asked, checks, self._marked_by, on_progress)
                if self._database is database:  # else it was damaged, and another one knows less
                    return n_read

    def rebuild(self, on_progress: Progress = silent) -> int:
        """Make the index again from the takes; its file is looked through first.

        Returns:
            How many takes there are.

        Raises:
            LibraryError: The library's folder cannot be read, or the disk refuses.
        """
        with self._opening:
            self._shut()
            self._open(is_suspected=True)
        self.asked(lambda index: index.suspect_all())
        return self.catch_up(on_progress)

    def backup(self, target: Path) -> None:
        """Copy the index, looked through, to a file.

        Raises:
            LibraryError: The disk refuses, or the index is damaged.
        """
        self._open().backup(target)

    def close(self) -> None:
        """Close the file."""
        with self._opening:
            self._shut()

    # ------------------------------------------------------------------ inside

    def _follow(self, deed: Callable[[TakeIndex], object]) -> None:
        """Do something to the index; a fault is logged, and made good by `catch_up`."""
        try:
            self.asked(deed)
        except LibraryError:
            _log.warning("the index could not follow", exc_info=True)

    def _open(self, *, is_suspected: bool = False) -> Database:
        """The index's file, opened at the first call; one that holds nothing lists every take at once."""
        with self._opening:
            if self._database is not None and not (self._database.is_in_memory and self._may_be_kept()):
                return self._database
            self._shut()
            if not self._reader.root.is_dir():
                self._database = database_in_memory()
                return self._database
            self._database = self._opened(is_suspected=is_suspected)
            if not TakeIndex(self._database).count() and self._reader.take_ids():
                fill(self._reader, TakeIndex(self._database))
            return self._database

    def _may_be_kept(self) -> bool:
        """Whether an index in memory stands there only because there was no library yet."""
        return not self.notice and self._reader.root.is_dir()

    def _opened(self, *, is_suspected: bool) -> Database:
        try:
            with alone_in(self._reader.root):
                try:
                    return _countable(self.path, is_suspected=is_suspected)
                except DamagedIndexError as damage:
                    _log.warning("%s", damage.message)
                    move_aside(self.path)
                    return open_database(self.path)
        except (NewerIndexError, UnwritableIndexError) as refusal:
            self.notice = f"{refusal.message} Takes are listed from their files meanwhile. {refusal.hint}"
            return database_in_memory()

    def _renewed(self, damaged: Database, *, is_sound: bool) -> Database:
        """Another index in the place of one that could not be read; another thread may have made it already.

        Args:
            damaged: The one that could not be read.
            is_sound: True to believe SQLite when it finds nothing wrong; it does not see wrong values.
        """
        with self._opening:
            if self._database is damaged:
                self._shut()
                if not is_sound and not damaged.is_in_memory:
                    move_aside(self.path)
            return self._open(is_suspected=True)

    def _shut(self) -> None:
        database, self._database = self._database, None
        if database is not None:
            database.close()


def _countable(path: Path, *, is_suspected: bool) -> Database:
    """The index at `path`, in which takes can be counted: the first question of all is asked before anybody listens.

    Raises:
        LibraryError: As `open_database`; DamagedIndexError also when counting meets a broken page.
    """
    database = open_database(path, is_suspected=is_suspected)
    try:
        TakeIndex(database).count()
    except BaseException:
        database.close()
        raise
    return database
