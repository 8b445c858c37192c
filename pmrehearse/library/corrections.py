"""What has the speaker corrected: words misheard, verdicts overruled, notes?

Kept beside the transcript and never in it, so that what was recognised can always be seen again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from pmrehearse.checking.findings import Verdict
from pmrehearse.speech.segments import Segment, Transcript, Word


@dataclass(frozen=True, slots=True)
class WordEdit:
    """Words of one segment that were misheard.

    Attributes:
        segment: The index of the segment in the transcript as it was recognised.
        first: The index of the first word in that segment.
        last: The index of the last word, inclusive; `first - 1` to insert before `first`.
        heard: The words as recognised, joined by single spaces; when others stand there, the edit is not applied (the
            take was recognised again).
        text: What was said instead; "" for nothing.
    """

    segment: int
    first: int
    last: int
    heard: str
    text: str


@dataclass(frozen=True, slots=True)
class Overruling:
    """A verdict that the speaker does not accept.

    Attributes:
        element_id: The element.
        verdict: What the speaker says it is.
        quote: The passage that it rests on, or that was taken for it; "" when there is none.
        note: Why, in the speaker's words, or "".
        made_at: When, UTC, aware.
    """

    element_id: str
    verdict: Verdict
    quote: str
    note: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """A remark.

    Attributes:
        text: The remark.
        at_s: The moment in the take's sound that it is about; None for the take as a whole.
    """

    text: str
    at_s: float | None = None


@dataclass(frozen=True, slots=True)
class Corrections:
    """All that the speaker corrected in one take.

    Attributes:
        words: Edits of the transcript, in the order in which they are to be applied.
        verdicts: Overruled verdicts, at most one an element counts: the last.
        notes: Remarks.
        guess: The elements that the speaker thought to have met before seeing the results; None when not asked.
    """

    words: tuple[WordEdit, ...] = ()
    verdicts: tuple[Overruling, ...] = ()
    notes: tuple[Note, ...] = ()
    guess: tuple[str, ...] | None = None


UNCORRECTED = Corrections()
"""Nothing was corrected."""


def corrected(transcript: Transcript, edits: tuple[WordEdit, ...]) -> Transcript:
    """The transcript with the edits that still fit it.

    Edits name words as they were recognised, so their order does not matter; of two that overlap the last counts.
    """
    segments = list(transcript.segments)
    for index in {edit.segment for edit in edits}:
        if mine := fitting_edits(transcript, edits, index):
            segments[index] = _edited(segments[index], mine)
    return replace(transcript, segments=tuple(segments))


def fitting_edits(transcript: Transcript, edits: tuple[WordEdit, ...], segment: int) -> tuple[WordEdit, ...]:
    """The edits of one segment that apply: those that fit it, and of two that overlap the last.

    Args:
        transcript: As it was recognised.
        edits: All edits.
        segment: The index of the segment.
    """
    fitting: list[WordEdit] = []
    for edit in edits:
        if edit.segment == segment and _fits(transcript, edit):
            fitting = [*(other for other in fitting if not _overlap(edit, other)), edit]
    return tuple(fitting)


def stale_edits(transcript: Transcript, edits: tuple[WordEdit, ...]) -> tuple[WordEdit, ...]:
    """The edits that fit no more: other words stand where they were made.

    Args:
        transcript: As it was recognised.
        edits: All edits.
    """
    return tuple(edit for edit in edits if not _fits(transcript, edit))


def _fits(transcript: Transcript, edit: WordEdit) -> bool:
    if not 0 <= edit.segment < len(transcript.segments):
        return False
    words = transcript.segments[edit.segment].words
    if not (0 <= edit.first <= len(words) and edit.first - 1 <= edit.last < len(words)):
        return False
    return " ".join(word.text for word in words[edit.first : edit.last + 1]) == edit.heard


def _overlap(one: WordEdit, other: WordEdit) -> bool:
    if (one.first, one.last) == (other.first, other.last):
        return True
    return one.first <= other.last and other.first <= one.last


def _edited(segment: Segment, edits: tuple[WordEdit, ...]) -> Segment:
    words = list(segment.words)
    for edit in sorted(edits, key=lambda edit: (edit.first, edit.last), reverse=True):
        words[edit.first : edit.last + 1] = _said(segment, edit)
    return replace(segment, words=tuple(words))


def _said(segment: Segment, edit: WordEdit) -> list[Word]:
    """The words that were said, laid evenly over the time of those that were heard."""
    texts = edit.text.split()
    old = segment.words[edit.first : edit.last + 1]
    if len(texts) == len(old):
        return [Word(text, word.start_s, word.end_s) for text, word in zip(texts, old, strict=True)]
    start_s, end_s = _room(segment, edit)
    if start_s is None or end_s is None or not texts:
        return [Word(text) for text in texts]
    edges = [start_s + (end_s - start_s) * i / len(texts) for i in range(len(texts) + 1)]
    edges[-1] = end_s
    return [Word(text, begin_s, stop_s) for text, (begin_s, stop_s) in zip(texts, pairwise(edges), strict=True)]


def _room(segment: Segment, edit: WordEdit) -> tuple[float | None, float | None]:
    """From when to when the edited words stand; for an insertion the gap between its neighbours."""
    if edit.last >= edit.first:
        return segment.words[edit.first].start_s, segment.words[edit.last].end_s
    before = segment.words[edit.first - 1].end_s if edit.first else segment.start_s
    after = segment.words[edit.first].start_s if edit.first < len(segment.words) else segment.end_s
    if before is None or after is None or (segment.words and segment.words[0].start_s is None):
        return None, None
    return min(before, after), max(before, after)
