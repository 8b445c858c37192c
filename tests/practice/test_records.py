"""What many takes say of scenarios and elements."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.checking.findings import Verdict
from pmrehearse.library.rows import TakeRow, VerdictRow
from pmrehearse.library.take import TakeStatus
from pmrehearse.practice.records import ElementRecord, records
from pmrehearse.practice.rehearsals import rehearsals
from tests.practice.making import LENS, MET, MISSING, NEAR, UNKNOWN, after, record, rehearsal


def _row(take_id: str, scenario_id: str = LENS, at: float = 0.0) -> TakeRow:
    return TakeRow(take_id, scenario_id, "Lens", after(at), TakeStatus.TRANSCRIBED, 170.0, 180.0, 1, 2, 1)


def _verdict(take_id: str, element_id: str, verdict: Verdict, scenario_id: str = LENS) -> VerdictRow:
    return VerdictRow(take_id, scenario_id, after(0), element_id, verdict, None)


def test_marked_takes_become_rehearsals() -> None:
    """Takes with verdicts count, the oldest first; a drill keeps its scenario and its element."""
    rows = [_row("new", f"{LENS}:sample", 9.0), _row("waits", at=5.0), _row("old")]
    verdicts = [
        _verdict("old", "sample", NEAR),
        _verdict("old", "metric", MET),
        _verdict("new", "sample", MET, f"{LENS}:sample"),
    ]
    old, new = rehearsals(rows, verdicts)
    assert (old.take_id, old.scenario_id, old.drilled) == ("old", LENS, "")
    assert old.verdicts == (("metric", MET), ("sample", NEAR))
    assert (old.n_met, old.coverage, old.n_raised) == (1, 0.5, 1)
    assert (new.scenario_id, new.drilled, new.coverage) == (LENS, "sample", 1.0)


def test_takes_of_the_demo_are_nobody_s() -> None:
    """A bundled answer in the library is not taken for the user's."""
    demo = replace(_row("demo"), tags=("demo",))
    assert rehearsals([demo], [_verdict("demo", "sample", MET)]) == ()


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
