"""Which Toastmasters light is on, and was the answer under, on or over time?

Toastmasters International's timers show green when the speaker has said enough to qualify, yellow at the midpoint and
red at the maximum; under time disqualifies as over time does. Two readings of "three minutes" can be defended:

- `UP_TO` (the default): two to three minutes, red means stop. Interviewers cut off; they grant no grace.
- `AROUND`: three minutes plus or minus thirty seconds, the club's reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmrehearse.scenario.model import Scenario

LEEWAY = 1 / 6
"""Share of the planned length that `AROUND` grants to either side: 30 s of 3 min, 1 min of the club's 5-7 min slot."""

OVER_TOLERANCE_S = 1.0
"""An answer that ends within the second in which the clock shows the maximum is not over time."""


class Light(StrEnum):
    """The light that is on."""

    NONE = "none"
    """Too early to stop."""
    GREEN = "green"
    """Long enough: it may end."""
    YELLOW = "yellow"
    """Halfway between long enough and too long."""
    RED = "red"
    """Stop."""


class Reading(StrEnum):
    """What the planned length means."""

    UP_TO = "up to"
    """It is the end: the scenario's target band (default)."""
    AROUND = "around"
    """It is the middle: one sixth to either side."""


class TimeVerdict(StrEnum):
    """How the answer's length stands to the band."""

    UNDER = "under time"
    ON = "on time"
    OVER = "over time"


@dataclass(frozen=True, slots=True)
class Band:
    """The lengths that qualify.

    Attributes:
        min_s: Shorter is under time; green comes here.
        max_s: Longer is over time; red comes here. At least `min_s`.
    """

    min_s: float
    max_s: float

    @property
    def middle_s(self) -> float:
        """Where yellow comes."""
        return (self.min_s + self.max_s) / 2


def band(scenario: Scenario, reading: Reading = Reading.UP_TO) -> Band:
    """The band of a scenario.

    A scenario with a hard limit is never given time beyond it: `AROUND` then ends at the limit.
    """
    if reading is Reading.UP_TO:
        return Band(scenario.target_min_s, scenario.target_max_s)
    latest_s = scenario.seconds if scenario.hard_limit else scenario.seconds * (1 + LEEWAY)
    return Band(scenario.seconds * (1 - LEEWAY), latest_s)


def light(clock_s: float, band: Band) -> Light:
    """The light that is on at this time of the take's clock."""
    if clock_s >= band.max_s:
        return Light.RED
    if clock_s >= band.middle_s:
        return Light.YELLOW
    return Light.GREEN if clock_s >= band.min_s else Light.NONE


def time_verdict(duration_s: float, band: Band) -> TimeVerdict:
    """Under, on or over time, for an answer of this length in seconds of recorded sound."""
    if duration_s < band.min_s:
        return TimeVerdict.UNDER
    return TimeVerdict.OVER if duration_s >= band.max_s + OVER_TOLERANCE_S else TimeVerdict.ON
