"""What do the screens need of the program behind them?

The real one is built in `pmrehearse.bootstrap`; tests give fakes. Nothing here waits unless it says so: what waits is
called from a daemon thread (`pmrehearse.ui.background`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from pmrehearse.audio.events import SoundSource
    from pmrehearse.library.corrections import Corrections
    from pmrehearse.library.report import Report
    from pmrehearse.library.rows import SnippetPart, TakeFilter
    from pmrehearse.library.take import Take, TakeStatus
    from pmrehearse.scenario.model import Scenario
    from pmrehearse.scenario.packs import Listed
    from pmrehearse.session.correcting import Said
    from pmrehearse.session.events import SessionEvent, SessionView, Tidied
    from pmrehearse.session.ports import Clock
    from pmrehearse.settings.sources import Held
    from pmrehearse.settings.values import Settings, Value
    from pmrehearse.speech.events import Checkpoint, SpeechOptions
    from pmrehearse.speech.speed import Speed
    from pmrehearse.ui.first_start_ports import SoundCheckPort, SpeedsPort
    from pmrehearse.ui.practice_ports import PracticePort


class DevicePort(Protocol):
    """A microphone that can be chosen."""

    @property
    def name(self) -> str:
        """The name that `MicrophoneSource` takes, readable and cleaned."""

    @property
    def is_default(self) -> bool:
        """True for the one that the system would take."""


class PacksPort(Protocol):
    """What can be rehearsed."""

    def all_scenarios(self) -> Sequence[Listed]:
        """The shipped scenarios, then the user's own; those with mistakes too. Reads files."""

    def find(self, scenario_id: str) -> Scenario:
        """One scenario.

        Raises:
            UsageError: There is none of this id.
        """

    def drill(self, wanted: str, seconds: float | None = None) -> Scenario:
        """One element ("SCENARIO:ELEMENT") as a scenario of its own.

        Raises:
            UsageError: There is no such element.
        """


class TakeRowPort(Protocol):
    """One take, as lists show it."""

    @property
    def take_id(self) -> str:
        """The take."""

    @property
    def scenario_id(self) -> str:
        """What was rehearsed."""

    @property
    def title(self) -> str:
        """The scenario's title."""

    @property
    def started_at(self) -> datetime:
        """When it began, aware."""

    @property
    def status(self) -> TakeStatus:
        """How far it has come."""

    @property
    def duration_s(self) -> float:
        """Length of its sound; 0 for a typed take."""

    @property
    def n_met(self) -> int | None:
        """Elements met; None before it was transcribed."""

    @property
    def n_elements(self) -> int:
        """Elements asked."""

    @property
    def planned_s(self) -> float:
        """Planned length; 0 when its file is damaged."""

    @property
    def words_per_minute(self) -> float | None:
        """Words over elapsed time; None without times."""

    @property
    def name(self) -> str:
        """A name that the user gave, or ""."""

    @property
    def tags(self) -> tuple[str, ...]:
        """Tags that the user gave."""

    @property
    def problem(self) -> str:
        """What is wrong with its files, or ""."""


class HitPort(Protocol):
    """A take that a search found."""

    @property
    def row(self) -> TakeRowPort:
        """The take."""

    @property
    def snippet(self) -> tuple[SnippetPart, ...]:
        """The words around the best place, in pieces."""

    @property
    def at_s(self) -> float | None:
        """When that place was said; None in a typed text."""


class LibraryPort(Protocol):
    """The takes."""

    def rows(self, wanted: TakeFilter = ..., limit: int | None = None, offset: int = 0) -> Sequence[TakeRowPort]:
        """The wanted takes, the newest first; at most so many, without the newest `offset`. Reads the index."""

    def search(self, text: str, wanted: TakeFilter = ..., limit: int = 20) -> Sequence[HitPort]:
        """The wanted takes whose transcript or name says this, the best first. Waits."""

    def rename(self, take_id: str, name: str) -> Take:
        """Give a take another name, "" for none. Waits."""

    def tag(self, take_id: str, tags: Iterable[str]) -> Take:
        """Give a take these tags and no others. Waits."""

    def audio_path(self, take_id: str) -> Path | None:
        """The take's sound, or None when it has none (typed)."""

    def delete(self, take_id: str) -> None:
        """Remove the take: sound, files and index."""


class RecoveryPort(Protocol):
    """Takes whose program had died while they were recorded."""

    @property
    def finished(self) -> tuple[str, ...]:
        """The ids of those that are whole now and wait for their transcripts."""


class ReviewerPort(Protocol):
    """Takes after their recording. Every method waits."""

    def report(self, take_id: str) -> Report:
        """All that is shown of a take, computed anew."""

    def transcribe_take(
        self, take_id: str, options: SpeechOptions, on_progress: Callable[[float, float], None]
    ) -> Take:
        """Recognise a take that waits; what `on_progress(done_s, total_s)` raises ends it and passes through."""

    def add_text(self, scenario: Scenario, text: str) -> Take:
        """A typed or pasted answer becomes a take."""

    def set_text(self, take_id: str, text: str) -> Take:
        """A text takes the place of a transcript."""


class CorrectorPort(Protocol):
    """Corrects takes. Every method waits, and gives the report of the take as it is then."""

    def put(self, take_id: str, corrections: Corrections) -> Report:
        """Let these be all corrections."""

    def edit_words(self, take_id: str, first: int, last: int, text: str) -> Report:
        """Put other words in the place of some, named by their indices in the corrected transcript."""

    def restore_words(self, take_id: str, first: int, last: int) -> Report:
        """Let words stand as they were heard."""

    def overrule(self, take_id: str, element_id: str, said: Said) -> Report:
        """Let the speaker's verdict on an element count."""

    def accept(self, take_id: str, element_id: str) -> Report:
        """Let the checks' verdict on an element count again."""

    def add_note(self, take_id: str, text: str, at_s: float | None = None) -> Report:
        """Note something on the take, or at a moment of its sound."""

    def remove_note(self, take_id: str, number: int) -> Report:
        """Remove a note by its index."""

    def guess(self, take_id: str, element_ids: Iterable[str]) -> Report:
        """Keep which elements the speaker thinks to have met."""


class ConductorPort(Protocol):
    """One run, live. Every method but `close` returns at once."""

    def listen(self, source: SoundSource) -> None:
        """Open a source, so that its level shows."""

    def warm(self) -> None:
        """Load the checkpoint."""

    def begin(self) -> None:
        """Record."""

    def pause(self) -> None:
        """Stop the clock."""

    def resume(self) -> None:
        """Let it run again."""

    def next_phase(self) -> None:
        """Begin the next phase."""

    def mark(self) -> None:
        """Mark this moment."""

    def finish(self) -> None:
        """End the take."""

    def leave(self) -> None:
        """Stop recognising; the take waits."""

    def discard(self) -> None:
        """End the take and delete it."""

    def close(self) -> None:
        """End everything; waits some seconds at most."""

    def view(self) -> SessionView:
        """The session at this moment."""


class PlayerPort(Protocol):
    """Plays a take's sound."""

    def play(
        self, audio: Path, start_s: float, end_s: float | None = None, *, speed: float = 1.0, again: bool = False
    ) -> None:
        """Play from `start_s` (>= 0) to `end_s` (None: to the end), at a speed in [0.5, 2]; what played before stops.

        With `again` it plays again and again.

        Raises:
            RehearsalError: There is no loudspeaker, or the file cannot be read.
        """

    def stop(self) -> None:
        """Be silent."""

    def close(self) -> None:
        """Be silent for good; waits a moment."""

    @property
    def position_s(self) -> float | None:
        """Where it plays, in seconds of the take's sound; None when it is silent.

        Raises:
            RehearsalError: It could not be played.
        """


class CheckpointsPort(Protocol):
    """Whisper checkpoints on this computer, and those that can be fetched."""

    def available(self) -> Sequence[Checkpoint]:
        """Those that can be loaded now."""

    def fetch(self, name: str, on_progress: Callable[[int, int], None]) -> Checkpoint:
        """Fetch one over the network; waits. `on_progress(done, total)` is told bytes; what it raises ends it."""


class NoticePort(Protocol):
    """Something about the settings that the user should know."""

    @property
    def message(self) -> str:
        """What is wrong, one mistake a line."""

    @property
    def hint(self) -> str:
        """What to do."""


class SettingsPort(Protocol):
    """What the user has set."""

    @property
    def path(self) -> Path:
        """The settings file."""

    @property
    def values(self) -> Settings:
        """Every setting as it holds."""

    def held(self) -> Sequence[Held]:
        """Every setting but the keys, and where it comes from."""

    def notices(self) -> Sequence[NoticePort]:
        """What cannot be used of the file and of the environment."""

    def choose(self, name: str, value: Value) -> None:
        """Let a choice hold while the program runs, and be remembered where that is done."""

    def change(self, name: str, value: Value | None) -> Path | None:
        """Write a setting into the file; None takes it out; gives where a file was put that could not be read.

        Raises:
            SettingsError: It may not be this, or the file cannot be written.
        """


class RememberedPort(Protocol):
    """What the program remembers between runs."""

    def get(self, name: str) -> str | None:
        """What is remembered under this name, or None."""

    def set(self, name: str, value: str) -> None:
        """Remember it."""

    def place(self, take_id: str) -> float | None:
        """Where listening to a take left off, in seconds of its sound; None when that is not known."""

    def set_place(self, take_id: str, at_s: float | None) -> None:
        """Remember where listening to a take left off; None when it was heard to its end."""


class DemoPort(Protocol):
    """A bundled answer that stands in for the speaker."""

    @property
    def scenario_id(self) -> str:
        """What it answers."""

    @property
    def audio(self) -> Path:
        """Its sound."""

    @property
    def checkpoint(self) -> str:
        """The checkpoint that knows it."""

    @property
    def phases_at_s(self) -> tuple[float, ...]:
        """When the phases after the first begin, in seconds of the sound."""


class ProgramPort(Protocol):
    """Everything behind the screens."""

    @property
    def packs(self) -> PacksPort:
        """What can be rehearsed."""

    @property
    def library(self) -> LibraryPort:
        """The takes."""

    @property
    def reviewer(self) -> ReviewerPort:
        """Takes after their recording."""

    @property
    def corrector(self) -> CorrectorPort:
        """Corrects takes."""

    @property
    def practice(self) -> PracticePort:
        """What many takes say."""

    @property
    def checkpoints(self) -> CheckpointsPort:
        """Whisper checkpoints."""

    @property
    def remembered(self) -> RememberedPort:
        """What is remembered between runs."""

    @property
    def settings(self) -> SettingsPort:
        """What the user has set."""

    @property
    def is_first_start(self) -> bool:
        """Whether nobody has used the program here before."""

    @property
    def speeds(self) -> SpeedsPort:
        """How fast this computer recognises, as far as it is remembered."""

    def measured_speed(self) -> Speed | None:
        """How fast it recognises, measured now and remembered; waits some ten seconds.

        Raises:
            SpeechWorkerError: The speech process failed.
        """

    def sound_check(self) -> SoundCheckPort:
        """A microphone on trial."""

    @property
    def recovery(self) -> RecoveryPort:
        """What was found cut short when the library was opened."""

    @property
    def clock(self) -> Clock:
        """Monotonic time."""

    def tidy(self) -> Tidied:
        """Do a little of what can wait: mark takes, pack their sound. Waits; does nothing while a take is recorded."""

    def devices(self) -> Sequence[DevicePort]:
        """The microphones; waits while the system is asked.

        Raises:
            MachineError: There is no sound system.
        """

    def player(self) -> PlayerPort:
        """A player."""

    def demo(self) -> DemoPort:
        """The bundled answer."""

    def speech_options(self, checkpoint: str | None) -> SpeechOptions | None:
        """How to recognise: with this checkpoint, or the usual one; None when there is none on this computer."""

    def conductor(
        self, scenario: Scenario, options: SpeechOptions | None, tell: Callable[[SessionEvent], None]
    ) -> ConductorPort:
        """A new run; `tell` is called on its thread."""
