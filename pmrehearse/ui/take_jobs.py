"""Which jobs make a take whole: what a run has left, a take that waits, a file made elsewhere?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmrehearse.library.imports.reading import is_transcript
from pmrehearse.session.events import Stage
from pmrehearse.ui.jobs import Beside, JobFailed, JobState, TakeDone, TakeLeft

if TYPE_CHECKING:
    from pathlib import Path

    from pmrehearse.session.events import SessionView
    from pmrehearse.ui.jobs import JobResult
    from pmrehearse.ui.live import LiveRun
    from pmrehearse.ui.ports import ProgramPort

NO_CHECKPOINT = "There is no Whisper checkpoint on this computer yet."
NO_CHECKPOINT_HINT = "Fetch one, or paste what you said."


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
        is_saving = view.stage is Stage.SAVING
        return JobState(
            "Saving the recording" if is_saving else "Transcribing",
            view.transcribed_s,
            view.recorded_s,
            note="" if is_saving else view.recogniser,
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


class TakeTranscription(Beside):
    """A take that waits is recognised."""

    reassurance = LiveTranscription.reassurance

    def __init__(self, program: ProgramPort, take_id: str, checkpoint: str | None = None) -> None:
        """Begin nothing yet.

        Args:
            program: What stands behind the screens.
            take_id: The take.
            checkpoint: The checkpoint; None for the usual one.
        """
        super().__init__(JobState("Transcribing"))
        self._program = program
        self._take_id = take_id
        self._checkpoint = checkpoint

    def work(self) -> JobResult:
        """Recognise it, where there is a checkpoint."""
        options = self._program.speech_options(self._checkpoint)
        if options is None:
            return TakeLeft(self._take_id, NO_CHECKPOINT, NO_CHECKPOINT_HINT)
        self.go_on("Transcribing", options.checkpoint)
        self._program.reviewer.transcribe_take(self._take_id, options, self.tell)
        return TakeDone(self._take_id)

    def failed(self, message: str, hint: str) -> JobResult:
        """The take waits on."""
        return TakeLeft(self._take_id, message, hint)


@dataclass(frozen=True, slots=True)
class ImportWish:
    """What is to become a take.

    Attributes:
        file: Sound, or a transcript.
        scenario_id: What it answers.
        audio: The sound that a transcript belongs to; None when there is none.
    """

    file: Path
    scenario_id: str
    audio: Path | None = None


class TakeImport(TakeTranscription):
    """A file made elsewhere becomes a take; sound is recognised then."""

    reassurance = "The file stays as it is. You can leave: sound that is copied whole waits on the home screen."

    def __init__(self, program: ProgramPort, wish: ImportWish) -> None:
        """Begin nothing yet.

        Args:
            program: What stands behind the screens.
            wish: What is to become a take.
        """
        super().__init__(program, "")
        self._wish = wish
        self.go_on(f"Reading {wish.file.name}")

    def work(self) -> JobResult:
        """Copy it, and recognise what is sound."""
        wish, reviewer = self._wish, self._program.reviewer
        scenario = self._program.packs.find(wish.scenario_id)
        if is_transcript(wish.file):
            return TakeDone(reviewer.import_transcript(wish.file, scenario, wish.audio).id)
        self._take_id = reviewer.import_sound(wish.file, scenario, self.tell).id
        return super().work()

    def failed(self, message: str, hint: str) -> JobResult:
        """There is no take yet, or it waits."""
        return super().failed(message, hint) if self._take_id else JobFailed(message, hint)
