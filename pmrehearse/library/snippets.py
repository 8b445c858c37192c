"""Which words of a transcript does a search show, and when were they said?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
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
MOST_PLACES = 24
"""Found words among which the best place is looked for; a search for "the" finds more, and no place is better."""
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
    found = _found(marked)
    if not found:
        return (), None
    words = marked.replace(OPEN, "").replace(CLOSE, "").split(" ")
    first = _best(found, words)
    begin = max(0, min(first - N_BEFORE, len(words) - N_WORDS))
    end = min(len(words), begin + N_WORDS)
    at_s = starts[first] if first < len(starts) else float("nan")
    return tuple(_parts(words, set(found), begin, end)), None if at_s != at_s else at_s  # noqa: PLR0124 - NaN is not itself


def _found(marked: str) -> list[int]:
    """The numbers of the words in which something was found: spaces are counted, not words looked at."""
    before, *pieces = marked.split(OPEN, MOST_PLACES + N_WORDS)
    found: dict[int, None] = {}
    at = before.count(" ")
    for piece in pieces:
        inside, _, after = piece.partition(CLOSE)
        last = at + inside.count(" ")
        found.update(dict.fromkeys(range(at, last + 1)))
        at = last + after.count(" ")
    return list(found)


def _best(found: Sequence[int], words: Sequence[str]) -> int:
    """The found word from which on a snippet holds most different found words; the first of several."""
    places = found[:MOST_PLACES]
    said = [words[at].lower() for at in places]
    inside: Counter[str] = Counter()
    best, most, end = places[0], 0, 0
    for number, first in enumerate(places):
        while end < len(places) and places[end] < first + N_WORDS - N_BEFORE:
            inside[said[end]] += 1
            end += 1
        if len(inside) > most:
            best, most = first, len(inside)
        inside[said[number]] -= 1
        if not inside[said[number]]:
            del inside[said[number]]
    return best


def _parts(words: Sequence[str], found: Collection[int], begin: int, end: int) -> list[SnippetPart]:
    parts = [
        SnippetPart(" ".join(words[at] for at in run), is_match)
        for is_match, group in groupby(range(begin, end), key=lambda at: at in found)
        for run in [list(group)]
    ]
    if begin:
        parts.insert(0, SnippetPart("…", is_match=False))
    if end < len(words):
        parts.append(SnippetPart("…", is_match=False))
    return parts
