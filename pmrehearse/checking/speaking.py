"""How are the figures of an answer's delivery measured: pace, pauses, fillers?

"Pace" is words over elapsed time, "articulation" words over time in speech; programs mix the two and get different
numbers for one take, so each is named. Pauses come from voice activity, not from the gaps between words, which
recognisers place badly.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter

from pmrehearse.checking.delivery import Delivery, LongPause, PaceExcursion
from pmrehearse.checking.fillers import count_fillers
from pmrehearse.speech.segments import Segment, Span, Transcript, Word

PAUSE_S = 0.5
"""Shortest silence that counts; the literature cuts between 0.1 and 1 s (De Jong & Bosker, DiSS 2013), and 0.6 s at
punctuation is heard as natural (Frontiers in Psychology 2022, 778018)."""
LONG_PAUSE_S = 2.0
"""Shortest silence that is listed."""
BAND = (110.0, 170.0)
"""Words a minute that need no remark: the published bands, 100-165 (Microsoft's Speaker Coach) to 130-170, together."""
WINDOW_S = 30.0
"""A pace outside the band is told when it lasts this long; shorter ones are how people speak."""
STEP_S = 5.0
"""How far one window stands from the next."""
MOST_SILENT = 0.5
"""Long pauses are listed as such and left out of a window's time; one that is mostly pauses says nothing of pace."""
N_AROUND = 4
"""Words shown before and after a long pause."""


def measure(transcript: Transcript, duration_s: float, gaps: Sequence[Span] = ()) -> Delivery:
    """The figures of one answer.

    Args:
        transcript: What was heard; a typed one has no times, and so no pace and no pauses.
        duration_s: Length of the sound, ≥ 0.
        gaps: Where sound is missing: a silence that touches one is no pause of the speaker.
    """
    words = transcript.words
    timed = sorted(_timed(words), key=attrgetter("middle_s"))
    middles = [word.middle_s for word in timed]
    speech = spans_of_speech(transcript.segments)
    pauses = [pause for pause in _between(speech) if pause.duration_s >= PAUSE_S and not _touches(pause, gaps)]
    long_pauses = [pause for pause in pauses if pause.duration_s >= LONG_PAUSE_S]
    return Delivery(
        duration_s=duration_s,
        speech_s=sum(span.duration_s for span in speech),
        n_words=len(words),
        words_per_minute=_per_minute(len(timed), duration_s) if timed else None,
        articulation_per_minute=_articulation(transcript, len(timed)),
        first_word_s=speech[0].start_s if speech else None,
        n_pauses=len(pauses),
        long_pauses=tuple(_listed(pause, timed, middles) for pause in long_pauses),
        excursions=_excursions(timed, middles, long_pauses),
        fillers=count_fillers(words, _after_pauses(words, pauses)),
    )


def spans_of_speech(segments: Iterable[Segment]) -> tuple[Span, ...]:
    """Where speech was heard, in order, no two touching.

    Where a segment has words but no spans of its own (text read from subtitles), its words are the speech.
    """
    found = [
        span
        for segment in segments
        for span in (segment.speech or [_extent(word) for word in _timed(segment.words)])
        if span.end_s > span.start_s
    ]
    joined: list[Span] = []
    for span in sorted(found, key=lambda span: span.start_s):
        if joined and span.start_s <= joined[-1].end_s:
            joined[-1] = Span(joined[-1].start_s, max(joined[-1].end_s, span.end_s))
        else:
            joined.append(span)
    return tuple(joined)


def _timed(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if word.start_s is not None and word.end_s is not None]


def _extent(word: Word) -> Span:
    return Span(word.start_s or 0.0, word.end_s or 0.0)


def _between(speech: Sequence[Span]) -> list[Span]:
    """The silences inside the answer: neither the one before it nor the one after it."""
    return [Span(one.end_s, other.start_s) for one, other in pairwise(speech)]


def _touches(pause: Span, gaps: Sequence[Span]) -> bool:
    return any(gap.start_s < pause.end_s and pause.start_s < gap.end_s for gap in gaps)


def _per_minute(count: int, seconds: float) -> float | None:
    return 60 * count / seconds if seconds > 0 else None


def _articulation(transcript: Transcript, n_words: int) -> float | None:
    """Words over the speech that gave them: a segment that was not understood counts on neither side."""
    speech = spans_of_speech(segment for segment in transcript.segments if not segment.unsure)
    return _per_minute(n_words, sum(span.duration_s for span in speech)) if n_words else None


def _listed(pause: Span, timed: Sequence[Word], middles: Sequence[float]) -> LongPause:
    """A pause with what was said around it."""
    at = bisect_right(middles, (pause.start_s + pause.end_s) / 2)
    before = " ".join(word.text for word in timed[max(at - N_AROUND, 0) : at])
    after = " ".join(word.text for word in timed[at : at + N_AROUND])
    return LongPause(pause.start_s, pause.end_s, before, after)


def _after_pauses(words: Sequence[Word], pauses: Sequence[Span]) -> frozenset[int]:
    """The words before which the speaker paused."""
    middles = sorted((pause.start_s + pause.end_s) / 2 for pause in pauses)
    return frozenset(
        at
        for at, (one, other) in enumerate(pairwise(words), start=1)
        if one.start_s is not None
        and other.start_s is not None
        and bisect_left(middles, one.middle_s) < bisect_left(middles, other.middle_s)
    )


def _excursions(
    timed: Sequence[Word], middles: Sequence[float], long_pauses: Sequence[Span]
) -> tuple[PaceExcursion, ...]:
    """Stretches of windows that are all too slow or all too fast."""
    if not timed:
        return ()
    first_s, last_s = middles[0], max(_extent(word).end_s for word in timed)
    n_windows = int((last_s - first_s - WINDOW_S) // STEP_S) + 1
    windows = [Span(first_s + i * STEP_S, first_s + i * STEP_S + WINDOW_S) for i in range(max(n_windows, 0))]
    stretches: list[list[tuple[Span, float]]] = []
    before = 0
    for window in windows:
        silent = _silent_share(window, long_pauses)
        n_words = bisect_left(middles, window.end_s) - bisect_left(middles, window.start_s)
        pace = 60 * n_words / (WINDOW_S * (1 - silent)) if silent <= MOST_SILENT else None
        side = (pace > BAND[1]) - (pace < BAND[0]) if pace is not None else 0
        if pace is not None and side:
            if side != before:
                stretches.append([])
            stretches[-1].append((window, pace))
        before = side
    return tuple(_excursion(stretch) for stretch in stretches)


def _silent_share(window: Span, pauses: Sequence[Span]) -> float:
    """The share of a window that is long pauses, which stand in the order of time."""
    silent_s, at = 0.0, bisect_right(pauses, window.start_s, key=lambda pause: pause.end_s)
    while at < len(pauses) and pauses[at].start_s < window.end_s:
        silent_s += min(pauses[at].end_s, window.end_s) - max(pauses[at].start_s, window.start_s)
        at += 1
    return silent_s / WINDOW_S


def _excursion(stretch: Sequence[tuple[Span, float]]) -> PaceExcursion:
    paces = [pace for _, pace in stretch]
    return PaceExcursion(stretch[0][0].start_s, stretch[-1][0].end_s, sum(paces) / len(paces))
