"""What does a sounddevice look like that fails as real ones do and a virtual microphone cannot?

PulseAudio buffers 40 s, never overflows, takes every rate and never hangs; so refused rates, flags, a callback that
fails and a stop that hangs need a stream of our own.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.rigs.scripted import spoken_at


class PortAudioError(Exception):
    """As sounddevice raises it: the message, then PortAudio's number."""


@dataclass(frozen=True, slots=True)
class Status:
    """The flags of a call."""

    input_overflow: bool

    def __bool__(self) -> bool:
        return self.input_overflow


@dataclass(slots=True)
class Script:
    """What the device does wrong.

    Attributes:
        takes_rates_hz: The rates it takes; others are refused with -9997.
        takes_channels: The numbers of channels it takes; others are refused with -9998.
        own_rate_hz: The rate that it says it likes.
        open_error: Opening fails with this PortAudio number; 0: it works.
        stops_calling_after: So many calls, then none, and the stream stays active; None: for ever.
        ends_after: So many calls, then the stream ends.
        overflow_at: Numbers of calls with the overflow flag.
        abort_takes_s: How long stopping takes.
        tone: What it hears: sample numbers at its rate to int16; None for the numbered samples.
    """

    takes_rates_hz: tuple[int, ...] = (16_000, 44_100, 48_000)
    takes_channels: tuple[int, ...] = (1, 2)
    own_rate_hz: int = 48_000
    open_error: int = 0
    stops_calling_after: int | None = None
    ends_after: int | None = None
    overflow_at: tuple[int, ...] = ()
    abort_takes_s: float = 0.0
    tone: Callable[[Any], Any] | None = None


class FakeSound:
    """Stands for the module sounddevice with one device.

    Attributes:
        script: What it does wrong.
        asked: The rate and channels of each attempt to open.
    """

    PortAudioError = PortAudioError

    def __init__(self, script: Script | None = None, speed: float = 1.0) -> None:
        self.script = script or Script()
        self.speed = speed
        self.asked: list[tuple[int, int]] = []

    def RawInputStream(self, **options: Any) -> FakeStream:  # noqa: N802 - sounddevice's name
        """Open a stream, or refuse as PortAudio does."""
        rate_hz, channels = options["samplerate"], options["channels"]
        self.asked.append((rate_hz, channels))
        if self.script.open_error:
            raise PortAudioError("Error opening RawInputStream: as the script says", self.script.open_error)
        if channels not in self.script.takes_channels:
            raise PortAudioError("Error opening RawInputStream: Invalid number of channels", -9998)
        if rate_hz not in self.script.takes_rates_hz:
            raise PortAudioError("Error opening RawInputStream: Invalid sample rate", -9997)
        return FakeStream(self.script, self.speed, options)


class FakeStream:
    """A stream that calls back from a thread of its own, each 100 ms."""

    def __init__(self, script: Script, speed: float, options: dict[str, Any]) -> None:
        self._script = script
        self._speed = speed
        self._options = options
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Call back from now on."""
        self._thread.start()

    def abort(self) -> None:
        """Stop, in its own time."""
        time.sleep(self._script.abort_takes_s)
        self._stopped.set()

    def close(self) -> None:
        """Be gone."""
        self._stopped.set()
        self._thread.join(5.0)

    def _run(self) -> None:
        rate_hz, channels = self._options["samplerate"], self._options["channels"]
        size = rate_hz // 10
        start_s = time.monotonic()
        number = 0
        while not self._stopped.wait(max(0.0, start_s + (number + 1) * 0.1 / self._speed - time.monotonic())):
            if number == self._script.stops_calling_after:
                self._stopped.wait()
                break
            if number == self._script.ends_after:
                break
            samples = self._heard(number * size, size)
            frames = np.repeat(samples[:, np.newaxis], channels, axis=1).tobytes()
            self._options["callback"](frames, size, None, Status(number in self._script.overflow_at))
            number += 1
        self._options["finished_callback"]()

    def _heard(self, first: int, n_samples: int) -> Any:
        if self._script.tone is None:
            return spoken_at(first, n_samples)
        return self._script.tone(np.arange(first, first + n_samples)).astype(np.int16)
