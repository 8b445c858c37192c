"""What is being played just now?"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from pmrehearse.audio.playback import PlaybackEnded, PlaybackFailed, PlaybackMoved
from pmrehearse.errors import AudioFileError, AudioSystemError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pmrehearse.audio.playback import PlaybackEvent
    from pmrehearse.audio.player import Player


class Playing:
    """A player that can be asked where it is. Any thread may call it; no method waits."""

    def __init__(self, player: Callable[[Callable[[PlaybackEvent], None]], Player]) -> None:
        """Make the player; nothing plays yet.

        Args:
            player: Makes a player that tells this listener.
        """
        self._guard = threading.Lock()
        self._request = 0
        self._position_s: float | None = None
        self._failure: PlaybackFailed | None = None
        self._player = player(self._hear)

    def play(
        self, audio: Path, start_s: float, end_s: float | None = None, *, speed: float = 1.0, again: bool = False
    ) -> None:
        """Play from `start_s` (>= 0) to `end_s` (None: to the end); what played before stops.

        Args:
            audio: The take's sound.
            start_s: Where to begin.
            end_s: Where to end.
            speed: How fast, in [0.5, 2]; the pitch stays.
            again: Play it again and again.
        """
        with self._guard:
            self._request = self._player.play(audio, start_s, end_s, speed=speed, again=again)
            self._position_s = start_s
            self._failure = None

    def stop(self) -> None:
        """Be silent."""
        self._player.stop()
        with self._guard:
            self._position_s = None

    def close(self) -> None:
        """Be silent, and end the player."""
        self._player.close()

    @property
    def position_s(self) -> float | None:
        """Where it plays, in seconds of the take's sound; None when it is silent.

        Raises:
            AudioSystemError: It could not be played: no loudspeaker. Raised once.
            AudioFileError: The file could not be read. Raised once.
        """
        with self._guard:
            failure, self._failure = self._failure, None
            position_s = self._position_s
        if failure is not None:
            kind = AudioFileError if failure.exit_code == AudioFileError.exit_code else AudioSystemError
            raise kind(failure.message, failure.hint)
        return position_s

    def _hear(self, event: PlaybackEvent) -> None:
        with self._guard:
            if event.request != self._request:
                return
            match event:
                case PlaybackMoved(position_s=position_s):
                    self._position_s = position_s
                case PlaybackEnded():
                    self._position_s = None
                case PlaybackFailed():
                    self._position_s = None
                    self._failure = event
