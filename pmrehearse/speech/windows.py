"""Which stretches of the take are recognised in one piece?

Whisper reads windows of up to 30 s. A window holds speech with the short pauses in it; it is committed at a pause,
the shorter the more it holds, and cut at its longest pause or quietest place when no pause comes. Silence between
windows is in none of them and is never recognised. Pure: steps of the voice gate in, windows out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from pmrehearse.speech.segments import Span

if TYPE_CHECKING:
    from pmrehearse.speech.gate import VoiceStep


_SEEMS_OVER_S = 0.1
"""Silence behind speech (padded); a pause is certain when 0.3 s of it (not padded) were heard."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch to recognise in one piece.

    Attributes:
        start_s: Where its sound begins, a little before the first speech.
        end_s: Where it ends; the next window begins here or later.
        speech: The spans of speech in it, in order, never empty.
        lead_in_s: Sound before it that is decoded along, because it begins in a cut through speech; else 0.
        run_on_s: Sound behind it that is decoded along, because it ends in a cut through speech; else 0.
    """

    start_s: float
    end_s: float
    speech: tuple[Span, ...]
    lead_in_s: float = 0.0
    run_on_s: float = 0.0

    @property
    def seems_over(self) -> bool:
        """Whether there is silence at its end, which may become a pause: half of what makes one certain."""
        return self.end_s - self.speech[-1].end_s >= _SEEMS_OVER_S

    def covers(self, other: Window) -> bool:
        """Whether it is this window but for silence at its end: both begin at one place and hold the same speech.

        What was decoded inside speech may end in the silence that then proved to be a pause: it holds all speech, too.
        """
        mine, others = self.speech[-1], other.speech[-1]
        same = (self.start_s, self.speech[:-1], mine.start_s) == (other.start_s, other.speech[:-1], others.start_s)
        return same and (mine.end_s == others.end_s or others.end_s <= self.end_s < others.end_s + _SEEMS_OVER_S)


@dataclass(frozen=True, slots=True)
class WindowLimits:
    """How long a window grows.

    Attributes:
        pauses: Pairs (seconds of speech held, seconds of silence that then commit), both rising and falling in order.
            At 8 to 12 s Whisper has context enough, and the wait for the words stays short; a silence of 2 s ends a
            window however little it holds, because Whisper invents text in long silence.
        hurried: The same while more sound lies waiting: each window costs a run of the encoder over 30 s, so full
            windows catch up in fewer of them.
        max_s: Longest window: Whisper's 30 s less a margin for what a speaker adds while a cut is decided.
        cut_from_s: From where on the quietest place is looked for when nothing else ends the window.
        good_cut_s: A pause before this much of the window is no place to cut while there is a later one.
        lead_s: Sound before the first speech that goes into the window; more than the padding of the gate.
        tail_s: Sound after the last speech that goes into the window.
        overlap_s: Sound from beyond a cut through speech that is decoded along: half of the longest words, so that a
            word in which the cut lies is whole on one of its sides.
    """

    pauses: tuple[tuple[float, float], ...] = ((0.0, 2.0), (8.0, 0.5), (12.0, 0.3), (18.0, 0.2))
    hurried: tuple[tuple[float, float], ...] = ((0.0, 2.0), (18.0, 0.2))
    max_s: float = 26.0
    cut_from_s: float = 18.0
    good_cut_s: float = 8.0
    lead_s: float = 0.2
    tail_s: float = 0.15
    overlap_s: float = 0.8

    def pause_s(self, held_s: float, *, hurried: bool = False) -> float:
        """The silence that commits a window which holds `held_s` of speech."""
        pauses = self.hurried if hurried else self.pauses
        return min(pause_s for from_s, pause_s in pauses if held_s >= from_s)


@dataclass
class Segmenter:
    """Steps of the voice gate in, windows out; each second of speech is in exactly one window.

    Attributes:
        from_s: Where the first window may begin.
        limits: How long a window grows.
    """

    from_s: float = 0.0
    limits: WindowLimits = field(default_factory=WindowLimits)
    _spans: list[Span] = field(default_factory=list, init=False)
    _open_s: float | None = field(default=None, init=False)
    _quiet_s: float | None = field(default=None, init=False)
    _to_s: float = field(default=0.0, init=False)
    _levels: list[tuple[float, float]] = field(default_factory=list, init=False)
    _cut_s: float | None = field(default=None, init=False)

    @property
    def settled_s(self) -> float:
        """Everything before is in windows that were given out, or is silence; never goes back."""
        start_s = self._start_s()
        return max(self.from_s, self._to_s - 2 * self.limits.lead_s if start_s is None else start_s)

    def feed(self, step: VoiceStep, *, hurried: bool = False) -> tuple[Window, ...]:
        """Take one more step; returns the windows that are complete now, in order.

        Args:
            step: What the voice gate says.
            hurried: True when more sound lies waiting behind it.
        """
        self._to_s = step.to_s
        self._open_s = None if step.speech_from_s is None else max(step.speech_from_s, self.from_s)
        self._quiet_s = step.quiet_from_s
        if step.ended is not None and step.ended.end_s > self.from_s:
            self._spans.append(Span(max(step.ended.start_s, self.from_s), step.ended.end_s))
        if self._start_s() is None:
            self._levels.clear()
        else:
            self._levels.append((step.to_s, step.level_dbfs))
        windows = []
        while (window := self._due(hurried=hurried)) is not None:
            windows.append(window)
        return tuple(windows)

    def pending(self) -> Window | None:
        """The window that would be complete if only silence followed; None while someone speaks or nothing waits."""
        if not self._spans or self._open_s is not None:
            return None
        return self._window(self._spans)

    def so_far(self) -> Window | None:
        """What the window that is being filled holds, speech that goes on included; None while it holds none."""
        start_s = self._start_s()
        if start_s is None or self._open_s is None:
            return self.pending()
        spoken_to_s = self._to_s if self._quiet_s is None else min(self._quiet_s, self._to_s)
        speech = (*self._spans, Span(self._open_s, max(self._open_s, spoken_to_s)))
        return Window(start_s, self._to_s, speech, self._lead_in_s(start_s))

    def flush(self) -> tuple[Window, ...]:
        """The sound is over (the gate was flushed before): what is left."""
        if not self._spans:
            return ()
        return (self._commit(len(self._spans)),)

    def _start_s(self) -> float | None:
        """Where the window that is being filled begins; None while there is none."""
        first_s = self._spans[0].start_s if self._spans else self._open_s
        return None if first_s is None else max(self.from_s, round(first_s - self.limits.lead_s, 3))

    def _due(self, *, hurried: bool) -> Window | None:
        start_s = self._start_s()
        if start_s is None:
            return None
        pause_s = self.limits.pause_s(self._held_s(), hurried=hurried)
        if self._open_s is None and self._to_s - self._spans[-1].end_s >= pause_s:
            return self._commit(len(self._spans))
        if self._to_s - start_s >= self.limits.max_s:
            return self._cut(start_s)
        return None

    def _held_s(self) -> float:
        return sum(span.duration_s for span in self._spans)

    def _commit(self, n_spans: int) -> Window:
        """Give out the first spans; the window ends in the silence behind them."""
        window = self._window(self._spans[:n_spans])
        self._forget(n_spans, window.end_s)
        return window

    def _window(self, spans: list[Span]) -> Window:
        start_s = max(self.from_s, round(spans[0].start_s - self.limits.lead_s, 3))
        end_s = min(self._to_s, round(spans[-1].end_s + self.limits.tail_s, 3))
        return Window(start_s, max(end_s, spans[-1].end_s), tuple(spans), self._lead_in_s(start_s))

    def _lead_in_s(self, start_s: float) -> float:
        """Sound before a window that is decoded along: some, where the last one was cut through speech."""
        return self.limits.overlap_s if start_s == self._cut_s else 0.0

    def _cut(self, start_s: float) -> Window:
        """The window is full: end it at the longest pause in it, or else at the quietest place."""
        after_s = [span.start_s for span in self._spans[1:]] + [self._to_s if self._open_s is None else self._open_s]
        gaps_s = [at_s - span.end_s for span, at_s in zip(self._spans, after_s, strict=False)]
        pauses = [(gap_s, index) for index, gap_s in enumerate(gaps_s)]
        late = [pause for pause in pauses if self._spans[pause[1]].end_s - start_s >= self.limits.good_cut_s]
        if late or self._open_s is None:
            return self._commit(max(late or pauses)[1] + 1)
        return self._cut_speech(start_s, self._open_s)

    def _cut_speech(self, start_s: float, open_s: float) -> Window:
        """Cut through speech that goes on, where it is quietest."""
        cut_s = self._quietest_s(max(open_s, start_s))
        speech = (*self._spans, Span(open_s, cut_s))
        window = Window(
            start_s, cut_s, speech, self._lead_in_s(start_s), min(self.limits.overlap_s, self._to_s - cut_s)
        )
        self._forget(len(self._spans), cut_s)
        self._open_s = self._cut_s = cut_s
        return window

    def _quietest_s(self, start_s: float) -> float:
        """The middle of the quietest pair of frames in the last part of the window but for what runs on behind it."""
        from_s = max(start_s, self._to_s - self.limits.max_s + self.limits.cut_from_s)
        pairs = [
            (before_dbfs + after_dbfs, -between_s)
            for (between_s, before_dbfs), (_, after_dbfs) in pairwise(self._levels)
            if from_s < between_s <= self._to_s - self.limits.overlap_s
        ]
        return -min(pairs)[1] if pairs else max(start_s, self._to_s - self.limits.overlap_s)

    def _forget(self, n_spans: int, to_s: float) -> None:
        self._spans = [Span(max(span.start_s, to_s), span.end_s) for span in self._spans[n_spans:]]
        self.from_s = to_s
        self._levels = [level for level in self._levels if level[0] > to_s]
