"""How it was said: time, pace, pauses and fillers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class LongPause:
    """A silence inside the answer, by voice activity.

    Attributes:
        start_s: When it began.
        end_s: When speech came again.
        before: The last words before it.
        after: The first words after it.
    """

    start_s: float
    end_s: float
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PaceExcursion:
    """A stretch in which the pace stayed outside the band.

    Attributes:
        start_s: Its beginning.
        end_s: Its end.
        words_per_minute: The mean pace of the windows of 30 s in it: words over elapsed time less the long pauses,
            which are told by themselves.
    """

    start_s: float
    end_s: float
    words_per_minute: float


class FillerKind(StrEnum):
    """What a filler does."""

    HESITATION = "hesitation"
    """A sound that holds the turn ("um")."""
    DISCOURSE = "discourse"
    """A phrase that says nothing where it stands ("you know", "like")."""
    HEDGE = "hedge"
    """A phrase that takes back some of what is said ("maybe", "sort of")."""


@dataclass(frozen=True, slots=True)
class Filler:
    """A filler and how often it was heard (at least: Whisper drops many).

    Attributes:
        text: The filler ("um", "you know").
        count: How often.
        kind: What it does.
    """

    text: str
    count: int
    kind: FillerKind = FillerKind.HESITATION


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the answer was given.

    Attributes:
        duration_s: Length of the sound.
        speech_s: Seconds of speech by voice activity.
        n_words: Words heard.
        words_per_minute: Words over elapsed time ("pace"); None without times.
        articulation_per_minute: Words over speech time; None without times.
        first_word_s: When speech began; None when none was heard.
        n_pauses: Silences of 0.5 s and more inside the answer.
        long_pauses: Silences of 2 s and more inside the answer.
        excursions: Stretches of 30 s and more outside the band of 110 to 170 words a minute.
        fillers: Most frequent first.
    """

    duration_s: float
    speech_s: float
    n_words: int
    words_per_minute: float | None
    articulation_per_minute: float | None
    first_word_s: float | None
    n_pauses: int
    long_pauses: tuple[LongPause, ...]
    excursions: tuple[PaceExcursion, ...]
    fillers: tuple[Filler, ...]
