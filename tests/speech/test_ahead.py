"""What is decoded ahead of time, and what it is good for."""

from __future__ import annotations

from pmrehearse.speech.ahead import Ahead, Decode
from pmrehearse.speech.effort import Passes
from pmrehearse.speech.engine import Heard
from pmrehearse.speech.segments import Span
from pmrehearse.speech.windows import Window

PAUSE = Window(1.0, 5.0, (Span(1.2, 4.8),))
GROWN = Window(1.0, 9.0, (Span(1.2, 4.8), Span(5.5, 9.0)))


def decoded(window: Window, *tokens: int, unsure: bool = False) -> Ahead:
    """A decode of this window has just been done."""
    return Ahead(Decode(window, Heard((), unsure, tokens), 0.5))


def test_a_pause_is_decoded_once() -> None:
    """What stands at a pause, unless it is known, or passes at pauses were given up."""
    assert Ahead().next(PAUSE, PAUSE, Passes.SPEECH, 3.0) == PAUSE
    assert Ahead().next(PAUSE, PAUSE, Passes.PAUSES, 3.0) == PAUSE
    assert Ahead().next(PAUSE, PAUSE, Passes.COMMITTED, 3.0) is None
    assert decoded(PAUSE).next(PAUSE, PAUSE, Passes.SPEECH, 3.0) is None


def test_speech_is_decoded_every_few_seconds() -> None:
    """After three seconds of new speech, not after two, and not where that was given up."""
    assert Ahead().next(None, GROWN, Passes.SPEECH, 3.0) == GROWN
    assert decoded(PAUSE).next(None, GROWN, Passes.SPEECH, 4.0) == GROWN
    assert decoded(PAUSE).next(None, GROWN, Passes.SPEECH, 4.5) is None
    assert decoded(PAUSE).next(None, GROWN, Passes.PAUSES, 3.0) is None
    assert Ahead().next(None, None, Passes.SPEECH, 3.0) is None


def test_half_of_it_is_enough_where_a_pause_seems_to_begin() -> None:
    """A tenth of a second of silence behind the speech: what stands may be all that was said."""
    quiet = Window(1.0, 9.15, GROWN.speech)
    assert decoded(PAUSE).next(None, quiet, Passes.SPEECH, 8.0) == quiet
    assert decoded(PAUSE).next(None, quiet, Passes.SPEECH, 8.4) is None
    assert decoded(PAUSE).next(None, quiet, Passes.PAUSES, 3.0) is None


def test_the_same_speech_is_known() -> None:
    """Also when a little more or less silence stands behind it; more speech is another window."""
    ahead = decoded(PAUSE)
    assert ahead.known(Window(1.0, 4.9, PAUSE.speech)) == ahead.last
    assert ahead.known(GROWN) is None
    assert ahead.known(Window(1.1, 5.0, PAUSE.speech)) is None
    assert Ahead().known(PAUSE) is None


def test_what_was_decoded_to_the_end_of_the_speech_is_known() -> None:
    """It counted as inside speech, but all of it was there; a tenth more or less of sound is another text."""
    within = Window(1.0, 4.85, (Span(1.2, 4.85),))
    assert decoded(within).known(PAUSE) is not None
    assert decoded(Window(1.0, 4.78, (Span(1.2, 4.78),))).known(PAUSE) is None
    assert decoded(Window(1.0, 4.95, (Span(1.2, 4.95),))).known(PAUSE) is None
    assert decoded(within).known(Window(1.0, 5.0, (Span(1.3, 4.8),))) is None
    assert decoded(within).known(GROWN) is None


def test_a_draft_is_of_the_same_beginning() -> None:
    """Tokens count from the window's beginning; an unsure text is no draft."""
    assert decoded(PAUSE, 7, 8).draft(GROWN) == (7, 8)
    assert decoded(PAUSE, 7, 8).draft(Window(2.0, 9.0, GROWN.speech[1:])) == ()
    assert decoded(PAUSE, 7, 8, unsure=True).draft(GROWN) == ()
    assert Ahead().draft(GROWN) == ()
