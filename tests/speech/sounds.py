"""Sound that tests make and write."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pmrehearse.audio.levels import to_int16

Sound = NDArray[np.float32]
RATE_HZ = 16_000


def quiet(seconds: float) -> Sound:
    """A quiet room: noise at -66 dB of full scale."""
    return np.random.default_rng(7).normal(0.0, 0.0005, round(seconds * RATE_HZ)).astype(np.float32)


def write_wav(path: Path, sound: Sound) -> int:
    """Write a take's WAV; returns its length in samples."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(to_int16(sound).tobytes())
    return int(sound.size)
