"""How does a take, or a table of takes, become a file for others?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pmrehearse.library.export import format_named
from pmrehearse.library.exports.table import takes_csv
from pmrehearse.library.rows import EVERY
from pmrehearse.userfiles import write_text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from pmrehearse.audio.sending import SoundCopy
    from pmrehearse.library.report import Report
    from pmrehearse.library.rows import TakeFilter, TakeRow, VerdictRow

    Progress = Callable[[int, int], None]
    """Told (done, total) in takes; what it raises ends the work and passes through."""

TABLE = "takes.csv"
"""What a table is called in a folder."""


class ExportedLibrary(Protocol):
    """The takes, as exports read them."""

    def rows(self, wanted: TakeFilter = ..., limit: int | None = None) -> Sequence[TakeRow]:
        """The wanted takes, the newest first."""

    def verdicts(self, wanted: TakeFilter = ...) -> Sequence[VerdictRow]:
        """What the wanted takes say of each element."""

    def sound_to_send(self, take_id: str) -> SoundCopy | None:
        """The take's sound as it is sent to others, or None when it has none."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which takes stand in a table.

    Attributes:
        those: The filter.
        limit: At most so many, the newest; None for all.
        only: Of these only the takes of these ids; None for all.
    """

    those: TakeFilter = EVERY
    limit: int | None = None
    only: Collection[str] | None = None


ALL = Wanted()


@dataclass(frozen=True, slots=True)
class Table:
    """Takes as a table.

    Attributes:
        text: CSV; its lines end in CR LF.
        n_takes: How many there are.
    """

    text: str
    n_takes: int


class Exporter:
    """Takes as texts and files. Every method waits."""

    def __init__(
        self,
        library: Callable[[], ExportedLibrary],
        report: Callable[[str], Report],
        catch_up: Callable[[Progress], object],
    ) -> None:
        """Read nothing yet.

        Args:
            library: Gives the takes.
            report: All that is shown of a take.
            catch_up: Marks the takes that are not marked.
        """
        self._library = library
        self._report = report
        self._catch_up = catch_up

    def text(self, take_id: str, name: str, *, with_sound: bool = True) -> str:
        """A take in a format.

        Args:
            take_id: The take.
            name: The format's name.
            with_sound: False to leave the sound out of a format that plays.

        Raises:
            UsageError: There is no such take or format, or it cannot hold this take.
            LibraryError: A file of the take is damaged.
            AudioFileError: Its sound cannot be read.
        """
        wanted = format_named(name)
        sound = self._library().sound_to_send(take_id) if wanted.plays and with_sound else None
        return wanted.render(self._report(take_id), sound)

    def write(self, take_id: str, name: str, target: Path, *, with_sound: bool = True, replace: bool = False) -> Path:
        """Write a take to a file of mode 0600; nothing is left of one that cannot be written.

        Args:
            take_id: The take.
            name: The format's name.
            target: The file; a folder takes one that is named after the take.
            with_sound: As in `text`.
            replace: True to replace a file that is there.

        Returns:
            The file.

        Raises:
            FileThereError: A file is there.
            UsageError: As in `text`, or the file cannot be written.
            LibraryError: As in `text`.
            AudioFileError: As in `text`.
        """
        path = _file(target, f"{take_id}{format_named(name).suffix}")
        write_text(path, self.text(take_id, name, with_sound=with_sound), replace=replace)
        return path

    def table(self, wanted: Wanted, on_progress: Progress) -> Table:
        """Takes as CSV, the newest first, each of them marked by the checks as they are now.

        Args:
            wanted: Which.
            on_progress: Told how far marking has come.

        Raises:
            LibraryError: The library cannot be read.
        """
        self._catch_up(on_progress)
        rows = self._library().rows(wanted.those, wanted.limit)
        if wanted.only is not None:
            rows = tuple(row for row in rows if row.take_id in wanted.only)
        return Table(takes_csv(rows, self._library().verdicts(wanted.those)), len(rows))

    def write_table(
        self, target: Path, wanted: Wanted, on_progress: Progress, *, replace: bool = False
    ) -> tuple[Path, int]:
        """Write a table to a file of mode 0600.

        Args:
            target: The file; a folder takes one of the usual name.
            wanted: Which takes.
            on_progress: As in `table`.
            replace: True to replace a file that is there.

        Returns:
            The file, and how many takes stand in it.

        Raises:
            FileThereError: A file is there.
            UsageError: The file cannot be written.
            LibraryError: The library cannot be read.
        """
        table, path = self.table(wanted, on_progress), _file(target, TABLE)
        write_text(path, table.text, replace=replace)
        return path, table.n_takes


def _file(target: Path, name: str) -> Path:
    return target / name if target.is_dir() else target
