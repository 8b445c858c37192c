"""When an element comes back."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.checking.findings import Verdict
from pmrehearse.practice.due import LONGEST_DAYS, ratings, standings
from tests.practice.making import MET, MISSING, NEAR, after, record

AGAIN, HARD, GOOD, EASY = Rating.Again, Rating.Hard, Rating.Good, Rating.Easy
Tries = tuple[tuple[float, Verdict], ...]


@pytest.mark.parametrize(
    ("tries", "grades"),
    [
        (((0, MET),), [GOOD]),
        (((0, MISSING),), [AGAIN]),
        (((0, NEAR),), [HARD]),
        (((0, MET), (24, MET)), [GOOD, EASY]),
        (((0, MET), (24, MISSING), (24.1, MET), (48, MET)), [GOOD, AGAIN, GOOD, GOOD]),
        (((0, MISSING), (0.1, MET), (0.2, MET), (24, MET)), [AGAIN, GOOD, GOOD, GOOD]),
        (((0, MET), (0.1, MET), (0.2, MISSING), (24, MET)), [GOOD, GOOD, AGAIN, EASY]),
    ],
)
def test_verdicts_are_grades(tries: Tries, grades: list[Rating]) -> None:
    """Missing: again; near: hard; met: good, and easy at the first try of two sittings in a row."""
    assert list(ratings(record(*tries).tries)) == grades


@pytest.mark.parametrize(
    ("tries", "comes_back"),
    [
        (((0, MISSING),), timedelta(minutes=10)),
        (((0, NEAR),), timedelta(minutes=15)),
        (((0, MISSING), (0.5, MET)), timedelta(days=1)),
        (((0, MET),), timedelta(days=2)),
        (((0, MET), (48, MET)), timedelta(days=19)),
        (((0, MET), (48, MET), (504, MISSING)), timedelta(minutes=10)),
    ],
)
def test_an_element_comes_back(tries: Tries, comes_back: timedelta) -> None:
    """What failed is due the same day; what was met once the day after next, then ever later (values of FSRS 6)."""
    (standing,) = standings([record(*tries)], after(2000))
    assert standing.due_at - after(tries[-1][0]) == comes_back


def test_what_is_due_longest_comes_first() -> None:
    """The order is that of the moments, whatever the order of the question."""
    early, late = record((0, MISSING)), record((0, MET))
    assert [each.record for each in standings([late, early], after(100))] == [early, late]


def test_a_day_is_that_of_the_place() -> None:
    """09:10 in Greenwich is another day ten hours to the west of the date line's other side."""
    (standing,) = standings([record((0, MISSING))], after(1))
    assert standing.due_on(UTC).isoformat() == "2026-11-01"
    assert standing.due_on(timezone(timedelta(hours=-10))).isoformat() == "2026-10-31"


Made = st.lists(st.tuples(st.floats(0.01, 400), st.sampled_from([MET, NEAR, MISSING])), min_size=1, max_size=60)


@given(Made)
def test_the_same_takes_give_the_same_day(gaps: list[tuple[float, Verdict]]) -> None:
    """No chance and no clock: replayed again, everything is as it was; nothing is due before it was tried."""
    tries: list[tuple[float, Verdict]] = []
    at = 0.0
    for hours, verdict in gaps:
        at += hours
        tries.append((at, verdict))
    once, again = (standings([record(*tries)], after(at + 50))[0] for _ in range(2))
    assert once == again
    assert timedelta(0) < once.due_at - after(at) <= timedelta(days=LONGEST_DAYS)
    assert 0.0 <= once.chance <= 1.0
    assert once.stability_days > 0
