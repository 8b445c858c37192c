"""What does a new scenario begin with, so that its author has something true to change?

The draft can be rehearsed as it stands: its elements and its flag have checks whose examples hold.
"""

from __future__ import annotations

from importlib.resources import files
from string import Template

from pmrehearse.scenario.toml_text import toml_string

SHARES = (("open", 0.25), ("body", 0.5), ("close", 0.25))
"""The phases of the draft, and their shares of the time."""
TEMPLATE = "draft.toml"
"""The draft, beside this module."""
SHORTEST_MINUTES, LONGEST_MINUTES = 0.5, 240
"""The longest is that of any scenario; a shorter one than the shortest has no room for three phases."""


def draft(scenario_id: str, title: str, minutes: float) -> str:
    """The text of a new scenario's file.

    Args:
        scenario_id: Its id, a good one.
        title: How it is shown.
        minutes: Its planned length, SHORTEST_MINUTES to LONGEST_MINUTES.
    """
    seconds = round(60 * minutes)
    lengths = {name: round(share * seconds) for name, share in SHARES}
    lengths["body"] = seconds - lengths["open"] - lengths["close"]
    text = (files(__package__) / TEMPLATE).read_text(encoding="utf-8")
    return Template(text).substitute(
        plain_id=scenario_id,
        id=toml_string(scenario_id),
        title=toml_string(title),
        seconds=seconds,
        shortest=round(2 * seconds / 3),
        cue=lengths["open"] + lengths["body"] // 2,
        **lengths,
    )
