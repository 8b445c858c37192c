"""Transcribing whole files, with the real engine in a real worker."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from pmrehearse import places
from pmrehearse.errors import AudioFileError, CheckpointError, MachineError, SpeechWorkerError
from pmrehearse.speech.events import Checkpoint, RecognisedTo, SpeechEvent, SpeechOptions, WorkerReady
from pmrehearse.speech.segments import TranscriptSource
from pmrehearse.speech.transcribing import transcribe_file
from tests.speech.fake_engine import open_fake
from tests.speech.sounds import quiet, write_wav

OPTIONS = SpeechOptions("tiny-random")


def test_a_flac_becomes_a_transcript(jfk: Path, tiny: Path) -> None:
    """By openai-whisper in the worker: all speech in segments, words with times in speech, and no copy is left."""
    events: list[SpeechEvent] = []
    transcript = transcribe_file(jfk, OPTIONS, events.append, lambda name: Checkpoint(name, tiny))
    assert transcript.source is TranscriptSource.HEARD
    assert transcript.complete
    assert sum(span.duration_s for span in transcript.speech) > 6.0
    assert transcript.words
    for segment in transcript.segments:
        assert segment.checkpoint == "tiny-random"
        for word in segment.words:
            assert word.start_s is not None
            assert any(span.start_s <= word.start_s <= span.end_s for span in segment.speech)
    assert isinstance(events[0], WorkerReady)
    assert events[0].load_s > 0.0
    assert events[-2] == RecognisedTo(11.0, 11.0)
    assert list(places.cache_dir().iterdir()) == []


def test_silence_has_an_empty_transcript(tmp_path: Path) -> None:
    """Nothing was said, and all of it was heard."""
    write_wav(tmp_path / "a.wav", quiet(4.0))
    transcript = transcribe_file(
        tmp_path / "a.wav", OPTIONS, lambda _event: None, lambda name: Checkpoint(name, tmp_path), open_fake
    )
    assert transcript.segments == ()
    assert transcript.complete


def test_a_file_that_is_no_sound_is_refused_first(tmp_path: Path) -> None:
    """Before any worker is started."""
    (tmp_path / "a.wav").write_bytes(b"no sound")
    with pytest.raises(AudioFileError):
        transcribe_file(tmp_path / "a.wav", OPTIONS, lambda _event: None, lambda name: Checkpoint(name, tmp_path))
    assert list(places.cache_dir().iterdir()) == []


def test_no_checkpoint_is_said_first(jfk: Path) -> None:
    """With the command that brings one."""
    with pytest.raises(CheckpointError, match="not on this computer"):
        transcribe_file(jfk, SpeechOptions("no-such-model"), lambda _event: None)


def test_a_worker_that_cannot_work_is_an_error(jfk: Path, tmp_path: Path) -> None:
    """Its message and hint arrive."""
    checkpoint = Checkpoint("fake", tmp_path, '{"refuse": true}')
    with pytest.raises(SpeechWorkerError, match="The fake checkpoint is broken") as error:
        transcribe_file(jfk, OPTIONS, lambda _event: None, lambda _name: checkpoint, open_fake)
    assert error.value.hint == "Mend it."


def test_what_the_listener_raises_ends_it(jfk: Path, tmp_path: Path) -> None:
    """As Ctrl-C does: it passes through, the worker is gone, no copy is left."""

    def interrupt(_event: SpeechEvent) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        transcribe_file(jfk, OPTIONS, interrupt, lambda name: Checkpoint(name, tmp_path), open_fake)
    assert list(places.cache_dir().iterdir()) == []


def test_ctrl_c_in_the_terminal_reaches_the_command(jfk: Path, tmp_path: Path) -> None:
    """A signal while it waits for the worker ends the wait at once."""
    checkpoint = Checkpoint("fake", tmp_path, '{"decode_s": 600}')

    def press(event: SpeechEvent) -> None:
        if isinstance(event, WorkerReady):
            os.kill(os.getpid(), signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job is begun without it
    try:
        with pytest.raises(KeyboardInterrupt):
            transcribe_file(jfk, OPTIONS, press, lambda _name: checkpoint, open_fake)
    finally:
        signal.signal(signal.SIGINT, before)


def test_no_room_for_the_copy_is_said(jfk: Path, tmp_path: Path) -> None:
    """A file stands where the cache should be."""
    shutil.rmtree(places.cache_dir(), ignore_errors=True)
    places.cache_dir().parent.mkdir(parents=True, exist_ok=True)
    places.cache_dir().write_bytes(b"")
    with pytest.raises(MachineError, match="No copy"):
        transcribe_file(jfk, OPTIONS, lambda _event: None, lambda name: Checkpoint(name, tmp_path), open_fake)
