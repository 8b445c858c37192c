"""A plan that is followed, or not."""

from __future__ import annotations

from datetime import UTC, date, timedelta

from pmrehearse.checking.findings import Verdict
from pmrehearse.library.rows import MarkedTake
from pmrehearse.practice.plan import Due, LastTake, Plan, Wish, plan
from pmrehearse.practice.records import records
from tests.practice.making import FIRST, LENS, LOOP, MET, MISSING, SCENARIOS, SHEET, rehearsal

MADE = FIRST.date()
WISH = Wish("writer", MADE + timedelta(days=30), MADE)


def _plan(day: int, *takes: MarkedTake, wish: Wish = WISH) -> Plan:
    return plan(LOOP, wish, MADE + timedelta(days=day), SCENARIOS, records(takes), UTC)


def _take(day: int, scenario_id: str, verdict: Verdict = MET) -> MarkedTake:
    return rehearsal(day, {"sample": verdict, "metric": MET}, scenario_id)


def test_a_new_plan_begins_today() -> None:
    """The first round is due, the others come later, and nothing has been rehearsed."""
    made = _plan(0)
    assert [each.due for each in made.rehearsals] == [Due.TODAY, *[Due.LATER] * 4]
    assert [each.number for each in made.now] == [1]
    assert made.next is not None
    assert made.next.day == MADE + timedelta(days=7)
    assert made.days_left == 30
    assert made.rehearsals[0].scenarios[0].last is None


def test_a_round_is_done_when_all_of_it_was_rehearsed() -> None:
    """One of two scenarios leaves it open; the last take of each stands beside it."""
    half = _plan(1, _take(0, LENS, MISSING))
    assert [part.is_done for part in half.rehearsals[0].scenarios] == [True, False]
    assert half.rehearsals[0].due is Due.OVERDUE
    assert half.rehearsals[0].scenarios[0].last == LastTake("take-0", MADE, 1, 2)
    whole = _plan(1, _take(0, LENS), _take(1, "writer/risk"))
    assert whole.rehearsals[0].due is Due.DONE
    assert whole.now == ()


def test_what_was_rehearsed_before_the_plan_does_not_do_its_rounds() -> None:
    """The plan asks for its own rehearsals; the takes before it show how things stood."""
    later = Wish("writer", MADE + timedelta(days=40), MADE + timedelta(days=10))
    made = _plan(10, _take(0, LENS), _take(1, "writer/risk"), wish=later)
    assert made.rehearsals[0].due is Due.TODAY
    assert made.rehearsals[0].scenarios[0].last == LastTake("take-0", MADE, 2, 2)


def test_the_days_stay_while_the_plan_is_followed() -> None:
    """Takes made since do not move the days, however well they went."""
    short = Wish("writer", MADE + timedelta(days=12), MADE)
    before = _plan(0, wish=short)
    after = _plan(3, _take(0, LENS), _take(0, "writer/risk"), _take(1, SHEET), wish=short)
    assert [each.day for each in after.rehearsals] == [each.day for each in before.rehearsals]


def test_a_repeat_asks_for_another_take() -> None:
    """The second rehearsal of a round is done by a second take of each scenario."""
    long = Wish("writer", MADE + timedelta(days=60), MADE)
    once = [_take(0, LENS), _take(0, "writer/risk")]
    made = _plan(50, *once, wish=long)
    first, second = (each for each in made.rehearsals if each.number == 1)
    assert (first.due, second.is_repeat, second.due) == (Due.DONE, True, Due.OVERDUE)
    again = _plan(50, *once, _take(40, LENS), _take(40, "writer/risk"), wish=long)
    assert [each.due for each in again.rehearsals if each.number == 1] == [Due.DONE, Due.DONE]


def test_a_plan_that_is_not_followed_says_so() -> None:
    """Two rehearsals late: they come next, and the plan can be made anew."""
    assert _plan(1).remarks == ()
    late = _plan(8)
    assert [each.number for each in late.now] == [1, 2]
    assert late.remarks[-1].startswith("2 rehearsals are overdue")


def test_what_is_missing_is_named() -> None:
    """Scenarios of the loop that there are not stand apart."""
    known = {name: one for name, one in SCENARIOS.items() if name != SHEET}
    made = plan(LOOP, WISH, MADE, known, records([]), UTC)
    assert made.missing == (SHEET,)


def test_days_are_those_of_the_place() -> None:
    """A take late in the evening counts for its own day there."""
    late = rehearsal(0, {"sample": MET}, SHEET)
    made = plan(LOOP, Wish("writer", date(2026, 12, 1), MADE), MADE, SCENARIOS, records([late]), UTC)
    last = next(part.last for each in made.rehearsals for part in each.scenarios if part.scenario_id == SHEET)
    assert last is not None
    assert last.on == MADE
