"""How does sound get to the default output through PortAudio?"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import soxr
from numpy.typing import NDArray

from pmrehearse.audio.events import SAMPLE_RATE_HZ
from pmrehearse.audio.levels import to_int16
from pmrehearse.audio.wavfile import SAMPLE_BYTES
from pmrehearse.cleaning import clean_line
from pmrehearse.errors import AudioSystemError

LATENCY_S = 0.15
"""Enough for a busy machine, short enough for a stop to be heard at once."""
AHEAD_BLOCKS = 8
"""So many blocks are decoded ahead of the system's calls."""
DEAF_S = 8.0
"""An output that takes nothing for so long is broken; PulseAudio's null sink takes 1.8 s to begin (measured)."""
_COMMON_RATES_HZ = (48_000, 44_100)
_HINT = "Plug in or choose a loudspeaker in the system's sound settings."


class Loudspeaker:
    """The default output, open for mono sound at 16 kHz or, resampled, at a rate that it takes.

    Its callback copies what was decoded ahead and gives silence where there is none.
    """

    def __init__(self, sounddevice: Any, now: Callable[[], float] = time.monotonic) -> None:
        """Open and start it.

        Args:
            sounddevice: The module, or what stands for it.
            now: Monotonic clock in seconds.

        Raises:
            AudioSystemError: There is no output, or it cannot be used.
        """
        self._now = now
        self._ahead: queue.Queue[bytes] = queue.Queue(AHEAD_BLOCKS)
        self._rest = b""
        self._n_offered = 0
        self._n_taken = 0
        self._heard_by_s = 0.0
        self._called_s = now()
        self._ended = False
        self._stream, self._rate_hz = self._open(sounddevice)
        self._resampler = (
            soxr.ResampleStream(SAMPLE_RATE_HZ, self._rate_hz, 1, dtype="float32")
            if self._rate_hz != SAMPLE_RATE_HZ
            else None
        )

    @property
    def heard_s(self) -> float:
        """Seconds of what was offered that have been heard."""
        return max(0.0, self._n_taken / self._rate_hz - self._left_in_buffer_s())

    @property
    def done(self) -> bool:
        """Whether all that was offered has been heard."""
        return self._n_taken >= self._n_offered and self._left_in_buffer_s() == 0.0

    def prepared(self, samples: NDArray[np.float32]) -> bytes:
        """A block as the output takes it."""
        return to_int16(samples if self._resampler is None else self._resampler.resample_chunk(samples)).tobytes()

    def offer(self, prepared: bytes, timeout_s: float) -> bool:
        """Hand a block over; False when there was no room for it in time."""
        try:
            self._ahead.put(prepared, timeout=timeout_s)
        except queue.Full:
            return False
        self._n_offered += len(prepared) // SAMPLE_BYTES
        return True

    def check(self) -> None:
        """See whether it still works.

        Raises:
            AudioSystemError: The output is gone or takes nothing.
        """
        if self._ended:
            raise AudioSystemError("The loudspeaker is gone.", _HINT)
        if self._now() - self._called_s > DEAF_S:
            raise AudioSystemError("The loudspeaker takes no sound.", _HINT)

    def close(self) -> None:
        """Be silent at once."""
        self._stream.abort()
        self._stream.close()

    def _left_in_buffer_s(self) -> float:
        """How much of what was taken lies in the system's buffer still."""
        return max(0.0, self._heard_by_s - self._now())

    def _called(self, out: Any, _frames: int, times: Any, _status: Any) -> None:
        """The system wants sound; on PortAudio's thread."""
        wanted = len(out)
        while len(self._rest) < wanted:
            try:
                self._rest += self._ahead.get_nowait()
            except queue.Empty:
                break
        given, self._rest = self._rest[:wanted], self._rest[wanted:]
        out[:] = given.ljust(wanted, b"\0")
        self._called_s = self._now()
        if given:
            self._n_taken += len(given) // SAMPLE_BYTES
            length_s = wanted / SAMPLE_BYTES / self._rate_hz
            self._heard_by_s = self._called_s + max(0.0, times.outputBufferDacTime - times.currentTime) + length_s

    def _finished(self) -> None:
        """The stream ended; on PortAudio's thread."""
        self._ended = True

    def _open(self, sounddevice: Any) -> tuple[Any, int]:
        try:
            own_rate_hz = round(sounddevice.query_devices(kind="output")["default_samplerate"])
        except (sounddevice.PortAudioError, ValueError) as error:
            raise AudioSystemError("There is no loudspeaker.", _HINT) from error
        refusal: Exception | None = None
        for rate_hz in dict.fromkeys((SAMPLE_RATE_HZ, own_rate_hz, *_COMMON_RATES_HZ)):
            try:
                return self._start(sounddevice, rate_hz), rate_hz
            except (sounddevice.PortAudioError, ValueError) as error:
                refusal = error
        raise AudioSystemError(f"The loudspeaker cannot be used: {clean_line(str(refusal))}.", _HINT) from refusal

    def _start(self, sounddevice: Any, rate_hz: int) -> Any:
        self._rate_hz = rate_hz
        stream = sounddevice.RawOutputStream(
            samplerate=rate_hz,
            channels=1,
            dtype="int16",
            latency=LATENCY_S,
            callback=self._called,
            finished_callback=self._finished,
        )
        try:
            stream.start()
        except sounddevice.PortAudioError:
            stream.close()
            raise
        return stream
