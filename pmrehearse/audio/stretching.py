"""How does speech become slower or faster without another pitch?

WSOLA (Verhelst and Roelands 1993, "An overlap-add technique based on waveform similarity for high quality time-scale
modification of speech"): short frames are laid over one another nearer together or further apart, each taken from where
it continues the wave of the one before. Of the packages that bring wheels, those under a free licence of our kind
either do not stream (python-stretch: a tone fed in blocks comes out at 434 to 439 Hz) or are not kept up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from pmrehearse.audio.events import SAMPLE_RATE_HZ
from pmrehearse.audio.playback import FASTEST, SLOWEST

Samples = NDArray[np.float32]
"""Mono, 16 kHz, in [-1, 1], shape (n_samples,)."""

HOP = SAMPLE_RATE_HZ * 15 // 1000
"""Samples from one frame to the next in what is heard; a frame is two hops: 30 ms, two periods of a low voice."""
REACH = SAMPLE_RATE_HZ * 10 // 1000
"""How far from its own place a frame may be taken, in samples: 20 ms in all hold a period of any voice (50 Hz)."""
_QUIET = 1e-9
"""Energy under which a stretch has no wave to be continued."""


def stretched(blocks: Iterable[Samples], speed: float) -> Iterator[Samples]:
    """The sound at another speed, as it comes.

    Args:
        blocks: The sound, in blocks of any size.
        speed: In [SLOWEST, FASTEST]; 1 gives the blocks as they are, others as many samples as go into the sound's
            length divided by it.

    Raises:
        ValueError: The speed is outside.
    """
    if not SLOWEST <= speed <= FASTEST:
        raise ValueError(f"a speed of {speed}")
    if speed == 1.0:
        yield from blocks
        return
    stretcher = _Stretcher(speed)
    for block in blocks:
        yield from stretcher.take(block)
    yield from stretcher.rest()


class _Stretcher:
    """The sound that came and was not used up, and where the last frame was taken."""

    def __init__(self, speed: float) -> None:
        self._speed = speed
        self._sound: Samples = np.empty(0, np.float32)
        self._first = 0
        """The number of the first sample that is kept, from the beginning of the sound."""
        self._n_taken = 0
        self._n_given = 0
        self._place = -HOP
        """Where the last frame was taken; before the first, where the sound itself goes on from."""
        self._falling: Samples = np.zeros(HOP, np.float32)
        self._rise = (0.5 - 0.5 * np.cos(np.pi * (np.arange(HOP) + 0.5) / HOP)).astype(np.float32)

    def take(self, block: Samples) -> Iterator[Samples]:
        """Take more of the sound and give what can be said of it: 15 ms a piece."""
        self._n_taken += block.size
        self._sound = np.concatenate((self._sound, block))
        while self._needed() <= self._n_taken:
            yield self._next()

    def rest(self) -> Iterator[Samples]:
        """The sound has ended: give what is left, to the sample."""
        n_wanted = round(self._n_taken / self._speed)
        while self._n_given < n_wanted:
            missing = self._needed() - self._first - self._sound.size
            self._sound = np.concatenate((self._sound, np.zeros(max(missing, 0), np.float32)))
            left = n_wanted - self._n_given
            yield self._next()[:left]

    def _own_place(self) -> int:
        return round(self._n_given * self._speed)

    def _needed(self) -> int:
        """How many samples of the sound must have come for the next frame."""
        return max(self._own_place() + REACH, self._place + HOP) + 2 * HOP

    def _next(self) -> Samples:
        place = self._best() if self._n_given else 0
        frame = self._from(place, 2 * HOP)
        heard = frame[:HOP] if not self._n_given else self._falling + self._rise * frame[:HOP]
        self._falling = self._rise[::-1] * frame[HOP:]
        self._place = place
        self._n_given += HOP
        self._forget()
        return heard

    def _best(self) -> int:
        """The place near the frame's own from which the wave of the last frame goes on best."""
        own = self._own_place()
        begin = max(0, own - REACH)
        wanted = self._from(self._place + HOP, 2 * HOP)
        around = self._from(begin, own + REACH + 2 * HOP - begin)
        squares = np.concatenate(([0.0], np.cumsum(around.astype(np.float64) ** 2)))
        energy = squares[2 * HOP :] - squares[: -2 * HOP]
        alike = np.correlate(around, wanted, "valid")[: energy.size] / np.sqrt(energy + _QUIET)
        best = int(np.argmax(alike))
        return begin + best if alike[best] > _QUIET else own

    def _from(self, place: int, n_samples: int) -> Samples:
        begin = place - self._first
        return self._sound[begin : begin + n_samples]

    def _forget(self) -> None:
        """Let go of what no frame can be taken from any more."""
        keep_from = max(0, min(self._own_place() - REACH, self._place + HOP))
        self._sound = self._sound[keep_from - self._first :]
        self._first = keep_from
