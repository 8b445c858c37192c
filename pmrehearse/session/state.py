"""What does a session know at one moment?

One frozen value, made anew by the conductor's thread with each thing that happens; any thread may read it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pmrehearse.audio.events import SAMPLE_RATE_HZ, LevelHeard, TroubleBegan
from pmrehearse.checking.findings import Findings
from pmrehearse.library.take import Take
from pmrehearse.rehearsal.events import Tick
from pmrehearse.rehearsal.lights import band, light
from pmrehearse.rehearsal.log import CueShown, RunLog
from pmrehearse.rehearsal.pace import off_plan_s, pace
from pmrehearse.rehearsal.run import Run, RunStage, advance
from pmrehearse.scenario.model import Cue
from pmrehearse.session.events import PhaseView, SessionView, Stage
from pmrehearse.speech.events import WorkerFailed, WorkerReady
from pmrehearse.speech.segments import Segment, Word

LONGEST_GUESS_S = 0.5
"""How far the clock may run ahead of the last block: the latency that the microphone is opened with."""
N_LAST_WORDS = 14
"""Words of live text: one line of 80 columns."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What the recorder told.

    Attributes:
        device: The source's name, "" before it is open.
        level: The last block.
        troubles: What is wrong just now, in the order of its coming.
    """

    device: str = ""
    level: LevelHeard = LevelHeard(-120.0, -120.0, 0, 0.0)  # noqa: RUF009  a frozen value
    troubles: tuple[TroubleBegan, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """What the recogniser told.

    Attributes:
        segments: In the order of time.
        done_s: Seconds of sound looked at.
        findings: The findings on the segments, None before the first.
        ahead: Words behind the last segment as they stand for now.
        likely: The findings on the segments and those words; None before the first.
        ready: The loaded checkpoint, None before.
        fault: Why there is no recogniser, or None.
        finished: True when the sound has been recognised to its end.
    """

    segments: tuple[Segment, ...] = ()
    done_s: float = 0.0
    findings: Findings | None = None
    ahead: tuple[Word, ...] = ()
    likely: Findings | None = None
    ready: WorkerReady | None = None
    fault: WorkerFailed | None = None
    finished: bool = False

    @property
    def flags_held(self) -> tuple[str, ...]:
        """The ids of the flags that the segments raise and the words behind them do not clear."""
        if self.findings is None:
            return ()
        likely = {flag.flag_id for flag in (self.likely or self.findings).raised}
        return tuple(flag.flag_id for flag in self.findings.raised if flag.flag_id in likely)


@dataclass(frozen=True, slots=True)
class SessionState:
    """All that a session knows.

    Attributes:
        run: The run: phases, cues, pauses, marks.
        stage: How far the session has come.
        take: The take, None before recording.
        sound: What the recorder told.
        heard: What the recogniser told.
        problem: What went wrong, or "".
        hint: What to do about it, or "".
    """

    run: Run
    stage: Stage = Stage.IDLE
    take: Take | None = None
    sound: Sound = field(default_factory=Sound)
    heard: Heard = field(default_factory=Heard)
    problem: str = ""
    hint: str = ""

    def clock_s(self, now_s: float) -> float:
        """The take's clock: samples written, and the time since the last block while it runs.

        Args:
            now_s: Monotonic time.
        """
        written_s = self.sound.level.n_samples / SAMPLE_RATE_HZ
        if self.run.stage is not RunStage.RUNNING:
            return written_s
        return written_s + min(max(now_s - self.sound.level.written_s, 0.0), LONGEST_GUESS_S)

    def log(self, n_samples: int) -> RunLog:
        """The run's log, with nothing later than the end of the sound."""
        log = self.run.log
        return RunLog(
            phases=tuple(phase for phase in log.phases if phase.at_sample <= n_samples),
            cues=tuple(cue for cue in log.cues if cue.at_sample <= n_samples),
            pauses=tuple(pause for pause in log.pauses if pause.at_sample <= n_samples),
            marks=tuple(min(mark, n_samples) for mark in log.marks),
        )

    def view(self, now_s: float) -> SessionView:
        """What a screen draws at this moment.

        Args:
            now_s: Monotonic time.
        """
        run = advance(self.run, self.clock_s(now_s), Tick())
        heard = self.heard
        words = (*(heard.segments[-1].words if heard.segments else ()), *heard.ahead)[-N_LAST_WORDS:]
        return SessionView(
            stage=self.stage,
            take_id=self.take.id if self.take else "",
            clock_s=run.clock_s,
            total_s=run.scenario.seconds,
            remaining_s=run.remaining_s,
            limit_s=run.limit_s,
            is_limit_near=run.is_limit_near,
            phases=_phases(run),
            pace=pace(run),
            pace_s=off_plan_s(run),
            light=light(run.clock_s, band(run.scenario)),
            cue=None if run.card is None else cue_of(run.card),
            level_dbfs=self.sound.level.rms_dbfs,
            peak_dbfs=self.sound.level.peak_dbfs,
            device=self.sound.device,
            troubles=self.sound.troubles,
            n_marks=len(run.log.marks),
            transcribed_s=heard.done_s,
            recorded_s=self.take.duration_s if self.take and self.take.n_samples else run.clock_s,
            recogniser=_recogniser(heard),
            findings=heard.likely,
            last_words=" ".join(word.text for word in words),
            problem=self.problem,
            hint=self.hint,
        )


def _phases(run: Run) -> tuple[PhaseView, ...]:
    current = run.phase_index
    ended = run.stage is RunStage.ENDED
    return tuple(
        PhaseView(
            id=phase.id,
            title=phase.title,
            prompt=phase.prompt,
            planned_s=phase.seconds,
            elapsed_s=run.phase_spent_s(index),
            is_current=index == current and not ended,
            is_over=current is not None and (index < current or (ended and index == current)),
        )
        for index, phase in enumerate(run.scenario.phases)
    )


def cue_of(card: CueShown) -> Cue:
    """The cue that brought a card: at the card's time, or by its flag."""
    at_s = None if card.on_flag else card.at_sample / SAMPLE_RATE_HZ
    return Cue(card.say, at_s=at_s, on_flag=card.on_flag)


def _recogniser(heard: Heard) -> str:
    if heard.fault is not None:
        return heard.fault.message
    if heard.ready is None:
        return "loading …"
    return heard.ready.options.checkpoint
