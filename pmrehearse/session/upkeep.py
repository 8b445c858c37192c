"""What is done to the library as a whole, what came of it, and when was that last?

On the user's word (`Upkeep`), and a little at a time beside the screens (`Tidied`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pmrehearse.library.backup import BackedUp
    from pmrehearse.library.packing import Packed
    from pmrehearse.library.recovery import Trouble
    from pmrehearse.session.ports import Memory

    Progress = Callable[[int, int], None]
    """Told (done, total) in takes; what it raises ends the work and passes through."""


class Deed(StrEnum):
    """Something that is done to all takes."""

    PACK = "pack"
    VERIFY = "verify"
    BACKUP = "backup"
    REBUILD = "rebuild"


@dataclass(frozen=True, slots=True)
class Tended:
    """What came of a deed.

    Attributes:
        sentence: It, in one sentence.
        facts: The same by names, for machines.
        troubles: What is wrong with some takes.
    """

    sentence: str
    facts: tuple[tuple[str, object], ...] = ()
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class LastTended:
    """When a deed was last done, and what came of it.

    Attributes:
        at: When, aware.
        sentence: What came of it.
        n_troubles: With how many takes something was wrong.
    """

    at: datetime
    sentence: str
    n_troubles: int


@dataclass(frozen=True, slots=True)
class Tidied:
    """What was done of what can wait.

    Attributes:
        n_marked: Takes that were read and marked.
        n_packed: Takes whose sound was looked at, and packed where it could be.
    """

    n_marked: int = 0
    n_packed: int = 0


class TendedLibrary(Protocol):
    """The library as a whole."""

    @property
    def root(self) -> Path:
        """Its folder."""

    def count(self) -> int:
        """How many takes there are."""

    def verify(self, on_progress: Progress) -> Sequence[Trouble]:
        """Everything that is wrong with the takes' files."""

    def rebuild(self, on_progress: Progress) -> int:
        """Make the index again; how many takes there are."""

    def pack(self, on_progress: Progress) -> Packed:
        """Keep the sound of every take as FLAC."""

    def backup(self, target: Path, on_progress: Progress) -> BackedUp:
        """Copy all takes and the index."""


class Upkeep:
    """Looks after a library. Every method but `last` waits."""

    def __init__(
        self, library: Callable[[], TendedLibrary], remembered: Memory, utc_now: Callable[[], datetime]
    ) -> None:
        """Read nothing yet.

        Args:
            library: Gives the library.
            remembered: Where it is kept what came of each deed.
            utc_now: The wall's time, aware.
        """
        self._library = library
        self._remembered = remembered
        self._utc_now = utc_now

    @property
    def folder(self) -> Path:
        """The library's folder."""
        return self._library().root

    def last(self, deed: Deed) -> LastTended | None:
        """When a deed was last done to this library; None when it never was, or that is not known."""
        kept = self._remembered.get(self._name(deed)) or ""
        moment, _, rest = kept.partition(" ")
        troubles, _, sentence = rest.partition(" ")
        try:
            at, n_troubles = datetime.fromisoformat(moment), int(troubles)
        except ValueError:
            return None
        return LastTended(at, sentence, n_troubles) if at.tzinfo is not None else None

    def pack(self, on_progress: Progress) -> Tended:
        """Keep the sound of every take as FLAC.

        Raises:
            LibraryError: The library cannot be read.
        """
        packed = self._library().pack(on_progress)
        saved = packed.n_bytes_before - packed.n_bytes_after
        facts = (
            ("n_packed", len(packed.take_ids)),
            ("n_bytes_before", packed.n_bytes_before),
            ("n_bytes_after", packed.n_bytes_after),
            ("troubles", [[each.take_id, each.message] for each in packed.troubles]),
        )
        said = f"{_takes(len(packed.take_ids))} packed, {saved / 1e6:.1f} MB saved."
        return self._done(Deed.PACK, Tended(said, facts, packed.troubles))

    def verify(self, on_progress: Progress) -> Tended:
        """Look at every take's files; nothing is changed.

        Raises:
            LibraryError: The library cannot be read.
        """
        troubles, n_takes = tuple(self._library().verify(on_progress)), self._library().count()
        n_bad = len({trouble.take_id for trouble in troubles})
        said = f"{_takes(n_takes)}, {n_bad} with something wrong." if n_bad else "All takes are well."
        return self._done(Deed.VERIFY, Tended(said, (("n_takes", n_takes),), troubles))

    def rebuild(self, on_progress: Progress) -> Tended:
        """Make the index again from the takes' files.

        Raises:
            LibraryError: The library cannot be read, or the disk refuses.
        """
        n_takes = self._library().rebuild(on_progress)
        return self._done(Deed.REBUILD, Tended(f"The index is made anew: {_takes(n_takes)}.", (("n_takes", n_takes),)))

    def backup(self, target: Path, on_progress: Progress) -> Tended:
        """Copy all takes and the index to a new folder, or to a new ".zip".

        Raises:
            UsageError: Something stands at `target`, or it lies in the library.
            LibraryError: The library cannot be read, or the disk refuses; nothing is left.
        """
        done = self._library().backup(target, on_progress)
        said = f"{_takes(done.n_takes)}, {done.n_bytes / 1e6:.1f} MB, copied to {done.path} and compared."
        facts = (
            ("path", str(done.path)),
            ("n_takes", done.n_takes),
            ("n_files", done.n_files),
            ("n_bytes", done.n_bytes),
        )
        return self._done(Deed.BACKUP, Tended(said, facts))

    def _done(self, deed: Deed, tended: Tended) -> Tended:
        n_bad = len({trouble.take_id for trouble in tended.troubles})
        now = self._utc_now().isoformat(timespec="seconds")
        self._remembered.set(self._name(deed), f"{now} {n_bad} {tended.sentence}")
        return tended

    def _name(self, deed: Deed) -> str:
        return f"{deed} {self._library().root}"


def _takes(n: int) -> str:
    return f"{n} take" if n == 1 else f"{n} takes"
