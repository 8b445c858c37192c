"""What is a source of sound to the recorder, and how does a file stand in for a microphone?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pmrehearse.audio.events import SAMPLE_RATE_HZ, FileSource
from pmrehearse.audio.importing import SoundReader
from pmrehearse.audio.levels import to_int16
from pmrehearse.cleaning import clean_line

BLOCK_SAMPLES = 1_280
"""80 ms: 12.5 levels a second."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of sound.

    Attributes:
        samples: int16, shape (n_samples,), mono, 16 kHz; may be empty while a resampler fills.
        end_s: Monotonic time at which it was handed over, just after its last sample.
        overflowed: The system dropped sound before it.
    """

    samples: NDArray[np.int16]
    end_s: float
    overflowed: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """No more will come: the file is at its end, or the stream died.

    Attributes:
        reason: Why, one sentence.
    """

    reason: str


class Source(Protocol):
    """A source of blocks, opened by its constructor; pulled by one thread."""

    @property
    def device(self) -> str:
        """Its name, clean for a screen."""

    @property
    def rate_hz(self) -> int:
        """The rate at which it is read."""

    @property
    def live(self) -> bool:
        """Whether it runs by its own clock and must be watched (a microphone), or waits for us (a file)."""

    @property
    def narrow(self) -> bool:
        """Whether it carries a telephone's band only (less than 16 kHz)."""

    @property
    def latency_s(self) -> float:
        """How long it may keep sound before it hands it over."""

    def read(self, timeout_s: float) -> Block | Finished | None:
        """The next block; None when none came in time."""

    def play_from(self, n_samples: int) -> None:
        """A take of so many samples begins or goes on: a file goes there; a microphone takes no notice."""

    def hold(self) -> None:
        """Nothing is recorded: a file waits and gives silence; a microphone takes no notice."""

    def go_on(self) -> None:
        """The next block is recorded."""

    def close(self) -> None:
        """Give it back to the system; may hang in the driver (PortAudio #1037), so it is called off the main loop."""


class FileReader:
    """A sound file as a microphone: paced by the clock; silent while nothing is recorded.

    Implements `Source`.
    """

    live = False
    narrow = False
    latency_s = 0.0

    def __init__(
        self,
        source: FileSource,
        now: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """Open the file.

        Args:
            source: The file and its speed.
            now: Monotonic clock in seconds.
            wait: Waits so many seconds.

        Raises:
            AudioFileError: It is unreadable or empty.
        """
        self._source = source
        self._now = now
        self._wait = wait
        self._held = True
        self._due_s = now()
        self._blocks = self._decode(0)
        self.device = clean_line(source.path.name)
        with SoundReader(source.path) as reader:
            self.rate_hz = reader.rate_hz
            next(reader.blocks(BLOCK_SAMPLES), None)

    def read(self, timeout_s: float) -> Block | Finished | None:
        """The next block when its time has come, silence while held, `Finished` at the end."""
        if not self._in_time(timeout_s):
            return None
        if self._held:
            self._due_s = max(self._due_s + BLOCK_SAMPLES / SAMPLE_RATE_HZ, self._now())
            return Block(np.zeros(BLOCK_SAMPLES, np.int16), self._now())
        samples = next(self._blocks, None)
        if samples is None:
            return Finished("the file is at its end")
        self._due_s += samples.size / SAMPLE_RATE_HZ / self._source.speed
        return Block(samples, self._now())

    def play_from(self, n_samples: int) -> None:
        """Go to the place behind the first `n_samples` (at 16 kHz)."""
        self._blocks = self._decode(n_samples)

    def hold(self) -> None:
        """Stay at this place and give silence."""
        self._held = True

    def go_on(self) -> None:
        """Give the file's sound from now on."""
        if self._held:
            self._held = False
            self._due_s = self._now() + BLOCK_SAMPLES / SAMPLE_RATE_HZ / self._source.speed

    def close(self) -> None:
        """Close the file."""
        self._blocks = iter(())

    def _in_time(self, timeout_s: float) -> bool:
        left_s = self._due_s - self._now()
        if left_s > 0:
            self._wait(min(left_s, timeout_s))
        return left_s <= timeout_s

    def _decode(self, n_skipped: int) -> Iterator[NDArray[np.int16]]:
        """The file in blocks of 80 ms."""
        rest = np.empty(0, np.int16)
        with SoundReader(self._source.path) as reader:
            for decoded in reader.blocks():
                rest = np.concatenate([rest, to_int16(decoded)])
                dropped = min(n_skipped, rest.size)
                n_skipped -= dropped
                n_whole = (rest.size - dropped) // BLOCK_SAMPLES * BLOCK_SAMPLES
                yield from rest[dropped : dropped + n_whole].reshape(-1, BLOCK_SAMPLES)
                rest = rest[dropped + n_whole :]
        if rest.size:
            yield rest
