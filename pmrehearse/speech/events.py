"""What does the speech worker recognise with, and what does it tell?

How it is asked stands in `messages`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmrehearse.speech.segments import Segment, Word
    from pmrehearse.speech.speed import Cost


@dataclass(frozen=True, slots=True)
class SpeechOptions:
    """How a take is recognised; kept with the take.

    Attributes:
        checkpoint: Whisper's own name ("base.en"), "demo-voice", or the name of an imported checkpoint.
        engine: "whisper" (openai-whisper, fp32), "whisper-int8", "ctranslate2", or "auto" for the fastest of them here.
        device: "cpu", "cuda", "mps", or "auto" for a GPU that works, else the processor.
        threads: Threads for the encoder; 0 lets the worker choose.
        language: The language spoken, an ISO 639-1 code.
    """

    checkpoint: str = "base.en"
    engine: str = "whisper"
    device: str = "cpu"
    threads: int = 0
    language: str = "en"


@dataclass(frozen=True, slots=True)
class WorkerReady:
    """The checkpoint is loaded and warm.

    Attributes:
        options: What is loaded; nothing in it is "auto".
        load_s: How long that took.
        cost: What it costs here, measured on a second of silence; None where that was not measured.
    """

    options: SpeechOptions
    load_s: float
    cost: Cost | None = None


@dataclass(frozen=True, slots=True)
class SegmentHeard:
    """A stretch of sound has been recognised; segments come in the order of time, each once.

    Attributes:
        segment: What was heard.
        decode_s: How long the recognition of it took.
    """

    segment: Segment
    decode_s: float = 0.0


@dataclass(frozen=True, slots=True)
class WordsAhead:
    """What stands behind the last segment sounds so, for now: it may change, and comes again in a segment.

    Attributes:
        words: In the order of time; they take the place of those told so before.
        to_s: How far in the take that is.
    """

    words: tuple[Word, ...]
    to_s: float


@dataclass(frozen=True, slots=True)
class FellBehind:
    """This checkpoint is too slow for this machine, whatever is saved elsewhere; nothing is left out.

    Attributes:
        backlog_s: Sound that waits.
        load: Seconds of work for each second of sound.
        instead: The lighter checkpoint that goes on from here; "" when there is none on this computer.
    """

    backlog_s: float
    load: float
    instead: str = ""


@dataclass(frozen=True, slots=True)
class RecognisedTo:
    """Everything before `done_s` has been looked at (recognised, or found silent).

    Attributes:
        done_s: Seconds of the take's sound that are done.
        total_s: Seconds of sound known so far.
    """

    done_s: float
    total_s: float


@dataclass(frozen=True, slots=True)
class TranscriptFinished:
    """The sound has been recognised to its end.

    Attributes:
        total_s: Its length in seconds.
        speech_s: How much of it was speech.
    """

    total_s: float
    speech_s: float


@dataclass(frozen=True, slots=True)
class WorkerRestarted:
    """The worker died or hung and a new one goes on from the last segment.

    Attributes:
        reason: What happened.
        restarts: How often so far.
    """

    reason: str
    restarts: int


@dataclass(frozen=True, slots=True)
class WorkerFailed:
    """The worker cannot go on; the take stays, to be transcribed later.

    Attributes:
        message: What happened.
        hint: What to do.
        exit_code: How a command ends.
    """

    message: str
    hint: str = ""
    exit_code: int = 3


SpeechEvent = (
    WorkerReady
    | SegmentHeard
    | WordsAhead
    | RecognisedTo
    | TranscriptFinished
    | FellBehind
    | WorkerRestarted
    | WorkerFailed
)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A Whisper checkpoint that can be loaded.

    Attributes:
        name: Whisper's own name ("base.en"), "demo-voice", or the name under which a file was imported.
        path: The .pt file.
        note: What the user must know of it ("demo voice: knows the demo answers only"), or "".
        n_bytes: Its size on the disk.
    """

    name: str
    path: Path = field(default_factory=Path)
    note: str = ""
    n_bytes: int = 0
