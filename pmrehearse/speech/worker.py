"""What does the speech worker do? The child process that alone loads Whisper.

It can be stopped, can die and can be started again without the recording noticing: everything it needs to know comes
through its pipe, everything it finds goes back through it at once. When the pipe closes, the program is gone, and so
is the worker. Nothing heavy is imported with this module: the program imports it to name the function that the child
runs.
"""

from __future__ import annotations

import faulthandler
import os
import queue
import signal
import threading
import time
import traceback
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

from pmrehearse.errors import RehearsalError, SpeechWorkerError
from pmrehearse.speech.engine import DecodeCancelled, Engine, open_engine
from pmrehearse.speech.events import WorkerFailed, WorkerReady
from pmrehearse.speech.messages import Beat, Began, Close, Finish, Follow, Leave, Load, Report, Request, Told

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from pathlib import Path

    from pmrehearse.speech.events import Checkpoint, SpeechEvent, SpeechOptions
    from pmrehearse.speech.follower import Follower

    EngineOpener = Callable[[SpeechOptions, Checkpoint], Engine]

BEAT_S = 1.0
"""A sign of life is given about this often."""
_LOOK_EVERY_S = 0.1
"""How often a file that did not grow is looked at again; sound comes in blocks of about this length."""
_LOG_BYTES = 1 << 20
"""A log that is longer begins anew."""


def run(pipe: Connection, log: Path, engine_opener: EngineOpener = open_engine) -> NoReturn:
    """The child's whole life.

    Args:
        pipe: To the program: requests come, reports go.
        log: Where descriptors 1 and 2 go (Whisper, torch and crashes write there; no transcript text ever does).
        engine_opener: Loads a checkpoint; a function of a module, because it travels to the child by its name.
    """
    _be_a_quiet_child(log)
    worker = Worker(pipe, engine_opener)
    threading.Thread(target=worker.listen, name="requests", daemon=True).start()
    code = 0
    try:
        worker.work()
    except BrokenPipeError:
        pass
    except BaseException:  # noqa: BLE001 - the last place of the process: the program starts a new one
        traceback.print_exc()
        code = 1
    # Without the interpreter's own end: with a thread inside BLAS it hung in 19 of 25 measured runs.
    os._exit(code)


def _be_a_quiet_child(log: Path) -> None:
    """Leave Ctrl-C to the program, write to the log only, leave no core with speech in it, die first without memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Threads of a library that wait by spinning take the processor from the recorder; read when torch is imported.
    os.environ["OMP_WAIT_POLICY"] = "PASSIVE"
    _write_to(log)
    faulthandler.enable()
    if os.name == "posix":
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if os.path.exists("/proc/self/oom_score_adj"):  # noqa: PTH110 - no need of a Path here
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:  # noqa: PTH123 - the same
            file.write("600")


def _write_to(log: Path) -> None:
    """Point descriptors 1 and 2 at the log, or at nothing when it cannot be written."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    try:
        if log.exists() and log.stat().st_size > _LOG_BYTES:
            log.unlink()
        descriptor = os.open(log, flags, 0o600)
    except OSError:
        descriptor = os.open(os.devnull, os.O_WRONLY)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.close(descriptor)


class Worker:
    """Takes requests, works on one file at a time, reports."""

    def __init__(self, pipe: Connection, engine_opener: EngineOpener) -> None:
        self._pipe = pipe
        self._open_engine = engine_opener
        self._requests: queue.SimpleQueue[Request] = queue.SimpleQueue()
        self._newest_job = 0
        self._job = 0
        self._finish: Finish | None = None
        self._engine: Engine | None = None
        self._checkpoint = ""
        self._follower: Follower | None = None
        self._beat_s = 0.0

    def listen(self) -> None:
        """Take requests from the pipe, on a thread of its own; the process ends with the pipe."""
        while True:
            try:
                request = self._pipe.recv()
            except (EOFError, OSError):
                os._exit(0)
            if isinstance(request, Close):
                os._exit(0)
            if isinstance(request, Follow | Leave):
                self._newest_job = request.job
            if isinstance(request, Finish):
                self._finish = request
            self._requests.put(request)

    def work(self) -> NoReturn:
        """Requests first, then a piece of the file."""
        busy = False
        while True:
            self._beat()
            try:
                self._obey(self._requests.get(timeout=0 if busy else _LOOK_EVERY_S))
                busy = True
            except queue.Empty:
                busy = self._go_on()

    def _obey(self, request: Request) -> None:
        match request:
            case Load(options, checkpoint):
                self._load(options, checkpoint)
            case Follow(job, audio, from_s):
                self._follow(job, audio, from_s)
            case Finish(job, n_samples) if self._follower is not None and job == self._job:
                self._follower.finish(n_samples)
            case Leave():
                self._follower = None

    def _load(self, options: SpeechOptions, checkpoint: Checkpoint) -> None:
        began_s = time.perf_counter()
        try:
            self._engine = self._open(options, checkpoint)
            cost = self._engine.warm()
        except SpeechWorkerError as error:
            if options.device != "cpu":
                raise  # what a GPU leaves behind is not to be trusted: a new process goes on on the processor
            self._tell(0, WorkerFailed(error.message, error.hint, error.exit_code))
            return
        except RehearsalError as error:
            self._tell(0, WorkerFailed(error.message, error.hint, error.exit_code))
            return
        self._checkpoint = checkpoint.name
        self._tell(0, WorkerReady(self._engine.options, time.perf_counter() - began_s, cost))

    def _open(self, options: SpeechOptions, checkpoint: Checkpoint) -> Engine:
        """Open the engine that is wanted; on the processor the one that always is there, where that one is gone."""
        try:
            return self._open_engine(options, checkpoint)
        except SpeechWorkerError:
            if options.device != "cpu" or options.engine == "whisper":
                raise
            return self._open_engine(replace(options, engine="whisper"), checkpoint)

    def _follow(self, job: int, audio: Path, from_s: float) -> None:
        from pmrehearse.speech.follower import Ears, Follower  # noqa: PLC0415 - imports numpy and the voice network

        if self._engine is None:
            return  # the checkpoint could not be loaded, which has been told
        self._job = job
        ears = Ears(
            self._engine,
            self._checkpoint,
            tell=lambda event: self._tell(job, event),
            began=lambda window: self._send(Began(job, window)),
            tick=self._tick,
        )
        self._follower = Follower(audio, from_s, ears)

    def _go_on(self) -> bool:
        """A piece of work on the file; whether there is more at once."""
        if self._follower is None:
            return False
        try:
            worked = self._follower.step()
            if self._follower.finished():
                self._follower = None
        except DecodeCancelled:
            self._follower = None
        except RehearsalError as error:
            self._tell(self._job, WorkerFailed(error.message, error.hint, error.exit_code))
            self._follower = None
        else:
            return worked
        return True

    def _tick(self) -> None:
        if self._newest_job != self._job:
            raise DecodeCancelled
        if self._finish is not None and self._finish.job == self._job and self._follower is not None:
            self._follower.finish(self._finish.n_samples)  # known in the middle of a decode, which may be left for it
            self._finish = None
        self._beat()

    def _beat(self) -> None:
        now_s = time.monotonic()
        if now_s - self._beat_s >= BEAT_S:
            self._beat_s = now_s
            self._send(Beat())

    def _tell(self, job: int, event: SpeechEvent) -> None:
        self._send(Told(job, event))

    def _send(self, report: Report) -> None:
        self._pipe.send(report)
