"""The recorder's process, asked through `RecorderProcess`."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmrehearse.audio.events import FileSource, RecordingEnded, RecordingStarted, SourceEnded, SourceOpened
from pmrehearse.audio.recorder import RecorderProcess
from tests.rigs.ears import Ears


@pytest.fixture
def ears() -> Ears:
    """Keeps what the recorder tells."""
    return Ears()


@pytest.fixture
def recorder(ears: Ears) -> Iterator[RecorderProcess]:
    """A recorder whose process ends with the test."""
    recorder = RecorderProcess(ears)
    yield recorder
    recorder.close()


def test_a_file_stands_in_for_the_microphone(recorder: RecorderProcess, ears: Ears, jfk: Path, tmp_path: Path) -> None:
    """Every sample of a file that is played into the recorder stands in the take, and the end is told once."""
    recorder.open(FileSource(jfk, speed=20.0))
    recorder.record(tmp_path / "audio.wav")
    ended = ears.wait_for(RecordingEnded)
    assert ended == RecordingEnded(tmp_path / "audio.wav", 11 * 16_000, "source ended")
    assert [type(event) for event in ears.told()] == [
        SourceOpened,
        RecordingStarted,
        SourceEnded,
        RecordingEnded,
    ]
    with wave.open(str(tmp_path / "audio.wav")) as take:
        assert take.getnframes() == 11 * 16_000
