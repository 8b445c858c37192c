"""What do the screens need to record and to play, beside what commands need too (`session.controls`)?

As in `pmrehearse.ui.ports`, nothing here waits unless it says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pmrehearse.session.controls import Conducting, Playing

if TYPE_CHECKING:
    from pathlib import Path


class ConductorPort(Conducting, Protocol):
    """One run, live, which can be thrown away, too."""

    def discard(self) -> None:
        """End the take and delete it."""


class PlayerPort(Playing, Protocol):
    """Plays a take's sound until it is told to stop."""

    def stop(self) -> None:
        """Be silent."""


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
