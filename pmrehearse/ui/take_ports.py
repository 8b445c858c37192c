"""What do the screens need of the takes behind them?

As in `pmrehearse.ui.ports`, nothing here waits unless it says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from pmrehearse.library.report import Report
    from pmrehearse.library.rows import SnippetPart, TakeFilter
    from pmrehearse.library.take import Take, TakeStatus
    from pmrehearse.scenario.model import Scenario
    from pmrehearse.session.exporting import Wanted
    from pmrehearse.session.upkeep import Deed, LastTended, Tended
    from pmrehearse.speech.events import SpeechOptions


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
        """Remove the take: sound, files and index. Waits."""


class StuckPort(Protocol):
    """A take that could not be looked after."""

    @property
    def take_id(self) -> str:
        """Which one."""

    @property
    def message(self) -> str:
        """Why."""

    @property
    def hint(self) -> str:
        """What to do, or ""."""

    @property
    def needs_room(self) -> bool:
        """True when its disk is full: it is whole once there is room."""


class RecoveryPort(Protocol):
    """Takes whose program had died while they were recorded."""

    @property
    def finished(self) -> tuple[str, ...]:
        """The ids of those that are whole now and wait for their transcripts."""

    @property
    def troubles(self) -> Sequence[StuckPort]:
        """Those that could not be made whole as yet: their disk refuses."""


class ReviewerPort(Protocol):
    """Takes after their recording. Every method waits."""

    def report(self, take_id: str) -> Report:
        """All that is shown of a take, computed anew."""

    def transcribe_take(
        self, take_id: str, options: SpeechOptions, on_progress: Callable[[float, float], None]
    ) -> Take:
        """Recognise a take that waits; what `on_progress(done_s, total_s)` raises ends it and passes through."""

    def import_sound(self, audio: Path, scenario: Scenario, on_progress: Callable[[float, float], None]) -> Take:
        """A recording made elsewhere becomes a take that waits; whatever is raised, no take is made.

        Raises:
            AudioFileError: It cannot be read, or holds nothing.
        """

    def import_transcript(self, file: Path, scenario: Scenario, audio: Path | None) -> Take:
        """A transcript made elsewhere becomes a take, with the sound it belongs to where there is one.

        Raises:
            BadFileError: It is not what its name says, or nothing is said in it.
            AudioFileError: The sound cannot be read.
        """

    def add_text(self, scenario: Scenario, text: str) -> Take:
        """A typed or pasted answer becomes a take."""

    def set_text(self, take_id: str, text: str) -> Take:
        """A text takes the place of a transcript."""


class ExporterPort(Protocol):
    """Takes as files for others. Every method waits."""

    def write(self, take_id: str, name: str, target: Path, *, with_sound: bool = True, replace: bool = False) -> Path:
        """Write a take to a file, or into a folder; the file.

        Raises:
            FileThereError: A file is there.
            UsageError: The format cannot hold this take, or the file cannot be written.
        """

    def write_table(
        self, target: Path, wanted: Wanted, on_progress: Callable[[int, int], None], *, replace: bool = False
    ) -> tuple[Path, int]:
        """Write takes as CSV to a file, or into a folder; the file, and how many takes stand in it.

        Raises:
            FileThereError: A file is there.
            UsageError: The file cannot be written.
        """


class UpkeepPort(Protocol):
    """Looks after the library as a whole. Every method but `last` and `folder` waits."""

    @property
    def folder(self) -> Path:
        """The library's folder."""

    def last(self, deed: Deed) -> LastTended | None:
        """When a deed was last done to this library; None when it never was, or that is not known."""

    def pack(self, on_progress: Callable[[int, int], None]) -> Tended:
        """Keep the sound of every take as FLAC."""

    def verify(self, on_progress: Callable[[int, int], None]) -> Tended:
        """Look at every take's files; nothing is changed."""

    def rebuild(self, on_progress: Callable[[int, int], None]) -> Tended:
        """Make the index again from the takes' files."""

    def backup(self, target: Path, on_progress: Callable[[int, int], None]) -> Tended:
        """Copy all takes and the index to a new folder, or to a new ".zip".

        Raises:
            UsageError: Something stands at `target`, or it lies in the library.
        """
