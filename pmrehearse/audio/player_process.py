"""What runs in the player's own process?

Started as `python -m pmrehearse.audio.player_process`: requests come in on standard input, events go out on standard
output. It is alone with PortAudio, as the recorder is, and may be killed at any time.
"""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from pmrehearse.audio import portaudio
from pmrehearse.audio.events import SAMPLE_RATE_HZ
from pmrehearse.audio.importing import SoundReader
from pmrehearse.audio.loudspeaker import Loudspeaker
from pmrehearse.audio.playback import Play, PlaybackEnded, PlaybackEvent, PlaybackFailed, PlaybackMoved, Silence
from pmrehearse.audio.stretching import stretched
from pmrehearse.audio.wire import Inlet, Outlet, PipeClosedError
from pmrehearse.errors import RehearsalError

BLOCK_SAMPLES = SAMPLE_RATE_HZ // 20
"""50 ms: how soon a stop is heard."""
TICK_S = 0.05
MOVED_EVERY_S = 0.1
"""A position is told ten times a second."""


def stretch(play: Play) -> Iterator[NDArray[np.float32]]:
    """The sound of a stretch in blocks of 50 ms, the last one shorter.

    Raises:
        AudioFileError: The file is unreadable.
    """
    start = round(play.start_s * SAMPLE_RATE_HZ)
    end = None if play.end_s is None else round(play.end_s * SAMPLE_RATE_HZ)
    with SoundReader(play.path) as reader:
        at = reader.seek(start)
        for decoded in reader.blocks(frames=SAMPLE_RATE_HZ // 4):
            block = decoded[max(0, start - at) : None if end is None else max(0, end - at)]
            at += decoded.size
            for first in range(0, block.size, BLOCK_SAMPLES):
                yield block[first : first + BLOCK_SAMPLES]
            if end is not None and at >= end:
                return


class Playback:
    """One request: plays its stretch to the end or until interrupted, and tells where it is and how it ended."""

    def __init__(
        self,
        asked: Play,
        interrupted: Callable[[], bool],
        tell: Callable[[PlaybackEvent], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Nothing is played yet.

        Args:
            asked: The stretch.
            interrupted: Whether something else was asked for.
            tell: Takes events.
            now: Monotonic clock in seconds.
        """
        self._asked = asked
        self._interrupted = interrupted
        self._tell = tell
        self._now = now
        self._told_s = -MOVED_EVERY_S
        self._position_s = asked.start_s
        self._passed_s = 0.0
        self._length_s = float("inf")
        """Seconds of the stretch, once it has been read to its end."""

    def play(self, open_output: Callable[[], Loudspeaker]) -> None:
        """Play it."""
        try:
            output = open_output()
            try:
                whole = self._feed(output) and self._drain(output)
            finally:
                output.close()
        except RehearsalError as error:
            self._tell(PlaybackFailed(self._asked.request, error.message, error.hint, error.exit_code))
        else:
            self._tell(PlaybackEnded(self._asked.request, self._position_s, stopped=not whole))

    def _feed(self, output: Loudspeaker) -> bool:
        """Offer every block; False when interrupted."""
        for block in stretched(self._rounds(), self._asked.speed):
            prepared = output.prepared(block)
            while not self._interrupted() and not output.offer(prepared, TICK_S):
                self._look(output)
            if self._interrupted():
                return False
            self._look(output)
        return True

    def _drain(self, output: Loudspeaker) -> bool:
        """Wait until all is heard; False when interrupted."""
        while not output.done:
            if self._interrupted():
                return False
            self._look(output)
            time.sleep(TICK_S)
        self._look(output)
        return True

    def _rounds(self) -> Iterator[NDArray[np.float32]]:
        """The stretch, again and again where that is asked; one that holds nothing is read once."""
        while True:
            n_samples = 0
            for block in stretch(self._asked):
                n_samples += block.size
                yield block
            if not self._asked.again or not n_samples:
                return
            self._length_s = n_samples / SAMPLE_RATE_HZ

    def _look(self, output: Loudspeaker) -> None:
        """Where is it? Never going back in a round, though the system's word on its buffer does at the start."""
        output.check()
        self._passed_s = max(self._passed_s, output.heard_s * self._asked.speed)
        self._position_s = self._asked.start_s + self._passed_s % self._length_s
        if self._now() - self._told_s >= MOVED_EVERY_S:
            self._told_s = self._now()
            self._tell(PlaybackMoved(self._asked.request, self._position_s))


def _loudspeaker() -> Loudspeaker:
    portaudio.restart()
    return Loudspeaker(portaudio.library())


def _listen(inlet: Inlet, requests: queue.SimpleQueue[Play | Silence | None]) -> None:
    while True:
        try:
            requests.put(inlet.receive())  # type: ignore[arg-type]
        except PipeClosedError:
            requests.put(None)
            return


def main() -> None:
    """Serve until standard input ends."""
    inlet, outlet = Inlet(os.fdopen(os.dup(0), "rb")), Outlet(os.fdopen(os.dup(1), "wb"))
    os.dup2(2, 1)
    requests: queue.SimpleQueue[Play | Silence | None] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(inlet, requests), name="requests", daemon=True).start()
    while (asked := requests.get()) is not None:
        if isinstance(asked, Play):
            Playback(asked, lambda: not requests.empty(), outlet.send).play(_loudspeaker)
    os._exit(0)


if __name__ == "__main__":
    main()
