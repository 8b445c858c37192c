"""A worker died or hangs: what now? Pure: what is known of the work, and what follows from a death."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from pmrehearse.speech.events import RecognisedTo, SegmentHeard
from pmrehearse.speech.segments import Segment
from pmrehearse.speech.windows import Window


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a silent worker is waited for, and how often it is started again.

    Attributes:
        load_s: For a checkpoint to be verified, loaded and warmed: large ones from a slow disk.
        beat_s: For a sign of life, which a living worker gives each second (each token when decoding).
        decode_factor: Added while a window is decoded, times its length: the encoder is one long step without signs.
        load_deaths: How often it may die while loading before recognition is given up.
        window_deaths: How often at the same window before that is left out. A window that kills does so each time,
            while a machine that runs out of memory kills anywhere: with 3, one of 100 random kills at full load fell on
            a window for the third time, and its speech was lost.
        other_deaths: How often it may die without reason to be seen and without progress between.
        close_s: For the worker to end by itself when it is closed.
    """

    load_s: float = 180.0
    beat_s: float = 30.0
    decode_factor: float = 5.0
    load_deaths: int = 3
    window_deaths: int = 6
    other_deaths: int = 10
    close_s: float = 1.0


class Verdict(Enum):
    """What follows from the death of a worker."""

    RESTART = "restart"
    """A new one goes on from the last segment."""
    SKIP_WINDOW = "skip"
    """The window has killed it too often: it becomes an unsure segment without words, and a new worker goes on."""
    GIVE_UP = "give-up"
    """It cannot even begin: the take is left to be transcribed later."""


@dataclass(slots=True)
class Job:
    """One file that is being recognised, as far as the program knows.

    Attributes:
        number: Rises from job to job.
        audio: The take's WAV.
        done_s: Where a new worker would begin: everything before is in segments that were told, or is silence.
        n_samples: The final length; None while the file grows.
        speech_s: Speech in the segments told.
        window: The window being decoded, or None.
        window_deaths: Workers that died while decoding since anything was told.
        deaths: Workers that died since anything was told.
    """

    number: int
    audio: Path
    done_s: float
    n_samples: int | None = None
    speech_s: float = 0.0
    window: Window | None = None
    window_deaths: int = 0
    deaths: int = 0

    def note_segment(self, event: SegmentHeard) -> None:
        """A segment was told: it is done, and the window with it."""
        self._advance(event.segment.end_s)
        self.speech_s += sum(span.duration_s for span in event.segment.speech)
        self.window = None

    def note_progress(self, event: RecognisedTo) -> None:
        """Silence was passed."""
        self._advance(event.done_s)

    def _advance(self, done_s: float) -> None:
        if done_s > self.done_s:
            self.done_s = done_s
            self.window_deaths = self.deaths = 0


@dataclass(slots=True)
class Supervision:
    """What is known of the worker and its work, and what follows when it dies.

    Attributes:
        patience: How long and how often.
        loaded: Whether the living worker has its checkpoint loaded.
        restarts: How often it was started again so far.
        job: The file it works on; None when it has none.
    """

    patience: Patience
    loaded: bool = False
    restarts: int = 0
    job: Job | None = None
    _load_deaths: int = field(default=0, init=False)

    def note_ready(self) -> None:
        """The checkpoint is loaded."""
        self.loaded = True
        self._load_deaths = 0

    def silence_allowed_s(self) -> float:
        """How long the worker may give no sign of life just now."""
        if not self.loaded:
            return self.patience.load_s
        window = self.job.window if self.job is not None else None
        decode_s = 0.0 if window is None else self.patience.decode_factor * (window.end_s - window.start_s)
        return self.patience.beat_s + decode_s

    def note_death(self) -> Verdict:
        """The worker is gone; what is to be done."""
        was_loaded, self.loaded = self.loaded, False
        self.restarts += 1
        if not was_loaded:
            self._load_deaths += 1
            return Verdict.GIVE_UP if self._load_deaths >= self.patience.load_deaths else Verdict.RESTART
        return Verdict.RESTART if self.job is None else self._note_death_at_work(self.job)

    def _note_death_at_work(self, job: Job) -> Verdict:
        job.deaths += 1
        job.window_deaths += job.window is not None
        if job.window is not None and job.window_deaths >= self.patience.window_deaths:
            return Verdict.SKIP_WINDOW
        return Verdict.GIVE_UP if job.deaths >= self.patience.other_deaths else Verdict.RESTART


def unheard(window: Window, checkpoint: str) -> Segment:
    """The segment that stands for a window no worker survives."""
    return Segment(window.start_s, window.end_s, (), window.speech, checkpoint, unsure=True)
