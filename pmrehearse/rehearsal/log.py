"""What happened in a run, in samples of the take's sound: the part of a run that a take keeps."""

from __future__ import annotations

from dataclasses import dataclass

SAMPLE_RATE_HZ = 16_000
"""Samples a second of every take, mono, 16 bit: what Whisper reads, and what makes seconds of the samples here."""


@dataclass(frozen=True, slots=True)
class PhaseStart:
    """A phase began.

    Attributes:
        phase_id: Which one.
        at_sample: Samples recorded before it began; the take's clock.
    """

    phase_id: str
    at_sample: int


@dataclass(frozen=True, slots=True)
class CueShown:
    """The interviewer's card came up.

    Attributes:
        say: Its words.
        at_sample: Samples recorded when it came.
        on_flag: The flag that brought it; None when it came at its time.
    """

    say: str
    at_sample: int
    on_flag: str | None = None


@dataclass(frozen=True, slots=True)
class PauseTaken:
    """The speaker stopped the clock; nothing was recorded meanwhile.

    Attributes:
        at_sample: Samples recorded when it began; recording went on from the same sample.
        seconds: How long it lasted on the wall's monotonic clock.
    """

    at_sample: int
    seconds: float


@dataclass(frozen=True, slots=True)
class RunLog:
    """All that happened, each in the order of time.

    Attributes:
        phases: The phases that began, the first at sample 0.
        cues: The interviewer's cards.
        pauses: When the clock stood.
        marks: Samples that the speaker marked.
    """

    phases: tuple[PhaseStart, ...] = ()
    cues: tuple[CueShown, ...] = ()
    pauses: tuple[PauseTaken, ...] = ()
    marks: tuple[int, ...] = ()
