"""Which patterns can begin, or be anchored, at a token?

Every pattern is known by what it can begin with and by the rarest thing that it asks for; an index finds, for a token,
those that it can belong to.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pmrehearse.checking.spoken import Spoken
from pmrehearse.scenario.patterns import Slot

MOST_KNOWN = 100_000
"""Tokens whose candidates are remembered; bounds memory against hostile texts."""


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
SLOT_WEIGHT = {Slot.COUNT: 12.0, Slot.NUMBER: 20.0}
"""The same for quantities; of other kinds there are few."""
FITS = {
    Slot.SHARE: frozenset((Slot.SHARE, Slot.PERCENT)),
    Slot.NUMBER: frozenset((Slot.SHARE, Slot.PERCENT, Slot.COUNT, Slot.MONEY, Slot.DURATION, Slot.TIMES)),
}
"""Which kinds a slot takes, its own included; a slot that is not here takes its own alone."""


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
            for kind in FITS.get(slot, {slot}):
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


def joined(all_firsts: list[Firsts]) -> Firsts:
    """What any of these can begin with."""
    return Firsts(
        frozenset().union(*(firsts.stems for firsts in all_firsts)),
        frozenset().union(*(firsts.texts for firsts in all_firsts)),
        frozenset().union(*(firsts.prefixes for firsts in all_firsts)),
        frozenset().union(*(firsts.slots for firsts in all_firsts)),
    )


def index_of(all_firsts: list[Firsts]) -> Index:
    """An index of members numbered from 0."""
    index = Index()
    for number, firsts in enumerate(all_firsts):
        index.add(number, firsts)
    return index
