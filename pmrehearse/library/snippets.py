"""Which words of a transcript does a search show, and when were they said?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from pmrehearse.library.rows import SnippetPart

OPEN, CLOSE = "\x02", "\x03"
"""What SQLite puts around what it found; no transcript holds control characters."""
N_WORDS = 24
"""Longest snippet, in words: two lines on a narrow screen."""
SHORTEST_PREFIX = 2
"""A single letter stands for itself: as a beginning it would find almost everything."""
MOST_TERMS = 32
"""Words of a search that count."""
MOST_PLACES = 300
"""Found words among which the best place is looked for; a search for "the" finds more."""
N_BEFORE = 6
"""Words shown before the first that was found."""

_TERM = re.compile(r'"([^"]*)"|(\S+)')
_TOKEN = re.compile(r"\w")


def fts_query(text: str) -> str:
    """What a user typed as a query of SQLite's full-text search; "" when there is nothing to look for.

    All words must be there, in any order and with any ending ("metric" finds "metrics"); words in quotes must follow
    one another just so. Nothing that is typed has another meaning, so no text is a wrong query.
    """
    wanted = []
    for quoted, typed in _TERM.findall(text):
        term = (quoted or typed).replace('"', " ").replace("\0", " ")
        if _TOKEN.search(term):
            wanted.append(f'"{term}"' + ("*" if typed and len(_TOKEN.findall(typed)) >= SHORTEST_PREFIX else ""))
    return " ".join(wanted[:MOST_TERMS])


def snippet_of(marked: str, starts: Sequence[float]) -> tuple[tuple[SnippetPart, ...], float | None]:
    """The stretch that holds most of what was found, and when its first found word was said.

    Args:
        marked: The words, joined by single spaces, with OPEN and CLOSE around what was found.
        starts: When each word began, seconds; NaN for a word without time.

    Returns:
        The pieces, with "…" where words were left out, and the time; nothing and None when no word was found.
    """
    words, found = _words(marked)
    if not any(found):
        return (), None
    first = _best(found, words)
    begin = max(0, min(first - N_BEFORE, len(words) - N_WORDS))
    end = min(len(words), begin + N_WORDS)
    at_s = starts[first] if first < len(starts) else float("nan")
    return tuple(_parts(words, found, begin, end)), None if at_s != at_s else at_s  # noqa: PLR0124 - NaN is not itself


def _words(marked: str) -> tuple[list[str], list[bool]]:
    """The words without marks, and which of them were found."""
    words, found, inside = [], [], False
    for word in marked.split(" "):
        is_found = inside or OPEN in word
        if OPEN in word or CLOSE in word:
            inside = word.rfind(OPEN) > word.rfind(CLOSE)
            word = word.replace(OPEN, "").replace(CLOSE, "")  # noqa: PLW2901 - the same word
        words.append(word)
        found.append(is_found)
    return words, found


def _best(found: Sequence[bool], words: Sequence[str]) -> int:
    """The found word from which on a snippet holds most different found words; the first of several."""
    places = [at for at, is_found in enumerate(found) if is_found][:MOST_PLACES]
    span = N_WORDS - N_BEFORE

    def n_different(first: int) -> int:
        return len({words[at].lower() for at in places if first <= at < first + span})

    return max(places, key=lambda first: (n_different(first), -first))


def _parts(words: Sequence[str], found: Sequence[bool], begin: int, end: int) -> list[SnippetPart]:
    parts = [
        SnippetPart(" ".join(words[at] for at in run), is_match)
        for is_match, group in groupby(range(begin, end), key=lambda at: found[at])
        for run in [list(group)]
    ]
    if begin:
        parts.insert(0, SnippetPart("…", is_match=False))
    if end < len(words):
        parts.append(SnippetPart("…", is_match=False))
    return parts
