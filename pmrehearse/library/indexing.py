"""How does the index learn what the files of takes say?"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from sqlite3 import Connection

from pmrehearse.library.columns import SHOWN, marks_text, names_text, values_of_row
from pmrehearse.library.entries import Entry, Marks
from pmrehearse.library.index import IndexReader
from pmrehearse.library.rows import TakeRow

_COLUMNS = [name.removeprefix("takes.") for name in SHOWN.split(", ")] + ["stamp", "marked_by", "marks"]
_PUT = (
    f"INSERT INTO takes ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))}) "  # noqa: S608 - our own names
    f"ON CONFLICT (take_id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _COLUMNS[1:])}"
)
_TOUCH = "UPDATE takes SET status = ?, duration_s = ?, name = ?, tags = ?, stamp = NULL WHERE take_id = ?"


class TakeIndex(IndexReader):
    """The index of one library, asked and kept."""

    def put(self, entries: Iterable[Entry], marked_by: str = "") -> None:
        """Hold these entries, in the place of older ones of the same takes, in one transaction.

        Args:
            entries: What to hold.
            marked_by: The checks that were asked for the entries' marks.
        """
        with self._database.writing() as connection:
            for entry in entries:
                _put(connection, entry, marked_by)

    def put_words(self, entries: Iterable[Entry]) -> None:
        """Hold these entries of takes whose words are not known yet; what is known of others by now is kept."""
        with self._database.writing() as connection:
            for entry in entries:
                unread = "SELECT 1 FROM takes WHERE take_id = ? AND stamp IS NULL"
                if connection.execute(unread, (entry.row.take_id,)).fetchone():
                    _put(connection, entry, "")

    def note(self, rows: Iterable[TakeRow]) -> None:
        """Show what takes' own files say at once, and remember that the rest is to be read again."""
        with self._database.writing() as connection:
            for row in rows:
                shown = (row.status.value, row.duration_s, row.name, names_text(row.tags), row.take_id)
                if row.problem or not connection.execute(_TOUCH, shown).rowcount:
                    _put(connection, Entry(row), "")

    def knows(self, entry: Entry, marked_by: str) -> bool:
        """Whether `put` would change nothing."""
        sql = "SELECT stamp, marked_by FROM takes WHERE take_id = ?"
        wanted = (entry.stamp, marked_by if entry.was_asked else None)
        return self._database.rows(sql, (entry.row.take_id,)) == [wanted] and self.row(entry.row.take_id) == entry.row

    def restamp(self, take_id: str, before: int, after: int) -> None:
        """Know a take as it is now, of which nothing has changed that the index holds; only if it was known before."""
        with self._database.writing() as connection:
            sql = "UPDATE takes SET stamp = ? WHERE take_id = ? AND stamp = ?"
            connection.execute(sql, (after, take_id, before))

    def suspect(self, take_id: str) -> None:
        """Remember that a take is to be read again."""
        with self._database.writing() as connection:
            connection.execute("UPDATE takes SET stamp = NULL WHERE take_id = ?", (take_id,))

    def suspect_all(self) -> None:
        """Remember that every take is to be read and marked again."""
        with self._database.writing() as connection:
            connection.execute("UPDATE takes SET stamp = NULL, marked_by = NULL")

    def drop(self, take_ids: Iterable[str]) -> None:
        """Forget takes."""
        with self._database.writing() as connection:
            for take_id in take_ids:
                connection.execute(
                    "DELETE FROM said WHERE rowid = (SELECT id FROM takes WHERE take_id = ?)", (take_id,)
                )
                connection.execute("DELETE FROM takes WHERE take_id = ?", (take_id,))


def _put(connection: Connection, entry: Entry, marked_by: str) -> None:
    row = entry.row
    connection.execute(
        _PUT,
        (*values_of_row(row), entry.stamp, marked_by if entry.was_asked else None, marks_text(entry.marks)),
    )
    (take,) = connection.execute("SELECT id FROM takes WHERE take_id = ?", (row.take_id,)).fetchone()
    connection.execute("DELETE FROM said WHERE rowid = ?", (take,))
    connection.execute("INSERT INTO said (rowid, text, name) VALUES (?, ?, ?)", (take, entry.text, row.name))
    starts = struct.pack(f"<{len(entry.starts)}f", *entry.starts)
    connection.execute("INSERT OR REPLACE INTO times (take, starts) VALUES (?, ?)", (take, starts))
    _put_marks(connection, take, entry.marks)


def _put_marks(connection: Connection, take: int, marks: Marks | None) -> None:
    connection.execute("DELETE FROM verdicts WHERE take = ?", (take,))
    if marks is not None:
        connection.executemany(
            "INSERT INTO verdicts (take, element_id, verdict, at_s) VALUES (?, ?, ?, ?)",
            [(take, element_id, verdict.value, at_s) for element_id, verdict, at_s in marks.verdicts],
        )
