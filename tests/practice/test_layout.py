"""The days of a loop."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.errors import UsageError
from pmrehearse.practice.layout import Known, Layout, lay_out
from tests.practice.making import LENS, LOOP, SCENARIOS, SHEET, TODAY


def _laid_out(days: int, known: dict[str, Known] | None = None) -> Layout:
    return lay_out(LOOP, TODAY + timedelta(days=days), TODAY, known or SCENARIOS)


def _days(layout: Layout) -> list[tuple[int, int]]:
    return [((sitting.day - TODAY).days, sitting.number) for sitting in layout.sittings]


def test_the_loop_s_own_days_hold_each_round_once() -> None:
    """Thirty days for five rounds: a week apart, the first today, the last with a day between it and the interview."""
    layout = _laid_out(30)
    assert _days(layout) == [(0, 1), (7, 2), (14, 3), (21, 4), (28, 5)]
    assert layout.sittings[0].scenarios == (LENS, "writer/risk")
    assert (layout.left_out, layout.remarks) == ((), ())


def test_more_days_bring_the_weakest_rounds_again() -> None:
    """With half as much time again two rounds come twice: those with the lowest coverage."""
    strong = dict.fromkeys((LENS, "writer/risk", SHEET, "writer/board"), 0.9)
    known = {name: replace(one, coverage=strong.get(name, 0.4)) for name, one in SCENARIOS.items()}
    layout = _laid_out(45, known)
    assert [(sitting.number, sitting.is_repeat) for sitting in layout.sittings] == [
        *((number, False) for number in (1, 2, 3, 4, 5)),
        (3, True),
        (5, True),
    ]
    assert layout.remarks == ("45 days for a loop of 30: rounds come again, the weakest first.",)


def test_fewer_days_bring_the_rounds_closer() -> None:
    """Nine days just hold five rounds with a day between; eight do not, and that is said."""
    assert _days(_laid_out(9)) == [(0, 1), (2, 2), (4, 3), (6, 4), (8, 5)]
    assert _laid_out(9).remarks == ("9 days for a loop of 30: the rounds stand closer together.",)
    assert "There is no room for the days between the rounds." in _laid_out(8).remarks


def test_with_little_time_rounds_that_stand_are_left_out() -> None:
    """What had 80 % and more in its last takes gives its day to the others."""
    known = SCENARIOS | {SHEET: replace(SCENARIOS[SHEET], coverage=0.8)}
    layout = _laid_out(12, known)
    assert [sitting.number for sitting in layout.sittings] == [1, 3, 4, 5]
    assert layout.left_out == (SHEET,)
    assert "Round 2 stands already (80% and more in the last takes) and is left out." in layout.remarks
    assert [sitting.number for sitting in _laid_out(30, known).sittings] == [1, 2, 3, 4, 5]


def test_on_few_days_rounds_share_one() -> None:
    """The shortest neighbours share a day; what goes over the minutes of a round is left out, the strongest first."""
    assert _days(_laid_out(4)) == [(0, 1), (0, 2), (1, 3), (2, 4), (3, 5)]
    known = SCENARIOS | {"writer/talk": replace(SCENARIOS["writer/talk"], coverage=0.2)}
    one_day = _laid_out(1, known)
    assert one_day.left_out == ("writer/board",)
    assert one_day.remarks[-1] == "What does not fit into 90 minutes a day is left out, what went best first."


def test_on_the_day_itself_there_is_a_warm_up() -> None:
    """Twenty minutes of what is short and weak."""
    layout = _laid_out(0)
    assert sum(SCENARIOS[name].seconds for sitting in layout.sittings for name in sitting.scenarios) <= 20 * 60
    assert "writer/board" in layout.left_out
    assert layout.remarks == ("The interview is today: only what is short, to warm up.",)


@pytest.mark.parametrize(("days", "said"), [(-1, "was yesterday"), (-9, "was 9 days ago")])
def test_an_interview_that_is_over_is_refused(days: int, said: str) -> None:
    """Nothing can be rehearsed for it."""
    with pytest.raises(UsageError, match=said):
        _laid_out(days)


def test_scenarios_that_there_are_not_are_passed_over() -> None:
    """A round without any gets no day; a loop without any is refused."""
    known = {name: one for name, one in SCENARIOS.items() if name != "writer/board"}
    assert [sitting.number for sitting in _laid_out(30, known).sittings] == [1, 2, 3, 5]
    with pytest.raises(UsageError, match="No scenario of the loop"):
        _laid_out(30, {"medium/x": Known("X", 60)})


coverages = st.dictionaries(st.sampled_from(sorted(SCENARIOS)), st.floats(0, 1))


@given(st.integers(0, 200), coverages)
def test_every_layout_keeps_the_calendar(days: int, coverage: dict[str, float]) -> None:
    """Days rise and lie before the interview; every scenario is rehearsed or named as left out; rooms are kept."""
    known = {name: replace(one, coverage=coverage.get(name)) for name, one in SCENARIOS.items()}
    layout = _laid_out(days, known)
    offsets = [offset for offset, _ in _days(layout)]
    assert offsets == sorted(offsets)
    assert all(0 <= offset < max(days, 1) for offset in offsets)
    rehearsed = {name for sitting in layout.sittings for name in sitting.scenarios}
    assert rehearsed | set(layout.left_out) == set(SCENARIOS)
    assert not rehearsed & set(layout.left_out)
    if days >= 30:
        assert all(later - earlier >= 2 for earlier, later in pairwise(offsets))
        assert offsets[-1] <= days - 2
