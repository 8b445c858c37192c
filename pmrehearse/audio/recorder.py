"""How does the program ask its recorder process to record, and hear from it?"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pmrehearse import places
from pmrehearse.audio.child import ChildProcess
from pmrehearse.audio.commands import (
    Alive,
    ClockPoint,
    Close,
    Command,
    Farewell,
    Open,
    Pause,
    Record,
    Resume,
    Stop,
)
from pmrehearse.audio.events import (
    FileSource,
    LevelHeard,
    RecorderEvent,
    RecorderFailed,
    RecordingEnded,
    RecordingStarted,
    SoundSource,
)

_MODULE = "pmrehearse.audio.recorder_process"
CLOSE_S = 5.0
"""How long `close` waits for the process."""
TICK_S = 0.5
DEAF_TICKS = 30
"""So many half seconds without a sign of life, and the process is ended; ticks, so that a stop of both (ctrl-Z, a
closed lid) does not count."""

START_TICKS = 90
"""So many more are given to a process that starts: 0.5 s on an idle machine, several seconds on a busy one."""


class RecorderProcess:
    """A recorder in a process of its own; implements `session.ports.Recorder`.

    Events come on a thread of this object's own. When the process dies, `RecorderFailed` is told; `open` then starts
    another and `resume_into` goes on in the same file.
    """

    def __init__(
        self,
        listener: Callable[[RecorderEvent], None],
        spare_dirs: Sequence[Path] | None = None,
    ) -> None:
        """Nothing is started yet.

        Args:
            listener: Takes events; must come back soon.
            spare_dirs: Folders for a take whose own disk fails to the end; None for `rescued/` in the state folder.
        """
        self._listener = listener
        self._spare_dirs = [places.state_dir() / "rescued"] if spare_dirs is None else list(spare_dirs)
        self._child: ChildProcess | None = None
        self._source: SoundSource | None = None
        self._recording = False
        self._paused = False
        self._point: ClockPoint | None = None
        self._farewell = False
        self._n_deaf = 0
        self._telling = False

    @property
    def pid(self) -> int | None:
        """The process's id, None when none runs."""
        return self._child.pid if self._child is not None and self._child.alive else None

    def open(self, source: SoundSource) -> None:
        """Open the source and tell its level; another one that was open is closed."""
        self._source = source
        if self.pid is None:
            self._start()
        self._send(Open(source))

    def record(self, path: Path) -> None:
        """Write from the next block on into a new file at `path`."""
        self._point = None
        self._begin(Record(path))

    def resume_into(self, path: Path, since: ClockPoint | None = None) -> None:
        """Go on in a file that was cut short; the time that went by stands in it as silence (`GapMarked`).

        `RecordingStarted` follows again. A file that stands in for the microphone goes on where it was.

        Args:
            path: The file.
            since: Where the take's clock stood; None for what this object heard last, and then no gap is marked
                when it heard nothing or was paused.
        """
        known = None if self._paused else self._point
        live = not isinstance(self._source, FileSource)
        self._begin(Record(path, append=True, since=(since or known) if live else None))

    def pause(self) -> None:
        """Write nothing until `resume`; the level goes on."""
        self._paused = True
        self._send(Pause(time.monotonic()))

    def resume(self) -> None:
        """Write again."""
        self._paused = False
        self._send(Resume())

    def stop(self) -> None:
        """End the file; `RecordingEnded` follows when it is safe."""
        self._send(Stop(time.monotonic()))

    def close(self) -> None:
        """End everything, the file first.

        A process that still holds sound which no disk takes is left alone to go on trying; any other that does not
        go is ended.
        """
        child, self._child = self._child, None
        if child is None:
            return
        child.send(Close())
        if not child.join(CLOSE_S):
            child.let_go()
            if not self._recording:
                child.kill()
                child.join(1.0)

    def _start(self) -> None:
        self._farewell = False
        self._n_deaf = -START_TICKS
        arguments = [str(folder) for folder in self._spare_dirs]
        child = ChildProcess(_MODULE, arguments, self._hear, lambda status: self._gone(child, status))
        self._child = child
        child.listen()
        threading.Thread(target=self._watch, args=(child,), name="recorder-watch", daemon=True).start()

    def _begin(self, command: Record) -> None:
        self._recording = True
        self._paused = False
        self._send(command)

    def _send(self, command: Command) -> None:
        if self._child is not None:
            self._child.send(command)

    def _hear(self, value: object) -> None:
        """Take a value from the process; on the reading thread."""
        self._n_deaf = 0
        match value:
            case Alive():
                return
            case Farewell():
                self._farewell = True
                return
            case LevelHeard() if value.n_samples:
                self._point = ClockPoint(value.n_samples, value.written_s)
            case RecordingStarted():
                self._recording = True
            case RecordingEnded():
                self._recording = False
        self._telling = True
        try:
            self._listener(value)  # type: ignore[arg-type]
        finally:
            self._telling = False
            self._n_deaf = 0

    def _gone(self, child: ChildProcess, status: int) -> None:
        if self._farewell or self._child is not child:
            return
        how = f"by signal {-status}" if status < 0 else f"with status {status}"
        self._recording = False
        self._listener(
            RecorderFailed(
                f"The recorder process ended unexpectedly ({how}).",
                "What was recorded so far is safe in the file; start it again to go on.",
            )
        )

    def _watch(self, child: ChildProcess) -> None:
        """End a process that no longer answers; while our own listener is slow, it is not the process that is deaf."""
        while not child.join(TICK_S):
            self._n_deaf += not self._telling
            if self._n_deaf > DEAF_TICKS:
                child.kill()
