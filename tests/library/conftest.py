"""A scenario, a library in a temporary folder, and takes in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmrehearse.library.store import TakeStore
from pmrehearse.scenario.model import Origin, Scenario
from pmrehearse.scenario.reader import read_text

TOML = """\
format = 1
id = "mine/first-drill"
title = "First drill"
prompt = "State the hypothesis."
seconds = 120

[[phase]]
id = "open"
title = "Opening"
seconds = 45

[[phase]]
id = "close"
title = "Close"
seconds = 75

[[element]]
id = "metric"
title = "The metric"
criterion = "Names one metric."
hint = "Our metric is weekly active writers."
phase = "open"
check = "our metric is .. retention"

[[element]]
id = "test"
title = "The test"
criterion = "Proposes a test."
hint = "We split users in half."
phase = "close"
check = { all = ["half", "split"], within = 20 }

[[flag]]
id = "ideas"
title = "Lists ideas"
criterion = "Lists ideas and settles on none."
hint = "Pick one."
check = "another idea"

[[cue]]
at = 60
say = "And then?"
"""


@pytest.fixture
def scenario() -> Scenario:
    """Two phases, two elements, a flag and a card."""
    return read_text(TOML, Origin.USER, "first.toml")


@pytest.fixture
def store(tmp_path: Path) -> TakeStore:
    """An empty library."""
    return TakeStore(tmp_path / "recordings")
