"""Which number do these words say?

Digits and words, "a hundred and fifty", "two and a half thousand", "point five", "one seventy five", "three quarters",
"three in ten". Units are looked at elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ONES = {
    name: float(value)
    for value, name in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {
    name: float(value)
    for value, name in zip(
        range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety".split(), strict=True
    )
} | {"fourty": 40.0}
SCALES = {
    "hundred": 100.0, "thousand": 1e3, "k": 1e3, "grand": 1e3, "million": 1e6, "billion": 1e9, "dozen": 12.0,
    "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7,
}  # fmt: skip
PARTS = {
    "half": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4, "quarters": 1 / 4, "fourth": 1 / 4,
    "fifth": 1 / 5, "fifths": 1 / 5, "sixth": 1 / 6, "eighth": 1 / 8, "tenth": 1 / 10, "tenths": 1 / 10,
    "twelfth": 1 / 12, "twentieth": 1 / 20, "twentieths": 1 / 20, "hundredth": 1 / 100, "hundredths": 1 / 100,
    "thousandth": 1 / 1000, "thousandths": 1 / 1000,
}  # fmt: skip
ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth percentile".split()
)
_ARTICLES = frozenset(("a", "an", "one"))
_OUT_OF = (("in", "every"), ("out", "of", "every"), ("out", "of"), ("of", "every"), ("in",), ("of",), ("per",))
_WHOLES = frozenset((5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 12.0, 20.0, 100.0, 1000.0, 4.0, 3.0, 2.0, 50.0))
"""What people say a share "in": "three in ten", "five out of six", "sixty out of a hundred"."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number that was said.

    Attributes:
        end: The index after its last token.
        value: What it comes to.
        share: True for a part of a whole ("two thirds", "three in ten"); the value then lies in [0, 1].
        bare_one: True for "one" alone, which is more often a pronoun.
    """

    end: int
    value: float
    share: bool = False
    bare_one: bool = False


def read_numeral(texts: Sequence[str], at: int) -> Numeral | None:
    """The number that begins at token `at`; None when there is none, or an ordinal ("ninety-fifth")."""
    read = _share(texts, at) or _whole(texts, at)
    if read is None:
        return None
    if read.end < len(texts) and (texts[read.end] in ORDINALS and not _is_unit(texts, read)):
        return None
    return _out_of(texts, read)


def _is_unit(texts: Sequence[str], read: Numeral) -> bool:
    """True when the ordinal after a number is none: "one second", "half a second"; not "twenty second"."""
    return texts[read.end] == "second" and texts[read.end - 1] not in TENS


def token_at(texts: Sequence[str], at: int) -> str:
    """The token at an index; "" outside."""
    return texts[at] if 0 <= at < len(texts) else ""


def _share(texts: Sequence[str], at: int) -> Numeral | None:
    """Fractions: "half", "a third", "two thirds", "half a million", "a quarter of a million"."""
    word, following = texts[at], token_at(texts, at + 1)
    if word == "half" or (word in _ARTICLES and following in PARTS) or (word == "quarter" and following == "of"):
        start = at if word in PARTS else at + 1
        part, end = PARTS[texts[start]], start + 1
    elif word in ONES and following in PARTS and following.endswith("s") and ONES[word] > 1:
        part, end = ONES[word] * PARTS[following], at + 2
    else:
        return None
    after = end + 1 if token_at(texts, end) == "of" else end
    if token_at(texts, after) in _ARTICLES and token_at(texts, after + 1) in SCALES:
        return Numeral(after + 2, part * SCALES[texts[after + 1]])
    if token_at(texts, end) in {"dozen", "million"}:
        return Numeral(end + 1, part * SCALES[texts[end]])
    return Numeral(end, part, share=True)


def _whole(texts: Sequence[str], at: int) -> Numeral | None:
    """Whole and decimal numbers with their scales."""
    small = _small(texts, at)
    if small is None:
        return None
    total, end, value = 0.0, small.end, small.value
    end, value = _and_a_part(texts, end, value)
    while True:
        scale = SCALES.get(token_at(texts, end))
        if token_at(texts, end) == "of" and token_at(texts, end + 1) in {"thousand", "hundred", "million"}:
            scale, end = SCALES[texts[end + 1]], end + 1
        if scale is not None:
            value, end = value * scale, end + 1
            if scale >= SCALES["thousand"]:
                total, value = total + value, 0.0
        if scale is not None and token_at(texts, end) in SCALES:
            continue
        joined = end + 1 if token_at(texts, end) == "and" and scale is not None else end
        more = _small(texts, joined) if scale is not None else None
        if more is None or texts[joined] in {"a", "an", "couple"} or texts[joined] in SCALES:
            break  # "a hundred and, hundred seventy" begins anew
        if more.value >= (scale or 0):
            break
        value, end = value + more.value, more.end
    bare_one = texts[at] == "one" and end == at + 1
    return Numeral(end, total + value, bare_one=bare_one)


def _small(texts: Sequence[str], at: int) -> Numeral | None:  # noqa: C901, PLR0911 - one a way of saying it
    """A number below a hundred in words, or one in digits, or an article before a scale."""
    word, following = token_at(texts, at), token_at(texts, at + 1)
    if word[:1].isdigit() or word[:1] == ".":
        return _digits(texts, at)
    if word in _ARTICLES and word != "one" and following in SCALES:
        return Numeral(at + 1, 1.0)
    if word == "couple" and (following in SCALES or following == "of"):
        return Numeral(at + (2 if following == "of" else 1), 2.0)
    if word in {"hundred", "thousand"} and token_at(texts, at - 1) not in {"few", "several", "many"}:
        return Numeral(at, 1.0)
    if word == "point" and following in ONES:
        return _decimals(texts, at, 0.0)
    if word in TENS:
        ones = ONES.get(following, 0.0)
        if 1 <= ones <= 9:  # noqa: PLR2004 - a digit
            return _decimals(texts, at + 2, TENS[word] + ones)
        return _decimals(texts, at + 1, TENS[word])
    if word not in ONES:
        return None
    if following in TENS and 1 <= ONES[word] <= 9:  # noqa: PLR2004 - "one seventy five"
        rest = _small(texts, at + 1)
        if rest is not None:
            return Numeral(rest.end, ONES[word] * 100 + rest.value)
    return _decimals(texts, at + 1, ONES[word])


def _digits(texts: Sequence[str], at: int) -> Numeral | None:
    """A number in digits."""
    try:
        value = float(texts[at])
    except ValueError:
        return None
    return _decimals(texts, at + 1, value)


def _decimals(texts: Sequence[str], at: int, value: float) -> Numeral:
    """Digits after "point", spoken one by one."""
    if token_at(texts, at) != "point":
        return Numeral(at, value)
    step, end = 0.1, at + 1
    while (digit := _digit(token_at(texts, end))) is not None:
        value, step, end = value + digit * step, step / 10, end + 1
    return Numeral(end, round(value, 9)) if end > at + 1 else Numeral(at, value)


def _digit(word: str) -> float | None:
    """The digit that a word says."""
    if len(word) == 1 and word.isdigit():
        return float(word)
    value = ONES.get(word)
    return value if value is not None and value <= 9 else None  # noqa: PLR2004 - a digit


def _and_a_part(texts: Sequence[str], end: int, value: float) -> tuple[int, float]:
    """Add "and a half", "and three quarters" to a number."""
    if token_at(texts, end) != "and":
        return end, value
    if token_at(texts, end + 1) in {"a", "one"} and token_at(texts, end + 2) in {"half", "quarter", "third"}:
        return end + 3, value + PARTS[texts[end + 2]]
    if token_at(texts, end + 1) == "three" and token_at(texts, end + 2) == "quarters":
        return end + 3, value + 0.75
    return end, value


def _out_of(texts: Sequence[str], read: Numeral) -> Numeral:
    """Read on in "three in ten", "eleven out of every hundred"."""
    for link in _OUT_OF:
        start = read.end + len(link)
        if tuple(texts[read.end : start]) != link:
            continue
        whole = _whole(texts, start)
        if whole is None and token_at(texts, start) in {"hundred", "thousand"}:
            whole = Numeral(start + 1, SCALES[texts[start]])
        if whole is None or whole.value not in _WHOLES or read.value >= whole.value:
            return read
        if link in {("of",), ("per",)} and whole.value < 100:  # noqa: PLR2004 - "three of ten" counts things
            return read
        if link == ("in",) and (whole.value < 3 or token_at(texts, whole.end) in _TIMES_OF):  # noqa: PLR2004
            return read
        return Numeral(whole.end, read.value / whole.value, share=True)
    return read


_TIMES_OF = frozenset(
    "seconds second minutes minute hours hour days day weeks week months month years year milliseconds".split()
)
