"""How are the words of a take cut into captions that can be read while they stand?

Two lines of 42 characters, at most 7 seconds, broken at the ends of sentences and at pauses, as subtitlers do (Netflix,
"English Timed Text Style Guide": 42 characters a line, 2 lines, 5/6 to 7 seconds).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from pmrehearse.cleaning import clean_line
from pmrehearse.errors import UsageError
from pmrehearse.speech.segments import Transcript, Word

LINE = 42
"""Most characters a line."""
N_LINES = 2
"""Most lines a caption."""
LONGEST_MS = 7_000
"""Longest caption; a single word may be longer."""
SHORTEST_MS = 833
"""A caption stands at least so long, where the next one leaves room."""
PAUSE_MS = 1_000
"""A silence between two words of at least this length ends a caption."""

_SENTENCE_END = re.compile(r"""[.!?…]["'”’)]*$""")


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands on the screen for a while.

    Attributes:
        start_ms: When it comes.
        end_ms: When it goes, > `start_ms`; the next one comes then or later.
        lines: One or two, none empty, each of at most LINE characters.
    """

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Timed:
    """A word, or a line's worth of a longer one, that begins after the one before it and lasts 1 ms at least."""

    text: str
    start_ms: int
    end_ms: int


def captions_in(transcript: Transcript) -> tuple[Caption, ...]:
    """The words of a transcript as captions, those that were heard badly too.

    Raises:
        UsageError: The words have no times: the text was typed.
    """
    words = [word for segment in transcript.segments for word in segment.words]
    timed = list(_timed(words))
    if words and not timed:
        raise UsageError(
            "The text of this take was typed: its words have no times, so it cannot become subtitles.",
            "Export it as md, txt or json.",
        )
    groups = list(_groups(timed))
    nexts_ms: list[int | None] = [following[0].start_ms for following in groups[1:]]
    return tuple(_caption(group, next_ms) for group, next_ms in zip_longest(groups, nexts_ms))


def _timed(words: Iterable[Word]) -> Iterator[_Timed]:
    """The words that have times, in order."""
    found = [
        (round(1000 * word.start_s), round(1000 * word.end_s), clean_line(word.text))
        for word in words
        if word.start_s is not None and word.end_s is not None
    ]
    before_ms = -1
    for start_ms, end_ms, text in sorted(found, key=lambda one: one[0]):
        for at in range(0, len(text), LINE):
            before_ms = max(start_ms, before_ms + 1)
            yield _Timed(text[at : at + LINE], before_ms, max(end_ms, before_ms + 1))


def _groups(words: Iterable[_Timed]) -> Iterator[list[_Timed]]:
    """The words of each caption."""
    group: list[_Timed] = []
    for word in words:
        if group and _ends(group, word):
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _ends(group: Sequence[_Timed], word: _Timed) -> bool:
    """Whether a caption ends before a word."""
    last = group[-1]
    n_characters = sum(len(one.text) + 1 for one in group)
    return (
        len(_lines([*group, word])) > N_LINES
        or word.end_ms - group[0].start_ms > LONGEST_MS
        or word.start_ms - last.end_ms >= PAUSE_MS
        or (n_characters > LINE and _SENTENCE_END.search(last.text) is not None)
    )


def _lines(words: Sequence[_Timed]) -> list[str]:
    """The words filled into lines."""
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + 1 + len(word.text) <= LINE:
            lines[-1] += f" {word.text}"
        else:
            lines.append(word.text)
    return lines


def _balanced(words: Sequence[_Timed]) -> tuple[str, ...]:
    """The words in as few lines as they need, two of them about as long as one another."""
    filled = _lines(words)
    if len(filled) != N_LINES:
        return tuple(filled)
    texts = [word.text for word in words]
    halves = [(" ".join(texts[:at]), " ".join(texts[at:])) for at in range(1, len(texts))]
    return min(halves, key=lambda pair: max(map(len, pair)))


def _caption(group: Sequence[_Timed], next_ms: int | None) -> Caption:
    start_ms = group[0].start_ms
    end_ms = max(*(word.end_ms for word in group), start_ms + SHORTEST_MS)
    return Caption(start_ms, end_ms if next_ms is None else min(end_ms, next_ms), _balanced(group))
