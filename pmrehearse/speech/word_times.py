"""Where does a word stand when the recogniser's time for it runs into silence?

Word times from attention drift after pauses (faster-whisper #294, whisper-timestamped #235, stable-ts #468: up to 30
s). Voice activity knows where speech is: no word is placed outside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmrehearse.speech.segments import Span, Word

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A word as the recogniser times it.

    Attributes:
        text: The word, no surrounding space, not empty.
        start_s: Its beginning in the take's sound.
        end_s: Its end, at or after `start_s`.
        probability: The recogniser's confidence in [0, 1].
    """

    text: str
    start_s: float
    end_s: float
    probability: float

    def later(self, by_s: float) -> TimedWord:
        """The same word `by_s` seconds later."""
        return TimedWord(self.text, self.start_s + by_s, self.end_s + by_s, self.probability)


def place(words: Sequence[TimedWord], speech: Sequence[Span]) -> tuple[Word, ...]:
    """The words with times inside speech, in order, none overlapping the next.

    A word that runs over a pause keeps its longer part; one that lies in silence altogether goes to the nearest edge of
    speech, where it has no length.

    Args:
        words: In the order said.
        speech: In order, not overlapping, not empty when there are words.
    """
    placed: list[Word] = []
    from_s = speech[0].start_s if speech else 0.0
    for word in words:
        span = _home(word, from_s, speech)
        start_s = min(max(word.start_s, span.start_s, from_s), span.end_s)
        end_s = max(start_s, min(word.end_s, span.end_s))
        placed.append(Word(word.text, start_s, end_s, word.probability))
        from_s = end_s
    return tuple(placed)


def _home(word: TimedWord, from_s: float, speech: Sequence[Span]) -> Span:
    """The span of speech that holds most of the word, or is nearest, none before `from_s`."""
    ahead = [span for span in speech if span.end_s >= from_s]
    return max(ahead, key=lambda span: (_shared_s(word, span), -_distance_s(word, span), -span.start_s))


def _shared_s(word: TimedWord, span: Span) -> float:
    return max(0.0, min(word.end_s, span.end_s) - max(word.start_s, span.start_s))


def _distance_s(word: TimedWord, span: Span) -> float:
    return max(0.0, span.start_s - word.end_s, word.start_s - span.end_s)
