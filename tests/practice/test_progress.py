"""What all takes come to, as it is drawn."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.checking.findings import Verdict
from pmrehearse.practice.progress import progress
from pmrehearse.practice.records import records
from pmrehearse.rehearsal.lights import Band
from tests.practice.making import LENS, MET, MISSING, NEAR, SHEET, UNKNOWN, rehearsal
from tests.ui import samples

LENS_SCENARIO = replace(samples.LENS_SCENARIO, id=LENS)
KNOWN = {LENS: LENS_SCENARIO}
VERDICTS = st.dictionaries(
    st.sampled_from(["sample-size", "post-mortem", "gone"]), st.sampled_from(Verdict), min_size=1
)


def test_elements_stand_in_the_order_of_their_scenario() -> None:
    """They are called what the scenario calls them; one that it no longer has comes last and cannot be drilled."""
    said = {"a-gone-one": MET, "post-mortem": NEAR, "sample-size": MET}
    lens = progress(records([rehearsal(0, said)]), KNOWN).scenario(LENS)
    assert lens is not None
    assert [(each.title, each.drill) for each in lens.elements] == [
        ("Sample of 10,000 or more", f"{LENS}:sample-size"),
        ("Review of the result", f"{LENS}:post-mortem"),
        ("a-gone-one", ""),
    ]
    assert (lens.title, lens.band, lens.is_there) == ("Three-Phase Impact Lens", Band(120, 180), True)


def test_a_scenario_that_is_gone_keeps_its_takes() -> None:
    """It is called what its newest take called it, and cannot be rehearsed."""
    lens = progress(records([rehearsal(0, {"sample-size": MET})]), {}).scenario(LENS)
    assert lens is not None
    assert (lens.title, lens.is_there, len(lens.takes)) == ("Lens", False, 1)
    assert [(each.title, each.drill) for each in lens.elements] == [("sample-size", "")]


def test_the_newest_scenario_comes_first_and_one_only_drilled_last() -> None:
    """A scenario of which only an element was drilled has marks, and no takes."""
    made = [
        rehearsal(0, {"sample-size": MISSING}),
        rehearsal(1, {"metric": MET}, "writer/newer"),
        rehearsal(2, {"cell": NEAR}, SHEET, drilled="cell"),
    ]
    known = progress(records(made), KNOWN)
    assert [each.scenario_id for each in known.scenarios] == ["writer/newer", LENS, SHEET]
    assert [len(each.takes) for each in known.scenarios] == [1, 1, 0]
    assert [take.take_id for take in known.takes] == ["take-0", "take-1"]
    assert known.n_drills == 1


def test_what_fails_still_comes_before_what_held_again() -> None:
    """Of either those first that fail most often; what never failed is not among them."""
    said = [
        {"always": MET, "held": MISSING, "rarely": MET, "still": MET},
        {"always": MET, "held": MISSING, "rarely": NEAR, "still": MET},
        {"always": MET, "held": MET, "rarely": MET, "still": MISSING},
    ]
    known = progress(records(rehearsal(day, verdicts) for day, verdicts in enumerate(said)), {})
    assert [each.title for each in known.failed] == ["still", "held", "rarely"]
    assert known.n_failing == 1


def test_nothing_comes_to_nothing() -> None:
    """Without takes, and with silent ones alone, there is nothing to draw."""
    assert progress(records([]), KNOWN).scenarios == ()
    silent = progress(records([rehearsal(0, {"sample-size": UNKNOWN})]), KNOWN)
    assert (silent.scenarios, silent.failed, silent.takes) == ((), (), ())


@given(st.lists(st.tuples(st.sampled_from([LENS, SHEET]), VERDICTS)))
def test_every_try_is_drawn_once(made: list[tuple[str, dict[str, Verdict]]]) -> None:
    """Whatever was said, each try stands with one element of one scenario, and each heard take with one scenario."""
    known = records(rehearsal(day, said, scenario_id) for day, (scenario_id, said) in enumerate(made))
    drawn = progress(known, KNOWN)
    tries = [made for each in drawn.scenarios for element in each.elements for made in element.record.tries]
    assert len(tries) == sum(verdict is not UNKNOWN for _, said in made for verdict in said.values())
    assert len(drawn.takes) == sum(any(one is not UNKNOWN for one in said.values()) for _, said in made)
    assert {element.record for element in drawn.failed} == {
        element.record
        for each in drawn.scenarios
        for element in each.elements
        if element.record.n_met < len(element.record.tries)
    }
