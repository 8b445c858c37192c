"""Which quantities were said: numbers with their units, changes from one to another, corrections?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pmrehearse.checking.numerals import ONES, PARTS, SCALES, TENS, Numeral, read_numeral, token_at
from pmrehearse.scenario.patterns import Slot


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it was meant.

    Attributes:
        start: Its first token.
        end: The index after its last token.
        slot: Its kind; SHARE for a plain fraction ("a third"), PERCENT for all that is said in percent or "in ten".
        value: In the kind's unit: percent, seconds, units of money, a factor, a count. Of a change, the new value.
        before: Of a change, the old value; else None.
    """

    start: int
    end: int
    slot: Slot
    value: float
    before: float | None = None


_SECONDS = {
    "millisecond": 0.001, "milliseconds": 0.001, "second": 1.0, "seconds": 1.0, "sec": 1.0,
    "minute": 60.0, "minutes": 60.0, "hour": 3600.0, "hours": 3600.0, "day": 86400.0, "days": 86400.0,
    "night": 86400.0, "nights": 86400.0, "week": 604800.0, "weeks": 604800.0, "fortnight": 1209600.0,
    "sprint": 1209600.0, "sprints": 1209600.0, "month": 2629800.0, "months": 2629800.0, "year": 31557600.0,
    "years": 31557600.0, "quarters": 7889400.0,
}  # fmt: skip
_MONEY_AFTER = {
    "dollar": 1.0, "dollars": 1.0, "bucks": 1.0, "euros": 1.0, "euro": 1.0, "pounds": 1.0, "quid": 1.0, "usd": 1.0,
    "cents": 0.01, "cent": 0.01, "pennies": 0.01,
}  # fmt: skip
_MONEY_BEFORE = frozenset("$£€")
_POINTS = frozenset(("point", "points", "percentage", "percentage-points"))
_LONG_TIME = frozenset(
    ("in", "within", "for", "after", "under", "than", "about", "over", "past", "half", "take", "takes")
)
_BELOW = (("less", "than"), ("fewer", "than"), ("just", "under"), ("under",), ("below",), ("nearly",), ("almost",))
_FACTORS = {"twice": 2.0, "double": 2.0, "doubles": 2.0, "doubled": 2.0, "doubling": 2.0, "triple": 3.0, "triples": 3.0,
            "tripled": 3.0, "threefold": 3.0, "twofold": 2.0, "tenfold": 10.0, "halve": 0.5, "halves": 0.5,
            "halved": 0.5, "halving": 0.5}  # fmt: skip
_SCALE_TOPS = frozenset((1.0, 5.0, 10.0, 100.0))
"""Where scales end: "a score from zero to a hundred" is no change."""
_RANGES = frozenset((("to",), ("or",), ("and",), ("up", "to"), ("down", "to"), ("versus",), ()))
_STARTERS = frozenset(
    (*ONES, *TENS, *SCALES, *_FACTORS, *_MONEY_BEFORE, "a", "an", "half", "quarter", "couple", "point")
)
"""Words that a quantity can begin with, digits aside."""
_UP_TO = (("up", "to"), ("down", "to"), ("to",), ("into",))
_CORRECTING = (
    ("no", "sorry"), ("sorry",), ("no", "wait"), ("no", "make", "that"), ("make", "that"), ("no",), ("or", "rather"),
    ("rather",), ("wait",), ("no", "actually"), ("actually",), ("well",), ("scratch", "that"), ("scrap", "that"),
    ("no", "scratch", "that"), ("strike", "that"), ("correction",), ("actually", "no"), ("i", "should", "say"), (),
)  # fmt: skip
_FARTHEST_TARGET = 5
"""Between the two values of a change stand at most so many words ("from twelve minutes today down to seven")."""
_JUST_BELOW = 0.999
"""What "under ten thousand" leaves of ten thousand: it does not satisfy ">= 10000"."""
_ABOUT = frozenset("nearly almost about around roughly over under just a little well some close more less than".split())
"""What stands before the new value of a change: "from two to nearly four"."""
_ONE_OF = frozenset(("a", "an", "one", "1"))
"""What stands between "a twentieth of" and its unit."""
_LABELLED = frozenset("p v version gpt q phase step round option level section chapter part number int fp".split())
_OLDEST_YEAR, _NEWEST_YEAR = 1980, 2050


def find_quantities(texts: Sequence[str]) -> tuple[Quantity, ...]:
    """All quantities of a stretch of tokens, in order; a change stands before its two values."""
    found: list[Quantity] = []
    at = 0
    while at < len(texts):
        if texts[at] not in _STARTERS and not texts[at][0].isdigit():
            at += 1
            continue
        quantity = _quantity(texts, at)
        if quantity is None:
            at += 1
            continue
        found.append(quantity)
        at = max(quantity.end, at + 1)
    return tuple(_with_changes(texts, _corrected(texts, _shared_units(texts, found))))


def _quantity(texts: Sequence[str], at: int) -> Quantity | None:  # noqa: PLR0911 - one a way of saying it
    """The quantity that begins at a token."""
    word = texts[at]
    if word in _FACTORS:
        return Quantity(at, at + 1, Slot.TIMES, _FACTORS[word])
    if word in _MONEY_BEFORE:
        read = read_numeral(texts, at + 1) if at + 1 < len(texts) else None
        return None if read is None else Quantity(at, read.end, Slot.MONEY, read.value)
    single = _single_unit(texts, at)
    if single is not None:
        return single
    read = read_numeral(texts, at)
    if read is None or _is_year(texts, at, read) or _is_label(texts, at, read):
        return None
    measured = _measured(texts, at, read)
    if measured is None:
        return None
    if any(tuple(texts[max(at - len(below), 0) : at]) == below for below in _BELOW):
        return replace(measured, value=measured.value * _JUST_BELOW)
    return measured


def _single_unit(texts: Sequence[str], at: int) -> Quantity | None:
    """One of a unit without a number: "a percent", "within a second"."""
    word, following, before = texts[at], token_at(texts, at + 1), token_at(texts, at - 1)
    if word not in {"a", "an"}:
        return None
    if following == "percent" or (following == "percentage" and token_at(texts, at + 2) == "point"):
        return Quantity(at, at + (2 if following == "percent" else 3), Slot.PERCENT, 1.0)
    if following in {"point", "second"} and tuple(texts[at + 2 : at + 5]) == ("and", "a", "half"):
        return Quantity(at, at + 5, Slot.PERCENT if following == "point" else Slot.DURATION, 1.5)
    if following in _SECONDS and not following.endswith("s") and before in _LONG_TIME:
        value, end = _SECONDS[following], at + 2
        if tuple(texts[end : end + 3]) == ("and", "a", "half"):
            value, end = value * 1.5, end + 3
        return Quantity(at, end, Slot.DURATION, value)
    return None


def _is_year(texts: Sequence[str], at: int, read: Numeral) -> bool:
    """True for "in 2024": a year, no quantity."""
    if not (_OLDEST_YEAR <= read.value <= _NEWEST_YEAR and read.value == int(read.value)):
        return False
    return token_at(texts, at - 1) in {"in", "since", "by", "until", "of", "early", "late", "from", "during"}


def _is_label(texts: Sequence[str], at: int, read: Numeral) -> bool:
    """True for a number that only names something: "p95", "version two", "8-bit"."""
    return token_at(texts, at - 1) in _LABELLED or token_at(texts, read.end) in {"bit", "bits"}


def _measured(texts: Sequence[str], at: int, read: Numeral) -> Quantity | None:  # noqa: PLR0911 - one a unit
    """A numeral with the unit that follows it; None for a pronoun."""
    end, unit = read.end, token_at(texts, read.end)
    article = (
        1 if unit in {"a", "an"} and read.share else 2 if unit == "of" and token_at(texts, end + 1) in _ONE_OF else 0
    )
    unit = token_at(texts, end + article)
    length = _percent_length(texts, end + article, read)
    if length:
        scale = 0.01 if unit == "basis" else 1.0
        return Quantity(at, end + article + length, Slot.PERCENT, read.value * scale)
    if unit in _SECONDS and (article == 0 or read.share):
        return _duration(texts, at, end + article, read)
    if unit in _MONEY_AFTER and (article == 0 or read.share):
        return Quantity(at, end + article + 1, Slot.MONEY, read.value * _MONEY_AFTER[unit])
    if unit in {"times", "fold"} and not article and read.value > 1:
        return Quantity(at, end + 1, Slot.TIMES, read.value)
    if read.share:
        fraction = texts[end - 1] in PARTS
        return Quantity(at, end, Slot.SHARE if fraction else Slot.PERCENT, round(read.value * 100, 6))
    if read.bare_one:
        return None
    money = token_at(texts, end - 1) == "grand"
    return Quantity(at, end, Slot.MONEY if money else Slot.COUNT, read.value)


def _duration(texts: Sequence[str], at: int, unit_at: int, read: Numeral) -> Quantity:
    """A length of time, "two seconds and a half" included."""
    scale, end, value = _SECONDS[texts[unit_at]], unit_at + 1, read.value
    if tuple(texts[end : end + 3]) == ("and", "a", "half"):
        value, end = value + 0.5, end + 3
    return Quantity(at, end, Slot.DURATION, round(value * scale, 9))


def _percent_length(texts: Sequence[str], at: int, read: Numeral) -> int:
    """How many tokens say "percent" or "points" from `at` on; 0 for none."""
    unit = token_at(texts, at)
    if unit in {"%", "percent"}:
        return 2 if token_at(texts, at + 1) in {"point", "points"} else 1
    if unit == "per" and token_at(texts, at + 1) == "cent":
        return 2
    if unit in {"percentage", "basis"} and token_at(texts, at + 1) in {"point", "points"}:
        return 2
    if unit in _POINTS and unit != "percentage" and read.value <= 100:  # noqa: PLR2004 - points of a hundred
        return 1 if unit == "points" or read.value <= 1 or token_at(texts, at - 1) == "half" else 0
    return 0


def _shared_units(texts: Sequence[str], found: list[Quantity]) -> list[Quantity]:
    """Give the first of "three to four percent", "31 to 36 percent" the unit of the second."""
    for at in range(len(found) - 1):
        first, second = found[at], found[at + 1]
        between = tuple(texts[first.end : second.start])
        if first.slot is Slot.COUNT and second.slot not in {Slot.COUNT, Slot.SHARE, Slot.TIMES}:
            if between in _RANGES:
                found[at] = _in_unit_of(texts, first, second)
        elif first.slot is second.slot is Slot.COUNT and between in _RANGES and first.value < second.value / 100:
            scale = SCALES.get(texts[second.end - 1], 1.0)
            found[at] = replace(first, value=first.value * scale)
        elif second.slot is Slot.COUNT and first.slot not in {Slot.COUNT, Slot.SHARE, Slot.TIMES}:
            to = [link for link in _UP_TO if between[len(between) - len(link) :] == link]
            if to and len(between) <= _FARTHEST_TARGET and not _has_thousand(second):
                found[at + 1] = _in_unit_of(texts, second, first)
    return found


def _has_thousand(quantity: Quantity) -> bool:
    """True for a number that is large enough to count people."""
    return quantity.value >= 1000  # noqa: PLR2004 - a thousand


def _in_unit_of(texts: Sequence[str], bare: Quantity, measured: Quantity) -> Quantity:
    """A bare number read in the unit of the other."""
    scale = 1.0
    if measured.slot is Slot.DURATION:
        units = [_SECONDS[word] for word in texts[measured.start : measured.end] if word in _SECONDS]
        scale = units[0] if units else 1.0
    return replace(bare, slot=measured.slot, value=bare.value * scale)


def _corrected(texts: Sequence[str], found: list[Quantity]) -> list[Quantity]:
    """Drop what was corrected at once: of "ten, no, twelve thousand" the last counts."""
    kept: list[Quantity] = []
    for quantity in found:
        if kept:
            before = kept[-1]
            between = tuple(texts[before.end : quantity.start])
            alike = before.slot is quantity.slot or Slot.COUNT in {before.slot, quantity.slot}
            if alike and between in _CORRECTING and (between or before.slot is quantity.slot):
                kept.pop()
        kept.append(quantity)
    return kept


def _with_changes(texts: Sequence[str], found: list[Quantity]) -> list[Quantity]:
    """Add a change before every pair "from X to Y", "X down to Y"."""
    result: list[Quantity] = []
    for at, quantity in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        if following is not None:
            change = _change(texts, quantity, following)
            if change is not None:
                result.append(change)
        result.append(quantity)
    return result


def _without_about(between: tuple[str, ...]) -> tuple[str, ...]:
    """The words between two values without "nearly", "a little over" before the second."""
    end = len(between)
    while end and between[end - 1] in _ABOUT:
        end -= 1
    return between[:end]


def _change(texts: Sequence[str], old: Quantity, new: Quantity) -> Quantity | None:
    """The change from one quantity to the next, if it is one."""
    between = _without_about(tuple(texts[old.end : new.start]))
    if old.slot is not new.slot and Slot.SHARE not in {old.slot, new.slot}:
        return None
    if not 0 < len(between) <= _FARTHEST_TARGET or old.value == new.value:
        return None
    link = next((link for link in _UP_TO if between[len(between) - len(link) :] == link), None)
    if link is None:
        return None
    is_from = "from" in texts[max(old.start - 2, 0) : old.start]
    if old.value == 0 and new.value in _SCALE_TOPS:
        return None
    falls = between == ("to",) and old.value > new.value
    if not (
        is_from or falls or link[0] in {"up", "down"} or any(word in between for word in ("today", "now", "currently"))
    ):
        return None
    start = old.start - 1 if token_at(texts, old.start - 1) == "from" else old.start
    return Quantity(start, new.end, Slot.CHANGE, new.value, old.value)
