"""How does espeak-ng say a sentence, and when does each of its words sound?

The command line of espeak-ng tells no word times, so its library is called: it reports an event at each word.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import functools
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import soxr
from numpy.typing import NDArray

RATE_HZ = 16_000
"""What pmrehearse records and Whisper hears."""

Samples = NDArray[np.float32]
"""float32, shape (n_samples,), mono, in [-1, 1]."""

SPOKEN = {"A/B": "AB"}
"""Words that espeak-ng reads wrongly as they are written ("A slash B"), and what it is given in their place."""

_SYNCHRONOUS, _UTF8, _BY_CHARACTER = 2, 1, 1
_END_OF_LIST, _WORD = 0, 1
_SPEED, _PITCH, _PITCH_RANGE = 1, 3, 4


class _Event(ctypes.Structure):
    """`espeak_EVENT` of speak_lib.h."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),  # in characters, from 1
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),  # in milliseconds
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


@dataclass(frozen=True, slots=True)
class Voice:
    """A way of speaking."""

    name: str
    """espeak-ng's name, a variant after a plus: `en-us`, `en+f3` (British is `en`)."""

    words_a_minute: int
    """espeak-ng's speed, 80 to 450."""

    pitch: int = 50
    """0 to 100."""


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """One word of a sentence, as written, with its time in the sentence's sound."""

    text: str
    """The word with what punctuation touches it."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence as sound: no silence before its first word nor after its last."""

    text: str
    samples: Samples
    """At `RATE_HZ`."""

    words: tuple[SpokenWord, ...]

    @property
    def seconds(self) -> float:
        """How long it sounds."""
        return len(self.samples) / RATE_HZ


def say(text: str, voice: Voice) -> Spoken:
    """Speak one sentence.

    One version of espeak-ng gives the same samples for the same sentences in the same order since the process began;
    said again, a sentence differs a little (the phase of the voice goes on from where it was).
    """
    words = text.split()
    said = [_as_spoken(word) for word in words]
    samples, events = _synthesise(" ".join(said), voice)
    starts = _word_starts(said, events, len(samples) / RATE_HZ)
    first, last = _sounding(samples, 0, len(samples))
    spoken = []
    for index, word in enumerate(words):
        begin = round(starts[index] * RATE_HZ)
        end = round(starts[index + 1] * RATE_HZ) if index + 1 < len(words) else len(samples)
        low, high = _sounding(samples, begin, end)
        spoken.append(SpokenWord(word, (low - first) / RATE_HZ, (high - first) / RATE_HZ))
    return Spoken(text, samples[first:last], tuple(spoken))


def version() -> str:
    """The version of espeak-ng that speaks, such as `1.51`."""
    library, _ = _library()
    return str(library.espeak_Info(None).decode())


def _as_spoken(word: str) -> str:
    for written, spoken in SPOKEN.items():
        word = word.replace(written, spoken)
    return word


def _word_starts(words: list[str], events: dict[int, float], seconds: float) -> list[float]:
    """The second at which each word begins; `events`: seconds by place in the text, from 0.

    espeak-ng runs some small words together ("of the") and reports one event for both: the time is shared out by
    the number of letters.
    """
    spans = [match.span() for match in re.finditer(r"\S+", " ".join(words))]
    known = [min((at for place, at in events.items() if a <= place < b), default=None) for a, b in spans]
    starts = [known[0] or 0.0]
    for index, at in enumerate(known[1:], start=1):
        if at is None:
            after = next((k for k in range(index, len(known)) if known[k] is not None), len(known))
            until = seconds if after == len(known) else known[after] or seconds
            share = len(words[index - 1]) / sum(len(word) for word in words[index - 1 : after])
            starts.append(starts[-1] + (until - starts[-1]) * share)
        else:
            starts.append(at)
    return starts


def _sounding(samples: Samples, begin: int, end: int, step: int = 80) -> tuple[int, int]:
    """The first and last sample in `begin`:`end` that can be heard: within 45 dB of the sentence's loudest."""
    floor = float(np.abs(samples).max()) * 10 ** (-45 / 20)
    loud = [at for at in range(begin, end, step) if float(np.abs(samples[at : min(at + step, end)]).max()) > floor]
    return (loud[0], min(loud[-1] + step, end)) if loud else (begin, end)


@functools.cache
def _library() -> tuple[Any, int]:
    """espeak-ng's library, started once, and its sample rate in Hz."""
    library = ctypes.CDLL(ctypes.util.find_library("espeak-ng") or "libespeak-ng.so.1")
    library.espeak_Info.restype = ctypes.c_char_p
    library.espeak_Synth.argtypes = [
        ctypes.c_void_p,
        ctypes.c_size_t,
        ctypes.c_uint,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.c_uint,
        ctypes.c_void_p,
        ctypes.c_void_p,
    ]
    native_hz = library.espeak_Initialize(_SYNCHRONOUS, 0, None, 0)
    if native_hz < 0:
        raise RuntimeError("espeak-ng does not start: is its data installed?")
    return library, native_hz


def _synthesise(text: str, voice: Voice) -> tuple[Samples, dict[int, float]]:
    """Samples at `RATE_HZ`, and the second of each word event by its place in the text, from 0."""
    library, native_hz = _library()
    chunks: list[NDArray[np.int16]] = []
    events: dict[int, float] = {}

    def collect(samples: Any, count: int, event: Any) -> int:
        if count and samples:
            chunks.append(np.ctypeslib.as_array(samples, shape=(count,)).copy())
        index = 0
        while event[index].type != _END_OF_LIST:
            if event[index].type == _WORD:
                events.setdefault(event[index].text_position - 1, event[index].audio_position / 1000)
            index += 1
        return 0

    callback = _Callback(collect)
    library.espeak_SetSynthCallback(callback)
    if library.espeak_SetVoiceByName(voice.name.encode()) != 0:
        raise ValueError(f"espeak-ng has no voice {voice.name!r}")
    library.espeak_SetParameter(_SPEED, voice.words_a_minute, 0)
    library.espeak_SetParameter(_PITCH, voice.pitch, 0)
    library.espeak_SetParameter(_PITCH_RANGE, 50, 0)
    data = text.encode() + b"\0"
    library.espeak_Synth(data, len(data), 0, _BY_CHARACTER, 0, _UTF8, None, None)
    library.espeak_Synchronize()
    native = np.concatenate(chunks).astype(np.float32) / 32768
    return soxr.resample(native, native_hz, RATE_HZ).astype(np.float32), events
