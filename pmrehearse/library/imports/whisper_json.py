"""What does the JSON of a Whisper program say? openai-whisper's, whisper.cpp's, and this program's own."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pmrehearse.library.imports.timed import Stretch, transcript_of
from pmrehearse.library.writing import clean_word
from pmrehearse.speech.segments import Transcript, Word

MS = 1000.0


def read_whisper_json(text: str) -> Transcript | None:
    """The transcript of a Whisper program's JSON.

    `segments` of openai-whisper and faster-whisper (`start`, `end`, `text`, `words`) or of this program (`start_s`,
    `end_s`), `transcription` of whisper.cpp (`offsets` in ms). Words with impossible times get times by their letters.

    Args:
        text: The file's text.

    Returns:
        The transcript, without segments when nothing was said; None when the text is no such document.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(document, dict) and isinstance(document.get("transcript"), dict):
        document = document["transcript"]
    if not isinstance(document, dict):
        return None
    rows = next((document[key] for key in ("segments", "transcription") if isinstance(document.get(key), list)), None)
    return None if rows is None else transcript_of(_stretches(rows))


def _stretches(rows: list[Any]) -> Iterator[Stretch]:
    for row in rows:
        if not isinstance(row, dict):
            continue
        start_s, end_s = _times(row)
        said = row.get("text")
        words = tuple(_words(row.get("words")))
        texts = tuple(word.text for word in words) or tuple(said.split() if isinstance(said, str) else ())
        if start_s is None or end_s is None or not texts:
            continue
        yield Stretch(start_s, max(start_s, end_s), texts, words if _rises(words, start_s) else ())


def _times(row: dict[str, Any]) -> tuple[float | None, float | None]:
    """When a row begins and ends in seconds."""
    offsets = row.get("offsets")
    if isinstance(offsets, dict):
        start, end = (_number(offsets.get(key)) for key in ("from", "to"))
        return (None, None) if start is None or end is None else (start / MS, end / MS)
    return _number(row.get("start_s", row.get("start"))), _number(row.get("end_s", row.get("end")))


def _words(rows: Any) -> Iterator[Word]:
    for row in rows if isinstance(rows, list) else []:
        if not isinstance(row, dict):
            continue
        said = row.get("word", row.get("text"))
        text = "".join(said.split()) if isinstance(said, str) else ""
        if not text:
            continue
        share = _number(row.get("probability"))
        yield Word(clean_word(text), *_times(row), probability=share if share is not None and share <= 1 else None)


def _rises(words: tuple[Word, ...], from_s: float) -> bool:
    """True when every word has times and none goes back."""
    moments = [from_s, *(at_s for word in words for at_s in (word.start_s, word.end_s))]
    return all(a is not None and b is not None and a <= b + 1e-3 for a, b in pairwise(moments))


def _number(value: Any) -> float | None:
    """A number that can be a moment."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        return None
    return float(value)
