"""What do subtitles say, and when? SubRip's SRT and WebVTT, as programs and services write them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from pmrehearse.library.imports.timed import Stretch, transcript_of
from pmrehearse.speech.segments import Transcript

_TIMES = re.compile(
    r"^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})\s*-->\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
)
"""`00:00:04,250 --> 00:00:07,000`; hours may be left out, and settings may follow."""
_TAG = re.compile(r"<[^<>\n]{0,200}>|\{\\[^{}\n]{0,200}\}")
"""`<i>`, `<v Ann>`, `<00:01.000>`, `{\\an8}`: how it looks, not what is said."""
_SPEAKER = re.compile(r"^(?:-\s+|>>\s*)")


def read_captions(text: str) -> Transcript:
    """The transcript of an SRT or WebVTT file.

    Captions of no text are left out. A caption that says again what the one before it said last (rolling captions)
    gives only what is new.

    Args:
        text: The file's text.

    Returns:
        The transcript; without segments when the text holds no caption.
    """
    return transcript_of(_without_rolling(_captions(text)))


def _captions(text: str) -> Iterator[tuple[float, float, list[str]]]:
    """Start, end and lines of each caption, in the file's order."""
    current: tuple[float, float, list[str]] | None = None
    for line in [*text.splitlines(), ""]:
        times = _TIMES.match(line) if "-->" in line else None
        if times:
            if current:
                yield current
            current = (_seconds(*times.groups()[:4]), _seconds(*times.groups()[4:]), [])
        elif not line.strip():
            if current:
                yield current
            current = None
        elif current:
            current[2].append(_plain(line))


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction}")


def _plain(line: str) -> str:
    """A line without its marks of looks and speakers."""
    return _SPEAKER.sub("", html.unescape(_TAG.sub("", line)).strip())


def _without_rolling(captions: Iterator[tuple[float, float, list[str]]]) -> Iterator[Stretch]:
    before: list[str] = []
    for start_s, end_s, lines in captions:
        said = [line for line in lines if line]
        n_again = next((n for n in range(min(len(before), len(said)), 0, -1) if before[-n:] == said[:n]), 0)
        before = said or before
        texts = tuple(word for line in said[n_again:] for word in line.split())
        if texts:
            yield Stretch(start_s, max(start_s, end_s), texts)
