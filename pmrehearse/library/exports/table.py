"""How do all takes become one table for a spreadsheet?

CSV as RFC 4180 has it: commas, quotes only where they are needed, CR LF at the end of each line. A text that came from
outside and that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from pmrehearse.checking.findings import Verdict
from pmrehearse.cleaning import clean_line
from pmrehearse.library.rows import TakeRow, VerdictRow

COLUMNS = (
    "id",
    "date",
    "scenario",
    "title",
    "name",
    "tags",
    "status",
    "seconds",
    "target_seconds",
    "coverage",
    "words_per_minute",
    "fillers",
    "asked",
    "met",
    "elements_met",
    "elements_not_met",
    "flags",
)
"""The names of the columns, kept for those who read them."""
_FORMULA = ("=", "+", "-", "@")
_NOT_MET = (Verdict.NEAR, Verdict.MISSING)


def takes_csv(rows: Iterable[TakeRow], verdicts: Iterable[VerdictRow]) -> str:
    """The takes as CSV, one a line under the names of the columns, in the order in which they come.

    Dates are those of this place, lengths are seconds, coverage is in [0, 1]; what is not known is empty. Lists of
    elements and flags are their ids with spaces between them.

    Args:
        rows: The takes.
        verdicts: What they say of their elements; those of other takes are passed over.
    """
    said: dict[str, list[VerdictRow]] = {}
    for verdict in verdicts:
        said.setdefault(verdict.take_id, []).append(verdict)
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    writer.writerows(list(_cells(row, said.get(row.take_id, ()))) for row in rows)
    return table.getvalue()


def inert(text: str) -> str:
    """The text on one line, with an apostrophe before it where a spreadsheet would compute it.

    Wide and small forms of = + - @ count as these, and so does what stands behind blanks; tabs and line ends, which
    some programs strip before they look, are blanks by then.
    """
    line = clean_line(text)
    return f"'{line}" if unicodedata.normalize("NFKC", line.lstrip()).startswith(_FORMULA) else line


def _cells(row: TakeRow, said: Sequence[VerdictRow]) -> Iterator[str]:
    yield inert(row.take_id)
    yield row.started_at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    yield inert(row.scenario_id)
    yield inert(row.title)
    yield inert(row.name)
    yield inert(", ".join(row.tags))
    yield "damaged" if row.problem else row.status.value
    yield _number(row.duration_s or None, 1)
    yield _number(row.planned_s or None, 1)
    yield _number(row.coverage, 3)
    yield _number(row.words_per_minute, 1)
    yield _number(row.n_fillers, 0)
    yield _number(row.n_elements, 0)
    yield _number(row.n_met, 0)
    yield inert(" ".join(each.element_id for each in said if each.verdict is Verdict.MET))
    yield inert(" ".join(each.element_id for each in said if each.verdict in _NOT_MET))
    yield inert(" ".join(row.raised))


def _number(value: float | None, digits: int) -> str:
    """A number without a group sign; "" where it is not known."""
    return "" if value is None else f"{value:.{digits}f}"
