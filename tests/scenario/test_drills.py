"""One element as a scenario of its own."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.cleaning import clean
from pmrehearse.errors import ScenarioError, UsageError
from pmrehearse.scenario import packs
from pmrehearse.scenario.drills import drill_of, element_meant
from pmrehearse.scenario.ids import drill_id, problem_with_rehearsed_id, scenario_and_element
from pmrehearse.scenario.model import Origin, Scenario
from pmrehearse.scenario.reader import read_text
from pmrehearse.scenario.toml_text import toml_text
from pmrehearse.session.marking import Marking
from pmrehearse.speech.segments import words_of_text


@pytest.fixture
def scenario(good: str) -> Scenario:
    """Two phases, two elements, a flag and cues."""
    return read_text(good, Origin.USER, "first.toml")


def test_a_drill_asks_one_element_of_the_same_question(scenario: Scenario) -> None:
    """The question and the element's phase stay; the other elements, flags and cues go; it stops by itself."""
    drill = drill_of(scenario, "test", 40)
    assert (drill.id, drill.prompt, drill.origin) == ("mine/first:test", scenario.prompt, Origin.USER)
    assert [(phase.id, phase.seconds, phase.prompt) for phase in drill.phases] == [("close", 40.0, "Proposes a test.")]
    assert drill.elements == (scenario.element("test"),)
    assert (drill.flags, drill.cues, drill.hard_limit, drill.seconds) == ((), (), True, 40.0)


def test_a_take_can_keep_a_drill(scenario: Scenario) -> None:
    """The text of a drill is a scenario that can be read again; where scenarios are written it is refused."""
    drill = drill_of(scenario, "metric")
    kept = read_text(drill.source_toml, Origin.TAKE, "take.json")
    assert (kept.id, kept.elements) == (drill.id, drill.elements)
    with pytest.raises(ScenarioError, match="an id is made of"):
        read_text(drill.source_toml, Origin.USER, "mine.toml")


@pytest.mark.parametrize(
    "check",
    ['{ element = "metric" }', '{ all = ["half", { element = "metric" }] }', '{ in_order = ["metric", "test"] }'],
)
def test_elements_that_a_check_leans_on_come_along(good: str, check: str) -> None:
    """A check that asks for another element has it beside itself, after the one that is drilled."""
    text = good.replace('check = { all = ["half", "split"], within = 20 }', f"check = {check}")
    drill = drill_of(read_text(text, Origin.USER, "first.toml"), "test")
    assert [element.id for element in drill.elements] == ["test", "metric"]


def test_a_drill_marks_as_its_scenario_does() -> None:
    """An element's examples have the same findings, byte for byte, in its scenario and in its drill."""
    marking = Marking(packs.lexicons)
    for scenario in (packs.find("writer/three-phase-lens"), packs.find("writer/shipped-impact")):
        whole = marking.checker(scenario)
        for number, element in list(enumerate(scenario.elements))[::3]:
            alone = marking.checker(drill_of(scenario, element.id))
            for text in (*element.met_by, *element.missed_by):
                words = words_of_text(text)
                assert alone.check(words).elements[0] == whole.check(words).elements[number], (element.id, text)


def test_a_wrong_element_is_answered_with_the_nearest(scenario: Scenario) -> None:
    """The message names the scenario, the hint what was meant."""
    with pytest.raises(UsageError, match="The scenario mine/first has no element 'metrik'") as wrong:
        drill_of(scenario, "metrik")
    assert "Did you mean metric?" in wrong.value.hint


def test_an_element_can_be_named_alone_when_no_other_has_its_name(scenario: Scenario, good: str) -> None:
    """One scenario has it: that one is meant. Two have it: both are named. None: the nearest is."""
    other = read_text(good.replace("mine/first", "mine/other").replace('"metric"', '"goal"'), Origin.USER, "o.toml")
    assert element_meant("goal", [scenario, other]) == (other, "goal")
    with pytest.raises(UsageError, match="2 scenarios have") as both:
        element_meant("test", [scenario, other])
    assert both.value.hint == "Say which: mine/first:test or mine/other:test."
    with pytest.raises(UsageError) as none:
        element_meant("gaol", [scenario, other])
    assert "Did you mean goal?" in none.value.hint


def test_a_drill_is_found_by_its_id() -> None:
    """Wherever a scenario's id is asked for, a drill's is understood."""
    drill = packs.find("writer/three-phase-lens:sample-size")
    assert (drill.id, drill.seconds) == ("writer/three-phase-lens:sample-size", 45.0)
    assert packs.drill("sample-size", 30).seconds == 30.0
    with pytest.raises(UsageError, match="There is no scenario 'writer/tree"):
        packs.find("writer/tree-phase-lens:sample-size")


@pytest.mark.parametrize("text", ["a/b:c", "writer/three-phase-lens:sample-size"])
def test_an_id_of_a_drill_comes_apart_again(text: str) -> None:
    """Scenario and element are what they were; no other form is taken."""
    assert drill_id(*scenario_and_element(text)) == text
    assert problem_with_rehearsed_id(text) == ""
    for broken in (f"{text}:", f":{text}", f"{text}:d", text.replace("/", ":"), f"{text}/.."):
        assert problem_with_rehearsed_id(broken)


_values = st.recursive(
    st.text(max_size=20).map(clean) | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6).map(clean), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=8).map(clean), _values, max_size=5))
def test_written_tables_are_read_again_as_they_were(tables: dict[str, object]) -> None:
    """Whatever texts, numbers, lists and tables hold, TOML gives it back."""
    assert tomllib.loads(toml_text(tables)) == tables


def test_what_no_scenario_holds_is_not_written() -> None:
    """A value of another kind is a mistake of the caller."""
    with pytest.raises(TypeError, match="bytes"):
        toml_text({"a": b"b"})
