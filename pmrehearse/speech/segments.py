"""What was heard: words with times, in segments; the transcript that they make."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it was heard or typed.

    Attributes:
        text: The word as written, punctuation included, no surrounding space ("users,").
        start_s: Its beginning in seconds of the take's sound; None in a typed text.
        end_s: Its end in seconds of the take's sound; None in a typed text.
        probability: The recogniser's confidence in [0, 1]; None in a typed text.
    """

    text: str
    start_s: float | None = None
    end_s: float | None = None
    probability: float | None = None

    @property
    def middle_s(self) -> float:
        """The middle between beginning and end, by which a word is placed; 0 for one that has no times."""
        return ((self.start_s or 0.0) + (self.end_s or 0.0)) / 2


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the take's sound in seconds, `start_s` <= `end_s`."""

    start_s: float
    end_s: float

    @property
    def duration_s(self) -> float:
        """The length in seconds."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of sound that was recognised in one piece.

    Attributes:
        start_s: Where the stretch begins in the take's sound (seconds).
        end_s: Where it ends; the next segment begins here or later.
        words: The words in it, in order; empty when speech was heard that gave no words.
        speech: The spans in which voice activity heard speech, in order, inside [start_s, end_s].
        checkpoint: The name of the checkpoint that recognised it ("base.en"); "" for a typed text.
        unsure: True when the recogniser failed on it (a loop, a refused decode), so that its words are no evidence.
    """

    start_s: float
    end_s: float
    words: tuple[Word, ...]
    speech: tuple[Span, ...] = ()
    checkpoint: str = ""
    unsure: bool = False

    @property
    def text(self) -> str:
        """The words, joined by single spaces."""
        return " ".join(word.text for word in self.words)


class TranscriptSource(StrEnum):
    """Where a transcript comes from."""

    NONE = "none"
    """There is none yet: the take waits for a checkpoint."""
    HEARD = "heard"
    """Whisper recognised it from the take's sound."""
    IMPORTED = "imported"
    """It was made elsewhere and came with times of its own: subtitles, another recogniser's words."""
    TYPED = "typed"
    """It was typed, pasted or read from a text: its words have no times."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """All that was heard in a take.

    Attributes:
        segments: In the order of time, not overlapping.
        source: Where it comes from.
        complete: True when the last speech of the sound has been recognised.
    """

    segments: tuple[Segment, ...] = ()
    source: TranscriptSource = TranscriptSource.NONE
    complete: bool = False

    @property
    def words(self) -> tuple[Word, ...]:
        """All words in order that can be evidence: those of unsure segments are left out."""
        return tuple(word for segment in self.segments if not segment.unsure for word in segment.words)

    @property
    def speech(self) -> tuple[Span, ...]:
        """All spans of speech in order."""
        return tuple(span for segment in self.segments for span in segment.speech)

    @property
    def text(self) -> str:
        """The words that can be evidence, joined by single spaces."""
        return " ".join(word.text for word in self.words)


def words_of_text(text: str) -> tuple[Word, ...]:
    """The words of a typed text, split at white space, without times."""
    return tuple(Word(part) for part in text.split())


def typed_transcript(text: str) -> Transcript:
    """A typed or pasted text as a transcript of one segment without times."""
    words = words_of_text(text)
    segments = (Segment(0.0, 0.0, words),) if words else ()
    return Transcript(segments, TranscriptSource.TYPED, complete=True)
