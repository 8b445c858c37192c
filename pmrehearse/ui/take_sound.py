"""How is one take's sound played? The player is started when it is first wanted, and goes with the screen."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmrehearse.ui.playback import Stretch
    from pmrehearse.ui.ports import PlayerPort, ProgramPort

TYPED = "This take was typed: there is no sound."
NOWHERE = "It has no place in the sound."


class TakeSound:
    """The sound of one take."""

    def __init__(self, program: ProgramPort, take_id: str) -> None:
        """Start nothing yet.

        Args:
            program: Has the players.
            take_id: The take.
        """
        self._program = program
        self._take_id = take_id
        self._player: PlayerPort | None = None

    def play(self, stretch: Stretch | None) -> str:
        """Play a stretch (None: what is wanted has no place in the sound); why nothing plays, or "".

        Raises:
            RehearsalError: It cannot be played.
        """
        audio = self._program.library.audio_path(self._take_id)
        if audio is None:
            return TYPED
        if stretch is None:
            return NOWHERE
        self._player = self._player or self._program.player()
        self._player.play(audio, stretch.start_s, stretch.end_s)
        return ""

    def stop(self) -> None:
        """Be silent."""
        if self._player is not None:
            self._player.stop()

    def at_s(self) -> float | None:
        """Where it plays, in seconds; None when it is silent.

        Raises:
            RehearsalError: It could not be played.
        """
        return self._player.position_s if self._player is not None else None

    def close(self) -> None:
        """Be silent for good; the player's end is not waited for."""
        if self._player is not None:
            threading.Thread(target=self._player.close, name="silence", daemon=True).start()
