"""What has been recognised of the take so far, and what do the checks say of it?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pmrehearse.session import events as told
from pmrehearse.session.state import Heard
from pmrehearse.speech import events as speech
from pmrehearse.speech.segments import Transcript

if TYPE_CHECKING:
    from pathlib import Path

    from pmrehearse.session.events import SessionEvent
    from pmrehearse.session.ports import Checking, TakeStore, Transcriber
    from pmrehearse.speech.events import SpeechEvent, SpeechOptions

NO_CHECKPOINT = speech.WorkerFailed(
    "No checkpoint is chosen, so the take is recorded only.",
    "Fetch one with `pmrehearse model fetch base.en`, or type what you said afterwards.",
)
LEFT = speech.WorkerFailed("It was left for later.", "Open the take to go on.")


class Hearing:
    """The recogniser and the checks of one session.

    Attributes:
        heard: What they have come to.
    """

    def __init__(
        self, transcriber: Transcriber, checking: Checking, store: TakeStore, options: SpeechOptions | None
    ) -> None:
        """Nothing is loaded yet; `options` None means that there will be no recogniser."""
        self.heard = Heard(fault=NO_CHECKPOINT if options is None else None)
        self._transcriber = transcriber
        self._checking = checking
        self._store = store
        self._options = options
        self._warmed = False
        self._following = False

    def warm(self) -> None:
        """Load the checkpoint, once."""
        if self._options is not None and not self._warmed:
            self._warmed = True
            self._transcriber.start(self._options)

    def follow(self, audio: Path) -> None:
        """Recognise this file as it grows."""
        if self.heard.fault is None:
            self._following = True
            self._transcriber.follow(audio)

    def finish(self, n_samples: int) -> bool:
        """Recognise the file to this length; False when nobody follows it."""
        if not self._following or self.heard.fault is not None:
            return False
        self._transcriber.finish(n_samples)
        return True

    def leave(self) -> None:
        """Leave the file; the checkpoint stays loaded."""
        self._following = False
        self._transcriber.cancel()

    def close(self) -> None:
        """End the recogniser."""
        self._transcriber.close()

    def take_in(self, event: SpeechEvent, take_id: str) -> tuple[SessionEvent, ...]:
        """Take in one event of the recogniser.

        Args:
            event: What it told.
            take_id: The take whose file it follows.

        Returns:
            What is worth telling.

        Raises:
            OSError: The segment could not be written; it is known all the same.
        """
        match event:
            case speech.WorkerReady():
                self.heard = replace(self.heard, ready=event)
            case speech.RecognisedTo(done_s=done_s):
                self.heard = replace(self.heard, done_s=done_s)
            case speech.TranscriptFinished(total_s=total_s):
                self.heard = replace(self.heard, done_s=total_s, finished=True)
            case speech.WorkerFailed():
                self.heard = replace(self.heard, fault=event)
                return (told.TroubleTold(event.message, event.hint),)
            case speech.WorkerRestarted(reason=reason):
                return (told.TroubleTold(reason, "A new speech worker goes on where the old one stopped."),)
            case speech.SegmentHeard():
                return self._keep(event, take_id)
        return ()

    def _keep(self, event: speech.SegmentHeard, take_id: str) -> tuple[SessionEvent, ...]:
        segments = (*self.heard.segments, event.segment)
        findings = self._checking.check(Transcript(segments).words)
        changed = findings != self.heard.findings
        self.heard = replace(self.heard, segments=segments, findings=findings)
        self._store.append_segment(take_id, event.segment)
        added = told.SegmentAdded(event.segment)
        return (added, told.FindingsChanged(findings)) if changed else (added,)
