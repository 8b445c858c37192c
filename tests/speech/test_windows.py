"""The segmenter: spans of speech in, windows to recognise out."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmrehearse.speech.gate import Frame, SpeechGate, VoiceStep
from pmrehearse.speech.segments import Span
from pmrehearse.speech.windows import Segmenter, Window, WindowLimits

FRAME_S = 0.032
LIMITS = WindowLimits()


def steps_of(parts: list[tuple[float, float]], quietest_s: float = -1.0) -> list[VoiceStep]:
    """What the gate says of a take of (speech, silence) pairs in seconds; the level is lowest at `quietest_s`."""
    gate, steps, at = SpeechGate(), [], 0
    for speech_s, silence_s in parts:
        for probability, length_s in ((1.0, speech_s), (0.0, silence_s)):
            for _ in range(round(length_s / FRAME_S)):
                start_s, end_s = round(at * FRAME_S, 6), round((at + 1) * FRAME_S, 6)
                level = -60.0 if abs(start_s - quietest_s) < FRAME_S else -20.0 - 10 * probability
                steps.append(gate.hear(Frame(start_s, end_s, probability, level)))
                at += 1
    return [*steps, gate.flush()]


def windows_of(steps: list[VoiceStep], from_s: float = 0.0) -> list[Window]:
    """All windows of a take."""
    segmenter = Segmenter(from_s)
    windows = [window for step in steps for window in segmenter.feed(step)]
    return [*windows, *segmenter.flush()]


def spoken(steps: list[VoiceStep]) -> list[Span]:
    """The spans that the gate found."""
    return [step.ended for step in steps if step.ended is not None]


def test_silence_has_no_window() -> None:
    """Ten minutes of silence give nothing to recognise."""
    assert windows_of(steps_of([(0.0, 600.0)])) == []


def test_a_sentence_alone_is_one_window_after_two_seconds() -> None:
    """Three seconds of speech are committed when two seconds of silence have followed, not before."""
    steps = steps_of([(3.0, 5.0)])
    segmenter = Segmenter()
    given_at = [(step.to_s, window) for step in steps for window in segmenter.feed(step)]
    [(at_s, window)] = given_at
    assert 2.0 <= at_s - window.speech[-1].end_s < 2.0 + 2 * FRAME_S
    assert window.start_s == 0.0
    assert window.end_s == pytest.approx(3.2, abs=0.05)


def test_more_speech_needs_a_shorter_pause() -> None:
    """Nine seconds are committed at a pause of 0.6 s, thirteen at one of 0.4 s; three go on."""
    assert len(windows_of(steps_of([(9.0, 0.7), (3.0, 3.0)]))) == 2
    assert len(windows_of(steps_of([(9.0, 0.4), (3.0, 3.0)]))) == 1
    assert len(windows_of(steps_of([(13.0, 0.4), (3.0, 3.0)]))) == 2
    assert len(windows_of(steps_of([(3.0, 0.7), (3.0, 3.0)]))) == 1


def test_a_full_window_is_cut_at_its_longest_late_pause() -> None:
    """Without a pause long enough, the longest one after eight seconds ends the window."""
    first, second = windows_of(steps_of([(5.0, 0.45), (5.0, 0.4), (1.0, 0.35), (18.0, 3.0)]))
    assert first.speech[-1].end_s == pytest.approx(10.45, abs=0.1)
    assert second.speech[0].start_s == pytest.approx(10.85, abs=0.15)


def test_unbroken_speech_is_cut_where_it_is_quietest() -> None:
    """Forty seconds without a pause: the cut falls on the quietest place of the window's last part."""
    first, second = windows_of(steps_of([(40.0, 3.0)], quietest_s=22.4))
    assert first.end_s == pytest.approx(22.4, abs=0.1)
    assert second.start_s == first.end_s
    assert second.speech[0].start_s == first.end_s


def test_what_stands_is_known_before_it_is_committed() -> None:
    """While silence lasts, the window that it would end is known, and is the one that is committed."""
    steps = steps_of([(3.0, 5.0)])
    segmenter = Segmenter()
    foreseen = []
    for step in steps:
        if segmenter.feed(step):
            break
        foreseen.append(segmenter.pending())
    stood = [window for window in foreseen if window is not None]
    assert stood
    assert stood[-1] == windows_of(steps)[0]
    assert foreseen[60] is None


@st.composite
def takes(draw: st.DrawFn) -> list[tuple[float, float]]:
    """Takes of up to some minutes: stretches of speech and silence of all lengths."""
    speech = st.one_of(st.floats(0.1, 4.0), st.floats(4.0, 40.0))
    silence = st.one_of(st.floats(0.1, 1.0), st.floats(1.0, 5.0))
    return draw(st.lists(st.tuples(speech, silence), min_size=1, max_size=10))


FEW = settings(max_examples=25, deadline=None)
"""A take of minutes has thousands of frames."""


@FEW
@given(takes())
def test_every_second_of_speech_is_in_exactly_one_window(parts: list[tuple[float, float]]) -> None:
    """The speech in the windows, joined where it was cut, is the speech that was heard."""
    steps = steps_of(parts)
    joined: list[Span] = []
    for span in (span for window in windows_of(steps) for span in window.speech):
        if joined and math.isclose(joined[-1].end_s, span.start_s):
            joined[-1] = Span(joined[-1].start_s, span.end_s)
        else:
            joined.append(span)
    assert joined == spoken(steps)


@FEW
@given(takes())
def test_windows_are_in_order_short_and_hold_their_speech(parts: list[tuple[float, float]]) -> None:
    """No window is longer than Whisper reads, overlaps another or leaves out its own speech."""
    windows = windows_of(steps_of(parts))
    assert all(before.end_s <= after.start_s for before, after in pairwise(windows))
    for window in windows:
        assert window.end_s - window.start_s <= LIMITS.max_s + 2 * FRAME_S
        assert window.speech
        assert window.start_s <= window.speech[0].start_s <= window.speech[-1].end_s <= window.end_s
        assert all(before.end_s <= after.start_s for before, after in pairwise(window.speech))


@FEW
@given(takes())
def test_long_silence_is_in_no_window(parts: list[tuple[float, float]]) -> None:
    """Between the spans of one window there are never two seconds and a half of silence."""
    for window in windows_of(steps_of(parts)):
        assert all(after.start_s - before.end_s < 2.5 for before, after in pairwise(window.speech))


@FEW
@given(takes())
def test_what_is_settled_never_goes_back(parts: list[tuple[float, float]]) -> None:
    """Progress rises, and no later window begins before it."""
    segmenter, settled_s = Segmenter(), 0.0
    for step in steps_of(parts):
        assert all(window.start_s >= settled_s for window in segmenter.feed(step))
        assert segmenter.settled_s >= settled_s
        settled_s = segmenter.settled_s
