"""What many takes say of scenarios and elements."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.checking.findings import Verdict
from pmrehearse.practice.records import ElementRecord, ElementTry, records
from pmrehearse.practice.rehearsals import counted, rehearsal_of
from tests.practice.making import LENS, MET, MISSING, NEAR, UNKNOWN, after, record, rehearsal


def test_marked_takes_become_rehearsals() -> None:
    """A take of a scenario counts its elements; a drill keeps its scenario and its element."""
    old = rehearsal_of(rehearsal(0, {"sample": NEAR, "metric": MET}))
    new = rehearsal_of(rehearsal(1, {"sample": MET}, drilled="sample"))
    assert (old.take_id, old.scenario_id, old.drilled) == ("take-0", LENS, "")
    assert old.verdicts == (("metric", MET), ("sample", NEAR))
    assert (old.n_met, old.coverage, old.started_at) == (1, 0.5, after(0))
    assert (new.scenario_id, new.drilled, new.coverage) == (LENS, "sample", 1.0)


def test_takes_of_the_demo_are_nobody_s() -> None:
    """A bundled answer in the library is not taken for the user's."""
    take = rehearsal(0, {"sample": MET})
    assert counted([take._replace(tag_list='["good", "demo"]'), take]) == (take,)


def test_what_is_made_when_it_is_looked_at_is_what_stands_there() -> None:
    """The tries of an element are a sequence like any other: each, some, the last, and all of them in order."""
    known = records([rehearsal(day, {"sample": verdict}) for day, verdict in enumerate((MISSING, NEAR, MET))])
    tries = known.elements[0].tries
    expected = [
        ElementTry(f"take-{day}", after(24 * day), verdict, is_drill=False)
        for day, verdict in enumerate((MISSING, NEAR, MET))
    ]
    assert list(tries) == expected
    assert tries == expected
    assert tries != expected[1:]
    assert (tries[-1], len(tries)) == (expected[-1], 3)
    assert list(tries[1:]) == expected[1:]


def test_a_scenario_has_its_last_and_its_best_take() -> None:
    """Drills count for the element and not for the scenario; of equal takes the newer is the best."""
    all_met = {"metric": MET, "sample": MET}
    known = records(
        [
            rehearsal(0, {"metric": MET, "sample": MISSING}),
            rehearsal(1, all_met),
            rehearsal(2, all_met),
            rehearsal(3, {"metric": MISSING, "sample": NEAR}),
            rehearsal(4, {"sample": MET}, drilled="sample"),
        ]
    )
    lens = known.scenario(LENS)
    assert lens is not None
    assert (lens.last.take_id, lens.best.take_id, len(lens.takes)) == ("take-3", "take-2", 4)
    sample = known.element(LENS, "sample")
    assert sample is not None
    assert [(each.verdict, each.is_drill) for each in sample.tries][-2:] == [(NEAR, False), (MET, True)]
    assert (sample.n_met, sample.last, sample.met_in_a_row) == (3, MET, 1)
    assert known.n_drills == 1


def test_what_was_not_heard_says_nothing() -> None:
    """A silent take is no take of the scenario, and an unknown verdict no try of the element."""
    known = records([rehearsal(0, {"metric": UNKNOWN}), rehearsal(1, {"metric": MET, "sample": UNKNOWN})])
    lens = known.scenario(LENS)
    assert lens is not None
    assert [take.take_id for take in lens.takes] == ["take-1"]
    assert known.element(LENS, "sample") is None


def test_the_weakest_elements_fail_now_and_most_often() -> None:
    """Only elements whose last try failed are weak; those that never held come first."""
    known = records(
        [
            rehearsal(0, {"a": MET, "b": MISSING, "c": MISSING}),
            rehearsal(1, {"a": NEAR, "b": MISSING, "c": MET}),
        ]
    )
    assert [each.element_id for each in known.weakest] == ["b", "a"]


@given(st.lists(st.sampled_from([MET, NEAR, MISSING]), min_size=1, max_size=12))
def test_a_row_of_met_tries_ends_at_the_last_failure(verdicts: list[Verdict]) -> None:
    """As many as were met since it last failed, all of them when it never failed."""
    made: ElementRecord = record(*((float(number), verdict) for number, verdict in enumerate(verdicts)))
    in_a_row = made.met_in_a_row
    assert verdicts[len(verdicts) - in_a_row :] == [MET] * in_a_row
    assert in_a_row == len(verdicts) or verdicts[-in_a_row - 1] is not MET
