"""Sound and checkpoints for the tests of speech."""

from __future__ import annotations

import subprocess
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from whisper.tokenizer import get_tokenizer

from pmrehearse.audio.importing import read_audio
from tests.speech.sounds import Sound
from tests.speech.tiny_whisper import save_tiny


@pytest.fixture(scope="session", autouse=True)
def _vocabulary() -> None:
    """openai-whisper leaves its vocabulary's file open when it reads it, once."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        get_tokenizer(multilingual=False)


@pytest.fixture(scope="session")
def speak(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Sound]:
    """Says a sentence with espeak-ng: 16 kHz, without silence around it."""
    folder = tmp_path_factory.mktemp("espeak")
    said: dict[str, Sound] = {}

    def say(text: str) -> Sound:
        if text not in said:
            path = folder / f"{len(said)}.wav"
            subprocess.run(["espeak-ng", "-v", "en-us", "-s", "155", "-w", str(path), text], check=True)
            sound = read_audio(path)
            loud = np.nonzero(np.abs(sound) > 0.005)[0]
            said[text] = sound[loud[0] : loud[-1] + 1]
        return said[text]

    return say


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Whisper checkpoint of real form with random weights."""
    return save_tiny(tmp_path_factory.mktemp("tiny") / "tiny.pt")
