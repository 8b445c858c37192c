"""The composed program is left in every way while a take is made; the long form is `python -m tests.soak.exits`."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmrehearse.library.take import TakeStatus
from tests.rigs.leaving import CODES, WAYS, leave
from tests.rigs.real_program import Home, RehearsalInTerminal, n_frames
from tests.speech.worker_rig import wait_until

SECOND = 32_000
"""Bytes."""
PATIENTLY_S = 60.0
"""The end must come; how soon it comes is measured by the long form."""


@pytest.mark.parametrize("way", WAYS)
def test_leaving_while_recording_keeps_the_take(tmp_path: Path, way: str) -> None:
    """By signal or key, the take is whole, the terminal restored, and the exit code says how it was left."""
    left = leave(Home(tmp_path), way, transcribing=False)
    assert (left.faults(PATIENTLY_S), left.code) == ([], CODES[way])
    assert left.status is TakeStatus.RECORDED


@pytest.mark.parametrize("way", ["SIGHUP", "Ctrl-Q"])
def test_leaving_while_transcribing_keeps_the_take(tmp_path: Path, way: str) -> None:
    """The program does not wait for a recogniser at work: it goes, and the take waits for its transcript."""
    left = leave(Home(tmp_path), way, transcribing=True)
    assert (left.faults(PATIENTLY_S), left.code) == ([], CODES[way])


def test_a_recording_goes_on_behind_a_frozen_terminal(tmp_path: Path) -> None:
    """Nothing comes out of the terminal, as after Ctrl-S: the take grows on, and a signal still ends the program."""
    home = Home(tmp_path)
    run = RehearsalInTerminal(home, speed=10.0)
    try:
        run.record()
        run.terminal.freeze()
        while run.terminal.read() and run.terminal.has_more():
            pass
        at_first, drawn = _recorded_bytes(home), len(run.terminal.written)
        wait_until(lambda: _recorded_bytes(home) > at_first + 20 * SECOND)
        run.terminal.read()
        assert len(run.terminal.written) == drawn
        run.terminal.process.terminate()
        assert run.terminal.process.wait(PATIENTLY_S) == 143
    finally:
        run.terminal.kill()
    (take,) = home.takes()
    assert take.n_samples * 2 > at_first + 20 * SECOND
    assert n_frames(home.sound_of(take)) == take.n_samples


def _recorded_bytes(home: Home) -> int:
    """How large the WAV of the only take is by now."""
    return sum(path.stat().st_size for path in home.library.glob("*/audio.wav"))
