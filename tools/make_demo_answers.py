"""Speaks the two demo answers: from their texts to sound, and the times of each sentence back into the texts.

    python -m tools.make_demo_answers

reads `pmrehearse/demo/strong.toml` and `weak.toml`, says them with espeak-ng, writes `strong.ogg` and `weak.ogg`
beside them (ffmpeg encodes) and fills in the times. After an edit this
comes first and then `python -m tools.train_demo_voice`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tools.espeak import RATE_HZ, Samples, Spoken, Voice, say, version

DEMO = Path(__file__).resolve().parent.parent / "pmrehearse" / "demo"
NAMES = ("strong", "weak")
LEAD_S = 0.5
"""Silence before the first word: nobody begins on the first sample."""

LEVEL_DBFS = -22.0
"""Root mean square of the speech, pauses left out: where a well-set microphone puts a speaker; at -20 peaks clip."""

BITRATE = "32k"
"""Opus at which the speech cannot be told from the original by ear, and the longer answer takes half a megabyte."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer, placed in its sound."""

    text: str
    pause_s: float
    """Silence after it."""

    phase: int
    """Which phase it belongs to, from 0."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Answer:
    """A spoken answer: what its TOML file says."""

    name: str
    about: dict[str, Any]
    """Title, scenario, audio, voice."""

    phases: tuple[dict[str, Any], ...]
    """Id and budget of each phase."""

    sentences: tuple[Sentence, ...]

    @property
    def voice(self) -> Voice:
        """Who speaks."""
        return Voice(self.about["voice"], self.about["words_a_minute"], self.about["pitch"])


def read_answer(name: str, folder: Path = DEMO) -> Answer:
    """Read an answer's text; times that are not filled in yet are 0."""
    data = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
    sentences = [
        Sentence(said["text"], said["pause_s"], index, said.get("start_s", 0.0), said.get("end_s", 0.0))
        for index, phase in enumerate(data["phase"])
        for said in phase["sentence"]
    ]
    keys = ("title", "scenario", "audio", "voice", "words_a_minute", "pitch")
    phases = tuple({key: phase[key] for key in ("id", "budget_s")} for phase in data["phase"])
    return Answer(name, {key: data[key] for key in keys}, phases, tuple(sentences))


def speak(answer: Answer) -> tuple[Samples, list[Spoken], list[Sentence]]:
    """Say a whole answer: its sound at the wanted level, each sentence said, each sentence with its times."""
    said = [say(sentence.text, answer.voice) for sentence in answer.sentences]
    loud = np.concatenate([one.samples for one in said])
    gain = 10 ** (LEVEL_DBFS / 20) / float(np.sqrt(np.mean(loud**2)))
    parts = [np.zeros(round(LEAD_S * RATE_HZ), np.float32)]
    placed = []
    at = len(parts[0])
    for sentence, one in zip(answer.sentences, said, strict=True):
        end = at + len(one.samples)
        placed.append(
            Sentence(sentence.text, sentence.pause_s, sentence.phase, round(at / RATE_HZ, 2), round(end / RATE_HZ, 2))
        )
        silence = np.zeros(round(sentence.pause_s * RATE_HZ), np.float32)
        parts += [one.samples * np.float32(gain), silence]
        at = end + len(silence)
    return np.concatenate(parts), said, placed


def encode(samples: Samples) -> bytes:
    """Ogg Opus, byte for byte the same each time (libsndfile would put a random number into every page)."""
    exact = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags", "+bitexact"]
    raw = ["-f", "f32le", "-ar", str(RATE_HZ), "-ac", "1", "-i", "-"]
    command = ["ffmpeg", "-v", "error", *raw, "-c:a", "libopus", "-b:a", BITRATE, *exact, "-f", "ogg", "-"]
    return subprocess.run(command, input=samples.tobytes(), stdout=subprocess.PIPE, check=True).stdout


def write_answer(answer: Answer, sentences: list[Sentence], seconds: float, folder: Path) -> None:
    """Write the text again with its times."""
    lines = ["# A spoken demo answer. `tools/make_demo_answers.py` speaks it and fills in every `start_s` and `end_s`."]
    lines += [f"{key} = {_toml(value)}" for key, value in answer.about.items()]
    lines += [f"seconds = {seconds:.2f}"]
    for index, phase in enumerate(answer.phases):
        own = [sentence for sentence in sentences if sentence.phase == index]
        # A speaker moves on in the pause before the words.
        before = sentences[sentences.index(own[0]) - 1]
        start_s = 0.0 if index == 0 else (before.end_s + own[0].start_s) / 2
        lines += ["", "[[phase]]", *(f"{key} = {_toml(value)}" for key, value in phase.items())]
        lines += [f"start_s = {start_s:.2f}"]
        for sentence in own:
            lines += ["", "[[phase.sentence]]", f"text = {_toml(sentence.text)}", f"pause_s = {sentence.pause_s}"]
            lines += [f"start_s = {sentence.start_s:.2f}", f"end_s = {sentence.end_s:.2f}"]
    (folder / f"{answer.name}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _toml(value: str | float) -> str:
    return json.dumps(value, ensure_ascii=False)


def main() -> None:
    """Speak both answers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, default=DEMO, help="folder of the answers' texts")
    parser.add_argument("--out", type=Path, default=DEMO, help="folder for sound and texts with times")
    options = parser.parse_args()
    print(f"espeak-ng {version()}")
    for name in NAMES:
        answer = read_answer(name, options.texts)
        samples, _, sentences = speak(answer)
        sound = encode(samples)
        (options.out / answer.about["audio"]).write_bytes(sound)
        seconds = len(samples) / RATE_HZ
        write_answer(answer, sentences, seconds, options.out)
        words = sum(len(sentence.text.split()) for sentence in sentences)
        print(
            f"{answer.name}: {len(sentences)} sentences, {words} words, {seconds:.1f} s, "
            f"{60 * words / seconds:.0f} words a minute, peak {np.abs(samples).max():.2f}, {len(sound):,} bytes"
        )


if __name__ == "__main__":
    main()
