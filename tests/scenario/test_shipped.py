"""The files that come with the program."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pmrehearse.scenario import packs, shelf
from pmrehearse.scenario.model import Origin, Scenario

SHIPPED = shelf.shipped()
CATALOGUE = tomllib.loads((Path(__file__).parents[1] / "answers" / "catalogue.toml").read_text())
SPECIFIED = {scenario["id"]: scenario for scenario in CATALOGUE["scenario"]}


def test_the_first_scenarios_are_there() -> None:
    """The three-minute lens and the 90-minute whiteboard are shipped, and nothing that the catalogue does not know."""
    assert {"writer/three-phase-lens", "writer/whiteboard"} <= set(SHIPPED) <= set(SPECIFIED)


@pytest.mark.parametrize("scenario_id", SHIPPED)
def test_a_shipped_file_has_no_mistakes_and_is_listed_as_it_is(scenario_id: str) -> None:
    """The file reads whole, bears the id of its place, and the list tells what stands in it."""
    scenario = packs.find(scenario_id)
    listed = next(one for one in packs.all_scenarios() if one.id == scenario_id)
    assert (scenario.id, scenario.origin, listed.problem) == (scenario_id, Origin.SHIPPED, "")
    assert (listed.title, listed.prompt, listed.seconds, listed.hard_limit, listed.n_elements, listed.n_flags) == (
        scenario.title,
        scenario.prompt,
        scenario.seconds,
        scenario.hard_limit,
        len(scenario.elements),
        len(scenario.flags),
    )


def _skeleton(scenario: Scenario) -> dict[str, object]:
    return {
        "seconds": scenario.seconds,
        "hard_limit": scenario.hard_limit,
        "phases": [[phase.id, phase.seconds] for phase in scenario.phases],
        "elements": [(element.id, element.phase) for element in scenario.elements],
        "flags": [flag.id for flag in scenario.flags],
        "cues": [(cue.say, cue.at_s, cue.on_flag) for cue in scenario.cues],
    }


@pytest.mark.parametrize("scenario_id", SHIPPED)
def test_a_shipped_file_has_all_that_the_catalogue_asks_for(scenario_id: str) -> None:
    """Every phase, element, flag and cue of the catalogue stands in the file, and no other."""
    asked = SPECIFIED[scenario_id]
    assert _skeleton(packs.find(scenario_id)) == {
        "seconds": asked["seconds"],
        "hard_limit": asked.get("hard_limit", False),
        "phases": asked["phases"],
        "elements": [(element["id"], element["phase"]) for element in asked["element"]],
        "flags": [flag["id"] for flag in asked.get("flag", [])],
        "cues": [(cue["say"], cue.get("at"), cue.get("on")) for cue in asked.get("cues", [])],
    }


def test_the_loops_are_those_of_the_catalogue() -> None:
    """Days, gaps and rounds are as specified, and every scenario that a round names is shipped."""
    loops = {loop.id: loop for loop in packs.loops()}
    assert list(loops) == [asked["id"] for asked in CATALOGUE["loop"]]
    for asked in CATALOGUE["loop"]:
        loop = loops[asked["id"]]
        assert (loop.title, loop.days, loop.gap_days) == (asked["title"], asked["days"], asked.get("gap_days", 0))
        assert [list(scenarios) for scenarios in loop.rounds] == asked["rounds"]
        named = {scenario for scenarios in loop.rounds for scenario in scenarios}
        assert named <= set(packs.list_ids())
