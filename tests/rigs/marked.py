"""How does the index give what was marked? From rows and verdicts that a test made by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pmrehearse.library.columns import microseconds
from pmrehearse.library.rows import MarkedTake

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pmrehearse.library.rows import VerdictRow
    from pmrehearse.ui.take_ports import TakeRowPort


def marked_takes(rows: Iterable[TakeRowPort], verdicts: Iterable[VerdictRow]) -> tuple[MarkedTake, ...]:
    """The rows that have verdicts, the oldest first."""
    said: dict[str, list[tuple[str, str]]] = {}
    for one in verdicts:
        said.setdefault(one.take_id, []).append((one.element_id, one.verdict.value))
    in_order = sorted((row for row in rows if row.take_id in said), key=lambda row: (row.started_at, row.take_id))
    return tuple(
        MarkedTake(
            row.take_id,
            row.scenario_id,
            row.title,
            microseconds(row.started_at),
            " ".join(f"{element_id}={verdict}" for element_id, verdict in sorted(said[row.take_id])),
            0,
            row.duration_s,
            row.planned_s,
            row.words_per_minute,
            json.dumps(row.tags),
        )
        for row in in_order
    )
