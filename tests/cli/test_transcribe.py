"""Speech as text: of a file, of a take that waits, of a take that nobody could recognise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pmrehearse.speech.events import SpeechOptions
from pmrehearse.speech.segments import Transcript
from tests.cli.fakes import ANSWER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller

MADE = "2026-11-22T09-31-05Z_made"


@pytest.fixture
def sound(tmp_path: Path) -> str:
    """A file that is there."""
    path = tmp_path / "talk.wav"
    path.touch()
    return str(path)


def test_a_file_becomes_text(call: Caller, sound: str) -> None:
    """Its words in paragraphs on stdout, the checkpoint on stderr; no take is made."""
    called = call("transcribe", sound)
    assert called.code == 0
    assert called.out == f"{ANSWER}\n\nand then we look at it\n"
    assert called.err == "Whisper listens with base.en.\n"
    assert call.program.options == [SpeechOptions("base.en")]
    assert len(call.program.library.takes) == 2


@pytest.mark.parametrize("arguments", [["--json"], ["--format", "json"]])
def test_a_file_becomes_json_with_every_word(call: Caller, sound: str, arguments: list[str]) -> None:
    """`--json` and `--format json` are the same."""
    document = json.loads(call("transcribe", sound, *arguments).out)
    assert document["n_words"] == 16
    assert document["segments"][0]["words"][0]["text"] == "our"


def test_a_file_becomes_subtitles(call: Caller, sound: str) -> None:
    """SubRip and WebVTT, with the times of the words."""
    assert call("transcribe", sound, "--format", "srt").out.startswith("1\n00:00:00,000 --> 00:00:0")
    assert call("transcribe", sound, "--format", "vtt").out.startswith("WEBVTT\n\n00:00:00.000 --> ")


def test_a_take_that_waits_gets_its_transcript(call: Caller) -> None:
    """A take by its id or `last`."""
    assert call("transcribe", "last").out.startswith("our metric decides it")
    assert call("transcribe", MADE).code == 0


def test_a_text_can_stand_for_what_was_said(call: Caller) -> None:
    """`--typed` gives a take a text without any checkpoint."""
    call.program.checkpoints.here.clear()
    called = call("transcribe", "last", "--typed", "-", stdin=b"our metric is retention")
    assert (called.code, called.out) == (0, "our metric is retention\n")
    assert call("transcribe", "last", "--typed", "-", stdin=b" ").code == 2


def test_what_is_neither_a_file_nor_a_take_ends_with_2(call: Caller) -> None:
    """The name is told."""
    called = call("transcribe", "nothing.wav")
    assert called.code == 2
    assert "There is no sound file and no take 'nothing.wav'." in called.err


def test_no_checkpoint_ends_with_3(call: Caller, sound: str) -> None:
    """And how to get one is told."""
    call.program.checkpoints.here.clear()
    called = call("transcribe", sound)
    assert (called.code, called.out) == (3, "")
    assert "pmrehearse model fetch base.en" in called.err


def test_no_speech_ends_with_1(call: Caller, sound: str) -> None:
    """Nothing is written."""
    call.program.reviewer.heard = Transcript()
    called = call("transcribe", sound)
    assert (called.code, called.out) == (1, "")
    assert "No speech was heard" in called.err
