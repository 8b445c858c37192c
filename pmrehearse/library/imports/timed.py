"""How do stretches of text with times become segments whose words have times?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from pmrehearse.library.writing import clean_word
from pmrehearse.speech.segments import Segment, Span, Transcript, TranscriptSource, Word

LATEST_S = 6 * 3600.0
"""What is told to be said later is no answer: as long as the longest sound that is taken."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words said between two moments.

    Attributes:
        start_s: Seconds from the beginning of the sound, >= 0.
        end_s: Seconds, >= `start_s`.
        texts: The words, none empty, none with white space.
        words: The same with times of their own; empty where the file tells none.
    """

    start_s: float
    end_s: float
    texts: tuple[str, ...]
    words: tuple[Word, ...] = ()


def transcript_of(stretches: Iterable[Stretch]) -> Transcript:
    """The transcript, in the order of time; stretches that overlap are shortened so that they do not."""
    kept = [stretch for stretch in stretches if stretch.texts and stretch.end_s <= LATEST_S]
    segments = tuple(map(_segment, _one_after_another(sorted(kept, key=lambda stretch: stretch.start_s))))
    return Transcript(segments, TranscriptSource.IMPORTED, complete=bool(segments))


def _one_after_another(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    end_s = 0.0
    for stretch in stretches:
        start_s = max(stretch.start_s, end_s)
        end_s = max(stretch.end_s, start_s)
        yield Stretch(start_s, end_s, stretch.texts, stretch.words if start_s == stretch.start_s else ())


def _segment(stretch: Stretch) -> Segment:
    words = stretch.words or spread(stretch.texts, stretch.start_s, stretch.end_s)
    return Segment(stretch.start_s, stretch.end_s, words, (Span(stretch.start_s, stretch.end_s),))


def spread(texts: Sequence[str], start_s: float, end_s: float) -> tuple[Word, ...]:
    """Words laid over a stretch, each with as much of it as it has letters."""
    ends = list(accumulate((len(text) for text in texts), initial=0))
    scale = (end_s - start_s) / ends[-1] if ends[-1] else 0.0
    return tuple(
        Word(clean_word(text), start_s + first * scale, start_s + last * scale)
        for text, (first, last) in zip(texts, pairwise(ends), strict=True)
    )
