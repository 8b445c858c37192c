"""What is said in the benchmarks? Sentences of the labelled answers, spoken by espeak-ng at 150 words a minute."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pmrehearse.audio.importing import read_audio
from pmrehearse.audio.levels import to_int16

if TYPE_CHECKING:
    from numpy.typing import NDArray

ANSWERS = Path(__file__).parent.parent / "tests" / "answers" / "dev.jsonl"
RATE_HZ = 16_000
"""Samples a second."""
PAUSES_S = (0.3, 0.5, 0.4, 1.2, 0.6, 0.3, 2.5)
"""Between sentences, again and again."""
_QUIET = 0.0005


@dataclass(frozen=True)
class Talk:
    """Speech of known sentences.

    Attributes:
        sound: float32, 16 kHz, mono.
        ends_s: Where each sentence ends.
    """

    sound: NDArray[np.float32]
    ends_s: tuple[float, ...]

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.sound.size / RATE_HZ


def talk(seconds: float) -> Talk:
    """At least so many seconds of speech."""
    noise = np.random.default_rng(3)
    parts, ends_s, size = [_quiet(noise, 0.5)], [], RATE_HZ // 2
    for number, sentence in enumerate(_sentences()):
        said = _say(sentence)
        parts += [said, _quiet(noise, PAUSES_S[number % len(PAUSES_S)])]
        ends_s.append((size + said.size) / RATE_HZ)
        size += said.size + parts[-1].size
        if size >= seconds * RATE_HZ:
            break
    return Talk(np.concatenate(parts), tuple(ends_s))


def repeated(short: Talk, seconds: float) -> Talk:
    """The same speech again and again."""
    times = int(-(-seconds // short.seconds))
    ends_s = [end_s + turn * short.seconds for turn in range(times) for end_s in short.ends_s]
    return Talk(np.tile(short.sound, times), tuple(ends_s))


def write(path: Path, sound: NDArray[np.float32]) -> int:
    """Write a take's WAV; gives its length in samples."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", "not compressed"))
        file.writeframes(to_int16(sound).tobytes())
    return int(sound.size)


def append(path: Path, sound: NDArray[np.float32]) -> None:
    """Let a take's WAV grow."""
    with path.open("ab") as file:
        file.write(to_int16(sound).tobytes())


def _sentences() -> list[str]:
    texts = [json.loads(line)["text"] for line in ANSWERS.read_text(encoding="utf-8").splitlines()]
    return [part for text in texts for part in re.split(r"(?<=[.?!])\s+", text) if len(part.split()) > 3]


def _say(sentence: str) -> NDArray[np.float32]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        subprocess.run(["espeak-ng", "-v", "en-us", "-s", "150", "-w", str(path), sentence], check=True)
        sound = read_audio(path)
    loud = np.nonzero(np.abs(sound) > 0.005)[0]
    return sound[loud[0] : loud[-1] + 1] if loud.size else sound


def _quiet(noise: np.random.Generator, seconds: float) -> NDArray[np.float32]:
    return noise.normal(0.0, _QUIET, round(seconds * RATE_HZ)).astype(np.float32)
