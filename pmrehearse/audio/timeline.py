"""How much sound is missing, so that the file's samples go on telling the time?

PortAudio hides most losses: a suspended source only stops calling, a moved stream says nothing, and after a stall the
backlog may come whole or not at all (measured on PulseAudio). So blocks are counted against the clock: after a
silence of the callback the next blocks are held until the backlog is in, and only what then lacks counts as lost.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from pmrehearse.audio.events import SAMPLE_RATE_HZ
from pmrehearse.audio.sources import Block

SILENCE_S = 1.0
"""Blocks further apart than this may have lost something between them; under full load they came 0.21 s apart."""
SETTLE_S = 1.2
"""For so long blocks are held after a silence; PulseAudio delivers a backlog of 3 s within this."""
LONGEST_HOLD_S = 10.0
"""Then blocks are written whether or not the backlog is in."""
FALLING_S = 0.05
"""A lag that falls by more than this is still a backlog coming in."""
LEAST_LOSS_S = 0.25
"""A smaller lack after a silence is jitter of the callback (125 ms apart at a latency of 0.5 s)."""
CHECK_EVERY_S = 10.0
"""How often frames are counted against the clock."""
DRIFT_S = 0.5
"""A lack that is as large in two checks running is lost sound."""
CRYSTAL_S = 0.02
"""So much may a card's crystal stray in one check (200 ppm would be 2 ms), jitter of the callback included."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Sound that never came.

    Attributes:
        n_samples: How much, > 0.
        reason: One sentence.
        drift: It was found by counting; its place is known to 20 s only.
    """

    n_samples: int
    reason: str
    drift: bool = False


class Timeline:
    """Counts one stretch of a recording, from its start or the end of a pause, against the clock."""

    def __init__(self, n_samples: int, base_n: int | None = None, base_s: float | None = None) -> None:
        """Begin a stretch.

        Args:
            n_samples: Samples that the take has.
            base_n: Samples that it had at `base_s`, when the stretch goes on from there; None for a new stretch.
            base_s: Monotonic time; None: the first block begins the stretch.
        """
        self._n = n_samples
        self._base_n = n_samples if base_n is None else base_n
        self._base_s = base_s
        self._last_s = base_s
        self._usual_lag_s = 0.0
        self._suspicious = base_s is not None
        self._held: list[Block] = []
        self._held_lag_s = 0.0
        self._hold_until_s = 0.0
        self._give_up_s = 0.0
        self._check_s = 0.0
        self._least_lag_s = math.inf
        self._suspect_s = 0.0

    def source_changed(self) -> None:
        """The stream was opened anew: something may be missing before the next block, however soon it comes."""
        self._suspicious = True

    def place(self, block: Block) -> list[Block | Missing]:
        """What goes into the file now, in order; nothing while blocks are held after a silence."""
        start_s = block.end_s - block.samples.size / SAMPLE_RATE_HZ
        if self._base_s is None or self._last_s is None:
            self._base_s = self._last_s = start_s
            self._check_s = block.end_s + CHECK_EVERY_S
        silence_s = block.end_s - self._last_s
        self._last_s = block.end_s
        suspicious, self._suspicious = self._suspicious, False
        if self._held or suspicious or silence_s > SILENCE_S + block.samples.size / SAMPLE_RATE_HZ:
            return self._hold(block)
        found = self._count(block)
        self._n += block.samples.size
        return [*found, block]

    def flush(self) -> list[Block | Missing]:
        """What is still held; at the end of a stretch."""
        if not self._held:
            return []
        lost_s = self._held_lag_s - self._usual_lag_s
        found: list[Block | Missing] = list(self._held)
        if lost_s >= LEAST_LOSS_S:
            n_lost = round(lost_s * SAMPLE_RATE_HZ)
            found.insert(0, Missing(n_lost, f"no sound came for {lost_s:.1f} s"))
            self._n += n_lost
        self._n += sum(block.samples.size for block in self._held)
        self._held = []
        self._start_check(self._last_s or 0.0)
        return found

    def _hold(self, block: Block) -> list[Block | Missing]:
        """Keep the block until the lag has stopped falling: then the backlog is in."""
        n_before = self._n + sum(held.samples.size for held in self._held)
        lag_s = self._lag_s(block, n_before)
        if not self._held:
            self._held_lag_s = math.inf
            self._give_up_s = block.end_s + LONGEST_HOLD_S
        self._held.append(block)
        if lag_s < self._held_lag_s - FALLING_S:
            self._hold_until_s = block.end_s + SETTLE_S
        self._held_lag_s = min(self._held_lag_s, lag_s)
        return self.flush() if block.end_s >= min(self._hold_until_s, self._give_up_s) else []

    def _count(self, block: Block) -> list[Missing]:
        """Each ten seconds: does the least lag of them say that sound was lost?"""
        self._least_lag_s = min(self._least_lag_s, self._lag_s(block, self._n))
        if block.end_s < self._check_s:
            return []
        lost_s = self._least_lag_s - self._usual_lag_s
        if lost_s < CRYSTAL_S:
            self._usual_lag_s = self._least_lag_s
        confirmed = min(lost_s, self._suspect_s)
        self._start_check(block.end_s)
        self._suspect_s = lost_s
        if confirmed < DRIFT_S:
            return []
        self._suspect_s = 0.0
        n_lost = round(confirmed * SAMPLE_RATE_HZ)
        self._n += n_lost
        return [Missing(n_lost, f"{confirmed:.1f} s of sound were lost in the last 20 s", drift=True)]

    def _start_check(self, now_s: float) -> None:
        self._check_s = now_s + CHECK_EVERY_S
        self._least_lag_s = math.inf
        self._suspect_s = 0.0

    def _lag_s(self, block: Block, n_before: int) -> float:
        """By how much the samples stay behind the clock at the end of a block."""
        expected = self._base_n + (block.end_s - (self._base_s or 0.0)) * SAMPLE_RATE_HZ
        return (expected - n_before - block.samples.size) / SAMPLE_RATE_HZ
