"""Scenarios on the command line: lists, one whole, mistakes and examples."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmrehearse.errors import ScenarioError
from pmrehearse.scenario.shelf import BrokenFile

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from pmrehearse.scenario.model import Scenario
    from tests.cli.conftest import Caller


def test_scenarios_are_listed(call: Caller, snapshot: SnapshotAssertion) -> None:
    """With their length and what they ask; the loops below."""
    called = call("scenario", "list")
    assert called.code == 0
    assert called.out == snapshot
    assert json.loads(call("scenario", "list", "--json").out)["scenarios"][0]["n_elements"] == 3


def test_a_scenario_is_shown_whole(call: Caller, snapshot: SnapshotAssertion) -> None:
    """Prompt, phases, elements with criterion and hint, flags, cues."""
    called = call("scenario", "show", "writer/three-phase-lens")
    assert called.code == 0
    assert called.out == snapshot
    shown = json.loads(call("scenario", "show", "writer/three-phase-lens", "--json").out)
    assert shown["elements"][0] == {
        "id": "metric",
        "title": "A primary metric",
        "criterion": "Names the metric.",
        "hint": "Our metric is…",
        "phase": "hypothesis",
    }


def test_an_example_that_comes_out_otherwise_ends_with_1(call: Caller) -> None:
    """The example, the list it stands in and what the checks rest on are told."""
    called = call("scenario", "check", "mine.toml")
    assert called.code == 1
    assert "✗ wrong  mine.toml" in called.out
    assert "metric, missed_by: “the metric is what we lack”" in called.out
    checked = json.loads(call("scenario", "check", "mine.toml", "--json").out)["files"][0]
    assert (checked["good"], checked["n_examples"], len(checked["wrong"])) == (False, 2, 1)


def test_a_file_with_mistakes_ends_with_2(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every mistake stands on a line of its own, and the next file is checked all the same."""
    load = call.program.packs.load

    def load_or_fail(path: Path) -> Scenario:
        if path.name == "bad.toml":
            raise ScenarioError("bad.toml:3: what is this?\nbad.toml:9: and this?", "Correct it.")
        return load(path)

    monkeypatch.setattr(call.program.packs, "load", load_or_fail)
    called = call("scenario", "check", "bad.toml", "mine.toml")
    assert called.code == 2
    assert "         bad.toml:3: what is this?\n         bad.toml:9: and this?\n" in called.out
    assert "mine.toml" in called.out


def test_without_files_every_scenario_is_checked(call: Caller) -> None:
    """Those that can be read with their examples, and the broken ones with their mistakes."""
    good = call("scenario", "check")
    assert (good.code, good.out) == (0, "✓ good   writer/three-phase-lens  0 examples judged as written\n")
    call.program.packs.unusable = (BrokenFile(Path("own/x.toml"), "own/x.toml:1: no title"),)
    bad = call("scenario", "check")
    assert bad.code == 2
    assert "own/x.toml:1: no title" in bad.out
