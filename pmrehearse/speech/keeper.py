"""How is the speech worker kept at work: asked, listened to, started again when it dies or hangs?

Everything here happens on one thread, that of the transcriber.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pmrehearse.errors import RehearsalError
from pmrehearse.speech.events import (
    FellBehind,
    RecognisedTo,
    SegmentHeard,
    TranscriptFinished,
    WorkerFailed,
    WorkerReady,
    WorkerRestarted,
)
from pmrehearse.speech.messages import Began, Finish, Follow, Leave, Load, Report, Told
from pmrehearse.speech.supervision import Job, Patience, Supervision, Verdict, unheard
from pmrehearse.speech.worker_process import LOG_NAME, WorkerProcess

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pmrehearse.speech.events import Checkpoint, SpeechEvent, SpeechOptions
    from pmrehearse.speech.worker import EngineOpener

_LATER = "The recording is whole; transcribe it again later. The reason stands in the log " + LOG_NAME + "."


class Keeper:
    """One worker and what it works on."""

    def __init__(
        self,
        tell: Callable[[int, SpeechEvent], None],
        find_checkpoint: Callable[[str], Checkpoint],
        engine_opener: EngineOpener,
        patience: Patience,
        find_lighter: Callable[[SpeechOptions], SpeechOptions | None],
    ) -> None:
        """Begin without a worker.

        Args:
            tell: Called with the number of the file that an event belongs to (0: the worker itself) and the event.
            find_checkpoint: Gives the file for a name; raises CheckpointError.
            engine_opener: Loads a checkpoint in the worker.
            patience: How long a silent worker is waited for, how often a dead one is replaced.
            find_lighter: Gives a lighter checkpoint that is on this computer, or None.
        """
        self.process: WorkerProcess | None = None
        self._tell = tell
        self._find_checkpoint = find_checkpoint
        self._engine_opener = engine_opener
        self._patience = patience
        self._find_lighter = find_lighter
        self._ready: WorkerReady | None = None
        self._state = Supervision(patience)
        self._load: Load | None = None

    @property
    def silence_allowed_s(self) -> float:
        """How long the worker may give no sign of life just now."""
        return self._state.silence_allowed_s()

    def start(self, options: SpeechOptions) -> None:
        """Load a checkpoint; a file that is being recognised goes on with it."""
        if self.process is not None and self._load is not None and self._load.options == options:
            if self._state.loaded and self._ready is not None:
                self._tell(0, replace(self._ready, load_s=0.0))
            return
        self.end()
        self._state = Supervision(self._patience, job=self._state.job)
        self._ready = None
        try:
            self._load = Load(options, self._find_checkpoint(options.checkpoint))
        except RehearsalError as error:
            self._fail(WorkerFailed(error.message, error.hint, error.exit_code))
            return
        self._spawn()

    def follow(self, number: int, audio: Path, from_s: float) -> None:
        """Recognise a file."""
        if self.process is None:
            self._tell(0, WorkerFailed("No speech process is running.", "Choose a checkpoint and start again."))
            return
        self._state.job = Job(number, audio, from_s)
        self.process.send(Follow(number, audio, from_s))

    def finish(self, n_samples: int) -> None:
        """The file has its final length."""
        job = self._state.job
        if job is not None and self.process is not None:
            job.n_samples = n_samples
            self.process.send(Finish(job.number, n_samples))

    def leave(self, number: int) -> None:
        """Nobody wants the file any more."""
        self._state.job = None
        if self.process is not None:
            self.process.send(Leave(number))

    def end(self, grace_s: float = 0.0) -> None:
        """See that the worker is gone."""
        if self.process is not None:
            self.process.end(grace_s)
            self.process = None

    def take(self, report: Report) -> None:
        """The worker said something."""
        job = self._state.job
        match report:
            case Told(0, event):
                self._take_news(event)
            case Told(number, event) if job is not None and number == job.number:
                self._take_event(job, event)
            case Began(number, window) if job is not None and number == job.number:
                job.window = window

    def restart(self, reason: str = "") -> None:
        """The worker is dead, or is to be: start another where the last one left off.

        Args:
            reason: Why it is ended, as the end of a sentence; "" when it died by itself.
        """
        if self.process is None:
            return
        ended = self.process.end()
        self.process = None
        reason = f"The speech process was lost: {reason or ended}."
        left = self._leave_the_gpu()
        verdict = self._state.note_death()
        if left:
            reason += " It goes on with the processor alone."
        if verdict is Verdict.GIVE_UP:
            self._fail(WorkerFailed(f"{reason} It was started {self._state.restarts} times.", _LATER))
            return
        if verdict is Verdict.SKIP_WINDOW:
            self._skip_window()
        self._tell(0, WorkerRestarted(reason, self._state.restarts))
        self._spawn()

    def _leave_the_gpu(self) -> bool:
        """After a death while loading or decoding on a GPU: use the processor; whether that is new."""
        load, state = self._load, self._state
        at_work = not state.loaded or (state.job is not None and state.job.window is not None)
        device = self._ready.options.device if self._ready is not None else "auto"
        if load is None or "cpu" in {load.options.device, device} or not at_work:
            return False
        self._load = replace(load, options=replace(load.options, device="cpu"))
        return True

    def _spawn(self) -> None:
        """Start a worker, have it load, and give it the file where the last one left off."""
        if self._load is None:
            return
        try:
            self.process = WorkerProcess(self._engine_opener)
        except OSError as error:
            self._fail(WorkerFailed(f"No speech process can be started: {error.strerror}.", _LATER))
            return
        self.process.send(self._load)
        if (job := self._state.job) is not None:
            job.window = None
            self.process.send(Follow(job.number, job.audio, job.done_s))
            if job.n_samples is not None:
                self.process.send(Finish(job.number, job.n_samples))

    def _take_news(self, event: SpeechEvent) -> None:
        if isinstance(event, WorkerFailed):
            self._fail(event)
            return
        if isinstance(event, WorkerReady):
            self._state.note_ready()
            self._ready = event
        self._tell(0, event)

    def _take_event(self, job: Job, event: SpeechEvent) -> None:
        match event:
            case SegmentHeard():
                job.note_segment(event)
            case RecognisedTo():
                job.note_progress(event)
            case TranscriptFinished():
                event = replace(event, speech_s=job.speech_s)
                self._state.job = None
            case WorkerFailed():
                self._state.job = None
            case FellBehind():
                self._lighten(job, event)
                return
        self._tell(job.number, event)

    def _lighten(self, job: Job, event: FellBehind) -> None:
        """Go on with a lighter checkpoint, where there is one."""
        options = self._ready.options if self._ready is not None else None
        lighter = self._find_lighter(options) if options is not None else None
        self._tell(job.number, replace(event, instead=lighter.checkpoint if lighter is not None else ""))
        if lighter is not None:
            self.start(lighter)

    def _skip_window(self) -> None:
        job, load = self._state.job, self._load
        if job is not None and job.window is not None and load is not None:
            event = SegmentHeard(unheard(job.window, load.checkpoint.name))
            job.note_segment(event)
            self._tell(job.number, event)

    def _fail(self, event: WorkerFailed) -> None:
        self.end()
        self._load = None
        self._state.job = None
        self._tell(0, event)
