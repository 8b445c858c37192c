"""A transcriber with a fake or real recogniser, and what it tells."""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self, TypeVar

from pmrehearse.speech.events import Checkpoint, SegmentHeard, SpeechEvent, SpeechOptions, WorkerFailed
from pmrehearse.speech.segments import Segment
from pmrehearse.speech.supervision import Patience
from pmrehearse.speech.transcriber import WorkerTranscriber
from tests.speech.fake_engine import open_fake
from tests.speech.sounds import Sound, write_wav

DEADLINE_S = 60.0
"""How long anything awaited may take on a busy machine."""
Event = TypeVar("Event")


class Rig:
    """A transcriber whose worker runs the fake engine with a plan."""

    def __init__(self, folder: Path, patience: Patience | None = None, **plan: Any) -> None:
        self.events: list[SpeechEvent] = []
        self._new: queue.SimpleQueue[SpeechEvent] = queue.SimpleQueue()
        checkpoint = Checkpoint("fake", folder, json.dumps(plan))
        self.lighter: SpeechOptions | None = None
        self.transcriber = WorkerTranscriber(
            self._hear, lambda _name: checkpoint, open_fake, patience, lambda _options: self.lighter
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.transcriber.close()

    def start(self, device: str = "cpu", engine: str = "whisper") -> None:
        """Load the fake checkpoint."""
        self.transcriber.start(SpeechOptions("fake", engine, device))

    def wait_for(self, kind: type[Event], fails: bool = True, deadline_s: float = DEADLINE_S) -> Event:  # noqa: FBT001, FBT002 - reads well
        """The next event of a kind; a failure of the worker is an error unless it is awaited."""
        until_s = time.monotonic() + deadline_s
        while True:
            event = self._new.get(timeout=max(0.01, until_s - time.monotonic()))
            if isinstance(event, kind):
                return event
            if fails and isinstance(event, WorkerFailed):
                raise AssertionError(event.message)

    def of(self, kind: type[Event]) -> list[Event]:
        """All events of a kind so far."""
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def segments(self) -> list[Segment]:
        """All segments so far."""
        return [event.segment for event in self.of(SegmentHeard)]

    def _hear(self, event: SpeechEvent) -> None:
        self.events.append(event)
        self._new.put(event)


class GrowingFile:
    """A take's WAV that grows on a thread, in blocks of a tenth of a second, some times faster than real time."""

    def __init__(self, path: Path, sound: Sound, speed: float) -> None:
        self.path, self.n_samples = path, sound.size
        self._sound, self._speed = sound, speed
        write_wav(path, sound[:1600])
        self._thread = threading.Thread(target=self._grow, daemon=True)

    def start(self) -> None:
        """Begin to grow."""
        self._thread.start()

    def join(self) -> None:
        """Wait until all of the sound is in the file."""
        self._thread.join(DEADLINE_S)

    def grows(self) -> bool:
        """Whether sound is still to come."""
        return self._thread.is_alive()

    def _grow(self) -> None:
        from pmrehearse.audio.levels import to_int16  # noqa: PLC0415 - only here

        with self.path.open("ab") as file:
            for at in range(1600, self._sound.size, 1600):
                file.write(to_int16(self._sound[at : at + 1600]).tobytes())
                file.flush()
                time.sleep(0.1 / self._speed)


def wait_until(holds: Callable[[], bool], deadline_s: float = DEADLINE_S) -> None:
    """Wait for a condition, with a deadline."""
    until_s = time.monotonic() + deadline_s
    while not holds():
        if time.monotonic() > until_s:
            raise TimeoutError
        time.sleep(0.01)
