"""How is a child process of the sound started, spoken to, and known to be gone?"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, cast

import pmrehearse
from pmrehearse import places
from pmrehearse.audio.wire import Inlet, Outlet, PipeClosedError
from pmrehearse.durable import FILE_MODE, make_private_dir

LOG_LIMIT_BYTES = 1_000_000
"""A log that has grown beyond this is begun anew."""


class ChildProcess:
    """A module of ours that runs as a process of its own, in a session of its own.

    Ctrl-C, a closed terminal and ctrl-Z do not reach it; the end of its standard input does.
    """

    def __init__(
        self,
        module: str,
        arguments: Sequence[str],
        hear: Callable[[object], None],
        gone: Callable[[int], None],
    ) -> None:
        """Start it; `listen` begins to hear it.

        Args:
            module: The module to run, `python -m`.
            arguments: Its command line.
            hear: Takes each value it sends, on a thread of this object's own.
            gone: Takes its exit status on the same thread, after the last value; negative for a signal.
        """
        self._hear = hear
        self._gone = gone
        log = _open_log(module.rpartition(".")[2])
        try:
            self._process = subprocess.Popen(  # noqa: S603 - this interpreter, a module of ours
                [sys.executable, "-m", module, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=child_environment(),
                start_new_session=True,
            )
        finally:
            os.close(log)
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise AssertionError("pipes were asked for")
        self._outlet = Outlet(cast("BinaryIO", stdin))
        self._thread = threading.Thread(target=self._read, args=(cast("BinaryIO", stdout),), name=module, daemon=True)

    def listen(self) -> None:
        """Hear it from now on."""
        self._thread.start()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def send(self, value: object) -> None:
        """Hand it a value; nothing happens when it is gone, which `gone` tells."""
        try:
            self._outlet.send(value)
        except PipeClosedError:
            return

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def join(self, timeout_s: float) -> bool:
        """Wait until it is gone and all it said was heard; whether that came to be."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def let_go(self) -> None:
        """Close the pipe to it: it ends by itself."""
        self._outlet.close()

    def _read(self, pipe: BinaryIO) -> None:
        inlet = Inlet(pipe)
        while True:
            try:
                value = inlet.receive()
            except PipeClosedError:
                break
            self._hear(value)
        pipe.close()
        status = self._process.wait()
        self._outlet.close()
        self._gone(status)


def log_path(name: str) -> Path:
    """Where a child process of that name writes what went wrong."""
    return places.state_dir() / f"{name}.log"


def _open_log(name: str) -> int:
    path = log_path(name)
    try:
        make_private_dir(path.parent)
        begin_anew = os.O_TRUNC if path.exists() and path.stat().st_size > LOG_LIMIT_BYTES else os.O_APPEND
        return os.open(path, os.O_WRONLY | os.O_CREAT | begin_anew | getattr(os, "O_NOFOLLOW", 0), FILE_MODE)
    except OSError:
        return os.open(os.devnull, os.O_WRONLY)


def child_environment() -> dict[str, str]:
    """Ours, with the package findable from anywhere and no more than one thread for numpy."""
    root = str(Path(pmrehearse.__file__).resolve().parents[1])
    path = os.pathsep.join(part for part in (os.environ.get("PYTHONPATH", ""), root) if part)
    return {**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
