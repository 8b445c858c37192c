"""What does a session tell the screens and the commands while it runs?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pmrehearse.audio.events import TroubleBegan
from pmrehearse.checking.findings import Findings
from pmrehearse.rehearsal.lights import Light
from pmrehearse.rehearsal.pace import Pace
from pmrehearse.scenario.model import Cue
from pmrehearse.speech.segments import Segment


class Stage(StrEnum):
    """How far a session has come."""

    IDLE = "idle"
    """Nothing is open."""
    LISTENING = "listening"
    """The source is open: the level meter moves, nothing is recorded."""
    STARTING = "starting"
    """Recording was asked for; the first block is awaited."""
    RECORDING = "recording"
    """The take's clock runs."""
    PAUSED = "paused"
    """The take's clock stands; nothing is recorded."""
    SAVING = "saving"
    """The end of the sound is being written."""
    TRANSCRIBING = "transcribing"
    """The sound is safe; the rest of it is being recognised."""
    DONE = "done"
    """The transcript is whole: the report can be shown."""
    WAITING = "waiting"
    """The sound is safe; it waits for a checkpoint to be transcribed with."""
    FAILED = "failed"
    """No take came of it, or its sound could not be kept whole; `SessionView.problem` says why."""


@dataclass(frozen=True, slots=True)
class PhaseView:
    """One phase as the phase bar shows it.

    Attributes:
        id: Its id.
        title: Its title.
        prompt: What to do in it.
        planned_s: Its budget.
        elapsed_s: Time spent in it so far; 0 before it begins.
        is_current: True for the one that runs.
        is_over: True for those that have ended.
    """

    id: str
    title: str
    prompt: str
    planned_s: float
    elapsed_s: float
    is_current: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class SessionView:
    """Everything a screen draws of a running session, at one moment.

    Attributes:
        stage: How far it has come.
        take_id: The take, "" before recording.
        clock_s: The take's clock: seconds recorded.
        total_s: The planned length.
        remaining_s: Planned length minus clock; negative past the end.
        limit_s: When it stops by itself.
        is_limit_near: True when a long run will stop by itself within five minutes.
        phases: All phases.
        pace: Against the budgets of the phases so far.
        pace_s: Seconds ahead (positive) or behind (negative) the plan.
        light: The light that is on.
        cue: The interviewer's card that is up, or None.
        level_dbfs: Root mean square of the last block, [-120, 0].
        peak_dbfs: Its peak.
        device: The source's name, "" before it is open.
        troubles: What is wrong with the sound just now.
        n_marks: Marks made.
        transcribed_s: Seconds of sound that have been recognised (or found silent).
        recorded_s: Seconds of sound there are to recognise.
        recogniser: The checkpoint's name, "loading …", or why there is none.
        findings: The findings on what is heard for good and on what stands for now; None before the first words.
        last_words: The last words heard, for live text.
        problem: What went wrong, or "".
        hint: What to do about it, or "".
    """

    stage: Stage
    take_id: str
    clock_s: float
    total_s: float
    remaining_s: float
    phases: tuple[PhaseView, ...]
    limit_s: float = 0.0
    is_limit_near: bool = False
    pace: Pace = Pace.ON_TIME
    pace_s: float = 0.0
    light: Light = Light.NONE
    cue: Cue | None = None
    level_dbfs: float = -120.0
    peak_dbfs: float = -120.0
    device: str = ""
    troubles: tuple[TroubleBegan, ...] = ()
    n_marks: int = 0
    transcribed_s: float = 0.0
    recorded_s: float = 0.0
    recogniser: str = ""
    findings: Findings | None = None
    last_words: str = ""
    problem: str = ""
    hint: str = ""

    @property
    def phase(self) -> PhaseView | None:
        """The phase that runs, or None."""
        return next((phase for phase in self.phases if phase.is_current), None)


@dataclass(frozen=True, slots=True)
class StageReached:
    """The session has come to another stage."""

    stage: Stage


@dataclass(frozen=True, slots=True)
class PhaseBegan:
    """A phase began."""

    phase_id: str
    at_s: float


@dataclass(frozen=True, slots=True)
class CueRaised:
    """The interviewer speaks: show the card, ring the bell."""

    cue: Cue
    at_s: float


@dataclass(frozen=True, slots=True)
class SegmentAdded:
    """Words were heard and are on the disk."""

    segment: Segment


@dataclass(frozen=True, slots=True)
class FindingsChanged:
    """The findings are new."""

    findings: Findings


@dataclass(frozen=True, slots=True)
class TicksChanged:
    """What is ticked while the speaker is at it is new: the findings with the words that stand for now.

    Attributes:
        findings: They may take a tick back.
    """

    findings: Findings


@dataclass(frozen=True, slots=True)
class TroubleTold:
    """Something is wrong with the sound or the recogniser; the recording goes on where it can."""

    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class TakeReady:
    """The take is whole and its transcript too."""

    take_id: str


@dataclass(frozen=True, slots=True)
class TakeWaits:
    """The take's sound is safe, but it could not be transcribed now.

    Attributes:
        take_id: The take.
        message: Why.
        hint: What to do.
        exit_code: How a command ends.
    """

    take_id: str
    message: str
    hint: str
    exit_code: int = 3


@dataclass(frozen=True, slots=True)
class SessionFailed:
    """No take came of it.

    Attributes:
        message: What happened.
        hint: What to do.
        exit_code: How a command ends.
    """

    message: str
    hint: str
    exit_code: int = 3


SessionEvent = (
    StageReached
    | PhaseBegan
    | CueRaised
    | SegmentAdded
    | FindingsChanged
    | TicksChanged
    | TroubleTold
    | TakeReady
    | TakeWaits
    | SessionFailed
)
