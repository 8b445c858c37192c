"""How do spoken words become comparable tokens?

Case, punctuation, contractions, fillers, stutters and what recognisers mishear are levelled out; every token keeps the
words that it came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pmrehearse.checking.stemming import stem

COMMA = 1
"""Cut before a token: a comma."""
CLAUSE = 2
"""Cut before a token: a new clause begins."""

LONGEST_STUTTER = 4
"""So many words said twice in a row are one."""

LONGEST_FRACTION = 6
"""So many words back at most is the "point" of a number that is told digit by digit."""

_DIGITS = frozenset("zero oh one two three four five six seven eight nine".split())
_DECIMAL_COMMA = re.compile(r"0,\d+|\d+,\d{1,2}")
"""A comma before other than three digits is the decimal mark of most of Europe: "0,05", "4,5"."""
_PIECE = re.compile(r"[$£€%+]|\d[\d,]*(?:\.\d+)?|\.\d+|[^\W\d_]+(?:['’][^\W\d_]+)*")
_AFTER_DIGITS = {
    "k": "thousand", "m": "million", "mm": "million", "bn": "billion", "b": "billion", "x": "times",
    "ms": "milliseconds", "s": "seconds", "sec": "seconds", "secs": "seconds", "min": "minutes", "mins": "minutes",
    "h": "hours", "hr": "hours", "hrs": "hours", "pp": "points", "ppt": "points", "pt": "points", "pts": "points",
    "bps": "basis",
}  # fmt: skip
_WHOLE = {
    "can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "will not", "ain't": "is not",
    "let's": "let us", "gonna": "going to", "wanna": "want to", "gotta": "got to", "dunno": "do not know",
    "lemme": "let me", "gimme": "give me", "'em": "them", "cuz": "because", "coz": "because", "dont": "do not",
    "doesnt": "does not", "didnt": "did not", "cant": "can not", "isnt": "is not", "wasnt": "was not",
    "wouldnt": "would not", "wont": "will not", "havent": "have not", "hasnt": "has not", "arent": "are not",
    "couldnt": "could not", "shouldnt": "should not", "im": "i am", "ive": "i have", "thats": "that is",
    "weve": "we have", "theyre": "they are", "youre": "you are", "lets": "let us", "hes": "he is", "shes": "she is",
    "percentage-point": "percentage point", "per-cent": "percent", "millis": "milliseconds", "secs": "seconds",
    "mins": "minutes", "ms": "milliseconds", "sec": "seconds", "hrs": "hours", "ok": "okay", "o.k": "okay",
    "vs": "versus", "etc": "etcetera", "people's": "people",
}  # fmt: skip
_ENDINGS = {"n't": "not", "'ll": "will", "'re": "are", "'ve": "have", "'m": "am", "'d": "would"}
_IS = frozenset(
    "it that there what who here he she where how this everything nothing everybody everyone somebody someone which "
    "one when why something anything nobody".split()
)
_LETTERS = {"d": "would", "ll": "will", "ve": "have", "re": "are", "m": "am", "t": "not"}
_PRONOUNS = frozenset("i we you they he she it there that".split())
_FILLERS = frozenset("um uh uhm umm uhh er erm hmm hm mm mmm ah eh huh basically literally obviously honestly".split())
_FILLER_PAIRS = frozenset((("you", "know"), ("i", "mean"), ("you", "see")))
_KINDS = frozenset("some what any a this that the which every other another one of same right certain all".split())
_LIKES = frozenset(
    "i we you they he she it would not people users user who to look looks feel feels sound sounds something things "
    "seem is are was be more just that work works also really don't writers and or do does".split()
)
_ALWAYS_CUT = frozenset(("but", "however", "although", "though", "because", "whereas"))
_SUBJECTS = frozenset("i we you they he she it there that this so then and my our the what which who if when".split())


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a stretch of words comes to.

    Attributes:
        texts: The tokens, lower case.
        stems: Their common forms.
        first: For each token the index of its first word in the stretch.
        last: For each token the index of its last word.
        cuts: What lies before each token: 0, COMMA or CLAUSE.
    """

    texts: tuple[str, ...]
    stems: tuple[str, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]
    cuts: tuple[int, ...]


class SoundAlikes:
    """What recognisers make of terms, and what was meant."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        """Take pairs of heard and meant phrases."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for heard, meant in pairs:
            tokens = tuple(plain_tokens(heard))
            if tokens:
                self._by_first.setdefault(tokens[0], []).append((tokens, tuple(plain_tokens(meant))))
        for options in self._by_first.values():
            options.sort(key=lambda option: -len(option[0]))

    def rewrite(self, items: list[Item]) -> list[Item]:
        """The tokens with every heard phrase replaced by what was meant, longest first."""
        if self._by_first.keys().isdisjoint([item[0] for item in items]):
            return items
        result: list[Item] = []
        at = 0
        while at < len(items):
            for heard, meant in self._by_first.get(items[at][0], ()):
                end = at + len(heard)
                if tuple(item[0] for item in items[at:end]) == heard:
                    first, last, cut = items[at][1], items[end - 1][2], items[at][3]
                    result.extend((text, first, last, 0 if number else cut) for number, text in enumerate(meant))
                    at = end
                    break
            else:
                result.append(items[at])
                at += 1
        return result


Item = tuple[str, int, int, int]
"""A token on its way: text, first word, last word, the cut before it."""


def normalise(texts: Sequence[str], sound_alikes: SoundAlikes) -> Tokens:
    """The tokens of a stretch of words as written."""
    items = sound_alikes.rewrite(_without_stutter(_without_fillers(_split(texts))))
    items = _with_clauses(items)
    return Tokens(
        texts=tuple([item[0] for item in items]),
        stems=tuple([stem(item[0]) for item in items]),
        first=tuple([item[1] for item in items]),
        last=tuple([item[2] for item in items]),
        cuts=tuple([item[3] for item in items]),
    )


def plain_tokens(text: str) -> list[str]:
    """The tokens of a phrase that is written, not spoken (a pattern's word, a lexicon's entry)."""
    return [token for word in text.split() for token in split_word(word)[0]]


def _split(texts: Sequence[str]) -> list[Item]:
    """Split words into tokens; a comma cuts before the next one."""
    items: list[Item] = []
    cut = 0
    for at, word in enumerate(texts):
        tokens, after = split_word(word)
        for token in tokens:
            if token in _LETTERS and items and items[-1][0] in _PRONOUNS:
                items.append((_LETTERS[token], at, at, 0))
            else:
                items.append((token, at, at, cut))
            cut = 0
        cut = max(cut, after)
    return items


@lru_cache(maxsize=50_000)
def split_word(word: str) -> tuple[tuple[str, ...], int]:
    """The tokens of one written word, and the cut after it."""
    lower = word.lower().replace("’", "'").replace("‘", "'")
    bare = lower.rstrip("\"'”)],;:.?!…—–")
    after = COMMA if any(mark in lower[len(bare) :] for mark in ",;:—–.?!…") or word in {"—", "–", "-"} else 0
    whole = _WHOLE.get(bare.lstrip("\"'“(["))
    if whole is not None:
        return tuple(whole.split()), after
    tokens: list[str] = []
    digits = False
    for piece in _PIECE.findall(lower):
        if piece[0].isdigit() or piece[0] == ".":
            tokens.append(piece.replace(",", "." if _DECIMAL_COMMA.fullmatch(piece) else ""))
            digits = True
            continue
        if digits and piece in {"st", "nd", "rd", "th"}:
            tokens[-1] += piece
        elif digits and piece in _AFTER_DIGITS:
            tokens.append(_AFTER_DIGITS[piece])
        else:
            tokens.extend(_expanded(piece))
        digits = False
    return tuple(tokens), after


def _expanded(piece: str) -> list[str]:
    """A piece with its contraction written out; a possessive is dropped."""
    whole = _WHOLE.get(piece)
    if whole is not None:
        return whole.split()
    for ending, meant in _ENDINGS.items():
        if piece.endswith(ending):
            return [piece[: -len(ending)], meant]
    if piece.endswith("'s"):
        return [piece[:-2], "is"] if piece[:-2] in _IS else [piece[:-2]]
    return [piece.replace("'", "")]


def _without_fillers(items: list[Item]) -> list[Item]:
    """Drop what people say while they think; a cut before a filler moves to the next token."""
    kept: list[Item] = []
    cut = 0
    at = 0
    while at < len(items):
        n_dropped = _n_filler(items, at)
        if n_dropped:
            cut = max([cut, *(item[3] for item in items[at : at + n_dropped])])
            at += n_dropped
            continue
        text, first, last, own = items[at]
        kept.append((text, first, last, max(own, cut)))
        cut = 0
        at += 1
    return kept


def _n_filler(items: list[Item], at: int) -> int:
    """How many tokens from `at` on are a filler."""
    text = items[at][0]
    if text in _FILLERS:
        return 1
    following = items[at + 1][0] if at + 1 < len(items) else ""
    before = items[at - 1][0] if at else ""
    if (text, following) in _FILLER_PAIRS:
        asks = before in {"do", "did", "if", "that", "as", "how", "what", "would"}
        return 0 if asks or (text == "you" and at + 2 < len(items) and items[at + 2][0] in {"the", "a"}) else 2
    if text in {"sort", "kind"} and following == "of":
        return 0 if before in _KINDS else 2
    if text == "like":
        return 1 if at and before not in _LIKES and following != "to" else 0
    return 0


def _without_stutter(items: list[Item]) -> list[Item]:
    """Of words said twice in a row keep the second."""
    kept: list[Item] = []
    for item in items:
        kept.append(item)
        for length in range(1, LONGEST_STUTTER + 1):
            if len(kept) < 2 * length:
                break
            if kept[-1 - length][0] != item[0]:
                continue
            later = kept[-length:]
            earlier = kept[-2 * length : -length]
            if all(a[0] == b[0] for a, b in zip(earlier, later, strict=True)) and not _counts(later, kept):
                kept[-2 * length :] = [(b[0], a[1], b[2], a[3]) for a, b in zip(earlier, later, strict=True)]
                break
    return kept


def _counts(repeated: list[Item], kept: list[Item]) -> bool:
    """True when a repeated word is meant both times: "5, 5" or "point eight eight"."""
    if len(repeated) > 1:
        return False
    text = repeated[0][0]
    return text[0].isdigit() or (text in _DIGITS and "point" in {item[0] for item in kept[-LONGEST_FRACTION:-2]})


def _with_clauses(items: list[Item]) -> list[Item]:
    """Mark where a new clause begins: at words that always open one, and at a comma before a subject."""
    marked = []
    for text, first, last, cut in items:
        level = cut
        if text in _ALWAYS_CUT or (cut == COMMA and text in _SUBJECTS):
            level = CLAUSE
        marked.append((text, first, last, level))
    return marked
