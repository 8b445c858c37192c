"""Does a change of the corrected transcript become the right edit of what was heard?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.errors import UsageError
from pmrehearse.library.corrections import Corrections, WordEdit, corrected
from pmrehearse.library.editing import edited
from tests.library.making import heard, spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

HEARD = heard(spoken("a b c d"), spoken("x y", 2.0, unsure=True), spoken("e f g", 4.0))


def _texts(corrections: Corrections) -> list[str]:
    return [word.text for word in corrected(HEARD, corrections.words).words]


def _after(*changes: tuple[int, int, str]) -> Corrections:
    kept = Corrections()
    for first, last, text in changes:
        kept = edited(HEARD, kept, first, last, text)
    return kept


def test_a_word_is_put_right() -> None:
    """One word, by its place in the words that count; unsure segments are not counted."""
    assert _texts(_after((5, 5, "F"))) == ["a", "b", "c", "d", "e", "F", "g"]
    assert _after((5, 5, "F")).words == (WordEdit(2, 1, 1, "f", "F"),)


def test_a_run_is_put_right_over_the_end_of_a_segment() -> None:
    """The new words stand in the first segment, the old ones are gone from both."""
    assert _texts(_after((2, 4, "over it"))) == ["a", "b", "over", "it", "f", "g"]


def test_an_edit_of_edited_words_is_one_edit() -> None:
    """A later change of words that were put in becomes part of the earlier edit, which names words as heard."""
    kept = _after((1, 2, "one two three"), (2, 2, "TWO"))
    assert _texts(kept) == ["a", "one", "TWO", "three", "d", "e", "f", "g"]
    assert kept.words == (WordEdit(0, 1, 2, "b c", "one TWO three"),)


def test_an_edit_may_reach_from_edited_words_into_heard_ones() -> None:
    """The union of both is one edit; what stood beside the run stays."""
    kept = _after((1, 2, "one two three"), (3, 4, "end"))
    assert _texts(kept) == ["a", "one", "two", "end", "e", "f", "g"]
    assert kept.words == (WordEdit(0, 1, 3, "b c d", "one two end"),)


def test_words_struck_out_between_others_go_with_them() -> None:
    """A run over a gap takes the words that were struck out into its edit."""
    kept = _after((1, 1, ""), (0, 1, "z"))
    assert _texts(kept) == ["z", "d", "e", "f", "g"]
    assert kept.words == (WordEdit(0, 0, 2, "a b c", "z"),)


def test_what_was_heard_takes_an_edit_back() -> None:
    """Typing the words as they were heard leaves no edit."""
    assert _after((1, 1, "B"), (1, 1, "b")).words == ()


@pytest.mark.parametrize(("first", "last"), [(7, 7), (-1, 0), (3, 2)])
def test_words_that_are_not_there_cannot_be_changed(first: int, last: int) -> None:
    """Outside of the transcript, or from the end to the beginning."""
    with pytest.raises(UsageError):
        edited(HEARD, Corrections(), first, last, "z")


_CHANGES = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 3), st.sampled_from(["", "n", "n m", "n m o", "a", "e f"])), max_size=8
)


@given(_CHANGES)
def test_any_changes_make_the_text_that_was_typed(changes: Sequence[tuple[int, int, str]]) -> None:
    """Whatever is changed after whatever: the corrected words are those of a plain list changed the same way."""
    kept, plain = Corrections(), ["a", "b", "c", "d", "e", "f", "g"]
    for first, more, text in changes:
        last = min(first + more, len(plain) - 1)
        if last < first:
            continue
        kept = edited(HEARD, kept, first, last, text)
        plain[first : last + 1] = text.split()
        assert _texts(kept) == plain
    assert corrected(HEARD, ()) == HEARD
