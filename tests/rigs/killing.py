"""What is left of a recording that is killed with -9 at a random moment?"""

from __future__ import annotations

import os
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pmrehearse.audio.events import FileSource, LevelHeard, RecorderFailed, RecordingStarted
from pmrehearse.audio.rawfile import is_being_recorded
from pmrehearse.audio.recorder import RecorderProcess
from pmrehearse.audio.sources import BLOCK_SAMPLES
from tests.rigs.ears import Ears
from tests.rigs.readers import lengths
from tests.rigs.scripted import misplaced, samples_of


@dataclass(frozen=True)
class Killed:
    """What was found.

    Attributes:
        told: Samples that the recorder had told of.
        found: Samples in the file, by its size.
        readers: Samples that each program reads.
        is_exact: Every sample stands where it was spoken.
        is_closed: No process holds the file.
    """

    told: int
    found: int
    readers: dict[str, int]
    is_exact: bool
    is_closed: bool

    @property
    def lost(self) -> int:
        """Samples that were told and that some program does not find; 0 is the goal."""
        return max(0, self.told - min(self.readers.values()))

    def faults(self) -> list[str]:
        """What is not as it must be, in words.

        A kill between a block and its header leaves a header that is one block short: other programs then read all
        but that block, which was not told yet, and we read it too.
        """
        wrong = {
            f"{self.lost} samples lost": self.lost > 0,
            "a sample stands in another's place": not self.is_exact,
            "a process still holds the file": not self.is_closed,
            f"{self.found} samples, read as {self.readers}": max(self.readers.values()) > self.found
            or min(self.readers.values()) < self.found - BLOCK_SAMPLES,
        }
        return [text for text, holds in wrong.items() if holds]


def kill_at_random(folder: Path, sound: Path, seed: int) -> Killed:
    """One recording of a numbered sound, killed somewhere in its first three seconds, looked at by every program."""
    ears = Ears()
    recorder = RecorderProcess(ears, spare_dirs=[])
    path = folder / f"killed-{seed}.wav"
    recorder.open(FileSource(sound, speed=4.0))
    recorder.record(path)
    ears.wait_for(RecordingStarted)
    delay_s = random.Random(seed).uniform(0.0, 0.8)  # noqa: S311 - no secret
    time.sleep(delay_s)  # the moment of the kill is what is drawn at random
    assert recorder.pid is not None
    os.kill(recorder.pid, signal.SIGKILL)
    ears.wait_for(RecorderFailed)
    recorder.close()
    samples = samples_of(path)
    killed = Killed(
        max(level.n_samples for level in ears.all_of(LevelHeard)),
        samples.size,
        lengths(path),
        misplaced(samples, 0) == 0 and bool(np.all(samples != 0)),
        not is_being_recorded(path),
    )
    path.unlink()
    return killed


def kill_many(folder: Path, sound: Path, seeds: range) -> list[Killed]:
    """Kill as many recordings, three at a time."""
    with ThreadPoolExecutor(3) as pool:
        return list(pool.map(lambda seed: kill_at_random(folder, sound, seed), seeds))
