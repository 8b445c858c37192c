"""What takes a while and shows its progress?

Transcribing what a run has left, transcribing a take that waits, fetching a checkpoint.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from pmrehearse.errors import RehearsalError
from pmrehearse.session.events import Stage
from pmrehearse.ui.background import Abandoned

if TYPE_CHECKING:
    from pmrehearse.session.events import SessionView
    from pmrehearse.ui.live import LiveRun
    from pmrehearse.ui.ports import ProgramPort

NO_CHECKPOINT = "There is no Whisper checkpoint on this computer yet."
NO_CHECKPOINT_HINT = "Fetch one, or paste what you said."


@dataclass(frozen=True, slots=True)
class TakeDone:
    """The take can be reviewed."""

    take_id: str


@dataclass(frozen=True, slots=True)
class TakeLeft:
    """The take's sound is safe, but it has no transcript; `message` says why ("" when it was left on purpose)."""

    take_id: str
    message: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A checkpoint has come."""

    name: str


@dataclass(frozen=True, slots=True)
class JobFailed:
    """Nothing came of it."""

    message: str
    hint: str = ""


JobResult = TakeDone | TakeLeft | Fetched | JobFailed


@dataclass(frozen=True, slots=True)
class JobState:
    """How far a job is.

    Attributes:
        doing: What is done, one word or two ("Transcribing").
        done: How much is done, in seconds of sound or in bytes.
        total: How much there is; 0 while that is not known.
        in_bytes: True when both are bytes.
        note: With what it is done ("base.en").
        words: What was heard last.
        result: What came of it; None while it goes on.
    """

    doing: str
    done: float = 0.0
    total: float = 0.0
    in_bytes: bool = False
    note: str = ""
    words: str = ""
    result: JobResult | None = None


class Job(Protocol):
    """Something that takes a while."""

    @property
    def reassurance(self) -> str:
        """What the user should know while it goes on."""

    @property
    def ends_the_run(self) -> bool:
        """True when it is the last piece of a run that is live."""

    def start(self) -> None:
        """Begin; returns at once."""

    def state(self) -> JobState:
        """How far it is; at any time."""

    def leave(self) -> None:
        """Stop it; what is done stays done. A result follows."""


class LiveTranscription:
    """What is left to recognise of a run that has just ended."""

    reassurance = "Your recording is safe. You can leave: the take waits on the home screen."
    ends_the_run = True

    def __init__(self, live: LiveRun) -> None:
        """Watch a run.

        Args:
            live: The run, past its recording.
        """
        self.live = live

    def start(self) -> None:
        """It has begun already."""

    def leave(self) -> None:
        """Let the take wait."""
        self.live.conductor.leave()

    def state(self) -> JobState:
        """How far it is."""
        view = self.live.view()
        doing = "Saving the recording" if view.stage is Stage.SAVING else "Transcribing"
        return JobState(
            doing,
            view.transcribed_s,
            view.recorded_s,
            note=view.recogniser,
            words=view.last_words,
            result=_result(view),
        )


def _result(view: SessionView) -> JobResult | None:
    if view.stage is Stage.DONE:
        return TakeDone(view.take_id)
    if view.stage is Stage.WAITING:
        return TakeLeft(view.take_id, view.problem, view.hint)
    if view.stage is Stage.FAILED:
        return JobFailed(view.problem, view.hint)
    return None


class TakeTranscription:
    """A take that waits is recognised."""

    reassurance = LiveTranscription.reassurance
    ends_the_run = False

    def __init__(self, program: ProgramPort, take_id: str, checkpoint: str | None = None) -> None:
        """Begin nothing yet.

        Args:
            program: What stands behind the screens.
            take_id: The take.
            checkpoint: The checkpoint; None for the usual one.
        """
        self._program = program
        self._take_id = take_id
        self._checkpoint = checkpoint
        self._left = False
        self._state = JobState("Transcribing")

    def start(self) -> None:
        """Begin in a daemon thread."""
        threading.Thread(target=self._run, name="transcribing", daemon=True).start()

    def leave(self) -> None:
        """Stop at the next piece of progress."""
        self._left = True

    def state(self) -> JobState:
        """How far it is."""
        return self._state

    def _run(self) -> None:
        try:
            options = self._program.speech_options(self._checkpoint)
            if options is None:
                result: JobResult = TakeLeft(self._take_id, NO_CHECKPOINT, NO_CHECKPOINT_HINT)
            else:
                self._state = replace(self._state, note=options.checkpoint)
                self._program.reviewer.transcribe_take(self._take_id, options, self._progress)
                result = TakeDone(self._take_id)
        except Abandoned:
            result = TakeLeft(self._take_id)
        except RehearsalError as error:
            result = TakeLeft(self._take_id, error.message, error.hint)
        self._state = replace(self._state, result=result)

    def _progress(self, done_s: float, total_s: float) -> None:
        self._state = replace(self._state, done=done_s, total=total_s)
        if self._left:
            raise Abandoned


class CheckpointFetch:
    """A checkpoint is fetched over the network."""

    reassurance = "You can leave: what has come is kept, and fetching goes on from there the next time."
    ends_the_run = False

    def __init__(self, program: ProgramPort, name: str) -> None:
        """Begin nothing yet.

        Args:
            program: What stands behind the screens.
            name: The checkpoint ("base.en").
        """
        self._program = program
        self._name = name
        self._left = False
        self._state = JobState("Fetching", in_bytes=True, note=name)

    def start(self) -> None:
        """Begin in a daemon thread."""
        threading.Thread(target=self._run, name="fetching", daemon=True).start()

    def leave(self) -> None:
        """Stop at the next piece of progress."""
        self._left = True

    def state(self) -> JobState:
        """How far it is."""
        return self._state

    def _run(self) -> None:
        try:
            self._program.checkpoints.fetch(self._name, self._progress)
            result: JobResult = Fetched(self._name)
        except Abandoned:
            result = JobFailed("")
        except RehearsalError as error:
            result = JobFailed(error.message, error.hint)
        self._state = replace(self._state, result=result)

    def _progress(self, done: int, total: int) -> None:
        self._state = replace(self._state, done=float(done), total=float(total))
        if self._left:
            raise Abandoned
