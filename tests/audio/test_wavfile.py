"""A take's WAV: written so that it is whole after each write, read while it grows, repaired on a copy."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.audio.rawfile import RawFile, is_being_recorded
from pmrehearse.audio.wavfile import WavWriter, count_samples, header, read_samples, repair
from pmrehearse.errors import AudioFileError
from tests.rigs.flaky_file import FlakyFile
from tests.rigs.readers import lengths
from tests.rigs.scripted import samples_of, spoken_at


def sound(n_samples: int, first: int = 0) -> bytes:
    """Sound whose samples are all different."""
    return spoken_at(first, n_samples).astype("<i2").tobytes()


def damaged(path: Path, head: bytes, at: int = 0) -> Path:
    """The file with other bytes at a place."""
    data = path.read_bytes()
    path.write_bytes(data[:at] + head + data[at + len(head) :])
    return path


@pytest.fixture
def take(tmp_path: Path) -> Path:
    """A take of 5,000 samples."""
    writer = WavWriter.create(tmp_path / "take.wav")
    writer.write(sound(5_000))
    writer.close()
    return tmp_path / "take.wav"


def test_the_header_is_that_of_the_standard_library(take: Path, tmp_path: Path) -> None:
    """Our file is the file that `wave.writeframes` makes, byte for byte."""
    with wave.open(str(tmp_path / "other.wav"), "wb") as other:
        other.setparams((1, 2, 16_000, 0, "NONE", "not compressed"))
        other.writeframes(sound(5_000))
    assert take.read_bytes() == (tmp_path / "other.wav").read_bytes()


def test_every_program_reads_it_after_each_write(tmp_path: Path) -> None:
    """Not closed, not synced: `wave`, soundfile, ffmpeg and SoX find every sample written so far."""
    writer = WavWriter.create(tmp_path / "a.wav")
    for number in range(1, 4):
        writer.write(sound(1_600))
        assert set(lengths(tmp_path / "a.wav").values()) == {number * 1_600}
    writer.close()


def test_it_is_ours_alone(tmp_path: Path) -> None:
    """Under any umask the file has mode 0600; nothing that stands there is opened, links are not followed."""
    before = os.umask(0)
    try:
        WavWriter.create(tmp_path / "a.wav").close()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.wav").stat().st_mode) == 0o600
    (tmp_path / "link.wav").symlink_to(tmp_path / "b.wav")
    for name in ("a.wav", "link.wav"):
        with pytest.raises(FileExistsError):
            WavWriter.create(tmp_path / name)
    assert not (tmp_path / "b.wav").exists()


def test_a_file_that_cannot_be_made_leaves_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk refuses the first sync, no empty file stays behind."""

    def refuse(_file: RawFile) -> None:
        raise OSError(errno.EIO, "input/output error")

    monkeypatch.setattr(RawFile, "sync", refuse)
    with pytest.raises(OSError, match="input/output"):
        WavWriter.create(tmp_path / "a.wav")
    assert list(tmp_path.iterdir()) == []


@given(st.lists(st.integers(1, 900), min_size=1, max_size=12), st.integers(1, 700))
def test_short_writes_lose_and_double_nothing(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int], piece_bytes: int
) -> None:
    """However few bytes the system takes at a time, even half a sample, the file holds the sound exactly."""
    path = tmp_path_factory.mktemp("short") / "a.wav"
    file = FlakyFile.create(path)
    assert isinstance(file, FlakyFile)
    file.piece_bytes = piece_bytes
    writer = WavWriter(file)
    first = 0
    for size in sizes:
        writer.write(sound(size, first))
        first += size
    writer.close()
    np.testing.assert_array_equal(samples_of(path), spoken_at(0, first))
    assert lengths_of_wave(path) == first


def lengths_of_wave(path: Path) -> int:
    """What the header says."""
    with wave.open(str(path)) as take:
        return int(take.getnframes())


@given(st.integers(0, 4_000))
def test_a_full_disk_is_taken_up_where_it_stopped(tmp_path_factory: pytest.TempPathFactory, room_bytes: int) -> None:
    """After a write that failed half-way, `n_bytes` says what got in, and the rest follows without seam."""
    path = tmp_path_factory.mktemp("full") / "a.wav"
    file = FlakyFile.create(path)
    assert isinstance(file, FlakyFile)
    writer = WavWriter(file)
    writer.patch_header()
    file.room_bytes = room_bytes
    data = sound(2_500)
    with pytest.raises(OSError, match="No space"):
        writer.write(data)
    assert writer.n_bytes == room_bytes // 2 * 2
    file.room_bytes = None
    writer.write(data[writer.n_bytes :])
    writer.close()
    assert path.read_bytes() == header(5_000) + data


def test_a_growing_file_is_read_by_its_size(take: Path) -> None:
    """A reader trusts the length of the file, not its header, and gets less where the file ends."""
    damaged(take, header(100 * 2))
    assert count_samples(take) == 5_000
    np.testing.assert_array_equal(read_samples(take, 4_000, 5_000) * 32_768, spoken_at(4_000, 1_000))
    assert read_samples(take, 6_000, 10).size == 0
    assert read_samples(take, 0, 0).size == 0
    assert read_samples(take, 0, 10).dtype == np.float32


def test_half_a_sample_at_the_end_is_not_sound(take: Path) -> None:
    """A file cut within a sample ends before it; going on writes over it."""
    with take.open("ab") as file:
        file.write(b"\x07")
    assert count_samples(take) == 5_000
    assert read_samples(take, 4_999, 10).size == 1
    writer = WavWriter.append_to(take)
    writer.write(sound(1_000, 5_000))
    writer.close()
    np.testing.assert_array_equal(samples_of(take), spoken_at(0, 6_000))


@pytest.mark.parametrize(
    ("head", "at"),
    [
        (bytes(44), 0),
        (b"\xff" * 44, 0),
        (bytes(4), 40),
        (b"\xff\xff\xff\xff", 40),
        (bytes(4), 4),
        (b"RIFX", 0),
        (bytes(24), 12),
    ],
    ids=["zeroed", "ones", "no data size", "endless data", "no riff size", "wrong letters", "no fmt chunk"],
)
def test_a_damaged_header_is_repaired_on_a_copy(take: Path, tmp_path: Path, head: bytes, at: int) -> None:
    """Whatever is wrong with the header, the sound is read, and a copy is whole; the original keeps its bytes."""
    before = damaged(take, head, at).read_bytes()
    assert read_samples(take, 0, 9_000).size == 5_000
    assert repair(take, tmp_path / "whole.wav") == 5_000
    assert take.read_bytes() == before
    assert set(lengths(tmp_path / "whole.wav").values()) == {5_000}
    np.testing.assert_array_equal(samples_of(tmp_path / "whole.wav"), spoken_at(0, 5_000))


def test_a_header_cut_short_holds_no_sound(tmp_path: Path) -> None:
    """A file that ends within its header has no samples, and its repair is an empty take."""
    (tmp_path / "a.wav").write_bytes(header(0)[:20])
    assert count_samples(tmp_path / "a.wav") == 0
    assert read_samples(tmp_path / "a.wav", 0, 100).size == 0
    assert repair(tmp_path / "a.wav", tmp_path / "b.wav") == 0


def test_a_wav_of_another_kind_is_refused(tmp_path: Path) -> None:
    """44.1 kHz stereo is not read as if it were a take; a missing file is named."""
    soundfile.write(tmp_path / "other.wav", np.zeros((100, 2)), 44_100)
    for call in (count_samples, WavWriter.append_to):
        with pytest.raises(AudioFileError, match=r"other\.wav is a WAV, but not"):
            call(tmp_path / "other.wav")
    with pytest.raises(AudioFileError, match="cannot be read"):
        read_samples(tmp_path / "none.wav", 0, 1)


def test_tags_before_the_sound_are_stepped_over(tmp_path: Path) -> None:
    """A 16 kHz WAV of another program, with chunks before the data, is read from where its sound begins."""
    plain = header(200)
    path = tmp_path / "tagged.wav"
    path.write_bytes(plain[:36] + b"LIST\x06\x00\x00\x00INFOxy" + plain[36:] + sound(100))
    assert count_samples(path) == 100
    np.testing.assert_array_equal(read_samples(path, 0, 100) * 32_768, spoken_at(0, 100))
    with pytest.raises(AudioFileError, match="was not recorded here"):
        WavWriter.append_to(path)


def test_a_live_recording_is_told_from_one_cut_short(tmp_path: Path) -> None:
    """The file counts as being recorded while a process has it open, and no longer once that process was killed."""
    path = tmp_path / "a.wav"
    script = (
        "import sys, time; from pathlib import Path; from pmrehearse.audio.wavfile import WavWriter;"
        "w = WavWriter.create(Path(sys.argv[1])); w.write(bytes(200)); print('ready', flush=True); time.sleep(60)"
    )
    assert not is_being_recorded(path)
    with subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        assert is_being_recorded(path)
        with pytest.raises(BlockingIOError):
            WavWriter.append_to(path)
        child.kill()
    assert not is_being_recorded(path)
    assert count_samples(path) == 100


def test_the_name_that_is_gone_is_noticed(tmp_path: Path) -> None:
    """A file that was deleted, moved or replaced no longer stands; what it holds is still given back."""
    writer = WavWriter.create(tmp_path / "a.wav")
    writer.write(sound(100))
    assert writer.stands()
    (tmp_path / "a.wav").rename(tmp_path / "b.wav")
    assert not writer.stands()
    (tmp_path / "a.wav").write_text("another")
    assert not writer.stands()
    (tmp_path / "b.wav").unlink()
    assert writer.read(40, 100) == sound(60, 40)
    writer.close()
    writer.close()
