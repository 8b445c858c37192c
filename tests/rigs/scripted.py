"""What does a microphone that fails by a script give, in a time that a test makes?

Every sample that it gives says when it was spoken, so a test can see in the file whether each stands at its time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pmrehearse.audio.events import SAMPLE_RATE_HZ
from pmrehearse.audio.sources import Block, Finished
from pmrehearse.audio.wavfile import HEADER_BYTES

BLOCK_SAMPLES = 1_600
"""100 ms, as PortAudio calls at our latency."""
CYCLE = 32_003
"""A prime: samples repeat after two seconds and a bit."""


def spoken_at(first: int, n_samples: int) -> NDArray[np.int16]:
    """The samples spoken from number `first` on: never zero, each telling its number within `CYCLE`."""
    return (np.arange(first, first + n_samples, dtype=np.int64) % CYCLE + 1).astype(np.int16)


def misplaced(sound: NDArray[np.int16], first: int) -> int:
    """How many samples of a file stand where they were not spoken; zeros (marked gaps) are not counted.

    Args:
        sound: The file's samples.
        first: The number of the sample that the file begins with.
    """
    expected = spoken_at(first, sound.size)
    return int(np.count_nonzero((sound != 0) & (sound != expected)))


class World:
    """Time that passes only when somebody waits."""

    def __init__(self) -> None:
        self.now_s = 1_000.0

    def now(self) -> float:
        """The time."""
        return self.now_s

    def wait(self, length_s: float) -> None:
        """Let time pass."""
        self.now_s += length_s


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that the microphone does for a while.

    Attributes:
        start_s: Seconds after the world's beginning.
        end_s: Until then; infinite for ever.
        kind: "lost" (nothing comes, and what was spoken is gone), "late" (nothing comes, then all of it),
            "ended" (the stream dies), "absent" (it cannot be opened), "overflow" (blocks are flagged),
            "hangs" (closing does not come back).
    """

    start_s: float
    end_s: float
    kind: str


class ScriptedMicrophone:
    """A microphone as `sources.Source`, failing by a script."""

    live = True
    narrow = False
    latency_s = 0.4
    rate_hz = SAMPLE_RATE_HZ
    device = "scripted"

    def __init__(self, world: World, faults: Iterable[Fault] = (), lost_blocks: Iterable[int] = ()) -> None:
        """Open.

        Args:
            world: Its time.
            faults: What it does wrong and when.
            lost_blocks: Numbers of blocks (since the world began) that are dropped without a word.
        """
        self._world = world
        self._faults = tuple(faults)
        self._lost = frozenset(lost_blocks)
        self._next = self._block_at(world.now_s)
        self.closed = False

    def read(self, timeout_s: float) -> Block | Finished | None:
        """The next block when its time has come."""
        if self._fault("ended"):
            self._world.wait(timeout_s)
            return Finished("the script says so")
        due_s = 1_000.0 + (self._next + 1) * BLOCK_SAMPLES / SAMPLE_RATE_HZ
        if due_s > self._world.now_s + timeout_s:
            self._world.wait(timeout_s)
            return None
        self._world.now_s = max(self._world.now_s, due_s)
        if self._fault("lost"):
            self._next += 1
            return None
        if self._fault("late"):
            self._world.wait(timeout_s)
            return None
        number, self._next = self._next, self._next + 1
        if number in self._lost:
            return None
        overflowed = self._fault("overflow")
        return Block(spoken_at(number * BLOCK_SAMPLES, BLOCK_SAMPLES), self._world.now_s, overflowed)

    def play_from(self, n_samples: int) -> None:
        """Nothing."""

    def hold(self) -> None:
        """Nothing."""

    def go_on(self) -> None:
        """Nothing."""

    def close(self) -> None:
        """Close."""
        self.closed = True

    def _fault(self, kind: str) -> bool:
        t = self._world.now_s - 1_000.0
        return any(fault.kind == kind and fault.start_s <= t < fault.end_s for fault in self._faults)

    @staticmethod
    def _block_at(now_s: float) -> int:
        return int(np.ceil((now_s - 1_000.0) * SAMPLE_RATE_HZ / BLOCK_SAMPLES))


def samples_of(path: Path) -> NDArray[np.int16]:
    """The samples of a take's WAV, as integers, by its size."""
    data = path.read_bytes()[HEADER_BYTES:]
    return np.frombuffer(data[: len(data) // 2 * 2], dtype="<i2").astype(np.int16)
