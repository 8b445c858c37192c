"""Which sounds do tests play into a recorder?"""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import soundfile

from tests.rigs.scripted import spoken_at

TONE_HZ = 437.3
"""Incommensurate with every block: a lost block of 100 ms shifts its phase by 0.73 of a turn. With 440 Hz two lost
blocks of 125 ms were invisible (55 whole turns; measured)."""


def numbered(path: Path, length_s: float) -> Path:
    """A 16 kHz WAV in which every sample tells its number."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", "not compressed"))
        file.writeframes(spoken_at(0, round(length_s * 16_000)).astype("<i2").tobytes())
    return path


def tone(path: Path, length_s: float) -> Path:
    """A 48 kHz WAV of the tone."""
    numbers = np.arange(round(length_s * 48_000))
    soundfile.write(path, 0.3 * np.sin(2 * np.pi * TONE_HZ * numbers / 48_000), 48_000, subtype="PCM_16")
    return path


def phase_jumps(sound: np.ndarray[tuple[int], np.dtype[np.int16]], least_turn: float = 0.02) -> list[float]:
    """Where the tone's phase jumps: seconds at which 20 ms windows advance by another angle than the tone's.

    Args:
        sound: int16, 16 kHz; windows without the tone are left out.
        least_turn: A jump in parts of a turn.
    """
    window = 320
    n = sound.size // window
    windows = sound[: n * window].reshape(n, window).astype(np.float64)
    probe = np.exp(-2j * np.pi * TONE_HZ * np.arange(window) / 16_000)
    spectrum = windows @ probe
    audible = np.abs(spectrum) > 0.25 * np.median(np.abs(spectrum))
    turns = np.angle(spectrum) / (2 * np.pi)
    advance = np.diff(turns) - TONE_HZ * window / 16_000
    error = np.abs(advance - np.round(advance))
    jumps = (error > least_turn) & audible[1:] & audible[:-1]
    return [float(index + 1) * window / 16_000 for index in np.nonzero(jumps)[0]]
