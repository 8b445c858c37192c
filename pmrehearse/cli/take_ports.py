"""What do the commands need to list, review, correct, write and look after takes?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pmrehearse.checking.findings import Findings
    from pmrehearse.library.cases import OverruledCase
    from pmrehearse.library.report import Report
    from pmrehearse.library.rows import Hit, TakeFilter, TakeRow
    from pmrehearse.library.take import Take
    from pmrehearse.scenario.model import Scenario
    from pmrehearse.session.exporting import Table, Wanted
    from pmrehearse.session.upkeep import Tended
    from pmrehearse.speech.events import SpeechOptions

Progress = Callable[[float, float], None]
"""Told (done, total) in seconds of sound; what it raises ends the work and passes through."""
TakesProgress = Callable[[int, int], None]
"""The same in takes."""


class LibraryPort(Protocol):
    """The takes."""

    @property
    def notice(self) -> str:
        """What the user should know of the index, or ""."""

    def rows(self, wanted: TakeFilter = ..., limit: int | None = None) -> Sequence[TakeRow]:
        """The wanted takes, the newest first."""

    def count(self, wanted: TakeFilter = ...) -> int:
        """How many takes are wanted."""

    def resolve(self, wanted: str) -> str:
        """The id of the take that is meant: its id, a part of it that no other has, or "last".

        Raises:
            UsageError: None is meant, or several are.
        """

    def has_unread(self) -> bool:
        """Whether there are takes whose words are not known yet."""

    def catch_up(self, on_progress: Callable[[int, int], None], *, with_marks: bool = True) -> int:
        """Read takes that were changed or copied in; how many."""

    def search(self, text: str, wanted: TakeFilter = ..., limit: int = 20) -> Sequence[Hit]:
        """The wanted takes whose transcript or name says this, the best first."""

    def count_found(self, text: str, wanted: TakeFilter = ...) -> int:
        """How many takes `search` finds in all."""

    def audio_path(self, take_id: str) -> Path | None:
        """The take's sound, or None when it has none."""

    def delete(self, take_id: str) -> None:
        """Remove the take: sound, files and index."""

    def rename(self, take_id: str, name: str) -> Take:
        """Give a take another name, "" for none."""

    def tag(self, take_id: str, tags: Iterable[str]) -> Take:
        """Give a take these tags and no others."""

    def overruled_cases(self) -> Iterator[OverruledCase]:
        """The takes in which verdicts were overruled, as labelled answers."""


class ExporterPort(Protocol):
    """Takes as texts and files."""

    def text(self, take_id: str, name: str, *, with_sound: bool = True) -> str:
        """A take in a format."""

    def write(self, take_id: str, name: str, target: Path, *, with_sound: bool = True, replace: bool = False) -> Path:
        """Write a take to a file, or into a folder; the file.

        Raises:
            FileThereError: A file is there.
        """

    def table(self, wanted: Wanted, on_progress: TakesProgress) -> Table:
        """Takes as CSV."""

    def write_table(
        self, target: Path, wanted: Wanted, on_progress: TakesProgress, *, replace: bool = False
    ) -> tuple[Path, int]:
        """Write a table to a file, or into a folder; the file, and how many takes stand in it.

        Raises:
            FileThereError: A file is there.
        """


class UpkeepPort(Protocol):
    """Looks after the library as a whole."""

    def verify(self, on_progress: TakesProgress) -> Tended:
        """Look at every take's files; nothing is changed."""

    def rebuild(self, on_progress: TakesProgress) -> Tended:
        """Make the index again from the takes' files."""

    def pack(self, on_progress: TakesProgress) -> Tended:
        """Keep the sound of every take as FLAC."""

    def backup(self, target: Path, on_progress: TakesProgress) -> Tended:
        """Copy all takes and the index to a new folder or archive."""


class ReviewerPort(Protocol):
    """Takes after their recording."""

    def review_file(self, audio: Path, scenario: Scenario, options: SpeechOptions, on_progress: Progress) -> Take:
        """An existing recording becomes a take.

        Raises:
            AudioFileError: It cannot be read, or holds nothing.
        """

    def transcribe_take(self, take_id: str, options: SpeechOptions, on_progress: Progress) -> Take:
        """Recognise a take that waits."""

    def import_transcript(self, file: Path, scenario: Scenario, audio: Path | None) -> Take:
        """Make a take of a transcript made elsewhere, with the sound it belongs to where there is one.

        Raises:
            BadFileError: It is not what its name says, or nothing is said in it.
        """

    def add_text(self, scenario: Scenario, text: str) -> Take:
        """A text becomes a take."""

    def set_text(self, take_id: str, text: str) -> Take:
        """A text takes the place of a transcript."""

    def report(self, take_id: str) -> Report:
        """All that is shown of a take, computed anew."""

    def check_text(self, scenario: Scenario, text: str) -> Findings:
        """Marks a text; no take is made."""
