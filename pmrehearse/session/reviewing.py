"""How does sound or text that is already there become a take with a report?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from pmrehearse.cleaning import clean_line
from pmrehearse.errors import NoSpeechError, UsageError
from pmrehearse.library.imports.reading import read_foreign_file
from pmrehearse.library.take import Take, TakeStatus
from pmrehearse.session.ports import TakeStore
from pmrehearse.speech.events import RecognisedTo, SegmentHeard
from pmrehearse.speech.segments import Transcript, typed_transcript, words_of_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from pmrehearse.checking.findings import Findings
    from pmrehearse.library.report import Report
    from pmrehearse.scenario.model import Scenario
    from pmrehearse.session.ports import Checking
    from pmrehearse.speech.events import SpeechEvent, SpeechOptions

    Progress = Callable[[float, float], None]
    """Told (done, total) in seconds of sound."""


def silent(_done_s: float, _total_s: float) -> None:
    """Tell nobody."""


class ReviewStore(TakeStore, Protocol):
    """A store that can be read, too."""

    def load(self, take_id: str) -> Take:
        """The take of this id."""

    def transcript(self, take_id: str) -> Transcript:
        """What was heard so far."""


@dataclass(frozen=True, slots=True)
class ReviewPorts:
    """All that reviewing needs of the world.

    Attributes:
        store: Where takes are kept.
        report: All that is shown of a take, computed anew from its files.
        checking: The compiled checks of a scenario.
        convert: Copies any sound file to a take's WAV, telling how far it has come; gives its length in samples.
        recognise: Recognises a take's WAV of a known length from a second on; waits, telling each event.
        utc_now: The wall's time, aware.
    """

    store: ReviewStore
    report: Callable[[str], Report]
    checking: Callable[[Scenario], Checking]
    convert: Callable[[Path, Path, Progress], int]
    recognise: Callable[[Path, int, float, SpeechOptions, Callable[[SpeechEvent], None]], None]
    utc_now: Callable[[], datetime]


class Reviewer:
    """Takes that were not made live, and reports of all. Every method waits."""

    def __init__(self, ports: ReviewPorts) -> None:
        self._ports = ports
        self._store = ports.store

    def review_file(self, audio: Path, scenario: Scenario, options: SpeechOptions, on_progress: Progress) -> Take:
        """Make a take of an existing recording, and recognise it.

        Args:
            audio: As for `import_sound`.
            scenario: What it answers.
            options: How to recognise it.
            on_progress: Told (done, total) in seconds of sound; what it raises ends the work and passes through, and
                the take waits to be transcribed later.

        Returns:
            The take, transcribed.

        Raises:
            AudioFileError: It cannot be read, or holds nothing; no take is made.
            NoSpeechError: Nothing was said in it; the take is kept.
            CheckpointError: There is no such checkpoint; the take is kept and waits.
            SpeechWorkerError: The speech process failed; the take is kept and waits.
        """
        return self.transcribe_take(self.import_sound(audio, scenario).id, options, on_progress)

    def import_sound(self, audio: Path, scenario: Scenario, on_progress: Progress = silent) -> Take:
        """Make a take of an existing recording; it waits for its transcript.

        Args:
            audio: A sound file of a kind that can be imported; it is copied.
            scenario: What it answers.
            on_progress: Told (done, total) in seconds of sound while it is copied, a total of 0 where that is not
                known; what it raises ends the work and passes through.

        Raises:
            AudioFileError: It cannot be read, or holds nothing. Whatever is raised, no take is made.
            MachineError: It is an M4A, and there is no ffmpeg.
        """
        take = self._store.create(
            scenario, f"file: {audio.name}", None, self._ports.utc_now(), status=TakeStatus.RECORDED
        )
        whole = replace(take, n_samples=self._converted(take, audio, on_progress), ended="imported")
        self._store.save(whole)
        return whole

    def import_transcript(self, file: Path, scenario: Scenario, audio: Path | None) -> Take:
        """Make a take of a transcript that was made elsewhere.

        Args:
            file: A text, SRT, VTT or the JSON of a Whisper program.
            scenario: What it answers.
            audio: The sound that it belongs to, copied; None when there is none.

        Raises:
            BadFileError: It is not what its name says, or nothing is said in it; no take is made.
            AudioFileError: The sound cannot be read; no take is made.
        """
        transcript, device = read_foreign_file(file), f"file: {clean_line(file.name)}"
        take = self._store.create(scenario, device, None, self._ports.utc_now(), status=TakeStatus.RECORDED)
        n_samples = 0 if audio is None else self._converted(take, audio, silent)
        self._store.set_transcript(take.id, transcript)
        whole = replace(take, n_samples=n_samples, ended="imported", status=TakeStatus.TRANSCRIBED)
        self._store.save(whole)
        return whole

    def _converted(self, take: Take, audio: Path, on_progress: Progress) -> int:
        """The samples of a take's sound; without sound, there is no take."""
        try:
            return self._ports.convert(audio, self._store.audio_path(take.id), on_progress)
        except BaseException:
            self._store.delete(take.id)
            raise

    def transcribe_take(self, take_id: str, options: SpeechOptions, on_progress: Progress) -> Take:
        """Recognise a take that waits, from where its transcript ends.

        Args:
            take_id: The take.
            options: How to recognise it.
            on_progress: As in `review_file`.

        Raises:
            UsageError: There is no such take, or it has no sound.
            NoSpeechError: Nothing was said in it; the take is whole all the same.
            CheckpointError: There is no such checkpoint.
            SpeechWorkerError: The speech process failed; what it gave before is kept.
        """
        take = self._store.load(take_id)
        if take.n_samples == 0:
            raise UsageError("This take has no sound to be transcribed.", "Type or paste what was said.")
        heard = self._store.transcript(take_id).segments

        def take_in(event: SpeechEvent) -> None:
            if isinstance(event, SegmentHeard):
                self._store.append_segment(take_id, event.segment)
            elif isinstance(event, RecognisedTo):
                on_progress(event.done_s, event.total_s)

        from_s = heard[-1].end_s if heard else 0.0
        self._ports.recognise(self._store.audio_path(take_id), take.n_samples, from_s, options, take_in)
        whole = replace(take, status=TakeStatus.TRANSCRIBED, options=options)
        self._store.save(whole)
        if not self._store.transcript(take_id).words:
            raise NoSpeechError(
                "No speech was heard in it.",
                f"The sound is kept as take {take_id}; listen to it, or type what was said.",
            )
        return whole

    def add_text(self, scenario: Scenario, text: str) -> Take:
        """Make a take of a typed or pasted text; it has no sound and no times.

        Raises:
            UsageError: The text is empty.
        """
        _refuse_empty(text)
        take = self._store.create(scenario, "", None, self._ports.utc_now(), status=TakeStatus.RECORDED)
        self._store.save(replace(take, ended="typed"))
        return self.set_text(take.id, text)

    def set_text(self, take_id: str, text: str) -> Take:
        """Put a typed text in the place of a take's transcript; its sound stays.

        Raises:
            UsageError: The text is empty, or there is no such take.
        """
        _refuse_empty(text)
        take = self._store.load(take_id)
        self._store.set_transcript(take_id, typed_transcript(text))
        typed = replace(take, status=TakeStatus.TRANSCRIBED)
        self._store.save(typed)
        return typed

    def report(self, take_id: str) -> Report:
        """All that is shown of a take, computed anew from its files."""
        return self._ports.report(take_id)

    def check_text(self, scenario: Scenario, text: str) -> Findings:
        """The findings on a text; no take is made."""
        return self._ports.checking(scenario).check(words_of_text(text))


def _refuse_empty(text: str) -> None:
    if not text.strip():
        raise UsageError("There is no text.", "Type or paste what was said.")
