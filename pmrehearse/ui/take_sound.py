"""How is one take listened to: played, paused, skipped in, faster and slower, again and again, gone on with?

The player is started when it is first wanted, and goes with the screen.
"""

from __future__ import annotations

import contextlib
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from pmrehearse.errors import RehearsalError
from pmrehearse.ui.playback import Stretch

if TYPE_CHECKING:
    from pmrehearse.ui.ports import ProgramPort
    from pmrehearse.ui.run_ports import PlayerPort

TYPED = "This take was typed: there is no sound."
LOST = "The sound of this take is gone: its file is no longer there."
NOWHERE = "It has no place in the sound."
SPEEDS = (0.5, 0.6, 0.75, 0.9, 1.0, 1.25, 1.5, 1.75, 2.0)
"""The speeds that keys go through."""
USUAL = 1.0
SPEED = "speed"
"""Under which name the speed is remembered."""


class TakeSound:
    """The sound of one take.

    Attributes:
        speed: How fast it plays, one of SPEEDS.
        again: True when a stretch plays again and again.
        rests_at_s: Where it goes on after a pause, or where it was left off another day; None for the beginning.
        was_recorded: True when there was sound once.
    """

    def __init__(self, program: ProgramPort, take_id: str) -> None:
        """Start nothing yet.

        Args:
            program: Has the players, and remembers.
            take_id: The take.
        """
        self._program = program
        self._take_id = take_id
        self._player: PlayerPort | None = None
        self._stretch: Stretch | None = None
        self.again = self.was_recorded = False
        self.speed = _speed(program.remembered.get(SPEED))
        self.rests_at_s = program.remembered.place(take_id)

    def play(self, stretch: Stretch | None) -> str:
        """Play a stretch (None: what is wanted has no place in the sound); why nothing plays, or "".

        Raises:
            RehearsalError: It cannot be played.
        """
        audio = self._program.library.audio_path(self._take_id)
        if audio is None:
            return LOST if self.was_recorded else TYPED
        if stretch is None:
            return NOWHERE
        self._player = self._player or self._program.player()
        again = self.again and stretch.end_s is not None
        self._player.play(audio, stretch.start_s, stretch.end_s, speed=self.speed, again=again)
        self._stretch, self.rests_at_s = stretch, None
        return ""

    def toggle(self) -> str:
        """Pause, or go on where it paused or was left off; why nothing plays, or "".

        Raises:
            RehearsalError: It cannot be played.
        """
        if self.at_s() is not None:
            self.stop()
            return ""
        return self._play_from(self.rests_at_s or 0.0)

    def stop(self) -> None:
        """Be silent; it goes on from here.

        Raises:
            RehearsalError: It could not be played.
        """
        at_s = self._player.position_s if self._player is not None else None
        if self._player is not None and at_s is not None:
            self._player.stop()
            self.rests_at_s = at_s
            self._program.remembered.set_place(self._take_id, at_s)

    def skip(self, seconds: float, length_s: float) -> str:
        """Go on or back a little, also while it rests; why nothing plays, or "".

        Raises:
            RehearsalError: It cannot be played.
        """
        at_s = self.at_s()
        wanted_s = min(max(0.0, (at_s if at_s is not None else self.rests_at_s or 0.0) + seconds), length_s)
        if at_s is not None:
            return self._play_from(wanted_s)
        self.rests_at_s = wanted_s
        return ""

    def change_speed(self, steps: int) -> None:
        """Faster or slower by so many steps; what plays goes on at the new speed.

        Raises:
            RehearsalError: It cannot be played.
        """
        at_s = self.at_s()
        place = SPEEDS.index(self.speed) + steps
        self.speed = SPEEDS[min(max(0, place), len(SPEEDS) - 1)]
        self._program.remembered.set(SPEED, str(self.speed))
        if at_s is not None:
            self._play_from(at_s)

    def loop(self, passage: Stretch | None) -> str:
        """Play a passage again and again, or no more; why nothing plays, or "".

        Raises:
            RehearsalError: It cannot be played.
        """
        self.again = not self.again
        if self.again:
            return self.play(passage)
        at_s = self.at_s()
        return "" if at_s is None else self._play_from(at_s)

    def at_s(self) -> float | None:
        """Where it plays, in seconds; None when it is silent.

        Raises:
            RehearsalError: It could not be played.
        """
        at_s = self._player.position_s if self._player is not None else None
        if at_s is None and self._stretch is not None and self.rests_at_s is None:
            self._ended(self._stretch)
        return at_s

    def close(self) -> None:
        """Be silent for good; the player's end is not waited for."""
        if self._player is not None:
            with contextlib.suppress(RehearsalError):  # it failed: it is silent
                self.stop()
            threading.Thread(target=self._player.close, name="silence", daemon=True).start()

    def _ended(self, stretch: Stretch) -> None:
        self._stretch = None
        if stretch.end_s is None:
            self._program.remembered.set_place(self._take_id, None)

    def _play_from(self, at_s: float) -> str:
        """Go on at a moment, to the end of the stretch that plays when the moment lies in it."""
        end_s = self._stretch.end_s if self._stretch is not None else None
        inside = self._stretch is not None and end_s is not None and self._stretch.start_s <= at_s < end_s
        if inside and self._stretch is not None and self.again:
            return self.play(self._stretch)
        return self.play(replace(self._stretch, start_s=at_s) if inside and self._stretch else Stretch(at_s))


def _speed(text: str | None) -> float:
    known = {str(speed): speed for speed in SPEEDS}
    return known.get(text or "", USUAL)
