"""Measuring the checks against markers, on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from tests.cli.conftest import Caller

LENS = "writer/three-phase-lens"
ANSWERS = (
    {
        "id": "lens#1",
        "scenario": LENS,
        "text": "our metric is one of a thousand",
        "elements": {"metric": True, "sample": False, "review": True},
        "flags": {"ideas": False},
    },
    {
        "id": "lens#2",
        "scenario": LENS,
        "text": "we have three ideas and a review",
        "elements": {"metric": False, "sample": True, "review": True},
        "flags": {"ideas": True},
    },
)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Two labelled answers."""
    path = tmp_path / "answers.jsonl"
    path.write_text("\n".join(json.dumps(answer) for answer in ANSWERS))
    return path


def test_figures_stand_in_a_table(call: Caller, answers: Path, snapshot: SnapshotAssertion) -> None:
    """For each element, each flag, each scenario and in total; where they differ below, with what it rests on."""
    called = call("evaluate", str(answers), "--failures")
    assert (called.code, called.err) == (0, "")
    assert called.out == snapshot
    assert max(map(len, called.out.splitlines())) <= 80


def test_an_earlier_measurement_is_compared(call: Caller, answers: Path, tmp_path: Path) -> None:
    """What `--json` wrote is read again: what was wrong and is right now is mended, and the other way round."""
    earlier = json.loads(call("evaluate", str(answers), "--json").out)
    assert earlier["total"]["elements"] | {"kappa": 0} == {
        "n": 6,
        "both": 2,
        "only_found": 1,
        "only_labelled": 2,
        "neither": 1,
        "precision": 0.667,
        "recall": 0.5,
        "kappa": 0,
    }
    first, *others = earlier["decisions"]
    earlier["decisions"] = [first | {"found": not first["found"]}, *others]
    kept = tmp_path / "earlier.json"
    kept.write_text(json.dumps(earlier))
    change = json.loads(call("evaluate", str(answers), "--compare", str(kept), "--json").out)["difference"]
    assert ([one["name"] for one in change["mended"]], change["broken"]) == (["metric"], [])
    assert "Mended: 1" in call("evaluate", str(answers), "--compare", str(kept)).out


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "answers.jsonl: Line 1 is no JSON"),
        ('{"scenario": "x"}', "answers.jsonl: Line 1 lacks `scenario` or `text`"),
        ('{"scenario": "x/y", "text": "t"}', "There is no scenario 'x/y'."),
        (json.dumps(ANSWERS[0] | {"elements": {"other": True}}), "labels the element 'other'"),
        ("", "There is no such answer in the file."),
    ],
)
def test_a_file_that_holds_no_answers_ends_with_2(call: Caller, answers: Path, content: str, message: str) -> None:
    """The line and what is wrong with it are told."""
    answers.write_text(content)
    called = call("evaluate", str(answers))
    assert (called.code, called.out) == (2, "")
    assert message in called.err


def test_a_file_of_answers_that_is_not_there_is_named_once(call: Caller) -> None:
    """And what is wrong with it."""
    called = call("evaluate", "nothing.jsonl")
    assert called.code == 2
    assert called.err.startswith("pmrehearse: nothing.jsonl cannot be read: ")


@pytest.mark.parametrize("content", ["", "[]", '{"decisions": [{}]}', '{"decisions": 3}'])
def test_a_file_that_holds_no_measurement_ends_with_2(
    call: Caller, answers: Path, tmp_path: Path, content: str
) -> None:
    """Only what `evaluate --json` wrote can be compared with."""
    earlier = tmp_path / "earlier.json"
    earlier.write_text(content)
    called = call("evaluate", str(answers), "--compare", str(earlier))
    assert called.code == 2
    assert "holds no measurements" in called.err


def test_rules_can_be_measured_alone(call: Caller, tmp_path: Path) -> None:
    """The judge takes part unless it is left out; what it found is counted like the rest."""
    answer = {**ANSWERS[0], "text": "We all go by one yardstick here."}
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(answer))
    found = [
        sum(one["found"] for one in json.loads(call("evaluate", str(path), "--json", *options).out)["decisions"])
        for options in ((), ("--no-judge",))
    ]
    assert found == [4, 0]  # three elements and the flag
