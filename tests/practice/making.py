"""Rehearsals, scenarios and loops that the tests of practice count with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from pmrehearse.checking.findings import Verdict
from pmrehearse.practice.layout import Known
from pmrehearse.practice.records import ElementRecord, ElementTry
from pmrehearse.practice.rehearsals import Rehearsal
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


def rehearsal(number: int, verdicts: dict[str, Verdict], scenario_id: str = LENS, drilled: str = "") -> Rehearsal:
    """The take of a day, counted from 0."""
    said = tuple(sorted(verdicts.items()))
    return Rehearsal(f"take-{number}", scenario_id, drilled, "Lens", after(24 * number), said, duration_s=170.0)


def record(*tries: tuple[float, Verdict]) -> ElementRecord:
    """The record of an element that was tried so many hours after the first moment."""
    made = tuple(ElementTry(f"take-{at}", after(at), verdict, is_drill=False) for at, verdict in tries)
    return ElementRecord(LENS, "sample", made)
