"""What no space parts is one word."""

from __future__ import annotations

from whisper.timing import WordTiming

from pmrehearse.speech.whisper_words import _glued


def test_numbers_and_signs_stay_whole() -> None:
    """Pieces that Whisper cuts at punctuation inside a number become one word."""
    pieces = [
        (" 2", 1.0, 1.2),
        (",000", 1.2, 1.6),
        (" users", 1.6, 2.0),
        (" 24", 2.0, 2.2),
        ("%", 2.2, 2.3),
        ("", 2.3, 2.3),
    ]
    timings = [WordTiming(text, [index], start, end, 0.5) for index, (text, start, end) in enumerate(pieces)]
    assert [(timing.word, timing.start, timing.end) for timing in _glued(timings)] == [
        (" 2,000", 1.0, 1.6),
        (" users", 1.6, 2.0),
        (" 24%", 2.0, 2.3),
    ]
