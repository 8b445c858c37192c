"""Which takes are there, which of them are wanted, and which of them say this? Answered from one SQLite file.

It holds nothing that the takes' own files do not say, and can be made from them again at any time.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from pmrehearse.library.columns import (
    MARKED,
    SHOWN,
    marked_take_of_values,
    row_of_values,
    verdict_row_of_values,
    where,
)
from pmrehearse.library.database import Database
from pmrehearse.library.indexhealth import unreadable_row
from pmrehearse.library.rows import EVERY, Hit, MarkedTake, TakeFilter, TakeRow, VerdictRow
from pmrehearse.library.snippets import CLOSE, OPEN, fts_query, snippet_of
from pmrehearse.library.take import TakeStatus

Value = TypeVar("Value")

MOST_RANKED = 2_000
"""Takes among which a search looks for the best: a word that more of them say tells none from another."""


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

    def ids_with(self, part: str) -> tuple[str, ...]:
        """The takes whose ids hold this text, the newest first."""
        sql = "SELECT take_id FROM takes WHERE instr (take_id, ?) ORDER BY started_us DESC, take_id DESC"
        return self._values(_text, sql, (part,))

    def search(self, text: str, wanted: TakeFilter = EVERY, limit: int = 20, offset: int = 0) -> tuple[Hit, ...]:
        """The wanted takes whose transcript or name says this, the best first.

        Of more than MOST_RANKED that do, only those that the index learned last are ranked and found.

        Args:
            text: Words that must all be there; in quotes, words that must follow one another.
            wanted: Which takes to look at.
            limit: At most so many, ≥ 1.
            offset: How many of the best to leave out.
        """
        query = fts_query(text)
        best = self._best(query, wanted, limit, offset) if query else []
        if not best:
            return ()
        places = ", ".join(map(str, best))  # numbers; more of them than a statement may have parameters
        sql = (
            f"SELECT takes.id, {SHOWN}, highlight (said, 0, ?, ?), times.starts FROM said "  # noqa: S608 - the same
            "CROSS JOIN takes ON takes.id = said.rowid LEFT JOIN times ON times.take = takes.id "
            f"WHERE said MATCH ? AND said.rowid BETWEEN ? AND ? AND +said.rowid IN ({places})"
        )
        found = dict(self._values(_hit, sql, (OPEN, CLOSE, query, min(best), max(best))))
        return tuple(found[place] for place in best if place in found)

    def _best(self, query: str, wanted: TakeFilter, limit: int, offset: int) -> list[int]:
        """The rows of the wanted takes that fit best: ranking all that say "the" would take as long as all else."""
        conditions, parameters = where(wanted, "said MATCH ?")
        sql = (
            "SELECT id FROM (SELECT takes.id AS id, takes.started_us AS started_us, said.rank AS fit FROM said "  # noqa: S608 - our own names
            f"CROSS JOIN takes ON takes.id = said.rowid {conditions} ORDER BY said.rowid DESC LIMIT ?) "
            "ORDER BY fit, started_us DESC LIMIT ? OFFSET ?"
        )
        return list(self._values(_place, sql, (query, *parameters, MOST_RANKED, limit, offset)))

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

    def marked(self) -> tuple[MarkedTake, ...]:
        """Every take that was marked, the oldest first."""
        sql = f"SELECT {MARKED} FROM takes WHERE marks <> '' ORDER BY started_us, take_id"  # noqa: S608 - our own names
        return self._values(marked_take_of_values, sql, ())

    def revision(self) -> tuple[int, int]:
        """Another value whenever the index may have changed, in this program or in another."""
        return self._database.revision()

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


def _hit(values: tuple[Any, ...]) -> tuple[int, Hit]:
    place, *row, marked, blob = values
    starts = struct.unpack(f"<{len(blob) // 4}f", blob) if blob else ()
    snippet, at_s = snippet_of(marked or "", starts)
    return int(place), Hit(row_of_values(tuple(row)), snippet, at_s)


def _place(values: tuple[Any, ...]) -> int:
    return int(values[0])


def _text(values: tuple[Any, ...]) -> str:
    return str(values[0])


def _number(found: list[tuple[object, ...]]) -> int:
    return int(str(found[0][0]))
