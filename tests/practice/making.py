"""Rehearsals, scenarios and loops that the tests of practice count with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from pmrehearse.checking.findings import Verdict
from pmrehearse.library.columns import microseconds
from pmrehearse.library.rows import MarkedTake
from pmrehearse.practice.layout import Known
from pmrehearse.practice.records import ElementRecord, ElementTry
from pmrehearse.scenario.ids import drill_id
from pmrehearse.scenario.model import Loop

MET, NEAR, MISSING, UNKNOWN = Verdict.MET, Verdict.NEAR, Verdict.MISSING, Verdict.UNKNOWN
FIRST = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 26)
LENS, SHEET = "writer/lens", "writer/sheet"
LOOP = Loop(
    "writer",
    "Five rounds",
    30,
    1,
    ((LENS, "writer/risk"), (SHEET,), ("writer/case", "writer/budget"), ("writer/board",), ("writer/talk",)),
    (60, 90),
)
SCENARIOS = {
    name: Known(name.partition("/")[2].title(), 60 * minutes)
    for name, minutes in (
        (LENS, 3),
        ("writer/risk", 4),
        (SHEET, 10),
        ("writer/case", 12),
        ("writer/budget", 8),
        ("writer/board", 90),
        ("writer/talk", 5),
    )
}


def after(hours: float) -> datetime:
    """A moment so many hours after the first."""
    return FIRST + timedelta(hours=hours)


def rehearsal(number: int, verdicts: dict[str, Verdict], scenario_id: str = LENS, drilled: str = "") -> MarkedTake:
    """The take of a day, counted from 0."""
    said = " ".join(f"{element_id}={verdict}" for element_id, verdict in sorted(verdicts.items()))
    name = drill_id(scenario_id, drilled) if drilled else scenario_id
    return MarkedTake(
        f"take-{number}", name, "Lens", microseconds(after(24 * number)), said, 0, 170.0, 180.0, None, "[]"
    )


def record(*tries: tuple[float, Verdict]) -> ElementRecord:
    """The record of an element that was tried so many hours after the first moment."""
    made = tuple(ElementTry(f"take-{at}", after(at), verdict, is_drill=False) for at, verdict in tries)
    return ElementRecord(LENS, "sample", made)
