"""One take as a value: what is kept beside its sound."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pmrehearse.audio.events import SAMPLE_RATE_HZ, GapMarked
from pmrehearse.rehearsal.log import RunLog
from pmrehearse.scenario.model import Scenario
from pmrehearse.speech.events import SpeechOptions


class TakeStatus(StrEnum):
    """How far a take has come."""

    RECORDING = "recording"
    """Its sound grows, or grew when the program was cut short."""
    RECORDED = "recorded"
    """Its sound is whole; it waits for its transcript."""
    TRANSCRIBED = "transcribed"
    """Its transcript is whole: it can be reviewed."""


@dataclass(frozen=True, slots=True)
class Take:
    """One run of a scenario.

    Attributes:
        id: The folder's name ("2026-11-22T09-31-05Z_writer_three-phase-lens_k3f9").
        scenario: The take's own copy, so that later edits change no old report.
        started_at: When it began, UTC, aware.
        status: How far it has come.
        device: The microphone it was recorded with, "file: NAME" for a file, or "" for a typed take.
        n_samples: Its length in samples at 16 kHz; 0 while recording and for a typed take.
        log: Phases, cues, pauses and marks.
        gaps: Where sound is missing.
        options: How it is recognised; None when no checkpoint was chosen yet.
        ended: Why the recording ended ("finished", "limit", "interrupted", ...); "" while recording.
        name: A name that the user gave, or "".
        tags: Tags that the user gave.
    """

    id: str
    scenario: Scenario
    started_at: datetime
    status: TakeStatus = TakeStatus.RECORDING
    device: str = ""
    n_samples: int = 0
    log: RunLog = field(default_factory=RunLog)
    gaps: tuple[GapMarked, ...] = ()
    options: SpeechOptions | None = None
    ended: str = ""
    name: str = ""
    tags: tuple[str, ...] = ()

    @property
    def duration_s(self) -> float:
        """The length of its sound in seconds."""
        return self.n_samples / SAMPLE_RATE_HZ
