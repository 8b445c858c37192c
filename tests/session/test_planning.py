"""Is the plan of an interview kept and followed, and does a round come to a debrief? On a real library."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from pmrehearse.checking.findings import Verdict
from pmrehearse.errors import UsageError
from pmrehearse.practice.plan import Due, Wish
from pmrehearse.session.planning import PLAN
from tests.session.conftest import say

if TYPE_CHECKING:
    from pmrehearse.bootstrap import Program


def test_a_plan_is_kept_and_followed(program: Program) -> None:
    """It is found again by the next start, shows what was rehearsed since, and can be forgotten."""
    today = program.practice.today
    wish = Wish("writer", today + timedelta(days=30), today)
    program.planning.keep(wish)
    assert program.planning.kept == wish
    plan = program.planning.plan(wish)
    first = plan.rehearsals[0]
    assert first.due is Due.TODAY
    for part in first.scenarios:
        say(program, part.scenario_id, "We have a metric and two thousand people.")
    assert program.planning.plan(wish).rehearsals[0].due is Due.DONE
    program.planning.keep(None)
    assert program.planning.kept is None


@pytest.mark.parametrize("text", ["", "writer", "writer 2026-13-01 2026-01-01", "a b c d", "writer x y"])
def test_a_plan_that_cannot_be_read_is_none(program: Program, text: str) -> None:
    """What somebody wrote into the file of the state folder does no harm."""
    program.remembered.set(PLAN, text)
    assert program.planning.kept is None


def test_a_round_has_a_debrief(program: Program) -> None:
    """Takes in their order, what is missing with what came near first, and what was not rehearsed."""
    ids = program.planning.round("writer", 1)
    take = say(program, ids[0], "We shipped a thing once and it went well, I think.")
    told = program.planning.debrief("writer", 1, [take])
    assert [each.scenario_id for each in told.takes] == [ids[0]]
    assert told.not_taken == ids[1:]
    assert told.falls_short
    verdicts = [each.verdict for each in told.missed]
    assert verdicts == sorted(verdicts, key=lambda verdict: verdict is not Verdict.NEAR)
    assert told.n_met + len(told.missed) == told.n_elements
    assert told.drills == told.missed[:3]
    assert [each.take_id for each in told.again] == [take]


@pytest.mark.parametrize(
    ("loop", "number", "message"),
    [("writes", 1, "There is no loop 'writes'."), ("writer", 9, "The loop writer has no round 9.")],
)
def test_a_round_that_there_is_not_is_told(program: Program, loop: str, number: int, message: str) -> None:
    """The hint names what there is."""
    with pytest.raises(UsageError) as wrong:
        program.planning.round(loop, number)
    assert wrong.value.message == message
    assert wrong.value.hint
