"""What can be recorded from, and what does a recorder tell?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pmrehearse.rehearsal import log

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE_RATE_HZ = log.SAMPLE_RATE_HZ
"""Every take is recorded at this rate, mono, 16 bit."""


@dataclass(frozen=True, slots=True)
class MicrophoneSource:
    """A microphone.

    Attributes:
        device: Its name as `audio.devices` lists it; None for the system's default.
    """

    device: str | None = None


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file that stands in for the microphone.

    Attributes:
        path: A sound file that soundfile reads; any rate, channels are mixed to one.
        speed: How many times faster than real time it is delivered, > 0; `math.inf` for as fast as can be.
    """

    path: Path
    speed: float = 1.0


SoundSource = MicrophoneSource | FileSource


class TroubleKind(StrEnum):
    """What is wrong with the sound just now."""

    NO_BLOCKS = "no-blocks"
    """The source is silent to us: no block came for a while."""
    ZEROS = "zeros"
    """Exact digital zero: muted, or the system refuses the microphone."""
    OVERFLOW = "overflow"
    """The system dropped sound before we read it."""
    CLIPPING = "clipping"
    """The level is at the top of the range."""
    QUIET = "quiet"
    """The level is far under speech."""
    DRIFT = "drift"
    """Fewer frames came than the clock says."""
    DISK = "disk"
    """The disk is full, gone or read-only; sound is kept in memory meanwhile."""
    DISK_LOW = "disk-low"
    """Little room is left on the disk."""
    NARROW = "narrow"
    """The source carries a telephone's band only (8 kHz, many Bluetooth headsets); words are heard worse."""
    GONE = "gone"
    """The source ended or was unplugged."""


@dataclass(frozen=True, slots=True)
class SourceOpened:
    """The source is open; the first block is awaited.

    Attributes:
        device: Its name.
        rate_hz: The rate at which it is read (before resampling).
    """

    device: str
    rate_hz: int


@dataclass(frozen=True, slots=True)
class LevelHeard:
    """A block came: the level meter's value and the take's clock. A flood: only the last one matters.

    Attributes:
        rms_dbfs: Root mean square of the block in dB of full scale, in [-120, 0].
        peak_dbfs: Its peak in dB of full scale, in [-120, 0].
        n_samples: Samples recorded so far; 0 while only listening.
        written_s: Monotonic time (seconds, same clock in every process of this machine) at which `n_samples` held.
    """

    rms_dbfs: float
    peak_dbfs: float
    n_samples: int
    written_s: float


@dataclass(frozen=True, slots=True)
class RecordingStarted:
    """The first block is in the file: the take's clock runs from here.

    Told again when a take that was cut short goes on.

    Attributes:
        path: The file that grows.
        started_s: Monotonic time of the first block.
    """

    path: Path
    started_s: float


@dataclass(frozen=True, slots=True)
class GapMarked:
    """Sound is missing and stands as zeros in the file, so that times stay true.

    Attributes:
        at_sample: Where the zeros begin.
        n_samples: How many.
        reason: Why, one short sentence.
    """

    at_sample: int
    n_samples: int
    reason: str


@dataclass(frozen=True, slots=True)
class TroubleBegan:
    """Something is wrong; the recording goes on where it can.

    Attributes:
        kind: What.
        message: What happened, one sentence.
        hint: What to do, one sentence, or "".
    """

    kind: TroubleKind
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class TroubleEnded:
    """That trouble is over."""

    kind: TroubleKind


@dataclass(frozen=True, slots=True)
class SourceEnded:
    """A file that stood in for the microphone has been read to its end."""


@dataclass(frozen=True, slots=True)
class RecordingEnded:
    """The file is closed and safe on the disk.

    Attributes:
        path: Where it is in the end (another place when the first disk failed).
        n_samples: Its length.
        reason: Why it ended: "stopped", "source ended" or "screen gone".
    """

    path: Path
    n_samples: int
    reason: str = "stopped"


@dataclass(frozen=True, slots=True)
class RecorderFailed:
    """The source could not be opened, or the recorder process died.

    Attributes:
        message: What happened.
        hint: What to do.
        exit_code: How a command ends (2 for a bad file, 3 for the environment).
    """

    message: str
    hint: str = ""
    exit_code: int = 3


RecorderEvent = (
    SourceOpened
    | LevelHeard
    | RecordingStarted
    | GapMarked
    | TroubleBegan
    | TroubleEnded
    | SourceEnded
    | RecordingEnded
    | RecorderFailed
)
