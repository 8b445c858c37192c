"""Is sound made slower and faster at the same pitch?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmrehearse.audio.importing import SoundReader
from pmrehearse.audio.stretching import Samples, stretched

RATE = 16_000
SPEEDS = (0.5, 0.75, 0.9, 1.25, 1.5, 2.0)
TONE_HZ = 437.0


def _tone(length_s: float, hz: float = TONE_HZ) -> Samples:
    return (0.5 * np.sin(2 * np.pi * hz * np.arange(round(length_s * RATE)) / RATE)).astype(np.float32)


def _whole(sound: Samples, speed: float, size: int = 800) -> Samples:
    blocks = [sound[at : at + size] for at in range(0, sound.size, size)]
    return np.concatenate([np.empty(0, np.float32), *stretched(blocks, speed)])


def _pitch_hz(sound: Samples) -> float:
    """The strongest frequency, to a hundredth of a hertz."""
    n_points = 1 << 21
    return float(np.abs(np.fft.rfft(sound * np.hanning(sound.size), n_points)).argmax()) * RATE / n_points


def _loudness(sound: Samples, n_parts: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([np.sqrt(np.mean(part.astype(float) ** 2)) for part in np.array_split(sound, n_parts)])


@pytest.mark.parametrize("speed", SPEEDS)
@pytest.mark.parametrize("hz", [TONE_HZ, 90.0, 3001.0])
def test_a_tone_keeps_its_pitch_and_loudness(speed: float, hz: float) -> None:
    """The pitch stays within a quarter of a hertz or a cent (ears need five), and no frame is heard as a beat."""
    out = _whole(_tone(4.0, hz), speed)
    middle = out[RATE // 4 : -RATE // 4]
    assert _pitch_hz(middle) == pytest.approx(hz, rel=0.0006, abs=0.25)
    loudness = _loudness(middle, middle.size // 800)
    assert np.ptp(loudness) < 0.02


@pytest.mark.parametrize("speed", SPEEDS)
def test_speech_takes_its_time(jfk: Path, speed: float) -> None:
    """Words are as loud as they were, at their moments divided by the speed: compared for each tenth of a second."""
    with SoundReader(jfk) as reader:
        speech = np.concatenate(list(reader.blocks(frames=4000)))
    out = _whole(speech, speed)
    assert out.size == round(speech.size / speed)
    n_parts = round(speech.size / RATE / 0.1)
    alike = np.corrcoef(_loudness(speech, n_parts), _loudness(out, n_parts))[0, 1]
    assert alike > 0.95


@settings(max_examples=40, deadline=None)
@given(
    n_samples=st.integers(0, 9000),
    speed=st.floats(0.5, 2.0, exclude_min=False),
    size=st.integers(1, 5000),
    seed=st.integers(0, 9),
)
def test_any_sound_in_any_blocks(n_samples: int, speed: float, size: int, seed: int) -> None:
    """The length is the sound's divided by the speed, to the sample, and the size of the blocks does not matter."""
    sound = np.random.default_rng(seed).normal(0, 0.1, n_samples).astype(np.float32)
    out = _whole(sound, speed, size)
    assert out.size == round(n_samples / speed)
    np.testing.assert_allclose(out, _whole(sound, speed, 10_000), atol=1e-6)


def test_at_its_own_speed_nothing_is_touched() -> None:
    """Speed 1 gives the very blocks."""
    blocks = [_tone(0.1), _tone(0.2)]
    assert [out is block for out, block in zip(stretched(blocks, 1.0), blocks, strict=True)] == [True, True]


def test_silence_stays_silent() -> None:
    """Where no wave is, none is made."""
    assert not _whole(np.zeros(RATE, np.float32), 0.75).any()


@pytest.mark.parametrize("speed", [0.0, 0.49, 2.01, float("nan"), -1.0])
def test_other_speeds_are_refused(speed: float) -> None:
    """Under half and over twice the speed nobody understands speech."""
    with pytest.raises(ValueError, match="speed"):
        list(stretched([], speed))
