"""What every recorder does, whether it hears a file, a stream of the test's own or the virtual microphone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pmrehearse.audio.events import (
    FileSource,
    GapMarked,
    LevelHeard,
    MicrophoneSource,
    RecorderFailed,
    RecordingEnded,
    RecordingStarted,
    SoundSource,
    SourceOpened,
)
from pmrehearse.audio.rawfile import is_being_recorded
from pmrehearse.audio.recorder import RecorderProcess
from pmrehearse.audio.wavfile import count_samples
from pmrehearse.session.ports import Recorder
from tests.rigs.ears import Ears
from tests.rigs.fake_sound import FakeSound
from tests.rigs.sounds import numbered
from tests.rigs.thread_recorder import ThreadRecorder

RATE = 16_000


@pytest.fixture
def ears() -> Ears:
    """Keeps what the recorder tells."""
    return Ears()


@pytest.fixture(params=["file", "stream", pytest.param("microphone", marks=pytest.mark.sound)])
def heard(request: pytest.FixtureRequest, ears: Ears, tmp_path: Path) -> Iterator[tuple[Recorder, SoundSource]]:
    """A recorder and what it hears."""
    recorder: Recorder
    source: SoundSource = MicrophoneSource()
    if request.param == "file":
        recorder, source = RecorderProcess(ears), FileSource(numbered(tmp_path / "minute.wav", 60.0))
    elif request.param == "stream":
        recorder = ThreadRecorder(ears, FakeSound())
    else:
        request.getfixturevalue("virtual_mic")
        recorder = RecorderProcess(ears)
    yield recorder, source
    recorder.close()


def test_a_take(heard: tuple[Recorder, SoundSource], ears: Ears, tmp_path: Path) -> None:
    """Listen, record, pause, go on, stop, record another: the clock, the events and the files agree."""
    recorder, source = heard
    first, second = tmp_path / "first.wav", tmp_path / "second.wav"
    recorder.open(source)
    assert ears.wait_for(SourceOpened).rate_hz == RATE
    assert ears.wait_for(LevelHeard).n_samples == 0

    recorder.record(first)
    started = ears.wait_for(RecordingStarted)
    assert started.path == first
    level = ears.wait_for(LevelHeard, lambda level: level.n_samples >= RATE // 2)
    assert level.written_s > started.started_s
    assert is_being_recorded(first)
    assert count_samples(first) >= level.n_samples

    told = len(ears.events)
    recorder.pause()
    recorder.resume()
    ears.wait_for(LevelHeard, lambda later: later.n_samples > level.n_samples + RATE // 2, after=told)

    recorder.stop()
    recorder.stop()
    ended = ears.wait_for(RecordingEnded)
    assert (ended.path, ended.reason) == (first, "stopped")
    assert count_samples(first) == ended.n_samples
    assert not is_being_recorded(first)

    told = len(ears.events)
    assert ears.wait_for(LevelHeard, after=told).n_samples == 0
    recorder.record(second)
    ears.wait_for(LevelHeard, lambda level: level.n_samples > 0, after=told)
    recorder.stop()
    assert ears.wait_for(RecordingEnded, after=told).path == second
    assert count_samples(second) > 0

    recorder.close()
    assert ears.all_of(RecorderFailed) == []
    assert ears.all_of(GapMarked) == []


def test_a_take_that_is_closed_is_whole(heard: tuple[Recorder, SoundSource], ears: Ears, tmp_path: Path) -> None:
    """Closing in the middle of a take ends it as a stop does."""
    recorder, source = heard
    recorder.open(source)
    recorder.record(tmp_path / "a.wav")
    ears.wait_for(LevelHeard, lambda level: level.n_samples > 0)
    recorder.close()
    assert ears.wait_for(RecordingEnded).n_samples == count_samples(tmp_path / "a.wav")
