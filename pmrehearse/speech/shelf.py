"""Through which one door do commands and screens reach the checkpoints?

What fetching and importing need is imported only when one is fetched or imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.speech import checkpoints

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pmrehearse.speech.events import Checkpoint


class Checkpoints:
    """Whisper checkpoints on this computer, and those that can be fetched; implements the ports of `cli` and `ui`."""

    def available(self) -> tuple[Checkpoint, ...]:
        """Those that can be loaded now."""
        return checkpoints.available()

    def find(self, name: str) -> Checkpoint:
        """One that can be loaded.

        Raises:
            CheckpointError: There is none of this name; the hint says how to get it.
        """
        return checkpoints.find(name)

    def fetch(self, name: str, on_progress: Callable[[int, int], None]) -> Checkpoint:
        """Fetch one over the network; `on_progress(done, total)` is told bytes, and what it raises ends it.

        Raises:
            CheckpointError: It cannot be fetched; what came is kept and resumed.
        """
        from pmrehearse.speech import fetching  # noqa: PLC0415  urllib and ssl, which nothing else needs

        return fetching.fetch(name, on_progress)

    def import_file(self, path: Path, name: str = "") -> Checkpoint:
        """Take a checkpoint file from this computer, after looking into it.

        Raises:
            CheckpointError: It is no Whisper checkpoint, or a dangerous one.
        """
        from pmrehearse.speech import importing  # noqa: PLC0415  only this command needs it

        return importing.import_file(path, name)

    def remove(self, name: str) -> Checkpoint:
        """Delete one from this computer.

        Raises:
            CheckpointError: There is none of this name, or it belongs to the program.
        """
        return checkpoints.remove(name)
