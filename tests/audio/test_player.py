"""Stretches of a take are played, and stop at once."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count, pairwise
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
import soundfile

from pmrehearse.audio.playback import Play, PlaybackEnded, PlaybackEvent, PlaybackFailed, PlaybackMoved
from pmrehearse.audio.player import Player
from pmrehearse.audio.player_process import Playback, stretch
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


class QuickOutput:
    """Hears at once what it is offered; `Loudspeaker` as far as a playback sees it."""

    def __init__(self) -> None:
        self.n_samples = 0
        self.done = True

    @property
    def heard_s(self) -> float:
        """Seconds that were offered."""
        return self.n_samples / RATE

    def prepared(self, samples: np.ndarray[tuple[int], np.dtype[np.float32]]) -> bytes:
        """Two bytes a sample."""
        return bytes(2 * samples.size)

    def offer(self, prepared: bytes, timeout_s: float) -> bool:
        """There is always room."""
        del timeout_s
        self.n_samples += len(prepared) // 2
        return True

    def check(self) -> None:
        """It works."""

    def close(self) -> None:
        """It is gone."""


def played(asked: Play, until: Callable[[float], bool] = lambda _place_s: False) -> tuple[float, list[float]]:
    """How many seconds the loudspeaker got, and the places that were told, until one of them is reached."""
    output, places = QuickOutput(), [asked.start_s]

    def tell(event: PlaybackEvent) -> None:
        assert not isinstance(event, PlaybackFailed)
        places.append(event.position_s)

    clock = count()
    playback = Playback(asked, lambda: until(places[-1]) and len(places) > 1, tell, lambda: next(clock))
    playback.play(lambda: output)  # type: ignore[arg-type,return-value]  # it hears as a loudspeaker does
    return output.heard_s, places


@pytest.mark.parametrize("speed", [0.5, 1.0, 1.5, 2.0])
def test_the_speed_takes_its_time_and_keeps_the_place(tmp_path: Path, speed: float) -> None:
    """A stretch of three seconds lasts three seconds over the speed; its places are those of the take."""
    path = numbered(tmp_path / "a.wav", 10.0)
    heard_s, places = played(Play(path, 4.0, 7.0, 1, speed))
    assert heard_s == pytest.approx(3.0 / speed, abs=1 / RATE)
    assert places == sorted(places)
    assert places[-1] == pytest.approx(7.0, abs=0.001)


def test_a_stretch_begins_again_at_its_end(tmp_path: Path) -> None:
    """Places stay inside the stretch, and begin over; a stretch without sound ends at once."""
    path = numbered(tmp_path / "a.wav", 10.0)
    n_rounds = count()
    _, places = played(Play(path, 2.0, 2.5, 1, again=True), lambda place_s: place_s < 2.02 and next(n_rounds) > 3)
    assert sum(after < before for before, after in pairwise(places)) >= 2
    assert all(2.0 <= place_s <= 2.5 for place_s in places)
    assert played(Play(path, 20.0, None, 1, again=True))[0] == 0.0


@pytest.mark.sound
def test_a_stretch_is_played_faster(virtual_mic: VirtualMic, player: Player, ears: Ears, jfk: Path) -> None:
    """At twice the speed the position runs over the same seconds of the take, and ends at the same place."""
    virtual_mic.mute(on=False)
    player.play(jfk, 2.0, 5.0, speed=2.0)
    ended = ears.wait_for(PlaybackEnded)
    assert ended.position_s == pytest.approx(5.0, abs=0.02)
    places = [event.position_s for event in ears.events if isinstance(event, PlaybackMoved)]
    assert places == sorted(places)


@pytest.mark.sound
def test_a_stretch_is_played_again_and_again(virtual_mic: VirtualMic, player: Player, ears: Ears, jfk: Path) -> None:
    """Until it is stopped; the position starts over with each round and stays inside the stretch."""
    virtual_mic.mute(on=False)
    player.play(jfk, 2.0, 2.4, again=True)

    def rounds() -> int:
        places = [event.position_s for event in ears.events if isinstance(event, PlaybackMoved)]
        return sum(after < before for before, after in pairwise(places))

    ears.wait_for(PlaybackMoved, lambda _: rounds() >= 2)
    player.stop()
    assert ears.wait_for(PlaybackEnded).stopped
    assert all(2.0 <= event.position_s <= 2.4 for event in ears.events if isinstance(event, PlaybackMoved))


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
