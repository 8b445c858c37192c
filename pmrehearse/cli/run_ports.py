"""What do the commands need to record, to recognise, to judge and to play?

Every method of the conductor but `close` returns at once; the others may wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pmrehearse.audio.events import SoundSource
    from pmrehearse.checking.judging import PassageJudge
    from pmrehearse.session.events import SessionView
    from pmrehearse.speech.events import Checkpoint
    from pmrehearse.speech.speed import Speed


class DevicePort(Protocol):
    """A microphone that can be chosen."""

    @property
    def name(self) -> str:
        """The name that `MicrophoneSource` takes, readable and cleaned."""

    @property
    def is_default(self) -> bool:
        """True for the one that the system would take."""


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

    def close(self) -> None:
        """End everything; a take that is being recorded is kept. Waits some seconds at most."""

    def view(self) -> SessionView:
        """The session at this moment."""


class PlayerPort(Protocol):
    """Plays a take's sound."""

    def play(
        self, audio: Path, start_s: float, end_s: float | None = None, *, speed: float = 1.0, again: bool = False
    ) -> None:
        """Play from `start_s` to `end_s` (None: to the end), at a speed in [0.5, 2]; what played before stops."""

    def close(self) -> None:
        """Be silent, and end the player."""

    @property
    def position_s(self) -> float | None:
        """Where it plays, in seconds of the take's sound; None when it is silent."""


class CheckpointsPort(Protocol):
    """Whisper checkpoints on this computer, and those that can be fetched."""

    def available(self) -> Sequence[Checkpoint]:
        """Those that can be loaded now."""

    def find(self, name: str) -> Checkpoint:
        """One that can be loaded.

        Raises:
            CheckpointError: There is none of this name.
        """

    def fetch(self, name: str, on_progress: Callable[[int, int], None]) -> Checkpoint:
        """Fetch one over the network; `on_progress(done, total)` is told bytes."""

    def import_file(self, path: Path, name: str) -> Checkpoint:
        """Take a checkpoint file from this computer."""

    def remove(self, name: str) -> Checkpoint:
        """Delete one from this computer."""


class JudgeStatePort(Protocol):
    """How it stands with the learned judge."""

    @property
    def name(self) -> str:
        """The model's name; "" when it does not judge."""

    @property
    def why_not(self) -> str:
        """Why it does not judge; "" when it does."""

    @property
    def remedy(self) -> str:
        """What to do about that, or ""."""


class JudgingPort(Protocol):
    """The learned judge, where there is one."""

    def judge(self) -> PassageJudge | None:
        """The judge, loaded when it is first asked for; None where the rules decide alone."""

    def state(self) -> JudgeStatePort:
        """How it stands with it."""

    def switch_off(self) -> None:
        """Let the rules decide alone."""


class SpeedsPort(Protocol):
    """What is remembered of this machine's speed."""

    def known(self) -> Speed | None:
        """The machine's speed; None while it was not measured."""
