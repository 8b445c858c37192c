"""What does a speaker see of recognition while speaking? Pure.

Nothing, unless it is asked for: looking at words while saying them costs more than it gives. A sparse cue about every
20 s helped speakers of three minutes where a continuous display did not (Rhema, 30 speakers).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pmrehearse.checking.findings import Findings

EVERY_S = 20.0
"""Seconds of the take's clock between two sparse cues: the interval of Rhema's."""


class LiveDetail(StrEnum):
    """How much is shown while speaking."""

    OFF = "off"
    """Nothing."""
    SPARSE = "sparse"
    """A cue about every 20 s: how many elements are ticked, and which are new."""
    FULL = "full"
    """Each tick as it comes, and the words as they are heard."""

    @property
    def following(self) -> LiveDetail:
        """The next one, round and round."""
        every = list(LiveDetail)
        return every[(every.index(self) + 1) % len(every)]


@dataclass(frozen=True, slots=True)
class LiveCue:
    """What is ticked, as it was last shown.

    Attributes:
        at_s: When it was shown, on the take's clock.
        met: Ids of the elements ticked then, in the scenario's order.
        new: Those of them that the cue before did not show.
        n_elements: How many there are.
    """

    at_s: float = 0.0
    met: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    n_elements: int = 0


def next_cue(last: LiveCue | None, findings: Findings | None, clock_s: float, detail: LiveDetail) -> LiveCue | None:
    """What to show now: `last` while it is not yet time for another, or nothing has changed.

    Args:
        last: What is shown; None before the first cue.
        findings: The findings so far, on the words that stand for now; None before the first.
        clock_s: The take's clock.
        detail: How much is shown.

    Returns:
        None while there is nothing to show.
    """
    if detail is LiveDetail.OFF or findings is None:
        return last
    met = tuple(one.element_id for one in findings.elements if one.met)
    before, shown_s = (last.met, last.at_s) if last is not None else ((), 0.0)
    due = detail is LiveDetail.FULL or clock_s - shown_s >= EVERY_S
    if not due or (last is not None and met == before) or (last is None and not met):
        return last
    return LiveCue(clock_s, met, tuple(each for each in met if each not in before), len(findings.elements))
