"""What has been recognised of the take so far, and what do the checks say of it?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pmrehearse.session import events as told
from pmrehearse.session.reading import joined
from pmrehearse.session.state import Heard
from pmrehearse.speech import events as speech
from pmrehearse.speech.segments import Transcript

if TYPE_CHECKING:
    from pathlib import Path

    from pmrehearse.checking.findings import Findings
    from pmrehearse.scenario.model import Scenario
    from pmrehearse.session.events import SessionEvent
    from pmrehearse.session.ports import Checking, Reading, TakeStore, Transcriber
    from pmrehearse.speech.events import SpeechEvent, SpeechOptions
    from pmrehearse.speech.segments import Word

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
        self,
        scenario: Scenario,
        transcriber: Transcriber,
        checking: Checking,
        reading: Reading,
        store: TakeStore,
        options: SpeechOptions | None,
    ) -> None:
        """Nothing is loaded yet; `options` None means that there will be no recogniser."""
        self.heard = Heard(fault=NO_CHECKPOINT if options is None else None)
        self._flags = scenario.flags
        self._transcriber = transcriber
        self._checking = checking
        self._reading = reading
        self._read: Findings | None = None
        self._store = store
        self._options = options
        self._warmed = False
        self._audio: Path | None = None
        self._again = False

    def warm(self) -> None:
        """Load the checkpoint, once."""
        if self._options is not None and not self._warmed:
            self._warmed = True
            self._transcriber.start(self._options)

    def follow(self, audio: Path) -> None:
        """Recognise this file as it grows."""
        self._audio = audio
        if self.heard.fault is None:
            self._transcriber.follow(audio)

    def finish(self, n_samples: int) -> bool:
        """Recognise the file to this length; False when nobody follows it.

        A recogniser that was lost while the take was recorded gets one more try: what is missing is recognised now.
        """
        if self._audio is None or self._options is None:
            return False
        if self.heard.fault is not None:
            if self._again:
                return False
            self._begin_again(self._options, self._audio)
        self._transcriber.finish(n_samples)
        return True

    def _begin_again(self, options: SpeechOptions, audio: Path) -> None:
        self._again = True
        self.heard = replace(self.heard, fault=None)
        self._transcriber.start(options)
        self._transcriber.follow(audio, self.heard.segments[-1].end_s if self.heard.segments else 0.0)

    def leave(self) -> None:
        """Leave the file; the checkpoint stays loaded."""
        self._audio = None
        self._transcriber.cancel()

    def close(self) -> None:
        """End the recogniser and the judge."""
        self._reading.close()
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
            case speech.WordsAhead(words=words):
                return self._look_ahead(words)
            case speech.FellBehind():
                return (_slow(event),)
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

    def _look_ahead(self, words: tuple[Word, ...]) -> tuple[SessionEvent, ...]:
        """What stands for now: ticks and live text show it, nothing is kept of it."""
        likely = self._with_ahead(words) if words else self.heard.findings
        changed = likely is not None and likely != self.heard.likely
        self.heard = replace(self.heard, ahead=words, likely=likely)
        return (told.TicksChanged(likely),) if changed and likely is not None else ()

    def _with_ahead(self, words: tuple[Word, ...]) -> Findings:
        """The findings on all that was heard and what stands for now."""
        return joined(self._checking.check((*Transcript(self.heard.segments).words, *words)), self._read, self._flags)

    def take_in_read(self, read: Findings) -> tuple[SessionEvent, ...]:
        """Take in what the learned judge found in the words so far, or in those of a moment ago."""
        self._read = read
        findings, likely = self._with_ahead(()), self._with_ahead(self.heard.ahead)
        news: tuple[SessionEvent, ...] = ()
        news += (told.FindingsChanged(findings),) if findings != self.heard.findings else ()
        news += (told.TicksChanged(likely),) if likely != self.heard.likely else ()
        self.heard = replace(self.heard, findings=findings, likely=likely)
        return news

    def _keep(self, event: speech.SegmentHeard, take_id: str) -> tuple[SessionEvent, ...]:
        segments = (*self.heard.segments, event.segment)
        words = Transcript(segments).words
        findings = joined(self._checking.check(words), self._read, self._flags)
        self._reading.read(words)
        changed = findings != self.heard.findings
        ticks = findings != self.heard.likely
        self.heard = replace(self.heard, segments=segments, findings=findings, ahead=(), likely=findings)
        self._store.append_segment(take_id, event.segment)
        news: tuple[SessionEvent, ...] = (told.SegmentAdded(event.segment),)
        news += (told.FindingsChanged(findings),) if changed else ()
        return news + ((told.TicksChanged(findings),) if ticks else ())


def _slow(event: speech.FellBehind) -> told.TroubleTold:
    message = f"This machine is too slow for the checkpoint: {event.load:.1f} s of work for each second of speech."
    if event.instead:
        return told.TroubleTold(message, f"{event.instead} goes on from here.")
    return told.TroubleTold(message, "Nothing is lost: what is missing is transcribed after the stop.")
