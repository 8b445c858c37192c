"""Practice over a real library: typed takes of real scenarios."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING

import pytest

from pmrehearse.checking.findings import Verdict
from pmrehearse.session.practising import Practice
from tests.session.conftest import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmrehearse.bootstrap import Program
    from pmrehearse.library.report import Report

LENS = "writer/three-phase-lens"
SAMPLE = f"{LENS}:sample-size"
GOOD = "For the sample, I want 24,000 writers, 12,000 in each group."


def test_a_drill_counts_for_its_element(program: Program) -> None:
    """A take of the scenario and a drill of one element are tries of the same element."""
    say(program, LENS, "I would take two thousand people from the waiting list and ask them.")
    say(program, SAMPLE, GOOD)
    known = program.practice.records()
    record = known.element(LENS, "sample-size")
    assert record is not None
    assert [(each.verdict is Verdict.MET, each.is_drill) for each in record.tries] == [(False, False), (True, True)]
    assert known.n_drills == 1
    assert len(known.scenarios) == 1


def test_what_is_due_is_the_same_after_a_rebuild(program: Program) -> None:
    """Nothing is kept beside the takes: the index made anew gives the same elements and days."""
    say(program, LENS, "We would ask two thousand people, and our primary metric is weekly active writers.")
    say(program, SAMPLE, "We have nine hundred users and that is a fine sample.")
    before = program.practice.standings()
    assert {each.standing.record.scenario_id for each in before} == {LENS}
    assert before[0].drill.startswith(LENS)
    assert before[0].title
    program.library.rebuild()
    after = program.practice.standings()
    assert [(each.drill, each.standing.due_at) for each in after] == [
        (each.drill, each.standing.due_at) for each in before
    ]
    today = program.practice.today
    assert [each.drill for each in program.practice.due()] == [
        each.drill for each in before if each.standing.due_on() <= today
    ]


def test_elements_that_are_gone_are_not_due(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """An element that its scenario no longer has, and a scenario that there is no more, ask for nothing."""
    say(program, LENS, "We would ask two thousand people.")
    scenario = program.packs.find(LENS)
    kept = replace(scenario, elements=scenario.elements[:1])
    monkeypatch.setattr(program.packs, "find", lambda _wanted: kept)
    assert {each.standing.record.element_id for each in program.practice.standings()} == {kept.elements[0].id}


def test_a_drill_shows_the_verdicts_before(program: Program) -> None:
    """The tries of this sitting stand apart from those before; what other elements said is left out."""
    say(program, SAMPLE, "We have nine hundred users and that is a fine sample.")
    now = [say(program, f"{LENS}:post-mortem", "Nothing of the kind was said here."), say(program, SAMPLE, GOOD)]
    drilled = program.practice.drilled(SAMPLE, now)
    assert len(drilled.before) == 1
    assert [each.take_id for each in drilled.tries] == now[1:]
    assert (drilled.stands, drilled.n_met, drilled.shown[-1]) == (True, 1, Verdict.MET)
    assert drilled.tries[0].quote


class Unmarked:
    """A library after an update: nothing of it is marked; `is_recording` from the third look on where that is asked."""

    def __init__(self, n_takes: int, *, then_records: bool = False) -> None:
        self.left = n_takes
        self.n_marked_at_answers: list[int] = []
        self._n_takes = n_takes
        self._then_records = then_records
        self._looks = count(1)

    @property
    def is_recording(self) -> bool:
        """After some looks, where that is asked."""
        return self._then_records and next(self._looks) >= 3

    def revision(self) -> tuple[int, ...]:
        """Another with each mark."""
        return (self.left,)

    def marked(self) -> tuple[()]:
        """Nothing; when it was asked is kept."""
        self.n_marked_at_answers.append(self._n_takes - self.left)
        return ()

    def catch_up(self, on_progress: Callable[[int, int], None]) -> int:
        """Five takes at a time."""
        total = self.left
        for done in range(0, total, 5):
            on_progress(done, total)
            self.left -= 5
        on_progress(total, total)
        return total

    def report(self, take_id: str) -> Report:
        """Nobody asks."""
        raise AssertionError(take_id)


def _practice(takes: Unmarked) -> Practice:
    return Practice(lambda: takes, None, lambda: datetime.fromisoformat("2026-11-26T23:30:00+00:00"))  # type: ignore[arg-type]


def test_nothing_is_marked_before_an_answer() -> None:
    """After an update all takes are unmarked: what the index has is shown at once, and again as it grows."""
    takes = Unmarked(10_000)
    practice = _practice(takes)
    assert practice.records().scenarios == ()
    assert practice.catch_up_some() == 20
    assert practice.records().scenarios == ()
    assert takes.n_marked_at_answers == [0, 20]
    practice.records()
    assert takes.n_marked_at_answers == [0, 20], "what has not changed is not counted again"
    practice.catch_up(lambda _done, _total: None)
    assert takes.left == 0


def test_marking_beside_the_screens_comes_to_an_end() -> None:
    """Fewer takes than a round marks are all marked, and then nothing is left to do."""
    practice = _practice(Unmarked(15))
    assert [practice.catch_up_some(), practice.catch_up_some()] == [15, 0]


def test_nothing_is_marked_while_a_take_is_recorded() -> None:
    """The third look finds that somebody has begun to speak: two small pieces were marked, and no more are."""
    takes = Unmarked(1_000, then_records=True)
    practice = _practice(takes)
    assert [practice.catch_up_some(), practice.catch_up_some()] == [10, 0]
    assert takes.left == 990


def test_today_is_the_day_of_this_place() -> None:
    """Late in the evening in Greenwich it is tomorrow to the east of it."""
    practice = Practice(None, None, lambda: datetime.fromisoformat("2026-11-26T12:00:00+00:00"))  # type: ignore[arg-type]
    assert practice.today in (date(2026, 11, 26), date(2026, 11, 27))
