"""How do a take, its transcript and its corrections stand in their files?

JSON in UTF-8, each file with the number of its format. Reading, which checks the shape and for that needs pydantic
(0.16 s here), is elsewhere: `takefile`, `transcriptfile`, `correctionsfile`. Words are kept as [text, start, end,
probability], because most of a transcript is words.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC
from typing import Any

from pmrehearse.cleaning import clean_line
from pmrehearse.library.corrections import Corrections
from pmrehearse.library.take import Take
from pmrehearse.speech.segments import Segment, Transcript, TranscriptSource

NEWEST_FORMAT = 1
"""The format that is written; files of a later one are refused."""
LONGEST_WORD = 1_000
"""Longest word that is kept, in characters."""


def take_bytes(take: Take) -> bytes:
    """The file of a take.

    Of the scenario the text of its file is kept, so that later edits change no old report; what lists show stands
    beside it, for the day on which that text can no longer be read.
    """
    scenario = take.scenario
    return _document(
        {
            "format": NEWEST_FORMAT,
            "scenario": {
                "id": scenario.id,
                "title": scenario.title,
                "seconds": scenario.seconds,
                "n_elements": len(scenario.elements),
                "digest": scenario.digest,
                "toml": scenario.source_toml,
            },
            "started_at": take.started_at.astimezone(UTC).isoformat(),
            "status": take.status.value,
            "device": take.device,
            "n_samples": take.n_samples,
            "log": asdict(take.log),
            "gaps": [asdict(gap) for gap in take.gaps],
            "options": asdict(take.options) if take.options else None,
            "ended": take.ended,
            "name": take.name,
            "tags": list(take.tags),
        }
    )


def corrections_bytes(corrections: Corrections) -> bytes:
    """The file of corrections."""
    document = {"format": NEWEST_FORMAT, **asdict(corrections)}
    for overruling in document["verdicts"]:
        overruling["made_at"] = overruling["made_at"].astimezone(UTC).isoformat()
    return _document(document)


def transcript_bytes(transcript: Transcript) -> bytes:
    """The whole file of a transcript: the first line, then one a segment."""
    head = header_bytes(transcript.source, complete=transcript.complete)
    return head + b"".join(segment_bytes(segment) for segment in transcript.segments)


def header_bytes(source: TranscriptSource, *, complete: bool = False) -> bytes:
    """The first line of a transcript; one that is not complete leaves it to the take's status to say when it is."""
    document: dict[str, object] = {"format": NEWEST_FORMAT, "source": source.value}
    return _line(document | {"complete": True} if complete else document)


def segment_bytes(segment: Segment) -> bytes:
    """The line of one segment."""
    return _line(
        {
            "start_s": segment.start_s,
            "end_s": segment.end_s,
            "words": [[clean_word(word.text), word.start_s, word.end_s, word.probability] for word in segment.words],
            "speech": [[span.start_s, span.end_s] for span in segment.speech],
            "checkpoint": segment.checkpoint,
            "unsure": segment.unsure,
        }
    )


def clean_word(text: str) -> str:
    """A word without control characters and inner white space."""
    return text if text.isprintable() and len(text) <= LONGEST_WORD else clean_line(text, LONGEST_WORD)


def _document(document: dict[str, Any]) -> bytes:
    """Indented JSON; what UTF-8 cannot hold stands as "?"."""
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8", "replace")


def _line(document: dict[str, object]) -> bytes:
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "replace") + b"\n"
