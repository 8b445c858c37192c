"""The thread that writes a take, on a slow disk."""

from __future__ import annotations

import errno
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from pmrehearse.audio import recording
from pmrehearse.audio.diskroom import room_s
from pmrehearse.audio.events import RecorderEvent, RecordingEnded, TroubleBegan, TroubleEnded, TroubleKind
from pmrehearse.audio.recording import Recording
from pmrehearse.audio.sources import Block
from pmrehearse.audio.takefile import TakeFile
from pmrehearse.audio.troubles import Troubles
from pmrehearse.audio.wavfile import WavWriter
from tests.rigs.flaky_file import FlakyFile
from tests.rigs.scripted import samples_of, spoken_at

DEADLINE_S = 20.0


def flaky(path: Path) -> FlakyFile:
    """A new file on a disk that fails when told."""
    file = FlakyFile.create(path)
    assert isinstance(file, FlakyFile)
    return file


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end_s = time.monotonic() + DEADLINE_S
    while not holds():
        assert time.monotonic() < end_s
        time.sleep(0.005)


def test_putting_never_waits_for_the_disk(tmp_path: Path) -> None:
    """While fsync takes half a second each time, handing sound over takes no time, and all of it arrives."""
    file = flaky(tmp_path / "a.wav")
    file.sync_takes_s = 0.5
    take = TakeFile(WavWriter(file))
    slowest_s = 0.0
    for number in range(300):
        begin_s = time.monotonic()
        take.put(spoken_at(number * 160, 160).tobytes(), begin_s)
        slowest_s = max(slowest_s, time.monotonic() - begin_s)
        time.sleep(0.005)  # sound comes while the disk works
    take.finish()
    take.join(DEADLINE_S)
    assert take.progress.ended
    assert slowest_s < 0.3
    np.testing.assert_array_equal(samples_of(tmp_path / "a.wav"), spoken_at(0, 300 * 160))


def test_a_slow_disk_is_told_and_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that does not catch up for a while is told as slow, and the end of it too; no sample is lost."""
    monkeypatch.setattr(recording, "SLOW_DISK_S", 0.3)
    told: list[RecorderEvent] = []
    file = flaky(tmp_path / "a.wav")
    file.sync_takes_s = 1.5
    take = Recording(TakeFile(WavWriter(file)), told.append, Troubles(told.append), live=True)
    number = 0

    def until(kind: type[RecorderEvent]) -> Callable[[], bool]:
        def goes_on() -> bool:
            nonlocal number
            take.hear(Block(spoken_at(number * 160, 160), time.monotonic()))
            number += 1
            take.look(time.monotonic())
            return any(isinstance(event, kind) for event in told)

        return goes_on

    wait_until(until(TroubleBegan))
    file.sync_takes_s = 0.0
    wait_until(until(TroubleEnded))
    take.stop("stopped", 0.0)
    wait_until(lambda: take.look(time.monotonic()))
    [began] = [event for event in told if isinstance(event, TroubleBegan)]
    assert (began.kind, began.message) == (TroubleKind.DISK, "The disk is slow to take the recording.")
    assert isinstance(told[-1], RecordingEnded)
    sound = samples_of(tmp_path / "a.wav")
    np.testing.assert_array_equal(sound[sound != 0], spoken_at(0, number * 160))


def test_progress_counts_what_is_in_memory_while_the_disk_fails(tmp_path: Path) -> None:
    """The take's clock goes on while the disk is full, and says why nothing is written."""
    file = flaky(tmp_path / "a.wav")
    take = TakeFile(WavWriter(file))
    file.refusal = errno.ENOSPC
    take.put(spoken_at(0, 1_600).tobytes(), 1.0)
    take.put(spoken_at(1_600, 1_600).tobytes(), 2.0)
    wait_until(lambda: take.progress.error is not None and take.progress.n_samples == 3_200)
    assert take.n_behind == 3_200
    file.refusal = None
    wait_until(lambda: take.progress.error is None)
    assert take.progress.n_samples == 3_200
    assert take.n_behind == 0
    take.finish()
    take.join(DEADLINE_S)


def test_a_writing_thread_that_dies_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of ours in the writing thread ends the recorder, which is then started again, instead of silence."""
    monkeypatch.setattr("threading.excepthook", lambda _: None)
    file = flaky(tmp_path / "a.wav")
    monkeypatch.setattr(file, "write_at", lambda *_: 1 / 0)
    take = TakeFile(WavWriter(file))
    told: list[RecorderEvent] = []
    recorded = Recording(take, told.append, Troubles(told.append), live=True)
    recorded.hear(Block(spoken_at(0, 160), 1.0))
    wait_until(lambda: not take.alive)
    with pytest.raises(RuntimeError, match="died"):
        recorded.look(2.0)


def test_room_is_counted_in_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Room is what a recording would fill; a folder that is not there has no end of it rather than none."""
    assert room_s(tmp_path) > 0
    assert room_s(tmp_path / "none") == float("inf")
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 19_200_000})())
    assert room_s(tmp_path) == 600.0
