"""A scenario to run, small enough to follow by hand."""

from __future__ import annotations

import pytest

from pmrehearse.rehearsal.events import RecordingStarted
from pmrehearse.rehearsal.run import Run, advance
from pmrehearse.scenario.model import Cue, Phase, Scenario


@pytest.fixture
def lens() -> Scenario:
    """Three minutes, three phases, two cards at times and one on a flag."""
    return Scenario(
        id="writer/lens",
        title="Lens",
        prompt="State it.",
        seconds=180.0,
        hard_limit=True,
        target_min_s=120.0,
        target_max_s=180.0,
        phases=(Phase("first", "First", 45.0), Phase("second", "Second", 75.0), Phase("third", "Third", 60.0)),
        elements=(),
        cues=(Cue("Late.", at_s=100.0), Cue("Flagged.", on_flag="ideas"), Cue("Early.", at_s=50.0)),
    )


@pytest.fixture
def running(lens: Scenario) -> Run:
    """The same, recording since the clock's zero."""
    return advance(Run(lens), 0.0, RecordingStarted())
