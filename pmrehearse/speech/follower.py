"""How does a growing file become segments? File, voice activity, windows, recogniser, in the worker process.

The file is the pipe: what has no segment yet is read from it by sample number, so following a take live, transcribing
it afterwards and going on after a crash are one path. Memory is flat: at most one block and one window of sound are
held.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmrehearse.audio.events import SAMPLE_RATE_HZ
from pmrehearse.audio.wavfile import read_samples
from pmrehearse.errors import AudioFileError
from pmrehearse.speech.events import RecognisedTo, SegmentHeard, TranscriptFinished
from pmrehearse.speech.segments import Segment
from pmrehearse.speech.voice import VoiceActivity, first_sample
from pmrehearse.speech.windows import Segmenter, Window

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pmrehearse.speech.engine import Engine, Heard, Tick
    from pmrehearse.speech.events import SpeechEvent

_BLOCK_SAMPLES = SAMPLE_RATE_HZ
"""Read at a time: a second, so that a backlog is worked through window by window and a cancel waits for little."""
_TELL_EVERY_S = 1.0
"""Progress is told each time that so much more sound is done."""
_MISSING_S = 10.0
"""How long a file that is over may be shorter than it should be, before it counts as damaged."""


@dataclass(frozen=True, slots=True)
class Ears:
    """What a follower listens with and speaks through.

    Attributes:
        engine: The recogniser.
        checkpoint: Its name, for the segments.
        tell: Called with each event.
        began: Called with each window before it is decoded, and with None when a decode ahead of time is over.
        tick: Called often: a sign of life; raises to leave the file.
    """

    engine: Engine
    checkpoint: str
    tell: Callable[[SpeechEvent], None]
    began: Callable[[Window | None], None]
    tick: Tick


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What was heard in a window before it was certain that the window ends there."""

    window: Window
    heard: Heard
    decode_s: float


class Follower:
    """One file, recognised in the order of time as it grows."""

    def __init__(self, audio: Path, from_s: float, ears: Ears) -> None:
        """Begin at a place of the file.

        Args:
            audio: 16 kHz mono 16-bit WAV; it may not be there yet.
            from_s: Speech before it is in segments already.
            ears: What to listen with and tell through.
        """
        self._audio = audio
        self._ears = ears
        self._voice = VoiceActivity(first_sample(from_s), from_s)
        self._segmenter = Segmenter(from_s)
        self._windows: deque[Window] = deque()
        self._ahead: _Ahead | None = None
        self._n_samples: int | None = None
        self._told_s = from_s
        self._speech_s = 0.0
        self._grew_s = time.monotonic()

    def finish(self, n_samples: int) -> None:
        """The file has this final length."""
        self._n_samples = n_samples
        self._grew_s = time.monotonic()

    def step(self) -> bool:
        """Decode a window, or else hear a block, or else decode ahead; False when there is nothing to do just now.

        Raises:
            AudioFileError: The file cannot be read, or is over and shorter than it should be.
            DecodeCancelled: The tick asked for it.
        """
        self._ears.tick()
        if self._windows:
            self._recognise(self._windows.popleft())
            return True
        return self._hear() or self._think_ahead()

    def finished(self) -> bool:
        """Whether all of a finished file is in segments; tells the end when it is so."""
        if self._n_samples is None or self._windows or self._voice.fed_samples < self._n_samples:
            return False
        for step in self._voice.flush():
            self._windows += self._segmenter.feed(step)
        self._windows += self._segmenter.flush()
        while self._windows:
            self._recognise(self._windows.popleft())
        total_s = self._n_samples / SAMPLE_RATE_HZ
        self._ears.tell(RecognisedTo(total_s, total_s))
        self._ears.tell(TranscriptFinished(total_s, self._speech_s))
        return True

    def _hear(self) -> bool:
        at = self._voice.fed_samples
        wanted = _BLOCK_SAMPLES if self._n_samples is None else min(_BLOCK_SAMPLES, self._n_samples - at)
        if wanted <= 0 or not (self._audio.exists() or self._overdue()):
            return False
        samples = read_samples(self._audio, at, wanted)
        if samples.size == 0:
            return self._overdue()
        self._grew_s = time.monotonic()
        for step in self._voice.feed(samples):
            self._windows += self._segmenter.feed(step)
        self._tell_progress()
        return True

    def _overdue(self) -> bool:
        """Whether an unfinished wait for sound is in order (False), or the sound that is missing is lost.

        Raises:
            AudioFileError: The file is over, and its end does not come.
        """
        if self._n_samples is not None and time.monotonic() - self._grew_s > _MISSING_S:
            missing_s = (self._n_samples - self._voice.fed_samples) / SAMPLE_RATE_HZ
            raise AudioFileError(
                f"{self._audio.name} ends {missing_s:.1f} s before it should.",
                "See whether the disk is in order; what was recognised so far is kept.",
            )
        return False

    def _think_ahead(self) -> bool:
        """At a pause, with nothing else to do: decode what stands, for if only silence follows that is the window.

        Whoever stops speaking and then ends the take finds the transcript done. Only a follower that has caught up
        comes here, so a slow machine does it less and falls no further behind.
        """
        window = self._segmenter.pending() if self._n_samples is None else None
        if window is None or (self._ahead is not None and self._ahead.window == window):
            return False
        self._ahead = self._decode(window)
        self._ears.began(None)
        return True

    def _recognise(self, window: Window) -> None:
        known = self._ahead if self._ahead is not None and self._ahead.window == window else None
        decoded = known or self._decode(window)
        self._ahead = None
        heard, checkpoint = decoded.heard, self._ears.checkpoint
        segment = Segment(window.start_s, window.end_s, heard.words, window.speech, checkpoint, unsure=heard.unsure)
        self._speech_s += sum(span.duration_s for span in window.speech)
        self._ears.tell(SegmentHeard(segment, decoded.decode_s))
        self._tell_progress()

    def _decode(self, window: Window) -> _Ahead:
        self._ears.began(window)
        first, last = (round(at_s * SAMPLE_RATE_HZ) for at_s in (window.start_s, window.end_s))
        samples = read_samples(self._audio, first, last - first)
        began_s = time.perf_counter()
        heard = self._ears.engine.decode(samples, window, self._ears.tick)
        return _Ahead(window, heard, time.perf_counter() - began_s)

    def _tell_progress(self) -> None:
        done_s = self._windows[0].start_s if self._windows else self._segmenter.settled_s
        if done_s >= self._told_s + _TELL_EVERY_S:
            self._told_s = done_s
            n_samples = self._voice.fed_samples if self._n_samples is None else self._n_samples
            self._ears.tell(RecognisedTo(done_s, n_samples / SAMPLE_RATE_HZ))
