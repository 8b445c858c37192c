"""Blocks counted against the clock."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.audio.sources import Block
from pmrehearse.audio.timeline import Missing, Timeline

RATE = 16_000
SIZE = 1_600


@dataclass
class Tape:
    """A file as the timeline would have it: blocks and gaps, one after the other."""

    timeline: Timeline
    n_samples: int = 0
    gaps: list[tuple[int, int]] = field(default_factory=list)
    drifts: int = 0

    def hear(self, end_s: float, size: int = SIZE) -> None:
        """A block comes."""
        self.write(self.timeline.place(Block(np.ones(size, np.int16), end_s)))

    def write(self, pieces: list[Block | Missing]) -> None:
        """Pieces go into the file."""
        for piece in pieces:
            if isinstance(piece, Missing):
                self.gaps.append((self.n_samples, piece.n_samples))
                self.drifts += piece.drift
                self.n_samples += piece.n_samples
            else:
                self.n_samples += piece.samples.size


def test_a_steady_microphone_has_no_gaps_in_90_minutes() -> None:
    """Blocks that come in time, from a crystal 50 ppm slow, never count as lost."""
    tape = Tape(Timeline(0))
    for number in range(54_000):
        tape.hear(100.0 + (number + 1) * 0.1 * (1 + 50e-6))
    assert tape.gaps == []
    assert tape.n_samples == 54_000 * SIZE


@given(st.integers(0, 2**32))
def test_late_callbacks_lose_nothing(seed: int) -> None:
    """Callbacks that a busy machine delays, each by less than a second, never count as lost."""
    tape = Tape(Timeline(0))
    end_s = 100.0
    for number, delay_s in enumerate(np.random.default_rng(seed).uniform(0.0, 0.9, 600)):
        end_s = max(end_s, 100.0 + number * 0.1 + (float(delay_s) if number % 7 else 0.0))
        tape.hear(end_s)
    tape.write(tape.timeline.flush())
    assert tape.gaps == []


def test_a_backlog_that_comes_whole_is_no_loss() -> None:
    """After a stall of 40 s whose sound then comes in one rush, nothing is marked."""
    tape = Tape(Timeline(0))
    for number in range(100):
        tape.hear(100.0 + number * 0.1)
    for number in range(409):
        tape.hear(150.0 + number * 0.002)
    for number in range(100):
        tape.hear(150.9 + number * 0.1)
    tape.write(tape.timeline.flush())
    assert tape.gaps == []
    assert tape.n_samples == 609 * SIZE


def test_a_suspended_source_leaves_a_gap_of_its_length() -> None:
    """Four seconds without sound stand as four seconds of silence where they were."""
    tape = Tape(Timeline(0))
    for number in range(100):
        tape.hear(100.0 + number * 0.1)
    for number in range(100):
        tape.hear(114.0 + number * 0.1)
    assert tape.gaps == [(100 * SIZE, 4 * RATE + 0)]


def test_a_short_loss_is_found_by_counting() -> None:
    """A second that is lost without a silence of the callback is marked within 30 s, and later samples are in time."""
    tape = Tape(Timeline(0))
    for number in range(150):
        tape.hear(100.0 + number * 0.1)
    for number in range(300):
        tape.hear(115.9 + number * 0.1)
    assert [n for _, n in tape.gaps] == [round(0.9 * RATE)]
    assert tape.drifts == 1
    assert tape.n_samples == round((115.9 + 29.9 - 100.0 + 0.1) * RATE)


def test_a_take_that_goes_on_is_in_time() -> None:
    """After the recorder died for 7.5 s, the gap runs from the last sample that is in the file."""
    tape = Tape(Timeline(50_000, base_n=48_000, base_s=100.0), n_samples=50_000)
    for number in range(30):
        tape.hear(107.6 + number * 0.1)
    assert tape.gaps == [(50_000, 48_000 + round(7.5 * RATE) - 50_000)]


def test_what_is_held_is_not_forgotten_at_the_end() -> None:
    """Blocks held after a silence are written when the take ends."""
    tape = Tape(Timeline(0))
    tape.hear(100.0)
    tape.hear(103.1)
    assert tape.n_samples == SIZE
    tape.write(tape.timeline.flush())
    assert tape.n_samples == SIZE + 3 * RATE + SIZE


def test_a_stream_opened_anew_soon_is_not_trusted() -> None:
    """Half a second lost between two streams is marked at its place, though the callback was not silent for long."""
    tape = Tape(Timeline(0))
    for number in range(50):
        tape.hear(100.0 + number * 0.1)
    tape.timeline.source_changed()
    for number in range(30):
        tape.hear(105.5 + number * 0.1)
    assert tape.gaps == [(50 * SIZE, RATE // 2)]
