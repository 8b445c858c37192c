"""What can whoever leads a run do: commands and screens alike?

What only one of them does stands with it (`cli.run_ports`, `ui.run_ports`). Nothing here waits unless it says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pmrehearse.audio.events import SoundSource
    from pmrehearse.session.events import SessionView
    from pmrehearse.speech.events import Checkpoint


class Device(Protocol):
    """A microphone that can be chosen."""

    @property
    def name(self) -> str:
        """The name that `MicrophoneSource` takes, readable and cleaned."""

    @property
    def is_default(self) -> bool:
        """True for the one that the system would take."""


class Conducting(Protocol):
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

    def close(self) -> None:
        """End everything; a take that is being recorded is kept. Waits some seconds at most."""

    def view(self) -> SessionView:
        """The session at this moment."""


class Playing(Protocol):
    """Plays a take's sound."""

    def play(
        self, audio: Path, start_s: float, end_s: float | None = None, *, speed: float = 1.0, again: bool = False
    ) -> None:
        """Play from `start_s` (>= 0) to `end_s` (None: to the end), at a speed in [0.5, 2]; what played before stops.

        With `again` it plays again and again.

        Raises:
            RehearsalError: There is no loudspeaker, or the file cannot be read.
        """

    def close(self) -> None:
        """Be silent for good; waits a moment."""

    @property
    def position_s(self) -> float | None:
        """Where it plays, in seconds of the take's sound; None when it is silent.

        Raises:
            RehearsalError: It could not be played.
        """


class Fetching(Protocol):
    """Whisper checkpoints on this computer, and those that can be fetched."""

    def available(self) -> Sequence[Checkpoint]:
        """Those that can be loaded now."""

    def fetch(self, name: str, on_progress: Callable[[int, int], None]) -> Checkpoint:
        """Fetch one over the network; waits. `on_progress(done, total)` is told bytes; what it raises ends it."""
