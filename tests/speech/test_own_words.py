"""Which of two windows says a word at the cut between them."""

from __future__ import annotations

from pmrehearse.speech.seams import own_words, with_overlap
from pmrehearse.speech.segments import Span, Word
from pmrehearse.speech.windows import Window

BEFORE = Window(0.0, 20.0, (Span(0.2, 8.0), Span(9.0, 20.0)), run_on_s=0.8)
BEHIND = Window(20.0, 30.0, (Span(20.0, 29.8),), lead_in_s=0.8)


def words(*timed: tuple[str, float, float]) -> tuple[Word, ...]:
    """Words with times."""
    return tuple(Word(text, start_s, end_s, 0.9) for text, start_s, end_s in timed)


def texts(said: tuple[Word, ...]) -> list[str]:
    """What they say."""
    return [word.text for word in said]


def test_a_window_is_decoded_with_what_lies_beyond_its_cuts() -> None:
    """The sound, and the speech in it; a window between pauses stays as it is."""
    assert with_overlap(BEFORE) == Window(0.0, 20.8, (Span(0.2, 8.0), Span(9.0, 20.8)))
    assert with_overlap(BEHIND) == Window(19.2, 30.0, (Span(19.2, 29.8),))
    plain = Window(1.0, 5.0, (Span(1.2, 4.8),))
    assert with_overlap(plain) == plain


def test_a_word_belongs_where_its_middle_lies() -> None:
    """The one cut through is said once, its times inside the window that says it."""
    heard = words(("the", 19.0, 19.4), ("rollback", 19.5, 20.3), ("plan", 20.4, 20.8))
    first = own_words(BEFORE, heard, ())
    assert [(word.text, word.end_s) for word in first] == [("the", 19.4), ("rollback", 20.0)]
    assert texts(own_words(BEHIND, (*heard, *words(("is", 21.0, 21.2))), first)) == ["plan", "is"]


def test_the_same_text_tells_what_was_said_when_times_disagree() -> None:
    """The second decode puts the word a little later, or the one behind it a little earlier: it is said once."""
    said = words(("the", 19.0, 19.4), ("rollback", 19.5, 20.0))
    later = words(("rollback,", 19.8, 20.5), ("plan", 20.5, 20.8))
    assert texts(own_words(BEHIND, later, said)) == ["plan"]
    earlier = words(("Rollback", 19.3, 19.6), ("plan", 19.6, 19.9), ("is", 20.2, 20.4))
    assert texts(own_words(BEHIND, earlier, said)) == ["plan", "is"]


def test_a_word_heard_otherwise_goes_by_its_time() -> None:
    """Nothing is dropped because of a text that does not come again."""
    said = words(("rollback", 19.5, 20.0))
    heard = words(("role", 19.4, 19.7), ("back", 19.7, 20.0), ("plan", 20.4, 20.8))
    assert texts(own_words(BEHIND, heard, said)) == ["plan"]


def test_a_word_said_twice_is_said_twice() -> None:
    """A repeat behind the cut is no echo of the overlap."""
    said = words(("very", 19.0, 19.4), ("very", 19.5, 19.9))
    heard = words(("very", 19.5, 19.9), ("very", 20.3, 20.7), ("good", 20.8, 21.2))
    assert texts(own_words(BEHIND, heard, said)) == ["very", "good"]


def test_nothing_heard_is_nothing_said() -> None:
    """Also at a cut."""
    assert own_words(BEFORE, (), ()) == own_words(BEHIND, (), words(("a", 19.0, 19.5))) == ()
