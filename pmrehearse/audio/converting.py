"""How is sound decoded that soundfile cannot: the M4A of telephones and computers? By ffmpeg, where it is installed.

ffmpeg's defaults follow playlists to other files and hosts (CVE-2016-1897, CVE-2017-9993), so nothing is left to them:
only a file that begins as MPEG-4 does is given to it, by its whole name, with the one demuxer for that named, no other
protocol than files, no shell, and an end in time and in length.
"""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pmrehearse.audio.events import SAMPLE_RATE_HZ
from pmrehearse.cleaning import clean_line
from pmrehearse.errors import AudioFileError, MachineError

PROGRAM = "ffmpeg"
LONGEST_RUN_S = 900.0
"""Decoding six hours takes a minute or two; what takes longer hangs."""
MOST_MEMORY_BYTES = 1 << 28
"""The largest single piece of memory that ffmpeg may ask for."""
BLOCK_BYTES = 1 << 17
_KIND_AT, _KIND = slice(4, 8), b"ftyp"
"""How MPEG-4 files begin (ISO/IEC 14496-12)."""


def is_mpeg4(path: Path) -> bool:
    """Whether a regular file begins as MPEG-4 files do (M4A, MP4, MOV); its name is not asked."""
    try:
        with path.open("rb") as file:
            return file.read(8)[_KIND_AT] == _KIND
    except OSError:
        return False


def decoded(path: Path, most_samples: int) -> Iterator[bytes]:
    """The first track of sound in an MPEG-4 file.

    Args:
        path: A regular file for which `is_mpeg4` holds.
        most_samples: Samples at 16 kHz after which decoding ends.

    Yields:
        int16, little-endian, mono, 16 kHz: at most one sample more than `most_samples` in all, so that too much shows.

    Raises:
        MachineError: There is no ffmpeg.
        AudioFileError: It holds no sound that ffmpeg can decode, or decoding took too long.
    """
    with _running(path, most_samples + 1) as process:
        left = b""
        while block := _out(process).read(BLOCK_BYTES):
            whole = left + block
            left = whole[len(whole) - len(whole) % 2 :]
            yield whole[: len(whole) - len(left)]


@contextmanager
def _running(path: Path, most_samples: int) -> Iterator[subprocess.Popen[bytes]]:
    """The decoder; it ends with the block, however that ends."""
    process = _started(path, most_samples)
    hangs = threading.Event()

    def end() -> None:
        hangs.set()
        process.kill()

    clock = threading.Timer(LONGEST_RUN_S, end)
    clock.daemon = True
    clock.start()
    try:
        yield process
        complaint = _complaint(process)
        if process.wait() or hangs.is_set():
            why = "it took too long" if hangs.is_set() else complaint or "it holds no sound"
            raise AudioFileError(
                f"{path} cannot be decoded: {why}.", "Open it in another program, and export it as WAV or MP3."
            )
    finally:
        clock.cancel()
        process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def _started(path: Path, most_samples: int) -> subprocess.Popen[bytes]:
    program = shutil.which(PROGRAM)
    if program is None:
        raise MachineError(
            f"{path.name} is an M4A, and ffmpeg, which decodes those, is not installed.",
            "Install ffmpeg with your system's packages, or export the recording as WAV, FLAC or MP3.",
        )
    length_s = most_samples / SAMPLE_RATE_HZ
    before = ["-nostdin", "-hide_banner", "-loglevel", "fatal", "-threads", "1", "-max_alloc", str(MOST_MEMORY_BYTES)]
    source = ["-protocol_whitelist", "file", "-f", "mov", "-i", f"file:{path.resolve()}"]
    sound = ["-map", "0:a:0", "-vn", "-sn", "-dn", "-ac", "1", "-ar", str(SAMPLE_RATE_HZ), "-t", f"{length_s:.6f}"]
    target = ["-f", "s16le", "-protocol_whitelist", "pipe", "pipe:1"]
    try:
        return subprocess.Popen(  # noqa: S603 - a list, no shell, every word of it ours but the file's whole name
            [program, *before, *source, *sound, *target],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    except OSError as error:
        raise MachineError(f"ffmpeg does not start: {error.strerror or error}.", "Install it anew.") from error


def _out(process: subprocess.Popen[bytes]) -> IO[bytes]:
    assert process.stdout is not None  # noqa: S101 - asked for above
    return process.stdout


def _complaint(process: subprocess.Popen[bytes]) -> str:
    """The last thing it said, of which there is little: it tells only what ends it."""
    said = process.stderr.read(4096).decode("utf-8", "replace").strip() if process.stderr is not None else ""
    return clean_line(said.splitlines()[-1], 160).rstrip(".") if said else ""
