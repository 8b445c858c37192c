"""Where does a phrase pattern match?

Patterns are compiled to functions from a token's index to the indices where a match may end. They are found through
the token that they begin with, so each token tries only the few patterns that can begin there; gaps are bounded, so
the work grows with the length of the transcript and with nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from pmrehearse.checking.normalise import CLAUSE, SoundAlikes, plain_tokens
from pmrehearse.checking.quantities import Quantity
from pmrehearse.checking.spoken import HARD, SOFT, Spoken
from pmrehearse.checking.stemming import stem
from pmrehearse.scenario.patterns import (
    ChoiceNode,
    Form,
    GapNode,
    OptionalNode,
    Pattern,
    RefNode,
    SequenceNode,
    Slot,
    SlotNode,
    WordNode,
    can_be_empty,
)

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


@dataclass(frozen=True, slots=True)
class Firsts:
    """What a pattern can begin with.

    Attributes:
        stems: Words in any inflection, by stem.
        texts: Exact words.
        prefixes: Beginnings of words.
        slots: The kinds of quantities.
    """

    stems: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    slots: frozenset[Slot] = frozenset()

    def __or__(self, other: Firsts) -> Firsts:
        return Firsts(
            self.stems | other.stems,
            self.texts | other.texts,
            self.prefixes | other.prefixes,
            self.slots | other.slots,
        )

    @property
    def plain(self) -> frozenset[str] | None:
        """The stems, when there is nothing else to begin with; else None."""
        return None if self.texts or self.prefixes or self.slots else self.stems

    @property
    def weight(self) -> float:
        """How often speech holds one of these, roughly: the sum over the words, common ones counting more."""
        words = sum(COMMON.get(word, 1.0) for word in self.stems | self.texts)
        return words + 3.0 * len(self.prefixes) + sum(SLOT_WEIGHT.get(slot, 4.0) for slot in self.slots)


COMMON = dict.fromkeys(
    "the a to and of i we it that is in you for on with so they be then what".split(), 60.0
) | dict.fromkeys(
    "not if as at by from or one when this do would have get go how why who but up out no more".split(), 25.0
)
"""How much more often than others common words are spoken, roughly."""
_FITS = {
    Slot.SHARE: frozenset((Slot.SHARE, Slot.PERCENT)),
    Slot.NUMBER: frozenset((Slot.SHARE, Slot.PERCENT, Slot.COUNT, Slot.MONEY, Slot.DURATION, Slot.TIMES)),
}
"""Which kinds a slot takes besides its own."""
SLOT_WEIGHT = {Slot.COUNT: 12.0, Slot.NUMBER: 20.0}
"""The same for quantities; of other kinds there are few."""


@dataclass(slots=True)
class Index:
    """Finds, for a token, the members that can begin with it.

    Members are any values; each is added with what it can begin with.
    """

    by_stem: dict[str, list[int]] = field(default_factory=dict)
    by_text: dict[str, list[int]] = field(default_factory=dict)
    by_prefix: dict[str, list[int]] = field(default_factory=dict)
    by_slot: dict[Slot, list[int]] = field(default_factory=dict)
    known: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def add(self, member: int, firsts: Firsts) -> None:
        """Add a member."""
        for keys, table in (
            (firsts.stems, self.by_stem),
            (firsts.texts, self.by_text),
            (firsts.prefixes, self.by_prefix),
        ):
            for key in keys:
                table.setdefault(key, []).append(member)
        for slot in firsts.slots:
            for kind in _FITS.get(slot, {slot}):
                self.by_slot.setdefault(kind, []).append(member)

    def candidates(self, spoken: Spoken, at: int) -> tuple[int, ...]:
        """The members that can begin at a token, ascending."""
        text = spoken.texts[at]
        found = self.known.get(text)
        if found is None:
            found = self._lookup(text, spoken.stems[at])
            if len(self.known) < MOST_KNOWN:
                self.known[text] = found
        if self.by_slot and at in spoken.quantities:
            kinds = [quantity.slot for quantity in spoken.quantities[at]]
            return tuple(sorted({*found, *(member for kind in kinds for member in self.by_slot.get(kind, ()))}))
        return found

    def _lookup(self, text: str, stemmed: str) -> tuple[int, ...]:
        """The members for a token that was not seen before."""
        members = {*self.by_stem.get(stemmed, ()), *self.by_text.get(text, ())}
        for length in range(1, len(text) + 1):
            members.update(self.by_prefix.get(text[:length], ()))
        return tuple(sorted(members))


MOST_KNOWN = 100_000
"""Tokens whose candidates are remembered; bounds memory against hostile texts."""


class PatternCompiler:
    """Compiles patterns against a set of lexicons."""

    def __init__(self, lexicons: Mapping[str, tuple[Pattern, ...]], sound_alikes: SoundAlikes) -> None:
        """Take the lexicons that `@name` refers to; they are compiled when first asked for."""
        self._lexicons = lexicons
        self._sound_alikes = sound_alikes
        self._by_name: dict[str, Compiled] = {}
        self._by_pattern: dict[Pattern, Compiled] = {}
        self.steps = 0

    def compile(self, pattern: Pattern) -> Compiled:
        """Compile one pattern; equal patterns become one."""
        found = self._by_pattern.get(pattern)
        if found is None:
            found = self._compile(pattern)
            self._by_pattern[pattern] = found
        return found

    def phrases(self, patterns: Iterable[Pattern]) -> list[Compiled]:
        """Compile alternatives one by one, those of lexicons that stand alone among them too."""
        compiled: list[Compiled] = []
        for pattern in patterns:
            if isinstance(pattern, RefNode):
                compiled.extend(self.phrases(self._lexicons[pattern.name]))
            else:
                compiled.append(self.compile(pattern))
        return compiled

    def _compile(self, pattern: Pattern) -> Compiled:
        match pattern:
            case WordNode(text, form):
                return self._words(text, form)
            case SlotNode():
                return _slot(pattern)
            case GapNode(most):
                return _gap(most)
            case RefNode(name):
                return self._reference(name)
            case OptionalNode(part):
                return _optional(self.compile(part))
            case ChoiceNode(options):
                return self._choice(options)
            case SequenceNode(parts):
                return self._sequence(parts)

    def _words(self, text: str, form: Form) -> Compiled:
        """A written word, which may come to several tokens."""
        tokens = plain_tokens(text)
        if form is Form.ANY_INFLECTION:
            tokens = [item[0] for item in self._sound_alikes.rewrite([(token, 0, 0, 0) for token in tokens])]
        if form is Form.PREFIX or len(tokens) == 1:
            return _word(tokens[-1] if tokens else text, form)
        return _sequence([(_word(token, form), False) for token in tokens])

    def _reference(self, name: str) -> Compiled:
        """Any phrase of a lexicon."""
        if name not in self._by_name:
            self._by_name[name] = self._choice(self._lexicons[name])
        return self._by_name[name]

    def _choice(self, options: tuple[Pattern, ...]) -> Compiled:
        """Alternatives, tried through the token that they begin with."""
        compiled = [self.compile(option) for option in options]
        if len(compiled) == 1:
            return compiled[0]
        index, firsts = Index(), Firsts()
        for number, option in enumerate(compiled):
            index.add(number, option.firsts)
            firsts |= option.firsts
        empty = any(can_be_empty(option) for option in options)
        matchers = [option.match for option in compiled]

        def match(spoken: Spoken, at: int) -> Ends:
            if at >= len(spoken.texts):
                return (at,) if empty else ()
            candidates = index.candidates(spoken, at)
            if not candidates:
                return (at,) if empty else ()
            self.steps += len(candidates)
            if len(candidates) == 1 and not empty:
                return matchers[candidates[0]](spoken, at)
            ends = {end for number in candidates for end in matchers[number](spoken, at)}
            if empty:
                ends.add(at)
            return tuple(sorted(ends))

        anchors = [option.anchor for option in compiled]
        return Compiled(
            match,
            firsts,
            None if empty else _together(anchors),
            (min(option.ahead[0] for option in compiled), max(option.ahead[1] for option in compiled)),
            min(option.shortest for option in compiled),
            max(option.longest for option in compiled),
            any(option.denies for option in compiled),
        )

    def _sequence(self, parts: tuple[Pattern, ...]) -> Compiled:
        """Parts in a row, what recognisers mishear levelled out in runs of plain words."""
        return _sequence([(self.compile(part), can_be_empty(part)) for part in self._levelled(parts)])

    def _levelled(self, parts: tuple[Pattern, ...]) -> list[Pattern]:
        """Plain words in a row as the sound-alikes would have them heard."""
        levelled: list[Pattern] = []
        run: list[str] = []
        for part in (*parts, None):
            if isinstance(part, WordNode) and part.form is Form.ANY_INFLECTION:
                run.extend(plain_tokens(part.text))
                continue
            items = self._sound_alikes.rewrite([(token, 0, 0, 0) for token in run])
            levelled.extend(WordNode(item[0]) for item in items)
            run = []
            if part is not None:
                levelled.append(part)
        return levelled


def _word(token: str, form: Form) -> Compiled:
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


def _together(anchors: list[Firsts | None]) -> Firsts | None:
    """What a match of any of these holds; None when one of them holds nothing certain."""
    joined = Firsts()
    for anchor in anchors:
        if anchor is None:
            return None
        joined |= anchor
    return joined


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
    return quantity.slot in _FITS.get(node.slot, {node.slot})


def _slot(node: SlotNode) -> Compiled:
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


def _gap(most: int) -> Compiled:
    """Up to `most` tokens, never past the end of a clause or sentence."""

    def match(spoken: Spoken, at: int) -> Ends:
        ends = [at]
        limit = min(at + most, len(spoken.texts))
        while ends[-1] < limit and (spoken.cuts[ends[-1]] < CLAUSE or spoken.cuts[ends[-1]] == SOFT):
            ends.append(ends[-1] + 1)
        return tuple(ends)

    return Compiled(match, Firsts(), None, (0, 0), 0, most, denies=False)


def _optional(part: Compiled) -> Compiled:
    """The part, or nothing."""

    def match(spoken: Spoken, at: int) -> Ends:
        ends = part.match(spoken, at)
        return (at, *ends)

    return Compiled(match, part.firsts, None, (0, 0), 0, part.longest, part.denies)


def _sequence(parts: list[tuple[Compiled, bool]]) -> Compiled:
    """Parts in a row, none of them begun behind the end of a sentence; each with whether it can be empty."""
    firsts = Firsts()
    for part, empty in parts:
        firsts |= part.firsts
        if not empty:
            break
    matchers = [part.match for part, _ in parts]
    first, rest = matchers[0], matchers[1:]

    def match(spoken: Spoken, at: int) -> Ends:
        ends = first(spoken, at)
        cuts = spoken.cuts
        n_tokens = len(cuts)
        for follow in rest:
            if not ends:
                return ()
            if len(ends) == 1:
                ends = follow(spoken, ends[0]) if ends[0] == at or _open(cuts, ends[0], n_tokens) else ()
                continue
            found: set[int] = set()
            for end in ends:
                if end == at or _open(cuts, end, n_tokens):
                    found.update(follow(spoken, end))
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
