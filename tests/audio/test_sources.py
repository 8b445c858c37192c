"""A file as a microphone, paced by a clock that the test makes."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from pmrehearse.audio.events import FileSource
from pmrehearse.audio.sources import BLOCK_SAMPLES, Block, FileReader, Finished
from pmrehearse.errors import AudioFileError
from tests.rigs.scripted import World, spoken_at
from tests.rigs.sounds import numbered

RATE = 16_000


def opened(path: Path, speed: float, world: World) -> FileReader:
    """The file as a source in made time."""
    return FileReader(FileSource(path, speed), world.now, world.wait)


def everything(reader: FileReader) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    """All samples up to the end."""
    pieces = []
    while not isinstance(item := reader.read(0.05), Finished):
        if isinstance(item, Block):
            pieces.append(item.samples)
    return np.concatenate(pieces)


@pytest.mark.parametrize("speed", [1.0, 8.0, math.inf])
def test_a_file_takes_its_length_over_its_speed(tmp_path: Path, speed: float) -> None:
    """Ten seconds at speed 1 take ten seconds, at 8 an eighth, at infinity none; the samples are the same."""
    world = World()
    reader = opened(numbered(tmp_path / "a.wav", 10.01), speed, world)
    reader.go_on()
    begin_s = world.now_s
    samples = everything(reader)
    np.testing.assert_array_equal(samples, spoken_at(0, round(10.01 * RATE)))
    assert world.now_s - begin_s == pytest.approx(10.01 / speed, abs=0.1 / speed + 0.001)


def test_blocks_are_never_ahead_of_the_clock(tmp_path: Path) -> None:
    """A block is handed over only after the time in which it was spoken."""
    world = World()
    reader = opened(numbered(tmp_path / "a.wav", 3.0), 1.0, world)
    reader.go_on()
    n_samples = 0
    while not isinstance(item := reader.read(0.01), Finished):
        if isinstance(item, Block):
            n_samples += item.samples.size
            assert item.end_s - 1_000.0 >= n_samples / RATE - 1e-6


def test_a_reader_that_was_held_up_catches_up(tmp_path: Path) -> None:
    """After the program stood still, the file is where the clock says."""
    world = World()
    reader = opened(numbered(tmp_path / "a.wav", 20.0), 1.0, world)
    reader.go_on()
    reader.read(1.0)
    world.wait(5.0)
    blocks = 0
    while isinstance(reader.read(0.0), Block):
        blocks += 1
    assert blocks == pytest.approx(5.0 * RATE / BLOCK_SAMPLES, abs=2)


def test_it_is_silent_and_stays_where_it_is_while_held(tmp_path: Path) -> None:
    """Held, it gives silence at real speed; going on, the next sample is the one it stopped at."""
    world = World()
    reader = opened(numbered(tmp_path / "a.wav", 5.0), 100.0, world)
    held = [reader.read(0.1) for _ in range(100)]
    silence = [item for item in held if isinstance(item, Block)]
    assert all(not item.samples.any() for item in silence)
    assert world.now_s - 1_000.0 == pytest.approx(len(silence) * BLOCK_SAMPLES / RATE, abs=0.2)
    reader.go_on()
    first = [item for item in (reader.read(0.1) for _ in range(10)) if isinstance(item, Block)]
    reader.hold()
    reader.read(0.1)
    reader.go_on()
    rest = everything(reader)
    np.testing.assert_array_equal(np.concatenate([*(item.samples for item in first), rest]), spoken_at(0, 5 * RATE))


def test_a_take_goes_on_at_its_sample(tmp_path: Path) -> None:
    """Going to a place inside the file continues with that very sample; to a place behind it, with the end."""
    reader = opened(numbered(tmp_path / "a.wav", 5.0), math.inf, World())
    reader.play_from(12_345)
    reader.go_on()
    np.testing.assert_array_equal(everything(reader), spoken_at(12_345, 5 * RATE - 12_345))
    reader.play_from(99 * RATE)
    assert reader.read(0.1) == Finished("the file is at its end")
    reader.close()


def test_a_name_with_escapes_is_shown_clean(tmp_path: Path) -> None:
    """The device's name is fit for a screen whatever the file is called."""
    reader = opened(numbered(tmp_path / "a\x1b]52;c;x\x07.wav", 1.0), 1.0, World())
    assert "\x1b" not in reader.device
    reader.close()


def test_a_file_without_sound_is_refused_when_it_is_opened(tmp_path: Path) -> None:
    """Opening tells what is wrong; nothing is found out later."""
    (tmp_path / "a.wav").write_text("nothing")
    with pytest.raises(AudioFileError, match="no sound that can be read"):
        opened(tmp_path / "a.wav", 1.0, World())
