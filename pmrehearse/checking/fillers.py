"""Which words of an answer are fillers?

Three classes, as speech coaches count them: hesitations, discourse markers, hedges. A word that can also mean something
("like", "right", "you know") counts only where a comma, a pause or a hesitation stands on both sides of it, so that
"I would like" and "do you know" are none; Speakflow and cruvss count those. Whisper leaves many hesitations out, so
every count is "at least". English only: in German "um" is a word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pmrehearse.checking.delivery import Filler, FillerKind
from pmrehearse.speech.segments import Word

_HESITATIONS = (
    (re.compile(r"u+h*m+|e+h*m+|e+r+m+|u+r+m+"), "um"),
    (re.compile(r"u+h+|e+r+|e+h+"), "uh"),
    (re.compile(r"a+h+"), "ah"),
    (re.compile(r"h+m+|m{2,}"), "hmm"),
)
_EDGE = re.compile(r"[^\w'’]+")
_BREAK = re.compile(r"""[,.;:!?…—–-]["'”’)]*$""")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A filler of one or more words.

    Attributes:
        words: Its words.
        kind: What it does.
        is_ambiguous: True when it counts only where it stands by itself.
        never_after: Words before it that give it a meaning ("what sort of").
    """

    words: tuple[str, ...]
    kind: FillerKind
    is_ambiguous: bool = False
    never_after: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        return " ".join(self.words)


_MEANINGFUL_AFTER = frozenset(
    [
        *("a", "an", "the", "this", "that", "these", "those", "what", "which", "whatever", "some", "any", "every"),
        *("each", "all", "no", "one", "two", "three", "same", "other", "another", "certain", "different", "new"),
        *("right", "wrong", "best", "only", "my", "your", "our", "their", "his", "her", "its", "of"),
    ]
)
"""After these "sort of" and "kind of" name a sort or a kind."""


def _phrases() -> dict[str, tuple[_Phrase, ...]]:
    """The fillers by their first word, the longest first."""
    alone = [
        _Phrase(tuple(text.split()), FillerKind.DISCOURSE, is_ambiguous=True)
        for text in ("you know", "i mean", "like", "right", "well", "actually", "literally")
    ]
    plain = [_Phrase((text,), FillerKind.DISCOURSE) for text in ("basically", "honestly")]
    hedges = [
        _Phrase(tuple(text.split()), FillerKind.HEDGE)
        for text in ("maybe", "perhaps", "probably", "i think", "i guess", "i suppose", "i feel like", "i believe")
    ]
    kinds = [
        _Phrase(tuple(text.split()), FillerKind.HEDGE, never_after=_MEANINGFUL_AFTER) for text in ("sort of", "kind of")
    ]
    by_first: dict[str, list[_Phrase]] = {}
    for phrase in (*alone, *plain, *hedges, *kinds):
        by_first.setdefault(phrase.words[0], []).append(phrase)
    return {first: tuple(sorted(found, key=lambda one: -len(one.words))) for first, found in by_first.items()}


_PHRASES = _phrases()


def count_fillers(words: Sequence[Word], after_pause: Collection[int] = ()) -> tuple[Filler, ...]:
    """The fillers, most frequent first, then by the alphabet.

    Args:
        words: The words as written, punctuation included.
        after_pause: Indices of words before which the speaker paused.
    """
    heard = [_heard(word.text) for word in words]
    tokens, hesitations = [token for token, _ in heard], [hesitation for _, hesitation in heard]
    found: Counter[tuple[str, FillerKind]] = Counter()
    bounds = _bounds(words, hesitations, frozenset(after_pause))
    at = 0
    while at < len(tokens):
        if hesitation := hesitations[at]:
            found[hesitation, FillerKind.HESITATION] += 1
            at += 1
        elif phrase := _phrase_at(tokens, at, bounds):
            found[phrase.text, phrase.kind] += 1
            at += len(phrase.words)
        else:
            at += 1
    counted = [Filler(text, count, kind) for (text, kind), count in found.items()]
    return tuple(sorted(counted, key=lambda filler: (-filler.count, filler.text)))


@lru_cache(maxsize=8192)
def _heard(text: str) -> tuple[str, str]:
    """A word without case and punctuation, and what it is called if it is a hesitation, else ""."""
    token = _EDGE.sub("", text.lower()).replace("’", "'")
    return token, next((name for form, name in _HESITATIONS if form.fullmatch(token)), "")


def _bounds(words: Sequence[Word], hesitations: Sequence[str], after_pause: frozenset[int]) -> list[bool]:
    """Whether something separates each word from the one before it; one more entry for the end."""
    between = [
        bool(at in after_pause or _BREAK.search(words[at - 1].text) or hesitations[at - 1] or hesitations[at])
        for at in range(1, len(words))
    ]
    return [True, *between, True]


def _phrase_at(tokens: Sequence[str], at: int, bounds: Sequence[bool]) -> _Phrase | None:
    for phrase in _PHRASES.get(tokens[at], ()):
        end = at + len(phrase.words)
        if tuple(tokens[at:end]) != phrase.words:
            continue
        if phrase.is_ambiguous and not (bounds[at] and bounds[end]):
            continue
        if at and tokens[at - 1] in phrase.never_after:
            continue
        return phrase
    return None
