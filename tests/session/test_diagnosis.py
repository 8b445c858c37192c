"""What `doctor` makes of this computer, beside the parts that it speaks for."""

from __future__ import annotations

from pmrehearse.audio import levelwatch
from pmrehearse.session import diagnosis
from pmrehearse.speech import checkpoint_file


def test_the_doctor_judges_as_the_parts_do_themselves() -> None:
    """Levels by the bounds of the recorder's own warnings, torch by what checkpoint files are read with."""
    assert (diagnosis.QUIET_DBFS, diagnosis.LOUD_DBFS) == (levelwatch.QUIET_DBFS, levelwatch.CLIP_DBFS)
    assert diagnosis.OLDEST_TORCH == checkpoint_file.OLDEST_TORCH
