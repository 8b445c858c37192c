"""What does a session need of the world: the recorder, the recogniser, the clock, the store, as ports?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pmrehearse.library.take import TakeStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from pmrehearse.audio.events import RecorderEvent, SoundSource
    from pmrehearse.checking.findings import Findings
    from pmrehearse.library.take import Take
    from pmrehearse.scenario.model import Scenario
    from pmrehearse.speech.events import SpeechEvent, SpeechOptions
    from pmrehearse.speech.segments import Segment, Transcript, Word


class Recorder(Protocol):
    """One source of sound: listened to, then recorded.

    No method waits: what happens is told through the listener given at construction (`audio.events`), on a thread of
    the recorder's own.
    """

    def open(self, source: SoundSource) -> None:
        """Open the source and tell its level; close another that was open."""

    def record(self, path: Path) -> None:
        """Write from the next block on into a new file at `path` (WAV, 16 kHz, mono, 16 bit, mode 0600)."""

    def resume_into(self, path: Path) -> None:
        """Go on in the file of a recorder that died: the time since its last block stands as zeros (`GapMarked`)."""

    def pause(self) -> None:
        """Write nothing until `resume`; the source stays open."""

    def resume(self) -> None:
        """Write again."""

    def stop(self) -> None:
        """End the file; `RecordingEnded` follows when it is safe. The source stays open."""

    def close(self) -> None:
        """End everything, the file first; returns when the recorder is gone or was given up (a few seconds)."""


class Transcriber(Protocol):
    """The speech worker: follows a growing WAV file and tells segments (`speech.events`) through its listener."""

    def start(self, options: SpeechOptions) -> None:
        """Load the checkpoint in the worker and warm it; `WorkerReady` or `WorkerFailed` follows."""

    def follow(self, audio: Path, from_s: float = 0.0) -> None:
        """Recognise `audio` as it grows, from `from_s` on (where the last known segment ended)."""

    def finish(self, n_samples: int) -> None:
        """The file has this final length; `TranscriptFinished` follows when it is recognised to its end."""

    def cancel(self) -> None:
        """Leave the file; the checkpoint stays loaded."""

    def close(self) -> None:
        """End the worker; returns when it is gone (it is killed when it does not go)."""


class Clock(Protocol):
    """Monotonic time."""

    def now_s(self) -> float:
        """Seconds, never going back; only differences mean something."""


class Memory(Protocol):
    """Short texts that are remembered between runs."""

    def get(self, name: str) -> str | None:
        """What is remembered under this name; None when nothing is."""

    def set(self, name: str, value: str) -> None:
        """Remember it, where the disk lets us."""


class TakeStore(Protocol):
    """Where takes are kept."""

    def create(
        self,
        scenario: Scenario,
        device: str,
        options: SpeechOptions | None,
        now_utc: datetime,
        *,
        status: TakeStatus = TakeStatus.RECORDING,
    ) -> Take:
        """Make the folder of a new take, with its `take.json`; RECORDING keeps other programs from recording here.

        Raises:
            LibraryError: The folder cannot be made, or another program is recording in this library.
        """

    def delete(self, take_id: str) -> None:
        """Remove the take's sound, files and index row."""

    def save(self, take: Take) -> None:
        """Write the take's `take.json` so that a power cut leaves the old one or the new one."""

    def append_segment(self, take_id: str, segment: Segment) -> None:
        """Add one line to the take's transcript."""

    def set_transcript(self, take_id: str, transcript: Transcript) -> None:
        """Replace the take's transcript by this one (typed, pasted, or recognised again)."""

    def audio_path(self, take_id: str) -> Path:
        """The take's sound file."""


class Checking(Protocol):
    """The checks of one scenario, compiled; cheap to ask again while a transcript grows."""

    def check(self, words: Sequence[Word]) -> Findings:
        """The findings on these words."""


class Reading(Protocol):
    """The learned judge beside one take; no method waits."""

    def read(self, words: Sequence[Word]) -> None:
        """Judge these words when there is time; what is found is told."""

    def close(self) -> None:
        """Judge nothing more."""


@dataclass(frozen=True, slots=True)
class SessionPorts:
    """All that a session needs of the world.

    Attributes:
        recorder: Makes a recorder that tells this listener.
        transcriber: Makes a transcriber that tells this listener.
        store: Where the take is kept.
        checking: The compiled checks of a scenario, those of the rules alone: they are asked while nobody may wait.
        clock: Monotonic time.
        utc_now: The wall's time, aware; for names only.
        reading: Makes the learned judge that reads a take of a scenario along and tells its findings to a listener.
    """

    recorder: Callable[[Callable[[RecorderEvent], None]], Recorder]
    transcriber: Callable[[Callable[[SpeechEvent], None]], Transcriber]
    store: TakeStore
    checking: Callable[[Scenario], Checking]
    clock: Clock
    utc_now: Callable[[], datetime]
    reading: Callable[[Scenario, Callable[[Findings], None]], Reading]
