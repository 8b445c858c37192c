"""What is the recorder process asked for, and how does it say that it still lives?

Commands travel from the screen's process to the recorder's. `audio.events` travels back, and so do the two signs of
life at the end, which are for the process at the other end of the pipe and for nobody beyond it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pmrehearse.audio.events import SoundSource


@dataclass(frozen=True, slots=True)
class Open:
    """Open this source and tell its level; another one is closed."""

    source: SoundSource


@dataclass(frozen=True, slots=True)
class ClockPoint:
    """Where a take's clock stood.

    Attributes:
        n_samples: Samples recorded.
        at_s: Monotonic time at which that held.
    """

    n_samples: int
    at_s: float


@dataclass(frozen=True, slots=True)
class Record:
    """Write from the next block on.

    Attributes:
        path: The file.
        append: Go on in the file that stands there; otherwise it must not exist.
        since: When going on: where the take's clock stood, so that the time since then is marked as missing; None
            when nothing is to be marked.
    """

    path: Path
    append: bool = False
    since: ClockPoint | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Write nothing.

    Attributes:
        at_s: Monotonic time of the wish; what was heard before it is still written.
    """

    at_s: float


@dataclass(frozen=True, slots=True)
class Resume:
    """Write again."""


@dataclass(frozen=True, slots=True)
class Stop:
    """End the file.

    Attributes:
        at_s: Monotonic time of the wish; what was heard before it is still written.
    """

    at_s: float


@dataclass(frozen=True, slots=True)
class Close:
    """End everything, the file first."""


@dataclass(frozen=True, slots=True)
class ScreenGone:
    """The pipe to the screen's process is closed: finish the file and go."""


Command = Open | Record | Pause | Resume | Stop | Close | ScreenGone


@dataclass(frozen=True, slots=True)
class Alive:
    """The recorder process still answers; told each half second."""


@dataclass(frozen=True, slots=True)
class Farewell:
    """The recorder process ends as it was asked to."""
