"""How does a transcript made elsewhere become ours?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from pmrehearse.cleaning import clean_line
from pmrehearse.errors import BadFileError
from pmrehearse.library.imports.captions import read_captions
from pmrehearse.library.imports.timed import Stretch, transcript_of
from pmrehearse.library.imports.whisper_json import read_whisper_json
from pmrehearse.speech.segments import Transcript, typed_transcript
from pmrehearse.userfiles import read_text

SUFFIXES = (".txt", ".md", ".srt", ".vtt", ".json")
"""What files of transcripts end in."""
SOUND_SUFFIXES = (".wav", ".flac", ".mp3", ".ogg", ".oga", ".opus", ".m4a", ".mp4", ".aif", ".aiff")
"""What files of sound mostly end in; whether one is sound is found out when it is read."""
_STAMP = re.compile(r"^\s*\W{0,4}(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?\W{0,4}\s+(?=\S)")
"""`[00:00:04] `, `**[0:04]** `, `0:04 - ` at the beginning of a line."""
FEWEST_STAMPS = 2
"""A text in which fewer lines begin with a time is a text without times."""
LAST_LINE_S = 5.0
"""How long the last line with a time is taken to last: nothing says it."""


def is_transcript(path: Path) -> bool:
    """Whether a file is taken for a transcript, by its name; all others are taken for sound."""
    return path.suffix.lower() in SUFFIXES


def read_foreign_file(path: Path) -> Transcript:
    """The transcript in a file made elsewhere.

    Raises:
        BadFileError: As `read_foreign`, or the file is missing, no regular file, too long or no UTF-8 text.
    """
    return read_foreign(read_text(path), path.suffix.lower(), clean_line(path.name))


def read_foreign(text: str, suffix: str, name: str) -> Transcript:
    """The transcript of a text file made elsewhere.

    Args:
        text: The file's text.
        suffix: What its name ends in, lower case, with the dot; decides what it is taken for.
        name: What it is called in messages.

    Raises:
        BadFileError: It is not what its name says, or nothing is said in it.
    """
    if suffix in (".srt", ".vtt"):
        transcript = read_captions(text)
    elif suffix == ".json":
        found = read_whisper_json(text)
        if found is None:
            raise BadFileError(f"{name} is no JSON of a Whisper program.", "It needs `segments` with times and text.")
        transcript = found
    else:
        transcript = _read_text(text)
    if not transcript.words:
        raise BadFileError(f"Nothing is said in {name}.", "Give a transcript in text, SRT, VTT or Whisper's JSON.")
    return transcript


def _read_text(text: str) -> Transcript:
    """A plain text, with times where its lines begin with them."""
    lines = text.splitlines()
    if sum(1 for line in lines if _STAMP.match(line)) < FEWEST_STAMPS:
        return typed_transcript(text)
    stamped = list(_stamped(lines))
    ends_s = [later for (_, _), (later, _) in pairwise(stamped)] + [stamped[-1][0] + LAST_LINE_S]
    return transcript_of(
        Stretch(start_s, max(start_s, end_s), tuple(words))
        for (start_s, words), end_s in zip(stamped, ends_s, strict=True)
    )


def _stamped(lines: list[str]) -> Iterator[tuple[float, list[str]]]:
    """Each time with the words up to the next; words before the first time belong to 0."""
    current: tuple[float, list[str]] = (0.0, [])
    for line in lines:
        stamp = _STAMP.match(line)
        if stamp:
            if current[1]:
                yield current
            hours, minutes, seconds, fraction = stamp.groups()
            at_s = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction or 0}")
            current = (at_s, line[stamp.end() :].split())
        else:
            current[1].extend(line.split())
    if current[1]:
        yield current
