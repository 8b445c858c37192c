"""What is a player asked for, and what does it tell?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SLOWEST, FASTEST = 0.5, 2.0
"""The speeds that stay intelligible and that players offer."""


@dataclass(frozen=True, slots=True)
class Play:
    """Play a stretch of a sound file; whatever plays already stops.

    Attributes:
        path: Any file that soundfile reads; a take that is still growing or was cut short too.
        start_s: Where to begin, >= 0.
        end_s: Where to end; None for the end of the file.
        request: Its number; the events about it carry it.
        speed: How fast, in [SLOWEST, FASTEST]; the pitch stays.
        again: Play it again and again, until something else is asked for.
    """

    path: Path
    start_s: float
    end_s: float | None
    request: int
    speed: float = 1.0
    again: bool = False


@dataclass(frozen=True, slots=True)
class Silence:
    """Stop playing."""


@dataclass(frozen=True, slots=True)
class PlaybackMoved:
    """This place is heard just now; about ten times a second. A flood: only the last one matters.

    Attributes:
        request: Which playback.
        position_s: Seconds from the start of the file.
    """

    request: int
    position_s: float


@dataclass(frozen=True, slots=True)
class PlaybackEnded:
    """It is silent again.

    Attributes:
        request: Which playback.
        position_s: Where it ended.
        stopped: It was stopped before its end.
    """

    request: int
    position_s: float
    stopped: bool


@dataclass(frozen=True, slots=True)
class PlaybackFailed:
    """It could not be played.

    Attributes:
        request: Which playback.
        message: What happened.
        hint: What to do.
        exit_code: How a command ends (2 for a bad file, 3 for the environment).
    """

    request: int
    message: str
    hint: str = ""
    exit_code: int = 3


PlaybackEvent = PlaybackMoved | PlaybackEnded | PlaybackFailed
"""What a player tells."""
