"""What can happen in a run?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EndReason(StrEnum):
    """Why a run ended; the value stands in `Take.ended`."""

    FINISHED = "finished"
    """The speaker said so."""
    LIMIT = "limit"
    """The time was up."""
    SOURCE_ENDED = "source ended"
    """The file that stood in for the microphone was at its end."""
    INTERRUPTED = "interrupted"
    """Something else cut it short."""


@dataclass(frozen=True, slots=True)
class CountdownBegan:
    """3-2-1 is shown."""


@dataclass(frozen=True, slots=True)
class RecordingStarted:
    """The first block is in the file: the clock runs and the first phase begins, at sample 0."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Time passed."""


@dataclass(frozen=True, slots=True)
class Pause:
    """The speaker stops the clock."""


@dataclass(frozen=True, slots=True)
class Resume:
    """The speaker goes on.

    Attributes:
        lasted_s: How long the pause was on the wall's monotonic clock, ≥ 0.
    """

    lasted_s: float


@dataclass(frozen=True, slots=True)
class NextPhase:
    """The speaker goes on to the next phase."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The speaker marks this moment."""


@dataclass(frozen=True, slots=True)
class FlagsHeld:
    """The checks looked at the words so far.

    Attributes:
        flag_ids: The flags that these words raise; what was raised before and is not among them is cleared.
    """

    flag_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class End:
    """The run is over.

    Attributes:
        reason: Why.
    """

    reason: EndReason


RunEvent = CountdownBegan | RecordingStarted | Tick | Pause | Resume | NextPhase | Mark | FlagsHeld | End
