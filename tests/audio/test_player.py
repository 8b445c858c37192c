"""Stretches of a take are played, and stop at once."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
import soundfile

from pmrehearse.audio.playback import Play, PlaybackEnded, PlaybackEvent, PlaybackFailed, PlaybackMoved
from pmrehearse.audio.player import Player
from pmrehearse.audio.player_process import stretch
from pmrehearse.audio.wavfile import WavWriter
from tests.rigs.scripted import spoken_at
from tests.rigs.sounds import numbered
from tests.rigs.virtual_mic import VirtualMic

RATE = 16_000
DEADLINE_S = 30.0
Event = TypeVar("Event", bound=PlaybackEvent)


class Ears:
    """Keeps what the player tells."""

    def __init__(self) -> None:
        self.events: list[PlaybackEvent] = []
        self._changed = threading.Condition()

    def __call__(self, event: PlaybackEvent) -> None:
        """Hear an event."""
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def wait_for(self, kind: type[Event], such_that: Callable[[Event], bool] = lambda _: True) -> Event:
        """The first event of a kind.

        Raises:
            AssertionError: It does not come in time.
        """

        def found() -> list[Event]:
            return [event for event in self.events if isinstance(event, kind) and such_that(event)]

        with self._changed:
            assert self._changed.wait_for(found, DEADLINE_S), self.events
            return found()[0]


@pytest.fixture
def ears() -> Ears:
    """Keeps what the player tells."""
    return Ears()


@pytest.fixture
def player(ears: Ears) -> Iterator[Player]:
    """A player whose process ends with the test."""
    player = Player(ears)
    yield player
    player.close()


def heard(path: Path, start_s: float, end_s: float | None) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    """The samples of a stretch."""
    blocks = [np.rint(block * 32_768).astype(np.int16) for block in stretch(Play(path, start_s, end_s, 1))]
    return np.concatenate(blocks) if blocks else np.empty(0, np.int16)


@pytest.mark.parametrize(("start_s", "end_s"), [(0.0, None), (0.0, 0.5), (2.345, 4.0), (9.99, 20.0), (3.0, 3.0)])
def test_a_stretch_is_cut_to_the_sample(tmp_path: Path, start_s: float, end_s: float | None) -> None:
    """From the second to the second, whatever the block size; beyond the end there is nothing."""
    path = numbered(tmp_path / "a.wav", 10.0)
    first = round(start_s * RATE)
    last = min(10 * RATE, 10 * RATE if end_s is None else round(end_s * RATE))
    np.testing.assert_array_equal(heard(path, start_s, end_s), spoken_at(first, last - first))


def test_a_stretch_of_a_flac_and_of_a_growing_take(tmp_path: Path) -> None:
    """A FLAC plays like a WAV, and so does a take that is being recorded."""
    soundfile.write(tmp_path / "a.flac", spoken_at(0, 5 * RATE), RATE)
    np.testing.assert_array_equal(heard(tmp_path / "a.flac", 1.0, 2.0), spoken_at(RATE, RATE))
    writer = WavWriter.create(tmp_path / "a.wav")
    writer.write(spoken_at(0, 5 * RATE).tobytes())
    np.testing.assert_array_equal(heard(tmp_path / "a.wav", 1.0, 2.0), spoken_at(RATE, RATE))
    writer.close()


@pytest.mark.sound
def test_a_stretch_is_played_to_its_end(virtual_mic: VirtualMic, player: Player, ears: Ears, jfk: Path) -> None:
    """The position runs from the start to the end of the stretch, never back, and the end is told once."""
    virtual_mic.mute(on=False)
    request = player.play(jfk, 2.0, 3.5)
    ended = ears.wait_for(PlaybackEnded)
    assert (ended.request, ended.stopped) == (request, False)
    assert ended.position_s == pytest.approx(3.5, abs=0.01)
    places = [event.position_s for event in ears.events if isinstance(event, PlaybackMoved)]
    assert places == sorted(places)
    assert places[0] >= 2.0
    assert len(places) >= 8


@pytest.mark.sound
def test_playing_stops_at_once(virtual_mic: VirtualMic, player: Player, ears: Ears, jfk: Path) -> None:
    """A stop ends what plays; another request replaces it; each tells its own end."""
    virtual_mic.mute(on=False)
    first = player.play(jfk)
    ears.wait_for(PlaybackMoved, lambda event: event.position_s > 0.2)
    asked_s = time.monotonic()
    player.stop()
    assert ears.wait_for(PlaybackEnded, lambda event: event.request == first).stopped
    assert time.monotonic() - asked_s < 1.0
    second = player.play(jfk, 1.0)
    ears.wait_for(PlaybackMoved, lambda event: event.request == second)
    third = player.play(jfk, 5.0, 5.3)
    assert ears.wait_for(PlaybackEnded, lambda event: event.request == second).stopped
    assert not ears.wait_for(PlaybackEnded, lambda event: event.request == third).stopped


@pytest.mark.sound
def test_what_cannot_be_played_is_told(virtual_mic: VirtualMic, player: Player, ears: Ears, tmp_path: Path) -> None:
    """A missing file fails with the exit code of a bad file; a player that was killed starts again."""
    virtual_mic.mute(on=False)
    request = player.play(tmp_path / "none.wav")
    failed = ears.wait_for(PlaybackFailed)
    assert (failed.request, failed.exit_code) == (request, 2)
    path = numbered(tmp_path / "a.wav", 20.0)
    killed = player.play(path)
    ears.wait_for(PlaybackMoved)
    assert player._child is not None
    os.kill(player._child.pid, signal.SIGKILL)
    assert "unexpectedly" in ears.wait_for(PlaybackFailed, lambda event: event.request == killed).message
    again = player.play(path, 0.0, 0.2)
    ears.wait_for(PlaybackEnded, lambda event: event.request == again)


def test_without_a_loudspeaker_the_error_says_so(
    player: Player, ears: Ears, jfk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a machine without sound, playing fails with a sentence and what to do."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent")
    player.play(jfk)
    failed = ears.wait_for(PlaybackFailed)
    assert failed.exit_code == 3
    assert failed.hint


def test_closing_twice_does_nothing(ears: Ears) -> None:
    """A player that never played can be stopped and closed."""
    player = Player(ears)
    player.stop()
    player.close()
    player.close()
    assert ears.events == []
