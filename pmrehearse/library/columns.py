"""How does a take stand in the columns of the index?"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from pmrehearse.checking.findings import Verdict
from pmrehearse.library.rows import EPOCH, MarkedTake, TakeFilter, TakeRow, VerdictRow, verdicts_of
from pmrehearse.library.take import TakeStatus

if TYPE_CHECKING:
    from pmrehearse.library.entries import Marks

_US = timedelta(microseconds=1)
_STATUSES = {status.value: status for status in TakeStatus}
SHOWN = (
    "takes.take_id, takes.scenario_id, takes.title, takes.started_us, takes.status, takes.duration_s, takes.planned_s, "
    "takes.n_met, takes.n_elements, takes.n_raised, takes.words_per_minute, takes.n_fillers, takes.raised, "
    "takes.name, takes.tags, takes.problem"
)
"""The columns of a TakeRow, as `row_of_values` wants them."""


MARKED = (
    "takes.take_id, takes.scenario_id, takes.title, takes.started_us, takes.marks, takes.n_raised, takes.duration_s, "
    "takes.planned_s, takes.words_per_minute, takes.tags"
)
"""The columns of a MarkedTake, as `marked_take_of_values` wants them."""


def values_of_row(row: TakeRow) -> tuple[object, ...]:
    """The values of SHOWN."""
    return (
        row.take_id,
        row.scenario_id,
        row.title,
        microseconds(row.started_at),
        row.status.value,
        row.duration_s,
        row.planned_s,
        row.n_met,
        row.n_elements,
        row.n_raised,
        row.words_per_minute,
        row.n_fillers,
        names_text(row.raised),
        row.name,
        names_text(row.tags),
        row.problem,
    )


def where(wanted: TakeFilter, *first: str) -> tuple[str, tuple[object, ...]]:
    """The conditions of a filter after others whose parameters come first."""
    asked: list[tuple[str, object]] = []
    if wanted.scenario_id:
        asked.append(("takes.scenario_id = ?", wanted.scenario_id))
    if wanted.pack:
        asked.append(("substr(takes.scenario_id, 1, instr(takes.scenario_id, '/') - 1) = ?", wanted.pack))
    if wanted.status is not None:
        asked.append(("takes.status = ?", wanted.status.value))
    if wanted.tag:
        asked.append(("EXISTS (SELECT 1 FROM json_each (takes.tags) WHERE value = ?)", wanted.tag))
    if wanted.since is not None:
        asked.append(("takes.started_us >= ?", microseconds(wanted.since)))
    if wanted.until is not None:
        asked.append(("takes.started_us < ?", microseconds(wanted.until)))
    if wanted.is_waiting:
        first = (*first, f"takes.status <> '{TakeStatus.TRANSCRIBED.value}' AND takes.problem = ''")
    conditions = [*first, *(condition for condition, _ in asked)]
    return f"WHERE {' AND '.join(conditions)}" if conditions else "", tuple(value for _, value in asked)


def row_of_values(values: tuple[Any, ...]) -> TakeRow:
    """The take of one answer that asked for SHOWN."""
    take_id, scenario_id, title, started_us, status, *figures, name, tags, problem = values
    duration_s, planned_s, n_met, n_elements, n_raised, words_per_minute, n_fillers, raised = figures
    return TakeRow(
        take_id,
        scenario_id,
        title,
        EPOCH + started_us * _US,
        _STATUSES[status],
        duration_s,
        planned_s,
        n_met,
        n_elements,
        n_raised,
        words_per_minute,
        n_fillers,
        _names(raised),
        name,
        _names(tags),
        problem,
    )


def verdict_row_of_values(values: tuple[Any, ...]) -> VerdictRow:
    """The verdict of one answer: take, scenario, start, element, verdict, time."""
    take_id, scenario_id, started_us, element_id, verdict, at_s = values
    return VerdictRow(take_id, scenario_id, EPOCH + started_us * _US, element_id, Verdict(verdict), at_s)


def marks_text(marks: Marks | None) -> str:
    """Verdicts as "ELEMENT=VERDICT" in the order of the elements' ids, which hold neither sign; "" for none."""
    said = sorted((element_id, verdict.value) for element_id, verdict, _ in marks.verdicts) if marks else ()
    return " ".join(f"{element_id}={verdict}" for element_id, verdict in said)


def marked_take_of_values(values: tuple[Any, ...]) -> MarkedTake:
    """The take of one answer that asked for MARKED."""
    take = MarkedTake._make(values)
    verdicts_of(take.marks)  # damage shows here, and not where the verdicts are looked at
    return take


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970, which order as moments do."""
    return (moment - EPOCH) // _US


def names_text(names: tuple[str, ...]) -> str:
    """Tags or ids as a JSON list, which SQLite can look into."""
    return json.dumps(names, ensure_ascii=False)


def _names(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text != "[]" else ()
