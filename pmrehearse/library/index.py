"""Which takes are there, which of them are wanted, and which of them say this? Answered from one SQLite file.

It holds nothing that the takes' own files do not say, and can be made from them again at any time.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from pmrehearse.library.columns import SHOWN, row_of_values, verdict_row_of_values, where
from pmrehearse.library.database import Database
from pmrehearse.library.indexhealth import unreadable_row
from pmrehearse.library.rows import EVERY, Hit, TakeFilter, TakeRow, VerdictRow
from pmrehearse.library.snippets import CLOSE, OPEN, fts_query, snippet_of
from pmrehearse.library.take import TakeStatus

Value = TypeVar("Value")


class IndexReader:
    """The index of one library, as far as it is asked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rows(self, wanted: TakeFilter = EVERY, limit: int | None = None, offset: int = 0) -> tuple[TakeRow, ...]:
        """The wanted takes, the newest first.

        Args:
            wanted: Which.
            limit: At most so many; None for all.
            offset: How many of the newest to leave out.
        """
        conditions, parameters = where(wanted)
        sql = f"SELECT {SHOWN} FROM takes {conditions} ORDER BY started_us DESC, take_id DESC LIMIT ? OFFSET ?"  # noqa: S608 - our own names
        return self._values(row_of_values, sql, (*parameters, -1 if limit is None else limit, offset))

    def count(self, wanted: TakeFilter = EVERY) -> int:
        """How many takes are wanted."""
        conditions, parameters = where(wanted)
        return _number(self._database.rows(f"SELECT count(*) FROM takes {conditions}", parameters))  # noqa: S608 - our own names

    def row(self, take_id: str) -> TakeRow | None:
        """One take; None when the index does not know it."""
        found = self._values(row_of_values, f"SELECT {SHOWN} FROM takes WHERE take_id = ?", (take_id,))  # noqa: S608 - our own names
        return found[0] if found else None

    def search(self, text: str, wanted: TakeFilter = EVERY, limit: int = 20, offset: int = 0) -> tuple[Hit, ...]:
        """The wanted takes whose transcript or name says this, the best first.

        Args:
            text: Words that must all be there; in quotes, words that must follow one another.
            wanted: Which takes to look at.
            limit: At most so many, ≥ 1.
            offset: How many of the best to leave out.
        """
        query = fts_query(text)
        if not query:
            return ()
        conditions, parameters = where(wanted, "said MATCH ?")
        sql = (
            f"SELECT {SHOWN}, highlight (said, 0, ?, ?), times.starts FROM said JOIN takes ON takes.id = said.rowid "  # noqa: S608 - our own names
            f"LEFT JOIN times ON times.take = takes.id {conditions} "
            "ORDER BY said.rank, takes.started_us DESC LIMIT ? OFFSET ?"
        )
        return self._values(_hit, sql, (OPEN, CLOSE, query, *parameters, limit, offset))

    def count_found(self, text: str, wanted: TakeFilter = EVERY) -> int:
        """How many takes `search` finds in all."""
        query = fts_query(text)
        conditions, parameters = where(wanted, "said MATCH ?")
        sql = f"SELECT count(*) FROM said JOIN takes ON takes.id = said.rowid {conditions}"  # noqa: S608 - our own names
        return _number(self._database.rows(sql, (query, *parameters))) if query else 0

    def verdicts(self, wanted: TakeFilter = EVERY, element_id: str = "") -> tuple[VerdictRow, ...]:
        """What the wanted takes say of each element, the oldest take first, elements in the order of their ids.

        Args:
            wanted: Which takes.
            element_id: Only this element; "" for all.
        """
        conditions, parameters = where(wanted, *(("verdicts.element_id = ?",) if element_id else ()))
        sql = (
            "SELECT takes.take_id, takes.scenario_id, takes.started_us, verdicts.element_id, verdicts.verdict, "  # noqa: S608 - our own names
            f"verdicts.at_s FROM verdicts JOIN takes ON takes.id = verdicts.take {conditions} "
            "ORDER BY takes.started_us, takes.take_id, verdicts.element_id"
        )
        return self._values(verdict_row_of_values, sql, (*((element_id,) if element_id else ()), *parameters))

    def scenario_ids(self) -> tuple[str, ...]:
        """The scenarios that takes were made of."""
        return self._values(_text, "SELECT DISTINCT scenario_id FROM takes ORDER BY scenario_id", ())

    def stamps(self) -> Mapping[str, int | None]:
        """Every take that is known, and the state of its folder that was read; None when it must be read again."""
        found: list[Any] = self._database.rows("SELECT take_id, stamp FROM takes")
        return dict(found)

    def unread(self) -> tuple[str, ...]:
        """Takes of which only what lists show is known, the newest first: their words are still to be read."""
        return self._values(_text, "SELECT take_id FROM takes WHERE stamp IS NULL ORDER BY started_us DESC", ())

    def unmarked(self, marked_by: str) -> tuple[str, ...]:
        """Transcribed takes that other checks were asked to mark, or none, the newest first."""
        sql = "SELECT take_id FROM takes WHERE status = ? AND marked_by IS NOT ? ORDER BY started_us DESC"
        return self._values(_text, sql, (TakeStatus.TRANSCRIBED.value, marked_by))

    def not_transcribed(self) -> tuple[str, ...]:
        """Takes that are being recorded, were cut short, or wait, and those whose file is damaged."""
        sql = "SELECT take_id FROM takes WHERE status <> ? OR problem <> '' ORDER BY take_id"
        return self._values(_text, sql, (TakeStatus.TRANSCRIBED.value,))

    def _values(
        self, build: Callable[[tuple[Any, ...]], Value], sql: str, parameters: Sequence[object]
    ) -> tuple[Value, ...]:
        """The values that an answer's rows make; a row that makes none is damage that SQLite did not see."""
        found = self._database.rows(sql, parameters)
        try:
            return tuple(build(values) for values in found)
        except (ValueError, TypeError, LookupError, OverflowError, struct.error) as error:
            raise unreadable_row(self._database.path, error) from error


def _hit(values: tuple[Any, ...]) -> Hit:
    *row, marked, blob = values
    starts = struct.unpack(f"<{len(blob) // 4}f", blob) if blob else ()
    snippet, at_s = snippet_of(marked or "", starts)
    return Hit(row_of_values(tuple(row)), snippet, at_s)


def _text(values: tuple[Any, ...]) -> str:
    return str(values[0])


def _number(found: list[tuple[object, ...]]) -> int:
    return int(str(found[0][0]))
