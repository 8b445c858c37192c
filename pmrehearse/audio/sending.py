"""How does a take's sound become small enough to send, and what does it look like at a glance?"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from pmrehearse.audio.events import SAMPLE_RATE_HZ
from pmrehearse.audio.importing import SoundReader
from pmrehearse.errors import AudioFileError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

N_PEAKS = 600
"""How many bars an outline has: one for two to three pixels of a page."""
STEP_SAMPLES = 800
"""Loudness is taken every 50 ms."""
BLOCK_SAMPLES = 64 * STEP_SAMPLES
"""Read at a time: 3.2 s, whole steps where the file's rate is ours."""

_WITHOUT = "Export without the sound."


@dataclass(frozen=True, slots=True)
class SoundCopy:
    """Sound as it is sent to others.

    Attributes:
        mime: What it is, for players ("audio/mpeg").
        content: The whole file. MP3, since every browser and phone plays it; about 0.2 MB a minute.
        peaks: How loud each of `N_PEAKS` equal stretches is at its loudest, in [0, 1]: 1 where the sound is loudest.
    """

    mime: str
    content: bytes
    peaks: tuple[float, ...]


def copy_to_send(path: Path) -> SoundCopy:
    """Make a copy of a take's sound that can be sent; block by block, so that memory holds the copy alone.

    Args:
        path: The take's sound file.

    Raises:
        AudioFileError: The file cannot be read, or holds nothing.
    """
    loudest: list[NDArray[np.float32]] = []
    file = io.BytesIO()
    with SoundReader(path) as reader:
        try:
            with soundfile.SoundFile(file, "w", SAMPLE_RATE_HZ, 1, format="MP3") as copy:
                for block in reader.blocks(BLOCK_SAMPLES):
                    copy.write(block)
                    loudest.append(np.abs(_rows(block)).max(axis=1))
        except soundfile.SoundFileError as error:
            raise AudioFileError(f"No copy of {path.name} can be made: {error}.", _WITHOUT) from error
    if not loudest:
        raise AudioFileError(f"{path.name} holds no sound.", _WITHOUT)
    return SoundCopy("audio/mpeg", file.getvalue(), outline(np.concatenate(loudest)))


def outline(loudest: NDArray[np.float32]) -> tuple[float, ...]:
    """`N_PEAKS` heights for loudness told at equal steps.

    Args:
        loudest: float32, shape (n,), n > 0, in [0, 1]: the loudest sample of each step.

    Returns:
        `N_PEAKS` heights in [0, 1], see `SoundCopy.peaks`.
    """
    edges = np.arange(N_PEAKS) * len(loudest) // N_PEAKS
    heights = np.maximum.reduceat(loudest, edges)
    return tuple(np.round(heights / max(float(heights.max()), 1e-6), 3).tolist())


def _rows(block: NDArray[np.float32]) -> NDArray[np.float32]:
    """A block in steps of `STEP_SAMPLES`, the last one filled up with silence."""
    return np.pad(block, (0, -len(block) % STEP_SAMPLES)).reshape(-1, STEP_SAMPLES)
