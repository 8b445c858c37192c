"""How does a take pass when so many cores are free for recognition?

A simulated clock: work counts as long as it really takes, and sound comes as that clock goes on. On one core work
counts by the processor time of its one thread, so that a busy machine changes no figure; on more cores it counts as it
passes, so that only a quiet machine tells the truth (`machine.load`).
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import talking
from pmrehearse.speech.events import SegmentHeard, SpeechEvent, WordsAhead
from pmrehearse.speech.follower import Ears, Follower

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pmrehearse.speech.engine import Engine
    from pmrehearse.speech.segments import Segment

BLOCK_S = 0.1


def clock(cores: int) -> Callable[[], float]:
    """What work is timed with, in seconds."""
    return time.process_time if cores == 1 else time.perf_counter


@dataclass
class WorkClock:
    """A clock that goes on by work, and by waiting for sound.

    Attributes:
        timed_s: What work is timed with.
        now_s: What it shows.
        worked_s: How much of that was work.
    """

    timed_s: Callable[[], float]
    now_s: float = 0.0
    worked_s: float = 0.0
    _began_s: float | None = field(default=None, init=False)

    def here_s(self) -> float:
        """What it shows in the middle of work."""
        return self.now_s if self._began_s is None else self.now_s + self.timed_s() - self._began_s

    def work(self, deed: Callable[[], bool]) -> bool:
        """Do it, and let the clock go on by the time that it took."""
        self._began_s = self.timed_s()
        done = deed()
        took_s = self.timed_s() - self._began_s
        self._began_s = None
        self.now_s += took_s
        self.worked_s += took_s
        return done


@dataclass
class Passed:
    """A take that was followed to its end.

    Attributes:
        after_stop_s: From the stop to the end of its transcript.
        share: Work for a second of sound, until the stop.
        segments: What was heard.
        reached: When words up to which second were told: (time, second), both from the beginning of the sound.
    """

    after_stop_s: float = 0.0
    share: float = 0.0
    segments: list[Segment] = field(default_factory=list)
    reached: list[tuple[float, float]] = field(default_factory=list)


def pass_take(
    audio: Path, sound: np.ndarray, stop_s: float, engine: Engine, cores: int, before_s: float = 0.0
) -> Passed:
    """Let sound come and be followed, up to a stop.

    Args:
        audio: The take's file; sound before `before_s` is in it already.
        sound: What comes.
        stop_s: How much silence follows it before the stop.
        engine: What recognises, on so many threads.
        cores: How many are free for it.
        before_s: How long the take was before.
    """
    whole = np.concatenate([sound, np.zeros(round(stop_s * talking.RATE_HZ), np.float32)])
    core, passed = WorkClock(clock(cores)), Passed()

    def tell(event: SpeechEvent) -> None:
        if isinstance(event, SegmentHeard):
            passed.segments.append(event.segment)
            passed.reached.append((core.here_s(), event.segment.end_s - before_s))
        elif isinstance(event, WordsAhead):
            passed.reached.append((core.here_s(), event.to_s - before_s))

    end_s, came = whole.size / talking.RATE_HZ, 0

    def grow() -> None:
        nonlocal came
        here = min(whole.size, int(core.here_s() / BLOCK_S) * round(BLOCK_S * talking.RATE_HZ))
        if here > came:
            talking.append(audio, whole[came:here])
            came = here
        if came == whole.size and core.here_s() >= end_s:
            follower.finish(round(before_s * talking.RATE_HZ) + whole.size)

    ears = Ears(engine, "simulated", tell, lambda _window: None, grow, clock(cores))
    follower = Follower(audio, before_s, ears)
    while core.now_s < end_s or came < whole.size:
        grow()
        if not core.work(follower.step):
            core.now_s = (int(core.now_s / BLOCK_S) + 1) * BLOCK_S
    passed.share = core.worked_s / core.now_s
    grow()
    while core.work(follower.step):
        pass
    core.work(follower.finished)
    passed.after_stop_s = core.now_s - end_s
    return passed
