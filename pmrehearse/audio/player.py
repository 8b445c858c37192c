"""How does the program play a stretch of a take, and stop at once?"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

from pmrehearse.audio.child import ChildProcess
from pmrehearse.audio.playback import Play, PlaybackEnded, PlaybackEvent, PlaybackFailed, Silence

_MODULE = "pmrehearse.audio.player_process"
CLOSE_S = 1.0
"""How long a player may take to go before it is ended: it holds nothing that could be lost."""


class Player:
    """Plays stretches of sound files through the default loudspeaker, in a process of its own. No method waits.

    Events come on a thread of this object's own; for each `play` exactly one `PlaybackEnded` or `PlaybackFailed`.
    """

    def __init__(self, listener: Callable[[PlaybackEvent], None]) -> None:
        """Nothing is started yet.

        Args:
            listener: Takes events; must come back soon.
        """
        self._listener = listener
        self._child: ChildProcess | None = None
        self._numbers = count(1)
        self._open: set[int] = set()

    def play(
        self, path: Path, start_s: float = 0.0, end_s: float | None = None, *, speed: float = 1.0, again: bool = False
    ) -> int:
        """Play a stretch; what plays already stops.

        Args:
            path: A take's WAV or FLAC, also a growing one, or another sound file.
            start_s: Where to begin, >= 0.
            end_s: Where to end; None for the end of the file.
            speed: How fast, in [0.5, 2]; the pitch stays.
            again: Play it again and again, until something else is asked for.

        Returns:
            The number that the events about it carry.
        """
        child = self._child
        if child is None or not child.alive:
            child = self._start()
        request = next(self._numbers)
        self._open.add(request)
        child.send(Play(path, max(0.0, start_s), end_s, request, speed, again))
        return request

    def stop(self) -> None:
        """Be silent, within about 50 ms."""
        if self._child is not None:
            self._child.send(Silence())

    def close(self) -> None:
        """Be silent and end the process."""
        child, self._child = self._child, None
        if child is not None:
            child.let_go()
            if not child.join(CLOSE_S):
                child.kill()
                child.join(CLOSE_S)

    def _start(self) -> ChildProcess:
        child = ChildProcess(_MODULE, (), self._hear, lambda _status: self._gone(child))
        self._child = child
        child.listen()
        return child

    def _hear(self, value: object) -> None:
        if isinstance(value, PlaybackEnded | PlaybackFailed):
            self._open.discard(value.request)
        self._listener(value)  # type: ignore[arg-type]

    def _gone(self, child: ChildProcess) -> None:
        if self._child is not child:
            return
        for request in sorted(self._open):
            self._open.discard(request)
            self._listener(PlaybackFailed(request, "The player ended unexpectedly.", "Play it again."))
