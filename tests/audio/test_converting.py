"""M4A: decoded by ffmpeg where it is installed, and told plainly where it is not."""

from __future__ import annotations

import shutil
import stat
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile

from pmrehearse.audio import converting, importing
from pmrehearse.audio.converting import is_mpeg4
from pmrehearse.audio.importing import convert_to_wav
from pmrehearse.audio.wavfile import read_samples
from pmrehearse.errors import AudioFileError, MachineError

RATE = 16_000
needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")


@pytest.fixture
def tone(tmp_path: Path) -> Path:
    """Two seconds of 437.3 Hz at 44.1 kHz in two channels, as WAV."""
    path = tmp_path / "tone.wav"
    wave = 0.4 * np.sin(2 * np.pi * 437.3 * np.arange(2 * 44_100) / 44_100)
    soundfile.write(path, np.stack([wave, wave], axis=1), 44_100)
    return path


def _as(tone: Path, name: str, *options: str) -> Path:
    """The tone in another form, made by ffmpeg."""
    made = tone.with_name(name)
    subprocess.run(["ffmpeg", "-v", "error", "-i", str(tone), *options, str(made)], check=True, timeout=60)
    return made


def _sounds_like_the_tone(wav: Path, n_samples: int) -> bool:
    """Whether it is two seconds long, give or take what encoders add, and 437.3 Hz is what is heard in it."""
    sound = read_samples(wav, 0, n_samples)
    spectrum = np.abs(np.fft.rfft(sound))
    peak_hz = float(np.argmax(spectrum)) * RATE / sound.size
    return abs(sound.size - 2 * RATE) < 0.15 * RATE and abs(peak_hz - 437.3) < 1


@needs_ffmpeg
@pytest.mark.parametrize("name", ["tone.m4a", "tone.mp4", "misnamed.wav"])
def test_an_m4a_becomes_a_take_s_wav(tone: Path, name: str) -> None:
    """What it is called does not matter; what is in it is heard, in a file that is ours alone."""
    made = _as(tone, "made.m4a", "-c:a", "aac").rename(tone.with_name(name)) if name != "tone.m4a" else _as(tone, name)
    out = tone.with_name("out.wav")
    assert is_mpeg4(made)
    assert _sounds_like_the_tone(out, convert_to_wav(made, out))
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


@needs_ffmpeg
@pytest.mark.parametrize("name", ["tone.mp3", "tone.ogg", "tone.opus", "tone.flac", "tone.aiff", "tone.wav"])
def test_other_kinds_need_no_ffmpeg(tone: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """MP3, OGG, Opus, FLAC, AIFF and WAV are decoded without it."""
    made = tone if name == "tone.wav" else _as(tone, name)
    monkeypatch.setattr(converting, "PROGRAM", "no-such-program")
    out = tone.with_name("out.wav")
    assert _sounds_like_the_tone(out, convert_to_wav(made, out))


def test_without_ffmpeg_an_m4a_is_refused_with_a_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said what is missing and what else can be done; no file is left."""
    monkeypatch.setattr(converting, "PROGRAM", "no-such-program")
    made = tmp_path / "memo.m4a"
    made.write_bytes(b"\0\0\0\x20ftypM4A " + bytes(100))
    with pytest.raises(MachineError, match="ffmpeg") as missing:
        convert_to_wav(made, tmp_path / "out.wav")
    assert "WAV" in missing.value.hint
    assert list(tmp_path.iterdir()) == [made]


@needs_ffmpeg
@pytest.mark.parametrize("rest", [b"", bytes(4_000), b"#EXTM3U\nhttp://127.0.0.1:9/a\n"])
def test_what_only_begins_as_an_m4a_is_refused(tmp_path: Path, rest: bytes) -> None:
    """Nothing, zeros, and a playlist that names another place: an error, and no file."""
    made = tmp_path / "memo.m4a"
    made.write_bytes(b"\0\0\0\x20ftypM4A " + bytes(20) + rest)
    with pytest.raises(AudioFileError, match="cannot be decoded"):
        convert_to_wav(made, tmp_path / "out.wav")
    assert list(tmp_path.iterdir()) == [made]


@needs_ffmpeg
def test_too_long_an_m4a_ends(tone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Decoding ends where more would be too much, and nothing is left."""
    made, out = _as(tone, "tone.m4a"), tone.with_name("out.wav")
    monkeypatch.setattr(importing, "MAX_LENGTH_S", 1.0)
    with pytest.raises(AudioFileError, match="longer than"):
        convert_to_wav(made, out)
    assert not out.exists()


@needs_ffmpeg
def test_a_decoder_that_hangs_is_ended(tone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After its time it is killed, and that is told."""
    made = _as(tone, "tone.m4a")
    slow = tone.with_name("slow")
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o700)
    monkeypatch.setattr(converting, "PROGRAM", str(slow))
    monkeypatch.setattr(converting, "LONGEST_RUN_S", 0.1)
    with pytest.raises(AudioFileError, match="took too long"):
        convert_to_wav(made, tone.with_name("out.wav"))
