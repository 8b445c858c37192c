"""Where does one part of a pattern match?

A part is compiled to a function from a token's index to the indices where a match may end. Gaps are bounded, so the
work grows with the length of the transcript and with nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pmrehearse.checking.firsts import FITS, Firsts, joined
from pmrehearse.checking.normalise import CLAUSE
from pmrehearse.checking.quantities import Quantity
from pmrehearse.checking.spoken import HARD, SOFT, Spoken
from pmrehearse.checking.stemming import stem
from pmrehearse.scenario.patterns import Form, SlotNode

Ends = tuple[int, ...]
"""Where a match may end: indices after its last token, ascending."""
Matcher = Callable[[Spoken, int], Ends]
"""From a token's index to the ends of the matches that begin there."""

LONGEST_QUANTITY = 16
"""A quantity has so many tokens at most ("from two hundred and fifty thousand today down to ...")."""
NEGATIVE = frozenset("not no never without neither nor nobody none nothing hardly stop cannot".split())
"""Words by which a pattern shows that it means a denial itself."""


@dataclass(slots=True)
class Compiled:
    """A pattern that can be sought.

    Attributes:
        match: Finds the ends.
        firsts: What it can begin with.
        anchor: What every match of it holds: of all that it asks for, the rarest; None when it can be empty.
        ahead: How many tokens of a match stand before its anchor, at least and at most.
        shortest: So many tokens at least.
        longest: So many tokens at most.
        denies: True when it holds a negative word, so that a negation inside its match does not cancel it.
    """

    match: Matcher
    firsts: Firsts
    anchor: Firsts | None
    ahead: tuple[int, int]
    shortest: int
    longest: int
    denies: bool


def word_of(token: str, form: Form) -> Compiled:
    """One token."""
    denies = token in NEGATIVE
    if form is Form.EXACT:
        firsts = Firsts(texts=frozenset((token,)))
        return Compiled(_exactly(token), firsts, firsts, (0, 0), 1, 1, denies)
    if form is Form.PREFIX:
        firsts = Firsts(prefixes=frozenset((token,)))
        return Compiled(_beginning(token), firsts, firsts if token else None, (0, 0), 1, 1, denies)
    stemmed = stem(token)
    firsts = Firsts(stems=frozenset((stemmed,)))
    return Compiled(_inflected(stemmed), firsts, firsts, (0, 0), 1, 1, denies)


def together(anchors: list[Firsts | None]) -> Firsts | None:
    """What a match of any of these holds; None when one of them holds nothing certain."""
    certain = [anchor for anchor in anchors if anchor is not None]
    return joined(certain) if len(certain) == len(anchors) else None


def word_among(stems: frozenset[str], *, denies: bool) -> Compiled:
    """One token of any of these stems."""

    def match(spoken: Spoken, at: int) -> Ends:
        return (at + 1,) if at < len(spoken.stems) and spoken.stems[at] in stems else ()

    firsts = Firsts(stems=stems)
    return Compiled(match, firsts, firsts, (0, 0), 1, 1, denies)


def _exactly(token: str) -> Matcher:
    """Matches this very token."""

    def match(spoken: Spoken, at: int) -> Ends:
        return (at + 1,) if at < len(spoken.texts) and spoken.texts[at] == token else ()

    return match


def _beginning(prefix: str) -> Matcher:
    """Matches a token that begins so."""

    def match(spoken: Spoken, at: int) -> Ends:
        return (at + 1,) if at < len(spoken.texts) and spoken.texts[at].startswith(prefix) else ()

    return match


def _inflected(stemmed: str) -> Matcher:
    """Matches a token of this stem."""

    def match(spoken: Spoken, at: int) -> Ends:
        return (at + 1,) if at < len(spoken.stems) and spoken.stems[at] == stemmed else ()

    return match


def fits(node: SlotNode, quantity: Quantity) -> bool:
    """True when a quantity is of a slot's kind, bounds aside."""
    return quantity.slot in FITS.get(node.slot, {node.slot})


def slot_of(node: SlotNode) -> Compiled:
    """A quantity inside the slot's bounds."""

    def match(spoken: Spoken, at: int) -> Ends:
        found = spoken.quantities.get(at)
        if not found:
            return ()
        return tuple(
            sorted({quantity.end for quantity in found if fits(node, quantity) and node.holds(quantity.value)})
        )

    firsts = Firsts(slots=frozenset((node.slot,)))
    return Compiled(match, firsts, firsts, (0, 0), 1, LONGEST_QUANTITY, denies=False)


def gap_of(most: int) -> Compiled:
    """Up to `most` tokens, never past the end of a clause or sentence."""

    def match(spoken: Spoken, at: int) -> Ends:
        ends = [at]
        limit = min(at + most, len(spoken.texts))
        while ends[-1] < limit and (spoken.cuts[ends[-1]] < CLAUSE or spoken.cuts[ends[-1]] == SOFT):
            ends.append(ends[-1] + 1)
        return tuple(ends)

    return Compiled(match, Firsts(), None, (0, 0), 0, most, denies=False)


def optional(part: Compiled) -> Compiled:
    """The part, or nothing."""

    def match(spoken: Spoken, at: int) -> Ends:
        ends = part.match(spoken, at)
        return (at, *ends)

    return Compiled(match, part.firsts, None, (0, 0), 0, part.longest, part.denies)


def sequence(parts: list[tuple[Compiled, bool]]) -> Compiled:
    """Parts in a row, none of them begun behind the end of a sentence; each with whether it can be empty."""
    until = next((number for number, (_, empty) in enumerate(parts) if not empty), len(parts) - 1)
    firsts = joined([part.firsts for part, _ in parts[: until + 1]])
    first, rest = parts[0][0].match, [(part.match, empty) for part, empty in parts[1:]]

    def match(spoken: Spoken, at: int) -> Ends:
        ends = first(spoken, at)
        cuts = spoken.cuts
        n_tokens = len(cuts)
        for follow, empty in rest:
            if not ends:
                return ()
            if len(ends) == 1 and (ends[0] == at or _open(cuts, ends[0], n_tokens)):
                ends = follow(spoken, ends[0])
                continue
            found: set[int] = set()
            for end in ends:
                if end == at or _open(cuts, end, n_tokens):
                    found.update(follow(spoken, end))
                elif empty:
                    found.add(end)
            ends = tuple(sorted(found))
        return ends

    anchor, ahead = _rarest([part for part, _ in parts])
    return Compiled(
        match,
        firsts,
        anchor,
        ahead,
        sum(part.shortest for part, _ in parts),
        sum(part.longest for part, _ in parts),
        any(part.denies for part, _ in parts),
    )


def _rarest(parts: list[Compiled]) -> tuple[Firsts | None, tuple[int, int]]:
    """The anchor of a sequence, and how many tokens stand before it."""
    best: tuple[Firsts | None, tuple[int, int]] = (None, (0, 0))
    weight = float("inf")
    low = high = 0
    for part in parts:
        if part.anchor is not None and part.anchor.weight < weight:
            best = part.anchor, (low + part.ahead[0], high + part.ahead[1])
            weight = part.anchor.weight
        low, high = low + part.shortest, high + part.longest
    return best


def _open(cuts: list[int], at: int, n_tokens: int) -> bool:
    """True when a sequence may go on at a token: it is not the first of a sentence."""
    return at >= n_tokens or cuts[at] != HARD
