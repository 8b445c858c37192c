"""The power goes while a take is recorded; the long form is `python -m tests.soak.power_cuts`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rigs.cut_take import cut_while_recording
from tests.rigs.power_cut import CannotCutError, Disk
from tests.rigs.real_program import Home
from tests.rigs.sounds import numbered

MOST_LOST_S = 1.5
"""A second between two syncs, the block in flight, and a sync that a busy machine holds up; the long form asks 1.0."""


@pytest.mark.parametrize("after_s", [0.1, 2.6])
def test_a_power_cut_loses_a_second_at_most(tmp_path: Path, after_s: float) -> None:
    """The take is listed, its sound is the beginning of what was recorded, no file is empty, the index is whole."""
    try:
        disk = Disk(tmp_path / "ext4")
    except CannotCutError as reason:
        pytest.skip(str(reason))
    try:
        cut = cut_while_recording(disk, Home(tmp_path / "home"), numbered(tmp_path / "minute.wav", 60.0), after_s)
    finally:
        disk.close()
    assert cut.recorded_s > 0.0
    assert cut.faults(MOST_LOST_S) == []
