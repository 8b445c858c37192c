"""Sound files of any kind become 16 kHz mono, and what is no sound is named."""

from __future__ import annotations

import contextlib
import os
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from pmrehearse.audio import importing
from pmrehearse.audio.importing import SoundReader, convert_to_wav, read_audio
from pmrehearse.audio.wavfile import header, read_samples
from pmrehearse.errors import AudioFileError
from tests.rigs.readers import lengths
from tests.rigs.sounds import TONE_HZ, numbered

RATE = 16_000
JFK = Path(__file__).parents[1] / "jfk.flac"


def tone(path: Path, rate_hz: int, channels: int = 1, length_s: float = 3.0, **options: str) -> Path:
    """A file with the tone."""
    numbers = np.arange(round(length_s * rate_hz))
    sound = 0.5 * np.sin(2 * np.pi * TONE_HZ * numbers / rate_hz)
    soundfile.write(path, np.repeat(sound[:, np.newaxis], channels, axis=1), rate_hz, **options)
    return path


def expected_tone(n_samples: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The tone at 16 kHz."""
    return np.asarray(0.5 * np.sin(2 * np.pi * TONE_HZ * np.arange(n_samples) / RATE))


@pytest.mark.parametrize(
    ("name", "rate_hz", "channels"),
    [
        ("a.wav", 16_000, 1),
        ("a.wav", 44_100, 2),
        ("a.wav", 8_000, 1),
        ("a.wav", 192_000, 6),
        ("a.flac", 48_000, 2),
        ("a.ogg", 48_000, 1),
        ("a.mp3", 44_100, 2),
        ("a.aiff", 22_050, 1),
    ],
)
def test_every_kind_is_read(tmp_path: Path, name: str, rate_hz: int, channels: int) -> None:
    """Any rate and number of channels become float32 mono 16 kHz of the same length and sound."""
    sound = read_audio(tone(tmp_path / name, rate_hz, channels))
    lossless = name.endswith(("wav", "flac", "aiff"))
    assert sound.dtype == np.float32
    assert sound.ndim == 1
    assert sound.size / RATE == pytest.approx(3.0, abs=0.001 if lossless else 0.1)
    if lossless:
        assert np.abs(sound[800:-800] - expected_tone(sound.size)[800:-800]).max() < 0.005
    else:
        assert np.sqrt(np.mean(sound[800:40_000] ** 2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.05)


def test_blocks_have_no_seams(tmp_path: Path) -> None:
    """Read in small blocks, a resampled file is the same as read in one."""
    path = tone(tmp_path / "a.wav", 44_100)
    with SoundReader(path) as reader:
        pieces = np.concatenate(list(reader.blocks(frames=1_000)))
    np.testing.assert_allclose(pieces, read_audio(path), atol=1e-6)


def test_a_file_is_converted_to_a_take(tmp_path: Path, jfk: Path) -> None:
    """A FLAC becomes a WAV that every program reads, private, with the same sound."""
    assert convert_to_wav(jfk, tmp_path / "take.wav") == 11 * RATE
    assert set(lengths(tmp_path / "take.wav").values()) == {11 * RATE}
    assert (tmp_path / "take.wav").stat().st_mode & 0o777 == 0o600
    np.testing.assert_allclose(read_samples(tmp_path / "take.wav", 0, 20 * RATE), read_audio(jfk), atol=1e-4)


@pytest.mark.parametrize("name", ["empty", "folder", "pipe", "text", "missing", "loop", "no sound", "absurd", "nul"])
def test_what_is_no_sound_is_named(tmp_path: Path, name: str) -> None:
    """Empty, special, missing and senseless files are refused at once, by name; nothing hangs."""
    path = tmp_path / name
    if name == "empty":
        path.touch()
    elif name == "folder":
        path.mkdir()
    elif name == "pipe":
        os.mkfifo(path)
    elif name == "text":
        path.write_text("And so, my fellow Americans\n" * 100)
    elif name == "loop":
        path.symlink_to(path)
    elif name == "no sound":
        path.write_bytes(header(0))
    elif name == "absurd":
        plain = bytearray(header(400) + bytes(400))
        struct.pack_into("<I", plain, 24, 1)
        path.write_bytes(plain)
    elif name == "nul":
        path = tmp_path / "nul\0.wav"
    for convert in (False, True):
        with pytest.raises(AudioFileError) as caught:
            convert_to_wav(path, tmp_path / "out.wav") if convert else read_audio(path)
        assert str(tmp_path) in caught.value.message
        assert caught.value.hint
        assert not (tmp_path / "out.wav").exists()


def test_a_flac_that_was_cut_short_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """A FLAC whose writer was killed says an absurd length; the sound that is there is read."""
    script = (
        "import os, sys, numpy as np, soundfile as sf; f = sf.SoundFile(sys.argv[1], 'w', 16000, 1, 'PCM_16');"
        "[f.write(np.full(1600, 0.1)) for _ in range(100)]; f.flush(); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "a.flac")], check=False)
    sound = read_audio(tmp_path / "a.flac")
    assert 8 * RATE < sound.size <= 10 * RATE
    assert np.allclose(sound, 0.1, atol=0.001)


def test_a_wav_that_was_cut_short_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """A WAV whose header promises more than is there gives what is there."""
    path = tmp_path / "a.wav"
    path.write_bytes(header(2 * 50_000) + bytes(2 * 20_000))
    assert read_audio(path).size == 20_000


def test_floats_that_are_no_numbers_become_silence(tmp_path: Path) -> None:
    """NaN, infinities and values far out of range do not reach Whisper."""
    wild = np.array([np.nan, np.inf, -np.inf, 1e30, 0.25] * 100, dtype=np.float32)
    soundfile.write(tmp_path / "a.wav", wild, RATE, subtype="FLOAT")
    sound = read_audio(tmp_path / "a.wav")
    assert sound[:5].tolist() == [0.0, 1.0, -1.0, 1.0, 0.25]


def test_a_sound_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file longer than any rehearsal is refused while it is read, before it fills the memory or the disk."""
    monkeypatch.setattr(importing, "MAX_LENGTH_S", 10.0)
    path = numbered(tmp_path / "a.wav", 60.0)
    with pytest.raises(AudioFileError, match="longer than"):
        convert_to_wav(path, tmp_path / "out.wav")
    assert not (tmp_path / "out.wav").exists()


@given(st.data())
def test_damaged_files_never_crash(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Bytes flipped, cut or added anywhere give sound or a named error, and nothing else."""
    folder = tmp_path_factory.mktemp("damaged")
    whole = bytearray(JFK.read_bytes()[:60_000])
    for _ in range(data.draw(st.integers(0, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = folder / "a.flac"
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
    with contextlib.suppress(AudioFileError):
        sound = read_audio(path)
        assert sound.size > 0
        assert np.abs(sound).max() <= 1.0


@settings(max_examples=20)
@given(st.integers(0, 12 * RATE))
def test_seeking_begins_at_or_before_the_place(place: int) -> None:
    """After a seek, blocks begin within a second before the place, and carry the file's sound from there."""
    with SoundReader(JFK) as reader:
        begins = reader.seek(place)
        assert begins <= place
        assert place - begins <= RATE or begins == 11 * RATE
        rest = sum(block.size for block in reader.blocks())
    assert rest == 11 * RATE - begins
