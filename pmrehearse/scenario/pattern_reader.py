"""How is the text of a phrase pattern read?"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pmrehearse.scenario.patterns import (
    DEEPEST,
    DEFAULT_GAP,
    LONGEST_GAP,
    LONGEST_PATTERN,
    ChoiceNode,
    Form,
    GapNode,
    OptionalNode,
    Pattern,
    PatternError,
    RefNode,
    SequenceNode,
    Slot,
    SlotNode,
    WordNode,
    can_be_empty,
)

_PIECE = re.compile(
    r"\s*(?:(?P<gap>\.\.(?P<most>\d{0,3}))|(?P<ref>@[a-z0-9-]+)|<(?P<slot>[^<>=]{1,40}(?:[<>]?=?[^<>=]{1,20})?)>|(?P<mark>[()|?])"
    r"|(?P<word>=?[a-z0-9][a-z0-9'/&+-]*\*?|\*)|(?P<bad>\S))"
)
_SLOT = re.compile(
    r"\s*(?P<kind>[a-z]+)\s*(?:(?P<op>>=|<=|>|<|=)\s*(?P<bound>[\d.]+)|(?P<low>[\d.]+)\s*\.\.\s*(?P<high>[\d.]+))?"
    r"\s*(?P<unit>ms|s|min|h|d)?\s*"
)
_WORDS = re.compile(r"[a-z0-9][a-z0-9'/&+-]*(?: [a-z0-9][a-z0-9'/&+-]*)*")
"""Words and nothing else, as most phrases are."""
_SECONDS = {"ms": 0.001, "s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}


class _Piece(NamedTuple):
    kind: str
    text: str


def parse_pattern(text: str) -> Pattern:
    """Read one pattern.

    Raises:
        PatternError: The text is no pattern, or matches no word at all.
    """
    if len(text) > LONGEST_PATTERN:
        raise PatternError(f"a pattern has at most {LONGEST_PATTERN} characters; this one has {len(text)}")
    text = text.lower().replace("’", "'")
    if _WORDS.fullmatch(text):
        return _in_a_row([_word(word) for word in text.split(" ")])
    pieces = _pieces(text)
    pattern, end = _choice(pieces, 0, 0)
    if end < len(pieces):
        raise PatternError("a ')' closes nothing")
    if can_be_empty(pattern):
        raise PatternError("the pattern would match no word at all; give it one that must be there")
    return pattern


def _pieces(pattern: str) -> list[_Piece]:
    """Cut a pattern into words and signs."""
    pieces = []
    for found in _PIECE.finditer(pattern):
        kind = found.lastgroup or ""  # one of them matches always
        text = found[kind]
        if kind == "bad":
            raise PatternError(f"{text!r} has no meaning in a pattern; words need no punctuation")
        pieces.append(_Piece(kind, found["most"] if kind == "gap" else text))
    return pieces


def _choice(pieces: list[_Piece], at: int, depth: int) -> tuple[Pattern, int]:
    """Read options split by `|` from `at` on, up to a closing bracket or the end."""
    if depth > DEEPEST:
        raise PatternError(f"brackets stand at most {DEEPEST} deep")
    options = []
    while True:
        option, at = _sequence(pieces, at, depth)
        options.append(option)
        if at < len(pieces) and pieces[at].text == "|" and pieces[at].kind == "mark":
            at += 1
            continue
        return (options[0] if len(options) == 1 else ChoiceNode(tuple(options))), at


def _sequence(pieces: list[_Piece], at: int, depth: int) -> tuple[Pattern, int]:
    """Read parts that follow one another."""
    parts: list[Pattern] = []
    while at < len(pieces):
        piece = pieces[at]
        if piece.kind == "mark" and piece.text in "|)":
            break
        if piece.kind == "mark" and piece.text == "?":
            if not parts or isinstance(parts[-1], GapNode | OptionalNode):
                raise PatternError("'?' stands after a word or a bracket")
            parts[-1] = OptionalNode(parts[-1])
            at += 1
            continue
        part, at = _part(pieces, at, depth)
        parts.append(part)
    if not parts:
        raise PatternError("an option is empty; write (word)? for what may be missing")
    return _in_a_row(parts), at


def _in_a_row(parts: list[Pattern]) -> Pattern:
    return parts[0] if len(parts) == 1 else SequenceNode(tuple(parts))


def _part(pieces: list[_Piece], at: int, depth: int) -> tuple[Pattern, int]:
    """Read one word, gap, reference, slot or bracket."""
    piece = pieces[at]
    if piece.kind == "mark":
        inner, at = _choice(pieces, at + 1, depth + 1)
        if at >= len(pieces) or pieces[at].text != ")":
            raise PatternError("a '(' is never closed")
        return inner, at + 1
    if piece.kind == "gap":
        return _gap(piece.text), at + 1
    if piece.kind == "ref":
        return RefNode(piece.text[1:]), at + 1
    if piece.kind == "slot":
        return _slot(piece.text), at + 1
    return _word(piece.text), at + 1


def _gap(most: str) -> GapNode:
    """A gap of `most` words."""
    words = int(most) if most else DEFAULT_GAP
    if not 1 <= words <= LONGEST_GAP:
        raise PatternError(f"a gap is 1 to {LONGEST_GAP} words wide, not {words}")
    return GapNode(words)


@lru_cache(maxsize=8192)
def _word(text: str) -> WordNode:
    """A word in one of its three forms; lexicons say the same few thousand again and again."""
    if text.startswith("="):
        if text.endswith("*"):
            raise PatternError(f"{text!r}: a word is exact (=word) or a beginning (word*), not both")
        return WordNode(text[1:], Form.EXACT)
    if text.endswith("*"):
        return WordNode(text[:-1], Form.PREFIX)
    return WordNode(text)


def _slot(text: str) -> SlotNode:
    """A quantity slot with its bounds."""
    found = _SLOT.fullmatch(text)
    kinds = ", ".join(slot.value for slot in Slot)
    if found is None:
        raise PatternError(f"<{text}>: write <kind>, <kind >= 10> or <kind 3..5>, with a kind of {kinds}")
    if found["kind"] not in set(Slot):
        raise PatternError(f"<{text}>: {found['kind']!r} is no kind of quantity; the kinds are {kinds}")
    slot = Slot(found["kind"])
    scale = _scale(slot, found["unit"], text)
    if found["low"]:
        low, high = _value(found["low"]) * scale, _value(found["high"]) * scale
        if low > high:
            raise PatternError(f"<{text}>: the lower bound stands first")
        return SlotNode(slot, low, high)
    if not found["op"]:
        return SlotNode(slot)
    bound, operator = _value(found["bound"]) * scale, found["op"]
    return SlotNode(
        slot,
        low=None if "<" in operator else bound,
        high=None if ">" in operator else bound,
        low_open=operator == ">",
        high_open=operator == "<",
    )


def _scale(slot: Slot, unit: str | None, text: str) -> float:
    """What a bound is multiplied by to be in the slot's own unit."""
    if unit is None:
        return 1.0
    if slot is not Slot.DURATION:
        raise PatternError(f"<{text}>: only a duration has a unit")
    return _SECONDS[unit]


def _value(text: str) -> float:
    """The number that a bound gives."""
    try:
        return float(text)
    except ValueError:
        raise PatternError(f"{text!r} is no number") from None
