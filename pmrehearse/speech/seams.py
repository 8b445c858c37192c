"""Which of two windows says a word that stands at the cut between them? Pure.

Speech without a pause is cut where it is quietest, which may be inside a word (the closure before a k is quieter than
most gaps between words). So both windows are decoded with some sound from beyond the cut, and each word is said by the
one in which its middle lies; where the two time it differently, the same text tells that it was said already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pmrehearse.speech.segments import Span, Word
from pmrehearse.speech.windows import Window

_OFF_BY = 2
"""So many words the times of two decodes may disagree by at a cut."""
_NOISE = ".,!?;:\"'“”…-"
"""What is no part of a word's text."""


def with_overlap(window: Window) -> Window:
    """The window as it is decoded: with the sound from beyond its cuts, which is speech."""
    if not window.lead_in_s and not window.run_on_s:
        return window
    start_s, end_s = window.start_s - window.lead_in_s, window.end_s + window.run_on_s
    first, last = window.speech[0], window.speech[-1]
    speech = list(window.speech)
    if window.lead_in_s:
        speech[0] = Span(start_s, first.end_s)
    if window.run_on_s:
        speech[-1] = Span(speech[-1].start_s, max(last.end_s, end_s))
    return Window(start_s, end_s, tuple(speech))


def own_words(window: Window, heard: Sequence[Word], said: Sequence[Word]) -> tuple[Word, ...]:
    """The words that this window says.

    Args:
        window: The window, without what was decoded along.
        heard: All that was heard in it.
        said: What the window before said, when it ended in the same cut; else nothing.
    """
    first = _first_new(window, heard, said) if window.lead_in_s else 0
    stop = len(heard)
    if window.run_on_s:
        stop = next((index for index, word in enumerate(heard) if word.middle_s >= window.end_s), len(heard))
    return tuple(_inside(word, window) for word in heard[first:stop])


def _first_new(window: Window, heard: Sequence[Word], said: Sequence[Word]) -> int:
    """The index of the first word that the window before did not say."""
    by_time = next((index for index, word in enumerate(heard) if word.middle_s >= window.start_s), len(heard))
    if not said:
        return by_time
    last = _text(said[-1])
    near = range(max(1, by_time - _OFF_BY), min(len(heard), by_time + _OFF_BY) + 1)
    same = [index for index in near if last and _text(heard[index - 1]) == last]
    return min(same, key=lambda index: abs(index - by_time), default=by_time)


def _inside(word: Word, window: Window) -> Word:
    """The word with times inside the window, none behind its speech."""
    last_s = window.speech[-1].end_s
    start_s, end_s = (min(max(at_s or 0.0, window.start_s), last_s) for at_s in (word.start_s, word.end_s))
    return word if (start_s, end_s) == (word.start_s, word.end_s) else replace(word, start_s=start_s, end_s=end_s)


def _text(word: Word) -> str:
    return word.text.strip(_NOISE).casefold()
