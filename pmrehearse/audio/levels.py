"""How loud is a block of sound?"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SILENCE_DBFS = -120.0
"""What stands for digital silence, whose level in dB would be minus infinity; below one bit of 16 (-90 dB)."""
FULL_SCALE = 32_768
"""Largest magnitude of a 16-bit sample."""


@dataclass(frozen=True, slots=True)
class Level:
    """The level of a block.

    Attributes:
        rms_dbfs: Root mean square in dB of full scale (a full square wave has 0 dB), in [-120, 0].
        peak_dbfs: Largest magnitude in dB of full scale, in [-120, 0].
    """

    rms_dbfs: float
    peak_dbfs: float


SILENT = Level(SILENCE_DBFS, SILENCE_DBFS)
"""The level of nothing."""


def to_dbfs(magnitude: float) -> float:
    """A magnitude in [0, 1] of full scale in dB, in [-120, 0]."""
    if magnitude <= 0.0:
        return SILENCE_DBFS
    return min(0.0, max(SILENCE_DBFS, 20.0 * math.log10(magnitude)))


def level_of(samples: NDArray[np.int16]) -> Level:
    """The level of a block.

    Args:
        samples: int16, shape (n_samples,), mono; empty counts as silence.
    """
    if samples.size == 0:
        return SILENT
    wide = samples.astype(np.float64)
    rms = math.sqrt(float(np.dot(wide, wide)) / samples.size)
    peak = float(np.abs(wide).max())
    return Level(to_dbfs(rms / FULL_SCALE), to_dbfs(peak / FULL_SCALE))


def to_int16(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    """Floats as 16-bit samples: rounded, cut at full scale; what is no number becomes 0.

    Args:
        samples: float32, any shape, in [-1, 1]; larger values are cut.
    """
    scaled = np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0).astype(np.float32) * FULL_SCALE
    return np.clip(np.rint(scaled), -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)


def to_float32(samples: NDArray[np.int16]) -> NDArray[np.float32]:
    """16-bit samples as float32 in [-1, 1)."""
    return samples.astype(np.float32) / np.float32(FULL_SCALE)
