"""How does sound get to the disk without anybody waiting for the disk?

One thread owns the file; everybody else hands sound over and looks at how far it has come.
"""

from __future__ import annotations

import math
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pmrehearse.audio.diskroom import room_s
from pmrehearse.audio.patient import PatientWriter, Piece
from pmrehearse.audio.wavfile import WavWriter

ROOM_EVERY_S = 1.0
"""How often the free room is asked for; OBS does it as often."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a take's file has come.

    Attributes:
        path: The file; another one when its disk failed to the end.
        n_samples: Samples in the file; while the disk fails, those in memory too.
        at_s: Monotonic time at which the last of them was heard.
        error: Why the disk does not take the sound just now, or None.
        ended: The file is closed and safe.
        room_s: How many more seconds of sound the disk has room for; asked each second.
    """

    path: Path
    n_samples: int
    at_s: float
    error: OSError | None = None
    ended: bool = False
    room_s: float = math.inf


class _Finish:
    """No more comes."""


class TakeFile:
    """A take's WAV and the thread that writes it; no method waits."""

    def __init__(
        self,
        writer: WavWriter,
        spare_dirs: Sequence[Path] = (),
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin.

        Args:
            writer: The open file; the thread owns it from now on.
            spare_dirs: Folders for the take when its own disk fails to the end, in order of preference.
            now: Monotonic clock in seconds.
        """
        self._now = now
        self._inbox: queue.SimpleQueue[Piece | _Finish] = queue.SimpleQueue()
        self._core = PatientWriter(writer, now(), spare_dirs)
        self._room_s = math.inf
        self._room_due_s = now()
        self._progress = self._look()
        self._n_put = writer.n_samples
        self._waiting: deque[tuple[int, float]] = deque()
        self._thread = threading.Thread(target=self._run, name="take-file", daemon=True)
        self._thread.start()

    @property
    def progress(self) -> Progress:
        """How far the file has come."""
        return self._progress

    @property
    def n_behind(self) -> int:
        """Samples that were handed over and are not in the file yet."""
        return self._n_put - self._core.n_written

    def behind_s(self, now_s: float) -> float:
        """For how long the oldest sound that is not in the file has waited: long when the disk is slow or fails."""
        while self._waiting and self._waiting[0][0] <= self._core.n_written:
            self._waiting.popleft()
        return now_s - self._waiting[0][1] if self._waiting else 0.0

    @property
    def alive(self) -> bool:
        """Whether the thread runs; dead before `progress.ended` it had a bug."""
        return self._thread.is_alive()

    def put(self, sound: bytes, end_s: float) -> None:
        """Hand sound over.

        Args:
            sound: int16 little-endian, mono, 16 kHz.
            end_s: Monotonic time of its end.
        """
        self._n_put += len(sound) // 2
        self._waiting.append((self._n_put, self._now()))
        self._inbox.put(Piece(sound, end_s))

    def finish(self) -> None:
        """No more comes; `progress.ended` tells when all of it is safe."""
        self._inbox.put(_Finish())

    def join(self, timeout_s: float) -> None:
        """Wait until the file is closed, after `finish`."""
        self._thread.join(timeout_s)

    def _run(self) -> None:
        while not self._core.ended:
            self._take_in()
            self._core.advance(self._now())
            self._progress = self._look()

    def _take_in(self) -> None:
        """Wait until there is something to do, then take all there is."""
        timeout_s = max(0.001, self._core.due_s() - self._now())
        try:
            self._accept(self._inbox.get(timeout=timeout_s))
            while True:
                self._accept(self._inbox.get_nowait())
        except queue.Empty:
            return

    def _accept(self, item: Piece | _Finish) -> None:
        if isinstance(item, Piece):
            self._core.accept(item)
        else:
            self._core.finish(self._now())

    def _look(self) -> Progress:
        core = self._core
        now_s = self._now()
        if now_s >= self._room_due_s:
            self._room_due_s = now_s + ROOM_EVERY_S
            self._room_s = room_s(core.path.parent)
        if core.error is None:
            return Progress(core.path, core.n_written, core.written_s, None, core.ended, self._room_s)
        return Progress(core.path, core.n_given, core.given_s, core.error, core.ended, self._room_s)
