"""What is the state of one run, and what does an event make of it?

The state is a value; `advance(run, now_s, event)` gives the next one. `now_s` is the take's clock, which the caller
reads: recorded samples / 16,000 plus the time since the last block. It stands in a pause. Remaining times are computed
from it, never counted down. An event that means nothing in a stage changes nothing.

    READY ──CountdownBegan──► COUNTDOWN ──RecordingStarted──► RUNNING ◄──Pause/Resume──► PAUSED
      └───────────────────RecordingStarted────────────────────►┘└────────End, limit────────┘└──► ENDED
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from pmrehearse.rehearsal import cues
from pmrehearse.rehearsal.events import (
    CountdownBegan,
    End,
    EndReason,
    FlagsHeld,
    Mark,
    NextPhase,
    Pause,
    RecordingStarted,
    Resume,
    RunEvent,
)
from pmrehearse.rehearsal.log import SAMPLE_RATE_HZ, CueShown, PauseTaken, PhaseStart, RunLog
from pmrehearse.scenario.model import Phase, Scenario

OVERTIME_FACTOR = 1.5
"""A run without a hard limit stops by itself at this multiple of the planned length: a forgotten recorder."""
OVERTIME_MIN_S = 60.0
"""And at least this long after the planned end, so that short answers have room too."""
WARNING_S = 300.0
"""The stop is announced this long before (faults 27) …"""
WARNING_FROM_S = 1800.0
"""… in runs that may last at least this long; in shorter ones the lights say it."""


class RunStage(StrEnum):
    """How far a run has come."""

    READY = "ready"
    """The question is being read."""
    COUNTDOWN = "countdown"
    """3-2-1, and the first block of sound is awaited."""
    RUNNING = "running"
    """The take's clock runs."""
    PAUSED = "paused"
    """The take's clock stands."""
    ENDED = "ended"
    """Nothing changes any more."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run at one moment.

    Attributes:
        scenario: What is rehearsed.
        stage: How far it has come.
        clock_s: The take's clock when the last event came, in seconds, in [0, `limit_s`]; it never goes back.
        log: What happened so far, in samples.
        raised: Flags that the words so far raise, each with the clock at which it began to hold, the earliest first.
        shown: Indexes of the scenario's cues that came.
        ended: Why it ended; None before.
    """

    scenario: Scenario
    stage: RunStage = RunStage.READY
    clock_s: float = 0.0
    log: RunLog = field(default_factory=RunLog)
    raised: tuple[tuple[str, float], ...] = ()
    shown: tuple[int, ...] = ()
    ended: EndReason | None = None

    @property
    def sample(self) -> int:
        """The clock in samples."""
        return round(self.clock_s * SAMPLE_RATE_HZ)

    @property
    def limit_s(self) -> float:
        """When it stops by itself: the planned length under a hard limit, else a good deal later."""
        seconds = self.scenario.seconds
        return seconds if self.scenario.hard_limit else max(OVERTIME_FACTOR * seconds, seconds + OVERTIME_MIN_S)

    @property
    def is_limit_near(self) -> bool:
        """True from five minutes before the stop of a long run: the moment to say it."""
        return self.limit_s >= WARNING_FROM_S and self.clock_s >= self.limit_s - WARNING_S

    @property
    def remaining_s(self) -> float:
        """Planned length minus clock; negative past the end."""
        return self.scenario.seconds - self.clock_s

    @property
    def phase_index(self) -> int | None:
        """Which phase runs, counted from 0; None before the first begins."""
        return len(self.log.phases) - 1 if self.log.phases else None

    @property
    def phase(self) -> Phase | None:
        """The phase that runs (the last one of an ended run); None before the first begins."""
        return self.scenario.phases[self.phase_index] if self.phase_index is not None else None

    @property
    def phase_elapsed_s(self) -> float:
        """Seconds spent in the phase that runs; 0 before the first begins."""
        return self.phase_spent_s(self.phase_index) if self.phase_index is not None else 0.0

    @property
    def phase_remaining_s(self) -> float:
        """Budget of the phase that runs minus the time in it; negative over budget; 0 before the first begins."""
        return self.phase.seconds - self.phase_elapsed_s if self.phase is not None else 0.0

    def phase_spent_s(self, index: int) -> float:
        """Seconds spent so far in the phase of this index; 0 when it has not begun."""
        starts = [phase.at_sample / SAMPLE_RATE_HZ for phase in self.log.phases]
        if index >= len(starts):
            return 0.0
        end_s = starts[index + 1] if index + 1 < len(starts) else self.clock_s
        return max(end_s - starts[index], 0.0)

    @property
    def card(self) -> CueShown | None:
        """The interviewer's card that is up, or None."""
        return cues.card_up(self.log.cues, self.clock_s)


def advance(run: Run, now_s: float, event: RunEvent) -> Run:
    """The run after an event.

    Time passes first: the clock moves on to `now_s` (never back, never beyond the limit, and only while it runs), the
    cards that are due come, and the run ends at its limit. Then comes the event, with the cards that it brings.

    Args:
        run: The run before.
        now_s: The take's clock in seconds; ignored unless the stage is RUNNING.
        event: What happened.
    """
    return _show_cues(_react(_pass_time(run, now_s), event))


def new_cues(before: Run, after: Run) -> tuple[CueShown, ...]:
    """The cards that came between two states of the same run."""
    return after.log.cues[len(before.log.cues) :]


def _pass_time(run: Run, now_s: float) -> Run:
    if run.stage is not RunStage.RUNNING:
        return run
    run = _show_cues(replace(run, clock_s=min(max(run.clock_s, now_s), run.limit_s)))
    return replace(run, stage=RunStage.ENDED, ended=EndReason.LIMIT) if run.clock_s >= run.limit_s else run


def _react(run: Run, event: RunEvent) -> Run:
    after = run
    match run.stage, event:
        case RunStage.ENDED, _:
            pass
        case _, End(reason):
            after = replace(run, stage=RunStage.ENDED, ended=reason)
        case RunStage.READY, CountdownBegan():
            after = replace(run, stage=RunStage.COUNTDOWN)
        case ((RunStage.READY | RunStage.COUNTDOWN), RecordingStarted()):
            after = _begin_phase(replace(run, stage=RunStage.RUNNING), 0)
        case RunStage.RUNNING, NextPhase():
            after = _begin_phase(run, len(run.log.phases))
        case RunStage.RUNNING, Pause():
            after = replace(run, stage=RunStage.PAUSED)
        case RunStage.PAUSED, Resume(lasted_s):
            pauses = (*run.log.pauses, PauseTaken(run.sample, max(lasted_s, 0.0)))
            after = replace(run, stage=RunStage.RUNNING, log=replace(run.log, pauses=pauses))
        case ((RunStage.RUNNING | RunStage.PAUSED), Mark()):
            after = replace(run, log=replace(run.log, marks=(*run.log.marks, run.sample)))
        case ((RunStage.RUNNING | RunStage.PAUSED), FlagsHeld(flag_ids)):
            after = replace(run, raised=_held(run, flag_ids))
    return after


def _begin_phase(run: Run, index: int) -> Run:
    if index >= len(run.scenario.phases):
        return run
    start = PhaseStart(run.scenario.phases[index].id, run.sample)
    return replace(run, log=replace(run.log, phases=(*run.log.phases, start)))


def _held(run: Run, flag_ids: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """The flags that hold now, those that held before since when they did."""
    before = tuple((flag, since_s) for flag, since_s in run.raised if flag in flag_ids)
    known = {flag for flag, _ in before}
    return before + tuple((flag, run.clock_s) for flag in dict.fromkeys(flag_ids) if flag not in known)


def _show_cues(run: Run) -> Run:
    if run.stage is not RunStage.RUNNING:
        return run
    coming = cues.due(run.scenario.cues, run.clock_s, run.raised, run.shown)
    cards = tuple(CueShown(cue.say, run.sample, cue.on_flag) for cue in (run.scenario.cues[index] for index in coming))
    return replace(run, shown=run.shown + coming, log=replace(run.log, cues=run.log.cues + cards)) if cards else run
