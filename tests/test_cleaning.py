"""What comes from outside is fit for a screen, a file name, a log and a database."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.cleaning import LIMIT, REPLACEMENT, clean, clean_line

EVIL = "\x1b]52;c;RVZJTA==\x07 \x9b31m \x90 \u202e\u2066 \ufeff \U000e0041 \ud800 [/nope]"
MARKS = set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\u2028\u2029")
ANY = st.text(st.characters() | st.sampled_from("\x1b\x07\x9b\u202e\u2066\ud800\r\n\t\u2028"), max_size=200)


@given(ANY)
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    """No control but tab and newline, no direction mark, no surrogate: any cleaned text can be written as UTF-8."""
    cleaned = clean(text)
    assert all(char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"} for char in cleaned)
    assert not set(cleaned) & set(
        "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\u2028\u2029"
    )
    assert clean(cleaned) == cleaned
    assert cleaned.encode().decode() == cleaned


@given(ANY)
def test_a_line_is_one_line(text: str) -> None:
    """Titles and names have no line of their own, and no white space around them."""
    line = clean_line(text)
    assert "\n" not in line
    assert line == line.strip()


def test_marks_are_replaced_and_words_stay() -> None:
    """What is taken out leaves a sign, and the words around it stay as they are."""
    assert clean(EVIL).endswith("[/nope]")
    assert clean(EVIL).count(REPLACEMENT) == 9


def test_a_line_of_ten_megabytes_is_cut() -> None:
    """However long a text is, what passes has an end that says so."""
    cleaned = clean("x" * 10_000_000)
    assert (len(cleaned), cleaned[-1]) == (LIMIT, "…")
