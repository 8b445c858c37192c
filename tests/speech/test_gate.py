"""The voice gate: probabilities in, spans of speech out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.speech.gate import Frame, GateLimits, SpeechGate
from pmrehearse.speech.segments import Span

FRAME_S = 0.032
LIMITS = GateLimits(pad_before_s=0.0, pad_after_s=0.0)


def spans(probabilities: list[float], limits: GateLimits = LIMITS, from_s: float = 0.0) -> list[Span]:
    """The spans that a gate finds in frames of 32 ms."""
    gate = SpeechGate(from_s, limits)
    steps = [
        gate.hear(Frame(round(i * FRAME_S, 6), round((i + 1) * FRAME_S, 6), probability, -30.0))
        for i, probability in enumerate(probabilities)
    ]
    return [step.ended for step in [*steps, gate.flush()] if step.ended is not None]


def test_a_stretch_over_the_threshold_is_a_span() -> None:
    """Speech from frame 10 to frame 30 is one span with those edges."""
    assert spans([0.0] * 10 + [0.9] * 20 + [0.0] * 20) == [Span(0.32, 0.96)]


def test_a_click_is_no_speech() -> None:
    """Less than a quarter of a second over the threshold gives nothing."""
    assert spans([0.0] * 10 + [0.9] * 7 + [0.0] * 20) == []


def test_a_short_silence_does_not_end_speech() -> None:
    """Two stretches less than 0.3 s apart are one span."""
    assert spans([0.9] * 20 + [0.0] * 9 + [0.9] * 20 + [0.0] * 20) == [Span(0.0, 1.568)]


def test_a_pause_ends_speech_where_it_began() -> None:
    """With 0.32 s between them there are two spans, the first ending where the silence began."""
    assert spans([0.9] * 20 + [0.0] * 10 + [0.9] * 20) == [Span(0.0, 0.64), Span(0.96, 1.6)]


def test_between_the_thresholds_speech_neither_begins_nor_ends() -> None:
    """The hysteresis: 0.4 starts nothing, and goes on with what has started."""
    assert spans([0.4] * 50) == []
    assert spans([0.9] + [0.4] * 49) == [Span(0.0, 1.6)]


def test_speech_that_is_going_on_ends_with_the_sound() -> None:
    """A flush gives the last span."""
    assert spans([0.0] * 10 + [0.9] * 20) == [Span(0.32, 0.96)]


def test_speech_before_the_beginning_is_cut_away() -> None:
    """What is asked for begins in the middle of speech: the rest of the span is given, and no sliver."""
    assert spans([0.9] * 40 + [0.0] * 20, from_s=0.64) == [Span(0.64, 1.28)]
    assert spans([0.9] * 40 + [0.0] * 20, from_s=1.2) == []


@given(st.lists(st.floats(0.0, 1.0), max_size=400), st.floats(0.0, 5.0))
def test_spans_are_in_order_apart_and_inside_the_sound(probabilities: list[float], from_s: float) -> None:
    """Whatever the network says, padded spans are ordered, do not overlap and lie inside the sound asked for."""
    found = spans(probabilities, GateLimits(), from_s)
    edges = [edge for span in found for edge in (span.start_s, span.end_s)]
    assert edges == sorted(edges)
    assert all(from_s <= edge <= max(from_s, len(probabilities) * FRAME_S) for edge in edges)


@given(st.lists(st.floats(0.0, 1.0), max_size=400))
def test_a_step_says_what_goes_on(probabilities: list[float]) -> None:
    """Silence is only known while speech is open, and an ended span closes it."""
    gate = SpeechGate()
    for i, probability in enumerate(probabilities):
        step = gate.hear(Frame(i * FRAME_S, (i + 1) * FRAME_S, probability, -30.0))
        assert step.speech_from_s is not None or step.quiet_from_s is None
        assert step.ended is None or step.speech_from_s is None
