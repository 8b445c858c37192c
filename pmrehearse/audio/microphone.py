"""How is a microphone opened and read through PortAudio?

What PortAudio asks of a callback (portaudio.h: no allocation, no files, nothing that may wait) no Python callback can
keep in full; this one copies the block onto a queue with a time stamp and does nothing else. It never raises: an
exception there prints a traceback on descriptor 2 and ends the stream.
"""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import soxr
from numpy.typing import NDArray

from pmrehearse.audio import pulse
from pmrehearse.audio.devices import Found, find, look
from pmrehearse.audio.events import SAMPLE_RATE_HZ, MicrophoneSource
from pmrehearse.audio.levels import to_float32, to_int16
from pmrehearse.audio.portaudio import INVALID_CHANNELS, INVALID_RATE, error_code, library, translate
from pmrehearse.audio.sources import Block, Finished
from pmrehearse.errors import MicrophoneError

LATENCY_S = 0.4
"""Room in the system's buffer: nobody hears the sound while it is recorded, so it may be late. PortAudio's "high" means
35 ms through PulseAudio, where a busy machine called 214 ms late; 0.4 s gives a callback each 100 ms (measured)."""
_COMMON_RATES_HZ = (48_000, 44_100)
_STEREO = 2


@dataclass(frozen=True, slots=True)
class _Heard:
    data: bytes
    end_s: float
    overflowed: bool


def open_microphone(wanted: MicrophoneSource) -> PortAudioMicrophone:
    """Open a microphone by its name.

    Raises:
        MachineError: There is none of that name, it is refused or busy, or PortAudio is missing.
    """
    return PortAudioMicrophone(library(), find(look(), wanted.device), chosen=wanted.device is not None)


class PortAudioMicrophone:
    """An open microphone; implements `sources.Source`.

    Attributes:
        device: Its name.
        rate_hz: The rate at which it is read; resampled to 16 kHz where it is another.
        narrow: It carries a telephone's band only, as Bluetooth headsets do in their oldest mode (8 kHz); the sound
            server hides that behind a rate of its own, but says the device's.
    """

    live = True

    def __init__(
        self,
        sounddevice: Any,
        found: Found,
        *,
        chosen: bool = True,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Open it and start it; the first block comes 0.1 to 2 s later.

        Args:
            sounddevice: The module, or what stands for it.
            found: The microphone.
            chosen: Whether it was named; otherwise the sound server may change it when the default changes.
            now: Monotonic clock in seconds.

        Raises:
            MicrophoneError: It is refused or busy, or takes no rate that we know.
        """
        self.device = found.microphone.name
        self._now = now
        self._blocks: queue.SimpleQueue[_Heard | None] = queue.SimpleQueue()
        if found.pulse_source is not None and chosen:
            os.environ[pulse.CHOSEN] = found.pulse_source
        else:
            os.environ.pop(pulse.CHOSEN, None)
        self._stream, self.rate_hz, self._n_channels = self._open(sounddevice, found)
        self.narrow = min(self.rate_hz, found.microphone.rate_hz or self.rate_hz) < SAMPLE_RATE_HZ
        self._resampler = (
            soxr.ResampleStream(self.rate_hz, SAMPLE_RATE_HZ, 1, dtype="float32")
            if self.rate_hz != SAMPLE_RATE_HZ
            else None
        )

    @property
    def latency_s(self) -> float:
        """How long the system may keep sound before it calls."""
        return LATENCY_S

    def read(self, timeout_s: float) -> Block | Finished | None:
        """The next block; `Finished` when the system ended the stream (unplugged, server gone, callback failed)."""
        try:
            heard = self._blocks.get(timeout=timeout_s)
        except queue.Empty:
            return None
        if heard is None:
            return Finished("the system ended its stream")
        return Block(self._at_16_khz(self._mono(heard.data)), heard.end_s, heard.overflowed)

    def play_from(self, n_samples: int) -> None:
        """Nothing: a microphone has no place."""

    def hold(self) -> None:
        """Nothing: a microphone goes on."""

    def go_on(self) -> None:
        """Nothing: a microphone goes on."""

    def close(self) -> None:
        """Give it back; `abort` rather than `stop`, which waits for buffers and can hang (PortAudio #1037)."""
        self._stream.abort()
        self._stream.close()

    def _open(self, sounddevice: Any, found: Found) -> tuple[Any, int, int]:
        """Try 16 kHz first, then the device's own rate, then the common ones; mono before stereo before all."""
        rates = dict.fromkeys((SAMPLE_RATE_HZ, found.microphone.rate_hz, *_COMMON_RATES_HZ))
        channels = dict.fromkeys((1, _STEREO, found.microphone.n_channels))
        refusal: Exception | None = None
        for rate_hz in rates:
            for n_channels in channels:
                try:
                    return self._start(sounddevice, found.index, rate_hz, n_channels), rate_hz, n_channels
                except sounddevice.PortAudioError as error:
                    refusal = error
                    if error_code(error) == INVALID_RATE:
                        break
                    if error_code(error) != INVALID_CHANNELS:
                        raise translate(error, self.device) from error
                except ValueError as error:
                    raise translate(error, self.device) from error
        raise MicrophoneError(
            f"{self.device} takes neither 16 kHz nor its own rate.",
            "Is it muted or set to another profile in the system's sound settings?",
        ) from refusal

    def _start(self, sounddevice: Any, index: int, rate_hz: int, n_channels: int) -> Any:
        stream = sounddevice.RawInputStream(
            samplerate=rate_hz,
            device=index,
            channels=n_channels,
            dtype="int16",
            latency=LATENCY_S,
            callback=self._called,
            finished_callback=self._ended,
        )
        try:
            stream.start()
        except sounddevice.PortAudioError:
            stream.close()
            raise
        return stream

    def _called(self, data: Any, _frames: int, _time: Any, status: Any) -> None:
        """A block came; on PortAudio's thread."""
        self._blocks.put(_Heard(bytes(data), self._now(), bool(status) and status.input_overflow))

    def _ended(self) -> None:
        """The stream ended; on PortAudio's thread."""
        self._blocks.put(None)

    def _mono(self, data: bytes) -> NDArray[np.int16]:
        """One channel as it is, the mean of the first two where there are more."""
        samples = np.frombuffer(data, dtype=np.int16)
        if self._n_channels == 1:
            return samples
        pairs = samples.reshape(-1, self._n_channels)[:, :_STEREO].astype(np.int32)
        mono: NDArray[np.int16] = (pairs.sum(axis=1) // pairs.shape[1]).astype(np.int16)
        return mono

    def _at_16_khz(self, samples: NDArray[np.int16]) -> NDArray[np.int16]:
        if self._resampler is None:
            return samples
        resampled: NDArray[np.float32] = self._resampler.resample_chunk(to_float32(samples))
        return to_int16(resampled)
