"""How do two processes of ours hand values to each other over a pipe?

Pickles, one after the other: what `multiprocessing` does, without its resource tracker, which cannot start under a
screen that has replaced standard error, and without importing the main module again in the child.
"""

from __future__ import annotations

import pickle
import threading
from typing import BinaryIO


class PipeClosedError(Exception):
    """The other side is gone."""


class Outlet:
    """The writing end; may be used from any thread."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()

    def send(self, value: object) -> None:
        """Hand a value over; waits only when the pipe is full (64 kB).

        Raises:
            PipeClosedError: The other side is gone.
        """
        frame = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        try:
            with self._lock:
                self._pipe.write(frame)
                self._pipe.flush()
        except (OSError, ValueError) as error:
            raise PipeClosedError from error

    def close(self) -> None:
        """Close the pipe; the other side sees its end."""
        try:
            self._pipe.close()
        except OSError:
            return


class Inlet:
    """The reading end; for one thread."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe = pipe

    def receive(self) -> object:
        """The next value; waits for it.

        Raises:
            PipeClosedError: The other side is gone.
        """
        try:
            return pickle.load(self._pipe)  # noqa: S301 - from a process that this one started, by a pipe of its own
        except (EOFError, OSError, ValueError, pickle.UnpicklingError) as error:
            raise PipeClosedError from error
