"""Dynamic time warping and the placing of words."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from whisper import timing

from pmrehearse.speech.alignment import warp
from pmrehearse.speech.segments import Span
from pmrehearse.speech.whisper_words import smoothed
from pmrehearse.speech.word_times import TimedWord, place

Costs = NDArray[np.float64]
Warp = Callable[[Costs], NDArray[np.int64]]


@pytest.fixture(scope="module")
def whispers_own() -> Warp:
    """openai-whisper's warping, without the compiler."""

    def dtw(costs: Costs) -> NDArray[np.int64]:
        backtrace, timing.backtrace = timing.backtrace, timing.backtrace.py_func
        try:
            return np.asarray(timing.dtw_cpu.py_func(costs))
        finally:
            timing.backtrace = backtrace

    return dtw


@settings(max_examples=60, deadline=None)
@given(
    arrays(
        np.float64,
        st.tuples(st.integers(1, 12), st.integers(1, 24)),
        elements=st.one_of(st.sampled_from([0.0, 1.0, -1.0]), st.floats(-4.0, 4.0, width=32)),
    )
)
def test_the_path_is_whispers(whispers_own: Warp, costs: Costs) -> None:
    """Ties included, the path is the one that openai-whisper finds."""
    assert np.array_equal(np.array(warp(costs)), whispers_own(costs))


def test_a_large_matrix_too(whispers_own: Warp) -> None:
    """A hundred tokens over eight seconds of frames: the same path."""
    costs = np.random.default_rng(5).normal(size=(100, 400))
    assert np.array_equal(np.array(warp(costs)), whispers_own(costs))


SPEECH = (Span(1.0, 3.0), Span(5.0, 8.0))


def word(start_s: float, end_s: float) -> TimedWord:
    """A word at a time."""
    return TimedWord("so", start_s, end_s, 0.9)


def placed(*words: TimedWord) -> list[tuple[float | None, float | None]]:
    """Where words end up."""
    return [(each.start_s, each.end_s) for each in place(words, SPEECH)]


def test_a_word_in_speech_stays() -> None:
    """Times inside speech are left alone."""
    assert placed(word(1.5, 2.0), word(5.5, 6.0)) == [(1.5, 2.0), (5.5, 6.0)]


def test_a_word_drawn_over_a_pause_is_cut_to_its_speech() -> None:
    """The last word before a pause ends with the speech; the first after it begins with the speech."""
    assert placed(word(2.2, 4.6), word(4.6, 5.6)) == [(2.2, 3.0), (5.0, 5.6)]


def test_a_word_in_silence_goes_to_the_nearest_speech() -> None:
    """It stands at the edge, without length."""
    assert placed(word(3.2, 3.4)) == [(3.0, 3.0)]
    assert placed(word(4.6, 4.8)) == [(5.0, 5.0)]
    assert placed(word(9.0, 9.5)) == [(8.0, 8.0)]


TIMES = st.floats(0.0, 12.0)


@given(
    st.lists(st.tuples(TIMES, TIMES).map(sorted), max_size=20),
    st.lists(TIMES, min_size=2, max_size=10, unique=True).map(sorted).filter(lambda edges: len(edges) % 2 == 0),
)
def test_no_word_is_placed_in_silence(times: list[list[float]], edges: list[float]) -> None:
    """Whatever the recogniser says, words stay in order, do not overlap and lie inside one span each."""
    speech = tuple(Span(edges[i], edges[i + 1]) for i in range(0, len(edges), 2))
    words = place([word(start_s, end_s) for start_s, end_s in times], speech)
    spans = [(each.start_s, each.end_s) for each in words]
    assert len(spans) == len(times)
    for start_s, end_s in spans:
        assert start_s is not None
        assert end_s is not None
        assert any(span.start_s <= start_s <= end_s <= span.end_s for span in speech)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))  # type: ignore[operator]


@settings(max_examples=60, deadline=None)
@given(
    arrays(
        np.float32,
        st.tuples(st.integers(1, 3), st.integers(1, 5), st.integers(1, 30)),
        elements=st.one_of(st.sampled_from([0.0, 1.0, -1.0]), st.floats(-4.0, 4.0, width=32)),
    )
)
def test_the_medians_are_whispers(values: NDArray[np.float32]) -> None:
    """Whatever the shape, each number is the one that openai-whisper's filter gives."""
    given_values = torch.from_numpy(values)
    assert torch.equal(smoothed(given_values), timing.median_filter(given_values, 7))
