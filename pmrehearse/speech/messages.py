"""What do the program and its speech worker say to each other through their pipe?

Reports that belong to a file carry the number of the job, so that words of a file that was left never reach the next
one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pmrehearse.speech.events import Checkpoint, SpeechEvent, SpeechOptions
from pmrehearse.speech.windows import Window


@dataclass(frozen=True, slots=True)
class Load:
    """Load a checkpoint and warm it."""

    options: SpeechOptions
    checkpoint: Checkpoint


@dataclass(frozen=True, slots=True)
class Follow:
    """Recognise a growing file, and leave another.

    Attributes:
        job: The number of this piece of work; rises.
        audio: The take's WAV.
        from_s: Where to begin.
    """

    job: int
    audio: Path
    from_s: float


@dataclass(frozen=True, slots=True)
class Finish:
    """The file of this job has its final length."""

    job: int
    n_samples: int


@dataclass(frozen=True, slots=True)
class Leave:
    """Nobody wants the results of jobs before this number any more."""

    job: int


@dataclass(frozen=True, slots=True)
class Close:
    """End the worker."""


Request = Load | Follow | Finish | Leave | Close


@dataclass(frozen=True, slots=True)
class Told:
    """Something happened that the program tells on.

    Attributes:
        job: The job it belongs to; 0 for what concerns the worker itself.
        event: What happened.
    """

    job: int
    event: SpeechEvent


@dataclass(frozen=True, slots=True)
class Began:
    """A window is being decoded: if the worker dies or hangs now, it was at this window.

    Attributes:
        job: The file.
        window: The window; None when a decode is over that gave no segment.
    """

    job: int
    window: Window | None


@dataclass(frozen=True, slots=True)
class Beat:
    """A sign of life."""


Report = Told | Began | Beat
