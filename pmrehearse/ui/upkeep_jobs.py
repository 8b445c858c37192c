"""Which jobs look after what the program stands on: a checkpoint that is fetched, the library as a whole?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.session.upkeep import Deed
from pmrehearse.ui.jobs import Beside, Fetched, JobState, LibraryTended, Unit

if TYPE_CHECKING:
    from pathlib import Path

    from pmrehearse.session.upkeep import Tended
    from pmrehearse.ui.jobs import JobResult
    from pmrehearse.ui.ports import ProgramPort

DOING = {Deed.PACK: "Packing", Deed.VERIFY: "Verifying", Deed.BACKUP: "Copying", Deed.REBUILD: "Reading"}
"""What is done, in a word."""
LEAVING = {
    Deed.PACK: "You can leave: what is packed stays packed, and the rest is packed another time.",
    Deed.VERIFY: "Nothing is changed. You can leave at any time.",
    Deed.BACKUP: "Nothing is written over. When you leave, nothing is left of this copy.",
    Deed.REBUILD: "The takes stay as they are. You can leave: the rest is read beside the home screen.",
}
"""What leaving comes to."""


class CheckpointFetch(Beside):
    """A checkpoint is fetched over the network."""

    reassurance = "You can leave: what has come is kept, and fetching goes on from there the next time."

    def __init__(self, program: ProgramPort, name: str) -> None:
        """Begin nothing yet.

        Args:
            program: What stands behind the screens.
            name: The checkpoint ("base.en").
        """
        super().__init__(JobState("Fetching", unit=Unit.BYTES, note=name))
        self._program = program
        self._name = name

    def work(self) -> JobResult:
        """Fetch it."""
        self._program.checkpoints.fetch(self._name, self.tell)
        return Fetched(self._name)


class LibraryUpkeep(Beside):
    """Something is done to the library as a whole."""

    def __init__(self, program: ProgramPort, deed: Deed, target: Path | None = None) -> None:
        """Begin nothing yet.

        Args:
            program: What stands behind the screens.
            deed: What is done.
            target: Where a copy goes; None for all else.
        """
        super().__init__(JobState(DOING[deed], unit=Unit.TAKES))
        self.reassurance = LEAVING[deed]
        self._program = program
        self._deed = deed
        self._target = target

    def work(self) -> JobResult:
        """Do it."""
        return LibraryTended(self._deed, self._tended())

    def _tended(self) -> Tended:
        upkeep = self._program.upkeep
        if self._target is not None:
            return upkeep.backup(self._target, self.tell)
        deeds = {Deed.PACK: upkeep.pack, Deed.VERIFY: upkeep.verify, Deed.REBUILD: upkeep.rebuild}
        return deeds[self._deed](self.tell)
