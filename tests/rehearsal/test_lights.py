"""The Toastmasters lights and the verdict on the length."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pmrehearse.rehearsal.lights import Band, Light, Reading, TimeVerdict, band, light, time_verdict
from pmrehearse.scenario.model import Scenario

UP_TO_THREE = Band(120.0, 180.0)


@pytest.mark.parametrize(
    ("clock_s", "expected"),
    [
        (119.9, Light.NONE),
        (120.0, Light.GREEN),
        (149.9, Light.GREEN),
        (150.0, Light.YELLOW),
        (179.9, Light.YELLOW),
        (180.0, Light.RED),
        (300.0, Light.RED),
    ],
)
def test_lights_come_at_minimum_midpoint_and_maximum(clock_s: float, expected: Light) -> None:
    """Green at the minimum, yellow at the midpoint, red at the maximum."""
    assert light(clock_s, UP_TO_THREE) is expected


@pytest.mark.parametrize(
    ("duration_s", "expected"),
    [
        (0.0, TimeVerdict.UNDER),
        (119.9, TimeVerdict.UNDER),
        (120.0, TimeVerdict.ON),
        (180.9, TimeVerdict.ON),
        (181.0, TimeVerdict.OVER),
    ],
)
def test_under_time_fails_too(duration_s: float, expected: TimeVerdict) -> None:
    """Too short is a failure as too long is; the second of the maximum still counts as on time."""
    assert time_verdict(duration_s, UP_TO_THREE) is expected


def test_the_scenario_states_the_band(lens: Scenario) -> None:
    """By default the band is the scenario's target: the planned length is the end."""
    assert band(lens) == UP_TO_THREE


def test_the_other_reading_is_the_clubs(lens: Scenario) -> None:
    """`AROUND` reads three minutes as 2:30 to 3:30, but gives no time past a hard limit."""
    soft = replace(lens, hard_limit=False)
    around, cut = band(soft, Reading.AROUND), band(lens, Reading.AROUND)
    assert (around.min_s, around.middle_s, around.max_s) == pytest.approx((150.0, 180.0, 210.0))
    assert (cut.min_s, cut.max_s) == pytest.approx((150.0, 180.0))
