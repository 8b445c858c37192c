"""Is the source open, and what is done when it falls silent, ends or hangs?

Everything that calls into the driver (open, close, start the library anew) happens on one thread of its own with a
deadline: PortAudio's stop can hang for ever when a device is unplugged (PortAudio #1037).
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future

from pmrehearse.audio.events import (
    MicrophoneSource,
    RecorderEvent,
    RecorderFailed,
    SoundSource,
    SourceOpened,
    TroubleKind,
)
from pmrehearse.audio.sources import Block, Finished, Source
from pmrehearse.audio.troubles import Troubles
from pmrehearse.errors import RehearsalError

SILENT_S = 2.0
"""No block for so long, or for four times the source's latency: the speaker is told."""
LATENCIES = 4
DEAD_S = 5.0
"""No block for so long: the stream is opened anew. Streams that stop calling and stay "active" are PortAudio #930."""
FIRST_BLOCK_S = 5.0
"""The first block comes 1.3 to 1.7 s after the start through PulseAudio; Bluetooth headsets switch for 3 s."""
RETRY_S = 2.0
"""How often a source that is gone is looked for."""
DRIVER_S = 15.0
"""A driver that takes longer to open or close hangs; the recorder then ends, and is started again with a new one."""

_GONE_HINT = "Plug it in again: the recording goes on in the same file, and the missing time is marked."
_NARROW_HINT = "A headset on Bluetooth does this; another microphone is understood better."
_SILENT_HINT = "Is it muted, unplugged or suspended? It is opened anew after a few seconds."


class HungDriverError(Exception):
    """The sound system does not come back from a call; only a new process helps."""


class DriverThread:
    """The thread on which the driver is called, one call after the other."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[tuple[Future[Source | None], Callable[[], Source | None]]] = queue.SimpleQueue()
        threading.Thread(target=self._run, name="sound-driver", daemon=True).start()

    def call(self, job: Callable[[], Source | None]) -> Future[Source | None]:
        """Do `job` there; the future tells when it came back, if ever."""
        future: Future[Source | None] = Future()
        self._jobs.put((future, job))
        return future

    def _run(self) -> None:
        while True:
            future, job = self._jobs.get()
            try:
                future.set_result(job())
            except Exception as error:  # noqa: BLE001 - handed to the caller, who raises it
                future.set_exception(error)


class SourceKeeper:
    """Keeps one source open and its troubles told; pulled by the recorder's loop."""

    def __init__(
        self,
        open_source: Callable[[SoundSource], Source],
        reset: Callable[[], None],
        tell: Callable[[RecorderEvent], None],
        troubles: Troubles,
        now: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """Nothing is open yet.

        Args:
            open_source: Opens a source; raises RehearsalError.
            reset: Starts the sound library anew, so that it sees the devices of this moment; nothing is open then.
            tell: Takes events.
            troubles: Takes troubles of the source.
            now: Monotonic clock in seconds.
            wait: Waits so many seconds.
        """
        self._open_source = open_source
        self._reset = reset
        self._tell = tell
        self._troubles = troubles
        self._now = now
        self._wait = wait
        self._driver = DriverThread()
        self._wanted: SoundSource | None = None
        self._source: Source | None = None
        self._job: Future[Source | None] | None = None
        self._job_since_s = 0.0
        self._again = False
        self._heard_s = 0.0
        self._retry_s = 0.0

    @property
    def source(self) -> Source | None:
        """The source that is open just now."""
        return self._source

    @property
    def wanted(self) -> SoundSource | None:
        """The source that should be open."""
        return self._wanted

    def open(self, wanted: SoundSource) -> None:
        """Open another source; the one that is open is closed first."""
        self._troubles.end(TroubleKind.NO_BLOCKS, TroubleKind.GONE, TroubleKind.NARROW)
        self._wanted = wanted
        self._again = False
        self._change()

    def read(self, timeout_s: float) -> Block | Finished | None:
        """The next block; None when none came in time; `Finished` only at the end of a file.

        Raises:
            HungDriverError: The driver did not come back.
        """
        if self._job is not None:
            self._await_driver(timeout_s)
            return None
        if self._source is None:
            if self._wanted is not None and self._now() >= self._retry_s:
                self._change()
            else:
                self._wait(timeout_s)
            return None
        item = self._source.read(timeout_s)
        if isinstance(item, Block):
            self._heard_s = item.end_s
            self._troubles.end(TroubleKind.NO_BLOCKS, TroubleKind.GONE)
        elif self._source.live:
            self._watch(self._source, item)
            return None
        return item

    def close(self, deadline_s: float) -> bool:
        """Close the source; False when the driver did not come back within `deadline_s`."""
        self._wanted = None
        source, self._source = self._source, None
        closing = self._driver.call(lambda: source.close() if source else None)
        try:
            closing.result(timeout=deadline_s)
        except TimeoutError:
            return False
        except RehearsalError:
            return True
        return True

    def _watch(self, source: Source, item: Finished | None) -> None:
        """A microphone gave no block: is that still usual?"""
        age_s = self._now() - self._heard_s
        if item is not None:
            self._troubles.begin(TroubleKind.GONE, f"The microphone is gone: {item.reason}.", _GONE_HINT)
            self._change()
        elif age_s > DEAD_S:
            self._change()
        elif age_s > max(SILENT_S, LATENCIES * source.latency_s):
            self._troubles.begin(TroubleKind.NO_BLOCKS, "No sound comes from the microphone.", _SILENT_HINT)

    def _change(self) -> None:
        """Close what is open and open what is wanted, on the driver's thread."""
        old, self._source = self._source, None
        wanted = self._wanted
        before, self._job = self._job, None

        def job() -> Source | None:
            late = before.result() if before is not None and not before.exception() else None
            for source in (old, late):
                if source is not None:
                    source.close()
            if wanted is None:
                return None
            if isinstance(wanted, MicrophoneSource):
                self._reset()
            return self._open_source(wanted)

        self._job = self._driver.call(job)
        self._job_since_s = self._now()

    def _await_driver(self, timeout_s: float) -> None:
        job = self._job
        if job is None:
            return
        try:
            source = job.result(timeout=timeout_s)
        except TimeoutError:
            if self._now() - self._job_since_s > DRIVER_S:
                raise HungDriverError from None
            return
        except RehearsalError as error:
            self._job = None
            self._refused(error)
            return
        self._job = None
        self._source = source
        if source is not None:
            self._heard_s = self._now() + FIRST_BLOCK_S - DEAD_S
            if not self._again:
                self._tell(SourceOpened(source.device, source.rate_hz))
            if source.narrow:
                self._troubles.begin(TroubleKind.NARROW, "The microphone carries telephone sound only.", _NARROW_HINT)
            self._again = True

    def _refused(self, error: RehearsalError) -> None:
        """The first opening fails for good; a source that was open once is looked for until it is back."""
        if self._again:
            self._retry_s = self._now() + RETRY_S
            if not self._troubles.is_on(TroubleKind.GONE):
                self._troubles.begin(TroubleKind.GONE, f"The microphone is gone: {error.message}", _GONE_HINT)
            return
        self._wanted = None
        self._tell(RecorderFailed(error.message, error.hint, error.exit_code))
