"""Levels of blocks, and what they say about a microphone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from pmrehearse.audio.events import TroubleBegan, TroubleEnded, TroubleKind
from pmrehearse.audio.levels import Level, level_of, to_dbfs, to_float32, to_int16
from pmrehearse.audio.levelwatch import LevelWatch
from pmrehearse.audio.troubles import Troubles
from tests.rigs.ears import Ears

SPEECH = Level(-25.0, -12.0)
ZEROS = Level(-120.0, -120.0)
HISS = Level(-62.0, -55.0)
LOUD = Level(-6.0, 0.0)


@given(arrays.arrays(np.int16, st.integers(0, 3_000)))
def test_levels_lie_in_their_range(samples: NDArray[np.int16]) -> None:
    """Whatever a block holds, -120 <= rms <= peak <= 0 dB of full scale."""
    level = level_of(samples)
    assert -120.0 <= level.rms_dbfs <= level.peak_dbfs + 1e-9
    assert level.peak_dbfs <= 0.0


def test_known_levels() -> None:
    """A full-scale square wave has 0 dB, half of it -6.02, a sine 3.01 dB under its peak, zeros -120."""
    square = np.full(1_600, -32_768, np.int16)
    sine = (32_767 * np.sin(np.arange(16_000) * 2 * np.pi * 100 / 16_000)).astype(np.int16)
    assert level_of(square) == Level(0.0, 0.0)
    assert level_of(square // 2).rms_dbfs == pytest.approx(-6.02, abs=0.01)
    assert level_of(sine).rms_dbfs == pytest.approx(-3.01, abs=0.01)
    assert level_of(np.zeros(1_600, np.int16)) == ZEROS
    assert level_of(np.empty(0, np.int16)) == ZEROS
    assert to_dbfs(2.0) == 0.0


@given(arrays.arrays(np.int16, 200))
def test_sixteen_bits_go_to_floats_and_back(samples: NDArray[np.int16]) -> None:
    """Conversion to float32 and back changes no sample."""
    np.testing.assert_array_equal(to_int16(to_float32(samples)), samples)


def test_floats_that_are_no_sound() -> None:
    """What is no number becomes silence, what is too loud is cut off."""
    floats = np.array([np.nan, np.inf, -np.inf, 7.0, -7.0, 0.5], np.float32)
    assert to_int16(floats).tolist() == [0, 32_767, -32_768, 32_767, -32_768, 16_384]


class Watch:
    """A level watch whose troubles are kept."""

    def __init__(self) -> None:
        self.ears = Ears()
        self._watch = LevelWatch(Troubles(self.ears))

    def hear(self, level: Level, length_s: float) -> list[str]:
        """Hear a level for so long; what is told meanwhile."""
        before = len(self.ears.events)
        for _ in range(round(length_s * 10)):
            self._watch.hear(level, 1_600)
        told = []
        for event in self.ears.events[before:]:
            assert isinstance(event, TroubleBegan | TroubleEnded)
            told.append(("+" if isinstance(event, TroubleBegan) else "-") + event.kind)
        return told


def test_three_seconds_of_zeros_are_told() -> None:
    """A microphone that the system mutes is told after 3 s of exact zeros, and its return too."""
    watch = Watch()
    assert watch.hear(ZEROS, 2.9) == []
    assert watch.hear(ZEROS, 0.2) == ["+zeros"]
    began = watch.ears.all_of(TroubleBegan)[0]
    assert "may use it" in began.hint
    assert watch.hear(HISS, 0.1) == ["-zeros"]
    assert watch.hear(SPEECH, 5.0) == []


def test_clipping_is_told_and_ends() -> None:
    """Three clipped blocks within five seconds are told, one thump on the table is not."""
    watch = Watch()
    assert watch.hear(LOUD, 0.1) == []
    assert watch.hear(SPEECH, 6.0) == []
    assert watch.hear(LOUD, 0.3) == ["+clipping"]
    assert watch.hear(SPEECH, 6.0) == ["-clipping"]


def test_a_level_far_under_speech_is_told() -> None:
    """Twenty seconds without anything louder than hiss are told; a speaker who pauses later is left alone."""
    watch = Watch()
    assert watch.hear(HISS, 19.8) == []
    assert watch.hear(HISS, 0.4) == ["+quiet"]
    assert watch.hear(SPEECH, 1.0) == ["-quiet"]
    assert watch.hear(HISS, 120.0) == []


def test_a_trouble_is_told_once() -> None:
    """A trouble that goes on is not told again in the same words."""
    ears = Ears()
    troubles = Troubles(ears)
    for _ in range(3):
        troubles.begin(TroubleKind.GONE, "It is gone.")
    troubles.end(TroubleKind.GONE)
    troubles.end(TroubleKind.GONE)
    assert ears.events == [TroubleBegan(TroubleKind.GONE, "It is gone."), TroubleEnded(TroubleKind.GONE)]
