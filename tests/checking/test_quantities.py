"""Which numbers are heard in spoken words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.checking.normalise import SoundAlikes, normalise
from pmrehearse.checking.quantities import Quantity, find_quantities
from pmrehearse.scenario.patterns import Slot


def _heard(text: str) -> tuple[Quantity, ...]:
    return find_quantities(normalise(text.split(), SoundAlikes()).texts)


def _values(text: str) -> list[tuple[str, float]]:
    return [(one.slot.value, round(one.value, 6)) for one in _heard(text) if one.slot is not Slot.CHANGE]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10,000 users", 10_000),
        ("10k users", 10_000),
        ("14 K riders", 14_000),
        ("ten thousand users", 10_000),
        ("a hundred and fifty people", 150),
        ("two hundred and fifty thousand accounts", 250_000),
        ("six and a half thousand writers", 6_500),
        ("half a million of them", 500_000),
        ("a quarter of a million users", 250_000),
        ("one seventy five thousand base", 175_000),
        ("a dozen writers", 12),
        ("two dozen editors", 24),
        ("ninety-five of them", 95),
        ("twelve hundred users", 1_200),
        ("one lakh users", 100_000),
        ("two and a half lakhs of readers", 250_000),
        ("one lakh twenty thousand sellers", 120_000),
        ("a crore of pupils", 10_000_000),
    ],
)
def test_counts(text: str, value: float) -> None:
    """Digits and words come to the same count."""
    assert ("count", value) in _values(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("three percent", 3),
        ("3%", 3),
        ("3 per cent", 3),
        ("1.5 points", 1.5),
        ("two percentage points", 2),
        ("half a percent", 0.5),
        ("zero point five percent", 0.5),
        ("fifty basis points", 0.5),
        ("0,05 percent", 0.05),
        ("a twentieth of one percent", 0.05),
        ("seven hundredths of a percent", 0.07),
        ("one in ten", 10),
        ("eleven in every hundred", 11),
        ("sixty out of a hundred", 60),
        ("a point and a half", 1.5),
    ],
)
def test_percents(text: str, value: float) -> None:
    """Percent, points and so many in a hundred are one thing."""
    assert ("percent", value) in _values(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("300 milliseconds", 0.3),
        ("400ms", 0.4),
        ("half a second", 0.5),
        ("a quarter of a second", 0.25),
        ("two seconds and a half", 2.5),
        ("within a week", 604_800),
        ("two and a half weeks", 1_512_000),
        ("a couple of days", 172_800),
    ],
)
def test_durations(text: str, value: float) -> None:
    """Lengths of time are in seconds."""
    assert ("duration", value) in _values(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$175,000", 175_000),
        ("175 grand", 175_000),
        ("half a cent", 0.005),
        ("nine dollars", 9),
        ("a hundred and, hundred seventy-seven thousand dollars", 177_000),
    ],
)
def test_money(text: str, value: float) -> None:
    """Amounts of money are in units of money."""
    assert ("money", value) in _values(text)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("from 38% to 41%", 38, 41),
        ("from 24 to 27 percent", 24, 27),
        ("five down to two", 5, 2),
        ("8 to 5 minutes", 480, 300),
        ("goes from twelve minutes today to seven", 720, 420),
        ("from three episodes a week to a little over four", 3, 4),
    ],
)
def test_changes(text: str, before: float, after: float) -> None:
    """From one value to another is a change, with the unit carried over."""
    change = next(one for one in _heard(text) if one.slot is Slot.CHANGE)
    assert (change.before, change.value) == (before, after)


@pytest.mark.parametrize(
    "text", ["a score from zero to a hundred", "three to four percent", "one of them", "the second suggestion"]
)
def test_what_is_no_change(text: str) -> None:
    """Scales, ranges and pronouns are no changes."""
    assert all(one.slot is not Slot.CHANGE for one in _heard(text))


@pytest.mark.parametrize(
    "text",
    ["p95", "the ninety-fifth percentile", "in 2024", "version two", "8-bit weights", "one of them", "a second one"],
)
def test_what_is_no_quantity(text: str) -> None:
    """Percentiles, years, versions and pronouns count nothing."""
    assert _values(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "ten, no, twelve thousand users",
        "ten thousand, sorry, twelve thousand users",
        "ten no make that twelve thousand",
    ],
)
def test_what_was_corrected_does_not_count(text: str) -> None:
    """Of a number and its correction only the last is heard."""
    assert _values(text) == [("count", 12_000)]


def test_a_bound_from_above_is_a_little_less() -> None:
    """What lies under ten thousand does not satisfy at least ten thousand."""
    assert _heard("under ten thousand users")[0].value < 10_000


number_words = st.sampled_from(
    "a one two ten twenty five hundred thousand million half quarter and point percent in every of out to from down % "
    "$ k 3 10,000 2.1 seconds second week dollars times no sorry".split()
)


@given(st.lists(number_words, max_size=30))
def test_any_words_are_read(words: list[str]) -> None:
    """Quantities lie inside the words, one after another, whatever was said."""
    heard = [one for one in _heard(" ".join(words)) if one.slot is not Slot.CHANGE]
    assert all(one.start < one.end for one in heard)
    assert all(one.end <= other.start for one, other in pairwise(heard))
