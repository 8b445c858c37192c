"""Voice activity on real sound."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from pmrehearse.audio.importing import read_audio
from pmrehearse.speech.segments import Span
from pmrehearse.speech.voice import VoiceActivity, first_sample
from tests.speech.sounds import RATE_HZ, Sound, quiet


def speech_in(sound: Sound, block: int = 0, from_s: float = 0.0) -> list[Span]:
    """The spans of speech in a sound, fed in blocks of so many samples (0: at once), from a place on."""
    first = first_sample(from_s)
    voice = VoiceActivity(first, from_s)
    block = block or sound.size
    steps = [step for at in range(first, sound.size, block) for step in voice.feed(sound[at : at + block])]
    return [step.ended for step in [*steps, *voice.flush()] if step.ended is not None]


def test_a_human_voice_is_speech(jfk: Path) -> None:
    """Most of eleven seconds of a speech is speech, and its three long pauses are found."""
    spans = speech_in(read_audio(jfk))
    assert sum(span.duration_s for span in spans) > 0.6 * 11
    assert len(spans) == 4
    assert all(after.start_s - before.end_s > 0.35 for before, after in pairwise(spans))


def test_sentences_are_found_where_they_were_said(speak: Callable[[str], Sound]) -> None:
    """Four sentences in a quiet room: each begins and ends within 0.2 s of the truth, and nothing else is speech."""
    parts, truth, at_s = [quiet(2.0)], [], 2.0
    for text in ("Our metric is churn.", "We saw it fall.", "She sells shells.", "Half of them finish in a week."):
        sound = speak(text)
        truth.append((at_s, at_s + sound.size / RATE_HZ))
        parts += [sound + quiet(sound.size / RATE_HZ)[: sound.size], quiet(3.0)]
        at_s += sound.size / RATE_HZ + 3.0
    spans = speech_in(np.concatenate(parts))
    assert len(spans) == len(truth)
    for span, (start_s, end_s) in zip(spans, truth, strict=True):
        assert span.start_s == pytest.approx(start_s, abs=0.2)
        assert span.end_s == pytest.approx(end_s, abs=0.2)


@pytest.mark.parametrize("level", [0.0, 0.0003, 0.01, 0.1])
def test_noise_is_no_speech(level: float) -> None:
    """Silence, a room's noise at -70 dB, a fan at -40 dB and a hair dryer at -20 dB hold no speech."""
    noise = np.random.default_rng(3).normal(0.0, level, 8 * RATE_HZ) if level else np.zeros(8 * RATE_HZ)
    assert speech_in(noise.astype(np.float32)) == []


def test_blocks_make_no_difference(jfk: Path) -> None:
    """The same sound gives the same spans, however it arrives."""
    sound = read_audio(jfk)[: 6 * RATE_HZ]
    assert speech_in(sound, block=777) == speech_in(sound)


def test_beginning_in_the_middle_finds_the_rest(jfk: Path) -> None:
    """From a pause at 5 s on, the later spans are those heard from the beginning, to within three frames."""
    sound = read_audio(jfk)
    whole = [span for span in speech_in(sound) if span.start_s > 5.0]
    rest = speech_in(sound, from_s=5.0)
    assert len(rest) == len(whole)
    for one, other in zip(rest, whole, strict=True):
        assert one.start_s == pytest.approx(other.start_s, abs=0.1)
        assert one.end_s == pytest.approx(other.end_s, abs=0.1)


def test_little_is_held() -> None:
    """After any amount of sound less than one frame waits."""
    voice = VoiceActivity()
    for _ in range(20):
        list(voice.feed(quiet(0.777)))
        assert voice._rest.size < 512
        assert voice._rest.base is None
    assert voice.fed_samples == 20 * round(0.777 * RATE_HZ)
