"""A scenario file that is right, to be broken in one place."""

from __future__ import annotations

from pathlib import Path

import pytest

GOOD = """\
format = 1
id = "mine/first"
title = "First drill"
prompt = "State the hypothesis."
seconds = 120
notes = "From a book."
vocabulary = ["RACI", "BLEU"]

[[phase]]
id = "open"
title = "Opening"
seconds = 45
prompt = "One sentence."

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
met_by = ["Our metric is retention.", "So our metric is weekly retention.", "I would say our metric is the retention."]
missed_by = ["We track a lot.", "Retention matters.", "The metric is unclear."]

[[element]]
id = "test"
title = "The test"
criterion = "Proposes a test."
hint = "We split users in half."
phase = "close"
check = { all = ["half", "split"], within = 20 }
met_by = ["We split them in half.", "Half of them see it, a clean split.", "A split, half and half."]
missed_by = ["We ship it.", "We ask people.", "We look at it."]

[[flag]]
id = "ideas"
title = "Lists ideas"
criterion = "Lists ideas and settles on none."
hint = "Pick one."
check = "another idea"
raised_by = ["Another idea is this.", "And another idea.", "Then another idea of mine."]
cleared_by = ["One idea.", "My idea is this.", "I pick one."]

[[cue]]
at = 60
say = "And then?"

[[cue]]
on = "ideas"
say = "Which one?"
"""


@pytest.fixture(scope="session")
def good() -> str:
    """A scenario of two phases, two elements, a flag and two cues; all of it as it should be."""
    return GOOD


@pytest.fixture
def shelves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Empty folders in the place of the shipped scenarios and of the user's."""
    shipped, own = tmp_path / "shipped", tmp_path / "config" / "scenarios"
    (shipped / "lexicons").mkdir(parents=True)
    own.mkdir(parents=True)
    monkeypatch.setenv("PMREHEARSE_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setattr("pmrehearse.places.shipped_scenarios_dir", lambda: shipped)
    return shipped, own
