"""How does the program work with the speech worker without ever waiting for it?

A thread of its own talks with the child process; every method only leaves an order for it.
"""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import queue
import threading
import time
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from pmrehearse.speech import checkpoints
from pmrehearse.speech.engine import open_engine
from pmrehearse.speech.keeper import Keeper
from pmrehearse.speech.supervision import Patience

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pmrehearse.speech.events import Checkpoint, SpeechEvent, SpeechOptions
    from pmrehearse.speech.worker import EngineOpener
    from pmrehearse.speech.worker_process import WorkerProcess

_GIVEN_UP_S = 3.0
"""How long `close` waits beyond the worker's grace before it leaves the rest to the end of the process."""


class WorkerTranscriber:
    """The speech worker at work: `session.ports.Transcriber`.

    Events come on a thread of this object's own, in order; none of a file comes after `cancel` or `close` or another
    `follow` has returned, but one that is being told at that moment. Exceptions of the listener end the transcriber.
    """

    def __init__(
        self,
        listener: Callable[[SpeechEvent], None],
        find_checkpoint: Callable[[str], Checkpoint] = checkpoints.find,
        engine_opener: EngineOpener = open_engine,
        patience: Patience | None = None,
        find_lighter: Callable[[SpeechOptions], SpeechOptions | None] = checkpoints.lighter,
    ) -> None:
        """Start nothing yet.

        Args:
            listener: Told each `SpeechEvent`; must not block for long.
            find_checkpoint: Gives the file for a name; raises CheckpointError.
            engine_opener: Loads a checkpoint in the worker; a function of a module.
            patience: How long a silent worker is waited for.
            find_lighter: Gives a lighter checkpoint on this computer, for a machine that falls behind; or None.
        """
        self._listener = listener
        self._patience = patience or Patience()
        self._keeper = Keeper(self._tell, find_checkpoint, engine_opener, self._patience, find_lighter)
        self._orders: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._ear, self._bell = multiprocessing.get_context("spawn").Pipe(duplex=False)
        self._thread = threading.Thread(target=self._run, name="transcriber", daemon=True)
        self._number = 0
        self._closed = False

    @property
    def worker_pid(self) -> int | None:
        """The worker's process id; None while there is none."""
        process = self._keeper.process
        return None if process is None else process.pid

    def start(self, options: SpeechOptions) -> None:
        """Load the checkpoint in the worker and warm it; `WorkerReady` or `WorkerFailed` follows."""
        self._order(lambda: self._keeper.start(options))

    def follow(self, audio: Path, from_s: float = 0.0) -> None:
        """Recognise `audio` as it grows, from `from_s` on (where the last known segment ended)."""
        self._number = number = self._number + 1
        self._order(lambda: self._keeper.follow(number, audio, from_s))

    def finish(self, n_samples: int) -> None:
        """The file has this final length; `TranscriptFinished` follows when it is recognised to its end."""
        self._order(lambda: self._keeper.finish(n_samples))

    def cancel(self) -> None:
        """Leave the file; the checkpoint stays loaded."""
        self._number = number = self._number + 1
        self._order(lambda: self._keeper.leave(number))

    def close(self) -> None:
        """End the worker; returns when it is gone (it is killed when it does not go)."""
        if self._closed:
            return
        self._closed = True
        atexit.unregister(self.close)
        if self._thread.is_alive():
            self._ring()
            if self._thread is not threading.current_thread():
                self._thread.join(self._patience.close_s + _GIVEN_UP_S)

    def _order(self, order: Callable[[], None]) -> None:
        """Leave an order for the thread, which begins with the first one."""
        if self._closed:
            return
        self._orders.put(order)
        if not self._thread.is_alive():
            atexit.register(self.close)
            self._thread.start()
        self._ring()

    def _ring(self) -> None:
        with contextlib.suppress(OSError):
            self._bell.send_bytes(b"!")

    def _tell(self, number: int, event: SpeechEvent) -> None:
        """Tell what concerns the worker itself (0) or the file that is wanted now."""
        if not self._closed and number in {0, self._number}:
            self._listener(event)

    def _run(self) -> None:
        """The thread: orders and reports, until closed."""
        try:
            heard_s = time.monotonic()
            while not self._closed:
                heard_s = self._turn(heard_s)
        finally:
            self._keeper.end(self._patience.close_s)
            self._ear.close()
            self._bell.close()

    def _turn(self, heard_s: float) -> float:
        """Wait for an order, a report, the worker's death or its silence, and act; returns when it was last heard."""
        process = self._keeper.process
        if process is None:
            self._ear.poll(None)
            self._obey()
            return time.monotonic()
        ready = wait([self._ear, process.pipe], max(0.0, heard_s + self._keeper.silence_allowed_s - time.monotonic()))
        if self._ear in ready:
            self._obey()
        if self._keeper.process is process and process.pipe in ready:
            self._listen(process)
        elif not ready:
            self._keeper.restart(f"it gave no sign of life for {self._keeper.silence_allowed_s:.0f} s")
        elif self._keeper.process is process:
            return heard_s
        return time.monotonic()

    def _obey(self) -> None:
        """One order for each ring of the bell; `close` rings without one."""
        self._ear.recv_bytes()
        with contextlib.suppress(queue.Empty):
            self._orders.get_nowait()()

    def _listen(self, process: WorkerProcess) -> None:
        try:
            report = process.pipe.recv()
        except (EOFError, OSError):
            self._keeper.restart()
        else:
            self._keeper.take(report)
