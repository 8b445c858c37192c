"""What does a `transcript.jsonl` say, and what of a torn one is kept?

The first line says where the text comes from; then one line a segment, added as it is recognised. A power cut tears
the last line at most: it is left out, and the take's sound is recognised from there on again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from pmrehearse.cleaning import clean_line
from pmrehearse.library.takefile import is_newer
from pmrehearse.library.writing import LONGEST_WORD, clean_word
from pmrehearse.speech.segments import Segment, Span, Transcript, TranscriptSource, Word

_Time = Annotated[float, Field(ge=0, allow_inf_nan=False)]
_Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class _SegmentShape(BaseModel):
    model_config = ConfigDict(extra="forbid")

    start_s: _Time
    end_s: _Time
    words: tuple[tuple[str, _Time | None, _Time | None, _Share | None], ...]
    speech: tuple[tuple[_Time, _Time], ...] = ()
    checkpoint: str = ""
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class TranscriptRead:
    """What stands in the file.

    Attributes:
        source: Where the text comes from, as the first line says.
        segments: The segments of every whole line.
        complete: What the first line says; None when it leaves that to the take's status.
        n_torn: Lines that could not be read.
        is_newer: True when a later version of the program wrote it.
    """

    source: TranscriptSource
    segments: tuple[Segment, ...]
    complete: bool | None
    n_torn: int
    is_newer: bool = False

    def transcript(self, *, is_transcribed: bool) -> Transcript:
        """The transcript, as far as it can be read.

        Args:
            is_transcribed: What the take's own file says; with torn lines it is not believed.
        """
        source = self.source
        complete = is_transcribed if self.complete is None else self.complete
        if source is TranscriptSource.NONE and (self.segments or complete):
            source = TranscriptSource.HEARD
        return Transcript(self.segments, source, complete and not self.n_torn)


def read_transcript(data: bytes) -> TranscriptRead:
    """Whatever can be read of the file's content; never fails."""
    source, complete, n_torn, newer = TranscriptSource.NONE, None, 0, False
    segments: list[Segment] = []
    for number, line in enumerate(_lines(data)):
        try:
            if number == 0 and (head := _header(line)) is not None:
                source, complete, newer = head
            else:
                segments.append(_segment(line))
        except (ValueError, RecursionError):
            n_torn += 1
    kept = tuple(_each_once(segments))
    return TranscriptRead(source, kept, complete, n_torn, newer)


def _lines(data: bytes) -> Iterator[bytes]:
    return (line for line in data.split(b"\n") if line.strip(b" \t\r\0"))


def _header(line: bytes) -> tuple[TranscriptSource, bool | None, bool] | None:
    """What the first line says; None when it is already a segment.

    Raises:
        ValueError: It is no JSON object, or says what no version says.
    """
    document = json.loads(line)
    if not isinstance(document, dict):
        raise ValueError(line)  # noqa: TRY004 - for the reader it is one more torn line
    if "format" not in document:
        return None
    complete = document.get("complete")
    newer = is_newer(document["format"])
    return TranscriptSource(document.get("source", "none")), complete is True if complete is not None else None, newer


def _segment(line: bytes) -> Segment:
    shape = _SegmentShape.model_validate_json(line)
    if shape.end_s < shape.start_s:
        raise ValueError(line)
    words, texts = shape.words, [word[0] for word in shape.words]
    if not "".join(texts).isprintable() or max(map(len, texts), default=0) > LONGEST_WORD:
        words = tuple((clean_word(text), start_s, end_s, share) for text, start_s, end_s, share in words)
    return Segment(
        start_s=shape.start_s,
        end_s=shape.end_s,
        words=tuple(Word(*word) for word in words),
        speech=tuple(Span(start_s, end_s) for start_s, end_s in shape.speech),
        checkpoint=clean_line(shape.checkpoint),
        unsure=shape.unsure,
    )


def _each_once(segments: list[Segment]) -> Iterator[Segment]:
    """The segments in the order of time; of two that heard the same stretch the first.

    A recogniser that was started again, or a second program, may have heard a stretch twice.
    """
    heard_to_s = -1.0
    for segment in sorted(segments, key=lambda segment: segment.start_s):
        if segment.end_s > segment.start_s and (segment.start_s + segment.end_s) / 2 < heard_to_s:
            continue
        heard_to_s = max(heard_to_s, segment.end_s)
        yield segment
