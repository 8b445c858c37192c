"""Where does one sentence end and the next begin?

Punctuation decides where the recogniser wrote some; else long pauses, words that open a new thought, and length. The
cuts before a word depend only on what came before it and on the word itself, so a growing transcript keeps its earlier
sentences.
"""

from __future__ import annotations

from collections.abc import Sequence

from pmrehearse.speech.segments import Word

OPENERS = frozenset("so and then okay ok now but because also anyway after finally next if when once well yeah".split())
"""Words that open a new thought in text without punctuation."""
SHORTEST_OPENED = 14
"""An opener cuts only a stretch of at least so many words."""
LONGEST = 45
"""A stretch is cut here at the latest, in words (about 18 seconds of speech)."""
PAUSE_S = 0.9
"""A silence that ends a sentence where nothing else does."""
SHORTEST_PAUSED = 8
"""A pause cuts only a stretch of at least so many words: people think in the middle of phrases."""
PUNCTUATED = 20
"""Punctuation seen so few words ago means that the recogniser writes it."""

_ABBREVIATED = frozenset(("e.g.", "i.e.", "vs.", "mr.", "mrs.", "ms.", "dr.", "etc.", "no.", "approx."))
_CLOSING = "\"'”’)]"


def ends_sentence(text: str) -> bool:
    """True when a word's punctuation ends a sentence."""
    bare = text.rstrip(_CLOSING)
    if not bare or bare[-1] not in ".?!" or bare.endswith(("..", "…")):
        return False
    return bare.lower() not in _ABBREVIATED


def next_cut(words: Sequence[Word], start: int) -> tuple[int, bool, bool]:
    """Where the sentence that begins at word `start` ends.

    Args:
        words: The transcript.
        start: Index of the first word, < len(words).

    Returns:
        The index after its last word; whether punctuation ended it; whether that end can still move when words are
        added.
    """
    punctuated_at = -PUNCTUATED if start else 0
    if start and ends_sentence(words[start - 1].text):
        punctuated_at = start
    for at in range(start, len(words)):
        text, count = words[at].text, at - start + 1
        if ends_sentence(text):
            return at + 1, True, False
        if text.endswith((",", ";", ":", "—")):
            punctuated_at = at
        if at + 1 == len(words):
            break
        if _cut_between(words[at], words[at + 1], count, raw=at - punctuated_at >= PUNCTUATED):
            return at + 1, False, False
    return len(words), False, True


def _cut_between(word: Word, following: Word, count: int, *, raw: bool) -> bool:
    """True when a stretch of `count` words ends after `word` without punctuation."""
    numeric = word.text[-1:].isdigit() or following.text[:1].isdigit()
    if count >= LONGEST:
        return not numeric or count >= LONGEST + 5
    if word.end_s is not None and following.start_s is not None and following.start_s - word.end_s >= PAUSE_S:
        return count >= SHORTEST_PAUSED and raw
    if not raw or count < SHORTEST_OPENED:
        return False
    return following.text.lower().strip(",.") in OPENERS and word.text.lower().strip(",.") not in OPENERS
