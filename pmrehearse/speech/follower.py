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
from pmrehearse.audio.wavfile import count_samples, read_samples
from pmrehearse.errors import AudioFileError
from pmrehearse.speech.ahead import Ahead, Decode
from pmrehearse.speech.effort import Decoded, Effort
from pmrehearse.speech.events import FellBehind, RecognisedTo, SegmentHeard, TranscriptFinished, WordsAhead
from pmrehearse.speech.seams import own_words, with_overlap
from pmrehearse.speech.segments import Segment, Word
from pmrehearse.speech.voice import VoiceActivity, first_sample
from pmrehearse.speech.windows import Segmenter, Window

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pmrehearse.speech.engine import Engine, Tick
    from pmrehearse.speech.events import SpeechEvent

_BLOCK_SAMPLES = SAMPLE_RATE_HZ
"""Read at a time: a second, so that a backlog is worked through window by window and a cancel waits for little."""
_TELL_EVERY_S = 1.0
"""Progress is told each time that so much more sound is done."""
_HURRY_S = 5.0
"""More sound than this waiting in the file makes windows full ones."""
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
        now_s: The clock by which the cost of a decode is reckoned.
    """

    engine: Engine
    checkpoint: str
    tell: Callable[[SpeechEvent], None]
    began: Callable[[Window | None], None]
    tick: Tick
    now_s: Callable[[], float] = time.perf_counter


class _Overtaken(Exception):  # noqa: N818 - no error
    """Raised in a decode inside speech that has become worthless: a pause has come, or the end."""


class Follower:
    """One file, recognised in the order of time as it grows."""

    def __init__(self, audio: Path, from_s: float, ears: Ears, effort: Effort | None = None) -> None:
        """Begin at a place of the file.

        Args:
            audio: 16 kHz mono 16-bit WAV; it may not be there yet.
            from_s: Speech before it is in segments already.
            ears: What to listen with and tell through.
            effort: What may be done beyond the windows themselves; None to begin with all of it.
        """
        self._audio = audio
        self._ears = ears
        self._voice = VoiceActivity(first_sample(from_s), from_s)
        self._segmenter = Segmenter(from_s)
        self._windows: deque[Window] = deque()
        self._ahead = Ahead()
        self._said: tuple[Word, ...] = ()
        self._effort = effort or Effort()
        self._wanted_lighter = False
        self._n_samples: int | None = None
        self._told_s = from_s
        self._speech_s = 0.0
        self._grew_s = time.monotonic()

    def finish(self, n_samples: int) -> None:
        """The file has this final length; may be called from a tick, so that a decode inside speech can be left."""
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
        hurried = self._backlog_s() > _HURRY_S
        for step in self._voice.feed(samples):
            self._windows += self._segmenter.feed(step, hurried=hurried)
        self._tell_progress()
        return True

    def _backlog_s(self, heard_samples: int | None = None) -> float:
        """Seconds of sound in the file that have not been listened to, or had not when so much had been."""
        n_samples = self._n_samples
        if n_samples is None:
            n_samples = count_samples(self._audio)
        heard_samples = self._voice.fed_samples if heard_samples is None else heard_samples
        return max(0.0, (n_samples - heard_samples) / SAMPLE_RATE_HZ)

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
        """With nothing else to do: decode what stands, at a pause or after some seconds of speech.

        Only a follower that has caught up comes here, so a slow machine does it less and falls no further behind.
        """
        if self._n_samples is not None:
            return False
        effort, segmenter = self._effort, self._segmenter
        pending = segmenter.pending()
        window = self._ahead.next(pending, segmenter.so_far(), effort.passes, effort.every_s())
        if window is None:
            return False
        try:
            tick = self._ears.tick if pending is not None else self._listening_while(window)
            self._ahead.last = decode = self._decode(window, tick, ahead=True)
        except _Overtaken:
            return True
        finally:
            self._ears.began(None)
        words = () if decode.heard.unsure else own_words(window, decode.heard.words, self._said)
        self._ears.tell(WordsAhead(words, window.end_s))
        return True

    def _listening_while(self, window: Window) -> Tick:
        """A tick that hears what comes while a window inside speech is decoded, and leaves it when a pause comes."""

        def tick() -> None:
            self._ears.tick()
            self._hear()
            standing = self._standing(window)
            if standing is not None and not window.covers(standing):
                raise _Overtaken

        return tick

    def _standing(self, meanwhile: Window) -> Window | None:
        """What is to be decoded next: the window that is complete, or would be if nothing more were said.

        So that words keep coming in speech with many short silences, one that may be no pause counts only once: not
        where `meanwhile`, which is being decoded, ended in such a one.
        """
        if self._windows:
            return self._windows[0]
        so_far = self._segmenter.so_far()
        is_over = self._n_samples is not None and self._voice.fed_samples >= self._n_samples
        if is_over or (so_far is not None and so_far.seems_over and not meanwhile.seems_over):
            return so_far
        return self._segmenter.pending()

    def _recognise(self, window: Window) -> None:
        decode = self._ahead.known(window) or self._decode(window, self._ears.tick)
        self._ahead.last = None
        heard, checkpoint = decode.heard, self._ears.checkpoint
        self._said = words = own_words(window, heard.words, self._said)
        segment = Segment(window.start_s, window.end_s, words, window.speech, checkpoint, unsure=heard.unsure)
        self._speech_s += sum(span.duration_s for span in window.speech)
        self._ears.tell(SegmentHeard(segment, decode.decode_s))
        self._tell_progress()
        self._want_lighter()

    def _decode(self, window: Window, tick: Tick, *, ahead: bool = False) -> Decode:
        self._ears.began(window)
        heard_samples = self._voice.fed_samples
        whole = with_overlap(window)
        first, last = (round(at_s * SAMPLE_RATE_HZ) for at_s in (whole.start_s, whole.end_s))
        samples = read_samples(self._audio, first, last - first)
        began_s = self._ears.now_s()
        heard = self._ears.engine.decode(samples, whole, tick, self._ahead.draft(window))
        decode_s = self._ears.now_s() - began_s
        cost = Decoded(decode_s, window.end_s - window.start_s, len(heard.tokens), ahead)
        self._effort.note(cost, self._backlog_s(heard_samples), window.end_s)
        return Decode(window, heard, decode_s)

    def _want_lighter(self) -> None:
        """Say once that this checkpoint is too slow for this machine, while the take still grows."""
        if self._n_samples is None and self._effort.wants_lighter and not self._wanted_lighter:
            self._wanted_lighter = True
            self._ears.tell(FellBehind(self._backlog_s(), self._effort.load))

    def _tell_progress(self) -> None:
        done_s = self._windows[0].start_s if self._windows else self._segmenter.settled_s
        if done_s >= self._told_s + _TELL_EVERY_S:
            self._told_s = done_s
            n_samples = self._voice.fed_samples if self._n_samples is None else self._n_samples
            self._ears.tell(RecognisedTo(done_s, n_samples / SAMPLE_RATE_HZ))
