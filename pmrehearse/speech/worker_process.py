"""How is the speech worker's process started, spoken to and ended?"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from typing import TYPE_CHECKING

from pmrehearse import durable, places
from pmrehearse.speech.messages import Close
from pmrehearse.speech.worker import run

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from pmrehearse.speech.messages import Report, Request
    from pmrehearse.speech.worker import EngineOpener

LOG_NAME = "speech.log"
"""The worker's log, in `places.state_dir()`."""


class WorkerProcess:
    """A living or dead child process and our end of its pipe."""

    def __init__(self, engine_opener: EngineOpener) -> None:
        """Start it; returns at once, the child gets ready meanwhile.

        Raises:
            OSError: No process can be started.
        """
        context = multiprocessing.get_context("spawn")
        self.pipe: Connection[Request, Report]
        self.pipe, theirs = context.Pipe()
        with contextlib.suppress(OSError):
            durable.make_private_dir(places.state_dir())
        log = places.state_dir() / LOG_NAME
        self._process = context.Process(target=run, args=(theirs, log, engine_opener), name="speech", daemon=True)
        self._process.start()
        # Ours alone from here on, so that the pipe ends with the child.
        theirs.close()

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid or 0

    def send(self, request: Request) -> None:
        """Ask for something; a dead child is noticed at the pipe's other direction, not here."""
        with contextlib.suppress(OSError):
            self.pipe.send(request)

    def end(self, grace_s: float = 0.0) -> str:
        """See that the child is gone.

        Args:
            grace_s: How long it may take to go by itself; 0 kills it at once.

        Returns:
            How it ended, as the end of a sentence.
        """
        if grace_s > 0.0:
            self.send(Close())
            self._process.join(grace_s)
        alive = self._process.is_alive()
        if alive:
            self._process.kill()
        self._process.join()
        reason = _how_it_ended(self._process.exitcode)
        self.pipe.close()
        self._process.close()
        return reason


def _how_it_ended(code: int | None) -> str:
    if code is None or code >= 0:
        return f"it ended with code {code}"
    try:
        return f"it was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"it was ended by signal {-code}"
