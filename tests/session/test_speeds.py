"""What is remembered of a machine's speed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmrehearse.remembered import Remembered
from pmrehearse.session.speeds import NAME, Speeds
from pmrehearse.speech import engine
from pmrehearse.speech.events import RecognisedTo, SpeechEvent, SpeechOptions, WorkerReady
from pmrehearse.speech.speed import Cost, Speed

INT8 = WorkerReady(SpeechOptions("base.en", "whisper-int8", "cpu"), 2.0, Cost(0.5, 0.01))


@pytest.fixture
def known(tmp_path: Path) -> Speeds:
    """Nothing is remembered yet."""
    return Speeds(Remembered(tmp_path))


def test_the_first_time_is_left_open_and_the_next_is_named(known: Speeds) -> None:
    """What the first worker found is what the next one is asked for, with any of Whisper's sizes."""
    assert known.options("base.en") == SpeechOptions("base.en", "auto", "auto")
    known.note(INT8)
    assert known.options("base.en") == SpeechOptions("base.en", "whisper-int8", "cpu")
    assert known.options("small.en") == SpeechOptions("small.en", "whisper-int8", "cpu")
    assert known.known() == Speed("whisper-int8", "cpu", Cost(0.5, 0.01))


def test_other_checkpoints_are_recognised_as_whisper_does_it(known: Speeds) -> None:
    """The demo voice and imported checkpoints are neither tried nor remembered."""
    known.note(WorkerReady(SpeechOptions("demo-voice"), 1.0, Cost(0.1, 0.001)))
    assert known.known() is None
    assert known.options("demo-voice") == SpeechOptions("demo-voice")


def test_a_gpu_that_failed_is_not_asked_again(known: Speeds) -> None:
    """The worker that went on with the processor is remembered in its place."""
    known.note(WorkerReady(SpeechOptions("base.en", "whisper", "cuda"), 1.0, Cost(0.02, 0.004)))
    assert known.options("base.en").device == "cuda"
    known.note(INT8)
    assert known.options("base.en").device == "cpu"


def test_an_engine_that_is_no_longer_installed_is_forgotten(known: Speeds, monkeypatch: pytest.MonkeyPatch) -> None:
    """CTranslate2 was removed: all is tried anew."""
    known.note(WorkerReady(SpeechOptions("base.en", "ctranslate2", "cpu"), 1.0, Cost(0.5, 0.007)))
    monkeypatch.setattr(engine, "find_spec", lambda _name: None)
    assert known.options("base.en").engine == "auto"


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"engine": "x"}', '{"engine": 1, "device": 2, "encode_s": "no"}'])
def test_a_damaged_memory_is_no_memory(known: Speeds, kept: str, tmp_path: Path) -> None:
    """Whatever stands there."""
    Remembered(tmp_path).set(NAME, kept)
    assert known.known() is None


def test_events_go_on_to_their_listener(known: Speeds) -> None:
    """All of them, also those that are worth nothing here."""
    heard: list[SpeechEvent] = []
    hear = known.noting(heard.append)
    hear(INT8)
    hear(RecognisedTo(1.0, 2.0))
    assert heard == [INT8, RecognisedTo(1.0, 2.0)]
    assert known.known() is not None
