"""The recorder's process: what it promises, and what becomes of a take when processes die.

The long form of its kills is `python -m tests.soak.kills`.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
import pytest

from pmrehearse.audio import recorder as recording
from pmrehearse.audio.commands import Alive
from pmrehearse.audio.events import (
    FileSource,
    GapMarked,
    LevelHeard,
    MicrophoneSource,
    RecorderEvent,
    RecorderFailed,
    RecordingEnded,
    RecordingStarted,
    SourceEnded,
    SourceOpened,
    TroubleBegan,
    TroubleKind,
)
from pmrehearse.audio.rawfile import is_being_recorded
from pmrehearse.audio.recorder import RecorderProcess
from pmrehearse.audio.recorder_process import FLOOD, Mouth
from pmrehearse.audio.wire import Outlet
from tests.rigs.ears import Ears
from tests.rigs.killing import kill_many
from tests.rigs.readers import lengths
from tests.rigs.scripted import misplaced, samples_of
from tests.rigs.sounds import numbered

RATE = 16_000


@pytest.fixture
def ears() -> Ears:
    """Keeps what the recorder tells."""
    return Ears()


@pytest.fixture
def recorder(ears: Ears, tmp_path: Path) -> Iterator[RecorderProcess]:
    """A recorder whose process ends with the test."""
    recorder = RecorderProcess(ears, spare_dirs=[tmp_path / "spare"])
    yield recorder
    recorder.close()


@pytest.fixture
def minute(tmp_path: Path) -> Path:
    """A minute of sound in which every sample tells its number."""
    return numbered(tmp_path / "minute.wav", 60.0)


def wait_until_gone(pid: int, deadline_s: float = 20.0) -> None:
    """Wait until a process that is no child of ours is gone."""
    end_s = time.monotonic() + deadline_s
    while Path(f"/proc/{pid}").exists():
        assert time.monotonic() < end_s, f"process {pid} stays"
        time.sleep(0.02)


def test_a_file_stands_in_for_the_microphone(recorder: RecorderProcess, ears: Ears, jfk: Path, tmp_path: Path) -> None:
    """A file of another rate is played into the recorder to its end, which is told once."""
    recorder.open(FileSource(jfk, speed=20.0))
    recorder.record(tmp_path / "audio.wav")
    assert ears.wait_for(RecordingEnded) == RecordingEnded(tmp_path / "audio.wav", 11 * RATE, "source ended")
    recorder.stop()
    recorder.close()
    assert [type(event) for event in ears.told()] == [SourceOpened, RecordingStarted, SourceEnded, RecordingEnded]
    assert set(lengths(tmp_path / "audio.wav").values()) == {11 * RATE}


def test_a_file_is_recorded_bit_for_bit(recorder: RecorderProcess, ears: Ears, minute: Path, tmp_path: Path) -> None:
    """As fast as can be, a 16 kHz file comes out as it went in."""
    recorder.open(FileSource(minute, speed=float("inf")))
    recorder.record(tmp_path / "audio.wav")
    ears.wait_for(RecordingEnded)
    assert (tmp_path / "audio.wav").read_bytes() == minute.read_bytes()


def test_a_file_waits_before_the_take_and_in_a_pause(
    recorder: RecorderProcess, ears: Ears, minute: Path, tmp_path: Path
) -> None:
    """Nothing of a file is lost by listening first or by pausing; meanwhile levels of silence go on."""
    recorder.open(FileSource(minute, speed=100.0))
    assert ears.wait_for(LevelHeard).peak_dbfs == -120.0
    recorder.record(tmp_path / "audio.wav")
    ears.wait_for(LevelHeard, lambda level: level.n_samples > 10 * RATE)
    recorder.pause()
    silent = ears.wait_for(LevelHeard, lambda level: level.n_samples > 0 and level.peak_dbfs == -120.0)
    recorder.resume()
    ended = ears.wait_for(RecordingEnded)
    assert silent.n_samples < 60 * RATE
    assert ended.reason == "source ended"
    assert (tmp_path / "audio.wav").read_bytes() == minute.read_bytes()


def test_an_unreadable_file_is_told(recorder: RecorderProcess, ears: Ears, tmp_path: Path) -> None:
    """A file without sound ends in one failure with the exit code of a bad file; another source may follow."""
    (tmp_path / "no.wav").write_text("no sound at all")
    recorder.open(FileSource(tmp_path / "no.wav"))
    failed = ears.wait_for(RecorderFailed)
    assert failed.exit_code == 2
    assert "no.wav" in failed.message
    recorder.open(FileSource(numbered(tmp_path / "yes.wav", 1.0)))
    assert ears.wait_for(SourceOpened).device == "yes.wav"


def test_the_death_of_the_process_is_told_and_the_take_goes_on(
    recorder: RecorderProcess, ears: Ears, minute: Path, tmp_path: Path
) -> None:
    """Killed three times in the middle of a take, told each time within 2 s, the take is whole in the end."""
    path = tmp_path / "audio.wav"
    source = FileSource(minute, speed=20.0)
    recorder.open(source)
    recorder.record(path)
    for times in range(3):
        told = len(ears.events)
        wait_for_samples(ears, (times + 1) * 12 * RATE)
        assert recorder.pid is not None
        os.kill(recorder.pid, signal.SIGKILL)
        killed_s = time.monotonic()
        failed = ears.wait_for(RecorderFailed, after=told)
        assert time.monotonic() - killed_s < 2.0
        assert "signal 9" in failed.message
        told = len(ears.events)
        recorder.open(source)
        recorder.resume_into(path)
        assert ears.wait_for(RecordingStarted, after=told).path == path
    ears.wait_for(RecordingEnded)
    assert path.read_bytes() == minute.read_bytes()


def wait_for_samples(ears: Ears, n_samples: int) -> None:
    """Wait until a take has more than so many samples."""
    ears.wait_for(LevelHeard, lambda level: level.n_samples > n_samples)


def test_kill_9_loses_nothing(tmp_path: Path, minute: Path) -> None:
    """Killed at twenty random moments, a take holds every sample that was told, for every program."""
    killed = kill_many(tmp_path, minute, range(20))
    assert [(each.lost, each.faults()) for each in killed] == [(0, [])] * 20


def resident_bytes(pid: int) -> int:
    """How much memory a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.soak
def test_ninety_minutes_do_not_grow(recorder: RecorderProcess, ears: Ears, tmp_path: Path) -> None:
    """Over a take of 90 minutes, at 60 times real speed, the process grows by less than 50 MB, and all is recorded."""
    source = numbered(tmp_path / "long.wav", 5_400.0)
    recorder.open(FileSource(source, speed=60.0))
    recorder.record(tmp_path / "audio.wav")
    wait_for_samples(ears, 60 * RATE)
    assert recorder.pid is not None
    at_first = resident_bytes(recorder.pid)
    ears.wait_for(SourceEnded, deadline_s=600.0)
    grown = resident_bytes(recorder.pid) - at_first
    ears.wait_for(RecordingEnded)
    assert grown < 50e6
    assert (tmp_path / "audio.wav").read_bytes() == source.read_bytes()


PARENT = """
import sys, time
from pathlib import Path
from pmrehearse.audio.events import FileSource, RecordingStarted
from pmrehearse.audio.recorder import RecorderProcess
def hear(event):
    if isinstance(event, RecordingStarted):
        print(recorder.pid, flush=True)
recorder = RecorderProcess(hear)
recorder.open(FileSource(Path(sys.argv[1]), 2.0))
recorder.record(Path(sys.argv[2]))
time.sleep(60)
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_the_death_of_the_screen_finishes_the_file(minute: Path, tmp_path: Path, end: signal.Signals) -> None:
    """When the process that asked for a take dies, the recorder finishes the file by itself and goes."""
    path = tmp_path / "audio.wav"
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(minute), str(path)], stdout=subprocess.PIPE, text=True
    ) as screen:
        assert screen.stdout is not None
        pid = int(screen.stdout.readline())
        assert is_being_recorded(path)
        screen.send_signal(end)
    wait_until_gone(pid)
    assert not is_being_recorded(path)
    assert misplaced(samples_of(path), 0) == 0
    assert len(set(lengths(path).values())) == 1


def test_signals_of_a_terminal_do_not_reach_it(
    recorder: RecorderProcess, ears: Ears, minute: Path, tmp_path: Path
) -> None:
    """Ctrl-C, a hangup and ctrl-Z leave a take alone; being asked to end (SIGTERM) finishes the file."""
    recorder.open(FileSource(minute))
    recorder.record(tmp_path / "audio.wav")
    ears.wait_for(RecordingStarted)
    assert recorder.pid is not None
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTSTP):
        os.kill(recorder.pid, number)
    told = len(ears.events)
    ears.wait_for(LevelHeard, after=told + 5)
    os.kill(recorder.pid, signal.SIGTERM)
    ended = ears.wait_for(RecordingEnded)
    assert ended.reason == "screen gone"
    assert samples_of(tmp_path / "audio.wav").size == ended.n_samples


def test_a_process_that_hangs_is_ended(
    recorder: RecorderProcess, ears: Ears, minute: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A recorder that no longer answers is ended and told; what it wrote is in the file."""
    recorder.open(FileSource(minute))
    recorder.record(tmp_path / "audio.wav")
    ears.wait_for(LevelHeard, lambda level: level.n_samples > 0)
    monkeypatch.setattr(recording, "DEAF_TICKS", 3)
    assert recorder.pid is not None
    os.kill(recorder.pid, signal.SIGSTOP)
    ears.wait_for(RecorderFailed)
    assert misplaced(samples_of(tmp_path / "audio.wav"), 0) == 0


def test_a_screen_that_reads_nothing_holds_nothing_up() -> None:
    """Telling never waits: with nobody reading, levels are left out, and everything else is kept."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with contextlib.suppress(BlockingIOError):
        while os.write(writing, bytes(65_536)):
            pass
    os.set_blocking(writing, True)
    with os.fdopen(writing, "wb", buffering=0) as pipe:
        mouth = Mouth(Outlet(cast("BinaryIO", pipe)))
        begin_s = time.monotonic()
        for number in range(5_000):
            mouth.tell(LevelHeard(-20.0, -10.0, number, 0.0))
            mouth.tell(Alive())
        for number in range(500):
            mouth.tell(GapMarked(number, 1, "lost"))
        assert time.monotonic() - begin_s < 2.0
        waiting = [mouth._events.get_nowait() for _ in range(mouth._events.qsize())]
        os.close(reading)
        mouth._thread.join(20.0)
    assert [event for event in waiting if isinstance(event, GapMarked)] == [
        GapMarked(number, 1, "lost") for number in range(500)
    ]
    assert len(waiting) <= FLOOD + 500


def test_closing_ends_the_process_and_the_file(
    recorder: RecorderProcess, ears: Ears, minute: Path, tmp_path: Path
) -> None:
    """After `close` the file is whole and nothing runs; closing again does nothing."""
    recorder.open(FileSource(minute))
    recorder.record(tmp_path / "audio.wav")
    ears.wait_for(LevelHeard, lambda level: level.n_samples > 0)
    pid = recorder.pid
    assert pid is not None
    recorder.close()
    assert ears.wait_for(RecordingEnded).n_samples == samples_of(tmp_path / "audio.wav").size
    assert not Path(f"/proc/{pid}").exists()
    recorder.close()
    assert ears.all_of(RecorderFailed) == []


def test_the_files_are_ours_alone(recorder: RecorderProcess, ears: Ears, minute: Path, tmp_path: Path) -> None:
    """The take and the log have mode 0600, their folder 0700, whatever the umask."""
    before = os.umask(0)
    try:
        recorder.open(FileSource(minute))
        recorder.record(tmp_path / "audio.wav")
        ears.wait_for(RecordingStarted)
    finally:
        os.umask(before)
    log = Path(os.environ["PMREHEARSE_STATE_DIR"]) / "recorder_process.log"
    assert [path.stat().st_mode & 0o777 for path in (tmp_path / "audio.wav", log, log.parent)] == [
        0o600,
        0o600,
        0o700,
    ]


def test_a_full_disk_costs_nothing(
    recorder: RecorderProcess, ears: Ears, minute: Path, small_disk: Path, tmp_path: Path
) -> None:
    """Little room is told before, a full disk at once; the take ends whole in the spare folder."""
    recorder.open(FileSource(minute, speed=20.0))
    recorder.record(small_disk / "audio.wav")
    ears.wait_for(TroubleBegan, lambda trouble: trouble.kind is TroubleKind.DISK_LOW)
    trouble = ears.wait_for(TroubleBegan, lambda trouble: trouble.kind is TroubleKind.DISK)
    assert "No space left" in trouble.message
    ended = ears.wait_for(RecordingEnded)
    assert ended.path.parent == tmp_path / "spare"
    assert ended.path.read_bytes() == minute.read_bytes()
    assert samples_of(small_disk / "audio.wav").size > 20 * RATE


def test_a_full_disk_that_gets_room_again(
    recorder: RecorderProcess, ears: Ears, minute: Path, small_disk: Path
) -> None:
    """Sound kept in memory while the disk was full is written as soon as room is made."""
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(700_000))
    recorder.open(FileSource(minute, speed=4.0))
    recorder.record(small_disk / "audio.wav")
    ears.wait_for(TroubleBegan, lambda trouble: trouble.kind is TroubleKind.DISK)
    ballast.unlink()
    n_full = samples_of(small_disk / "audio.wav").size
    ears.wait_for(LevelHeard, lambda level: level.n_samples > n_full + 4 * RATE)
    recorder.stop()
    ended = ears.wait_for(RecordingEnded)
    assert ended.path == small_disk / "audio.wav"
    assert ended.n_samples == samples_of(ended.path).size
    assert misplaced(samples_of(ended.path), 0) == 0
    assert np.all(samples_of(ended.path) != 0)


def test_sound_that_no_disk_takes_is_not_given_up(
    recorder: RecorderProcess,
    ears: Ears,
    minute: Path,
    small_disk: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Closed while every disk is full, the process stays behind and writes the take as soon as there is room."""
    monkeypatch.setattr(recording, "CLOSE_S", 0.5)
    (tmp_path / "spare").write_text("no folder")
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(900_000))
    recorder.open(FileSource(minute, speed=20.0))
    recorder.record(small_disk / "audio.wav")
    ears.wait_for(SourceEnded)
    pid = recorder.pid
    assert pid is not None
    recorder.close()
    assert is_being_recorded(small_disk / "audio.wav")
    subprocess.run(["mount", "-o", "remount,size=4m", str(small_disk)], check=True)
    wait_until_gone(pid)
    assert (small_disk / "audio.wav").read_bytes() == minute.read_bytes()


def test_a_slow_listener_is_no_deaf_recorder(
    ears: Ears, minute: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When our own side takes long over an event, the recorder is left alone and the take is whole."""
    monkeypatch.setattr(recording, "TICK_S", 0.2)
    held_up = threading.Event()

    def slow(event: RecorderEvent) -> None:
        if isinstance(event, RecordingStarted):
            monkeypatch.setattr(recording, "DEAF_TICKS", 8)
            held_up.wait(3.0)
        ears(event)

    recorder = RecorderProcess(slow)
    try:
        recorder.open(FileSource(minute, speed=30.0))
        recorder.record(tmp_path / "audio.wav")
        ears.wait_for(RecordingEnded)
    finally:
        recorder.close()
    assert ears.all_of(RecorderFailed) == []
    assert (tmp_path / "audio.wav").read_bytes() == minute.read_bytes()


def test_without_portaudio_the_error_says_what_to_install(
    recorder: RecorderProcess, ears: Ears, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the library cannot be loaded, opening a microphone fails with the command that installs it."""
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    recorder.open(MicrophoneSource())
    failed = ears.wait_for(RecorderFailed)
    assert failed.message == "Sound cannot be used: PortAudio library not found."
    assert "Install" in failed.hint
    assert failed.exit_code == 3


def test_without_a_sound_server_the_error_says_so(
    recorder: RecorderProcess, ears: Ears, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a machine without any microphone, opening one fails with one plain sentence, and nothing hangs."""
    if not shutil.which("pactl"):
        pytest.skip("needs the sound server's packages")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent")
    recorder.open(MicrophoneSource())
    assert ears.wait_for(RecorderFailed).exit_code == 3
