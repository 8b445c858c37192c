"""How does a take's WAV grow so that every program can read it at every moment, and how is a growing one read?

The header is patched after each write, as `wave.writeframes` of the standard library does: in 100 kills with -9 that
lost no sample, and soundfile, `wave`, ffmpeg and SoX read every file, while a WAV written through soundfile and
killed reads as empty in `wave` and SoX. The bytes are placed here because `wave` cannot continue a file and takes a
short write for a whole one.
"""

from __future__ import annotations

import struct
from io import RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING

from pmrehearse.audio.events import SAMPLE_RATE_HZ
from pmrehearse.audio.rawfile import RawFile
from pmrehearse.errors import AudioFileError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HEADER_BYTES = 44
"""Length of the plain header: RIFF, WAVE, a 16-byte fmt chunk, the head of the data chunk."""
SAMPLE_BYTES = 2
"""One 16-bit sample."""
_SIZE_LIMIT = 2**32 - 1
"""The largest number a WAV header holds: 37 hours at 16 kHz."""
_HEAD_BYTES = 65_536
"""In how many bytes from the start the data chunk must begin; other programs put their tags before it."""
_PLAIN_FORMAT = struct.pack(
    "<HHIIHH", 1, 1, SAMPLE_RATE_HZ, SAMPLE_RATE_HZ * SAMPLE_BYTES, SAMPLE_BYTES, 8 * SAMPLE_BYTES
)
"""What the fmt chunk of a take says: PCM, one channel, 16 kHz, 16 bit."""


def header(n_bytes: int) -> bytes:
    """The 44 bytes before `n_bytes` of 16 kHz mono 16-bit sound."""
    size = min(n_bytes, _SIZE_LIMIT - HEADER_BYTES)
    riff = struct.pack("<4sI4s", b"RIFF", size + HEADER_BYTES - 8, b"WAVE")
    return riff + struct.pack("<4sI", b"fmt ", len(_PLAIN_FORMAT)) + _PLAIN_FORMAT + struct.pack("<4sI", b"data", size)


class WavWriter:
    """A 16 kHz mono 16-bit WAV that is whole after every `write`.

    Attributes:
        n_bytes: Bytes of sound in the file, exactly, also after a write that failed half-way; may be set back, to
            write over what was not safe.
    """

    def __init__(self, file: RawFile, n_bytes: int = 0) -> None:
        self._file = file
        self.n_bytes = n_bytes

    @classmethod
    def create(cls, path: Path) -> WavWriter:
        """Make a new file of mode 0600 and put it and its name on the disk.

        Raises:
            FileExistsError: There is something at `path`.
            OSError: The file cannot be made; none is left.
        """
        file = RawFile.create(path)
        writer = cls(file)
        try:
            writer.patch_header()
            file.sync()
            file.sync_name()
        except OSError:
            file.close()
            path.unlink(missing_ok=True)
            raise
        return writer

    @classmethod
    def append_to(cls, path: Path) -> WavWriter:
        """Continue a file that was cut short.

        Its length is taken from its size; half a sample at its end is written over.

        Raises:
            AudioFileError: It is no WAV of a take.
            OSError: The file cannot be opened.
        """
        if _sound_offset(path) != HEADER_BYTES:
            raise AudioFileError(f"{path.name} was not recorded here.", "Record into a new file.")
        n_samples = count_samples(path)
        file = RawFile.reopen(path)
        writer = cls(file, n_samples * SAMPLE_BYTES)
        try:
            writer.patch_header()
        except OSError:
            file.close()
            raise
        return writer

    @property
    def path(self) -> Path:
        """Where it stands."""
        return self._file.path

    @property
    def n_samples(self) -> int:
        """Whole samples in the file."""
        return self.n_bytes // SAMPLE_BYTES

    def write(self, sound: bytes | memoryview) -> None:
        """Add sound and patch the header.

        Args:
            sound: int16 little-endian, mono.

        Raises:
            OSError: The disk is full, gone or read-only. `n_bytes` counts the whole samples that did get in; give the
                rest again.
        """
        rest = memoryview(sound)
        try:
            while rest:
                n_written = self._file.write_at(HEADER_BYTES + self.n_bytes, rest)
                self.n_bytes += n_written
                rest = rest[n_written:]
        except OSError:
            self.n_bytes -= self.n_bytes % SAMPLE_BYTES
            raise
        self.patch_header()

    def patch_header(self) -> None:
        """Let the header say how much sound stands behind it.

        Raises:
            OSError: The disk failed.
        """
        rest = memoryview(header(self.n_samples * SAMPLE_BYTES))
        while rest:
            rest = rest[self._file.write_at(HEADER_BYTES - len(rest), rest) :]

    def sync(self) -> None:
        """Put what was written on the disk.

        Raises:
            OSError: The disk failed.
        """
        self._file.sync()

    def stands(self) -> bool:
        """Whether the file is still where `path` says."""
        return self._file.stands()

    def read(self, start_sample: int, n: int) -> bytes:
        """At most `n` samples from `start_sample` on, through the open file (also when its name is gone).

        Raises:
            OSError: The disk does not give them back.
        """
        return self._file.read_at(HEADER_BYTES + start_sample * SAMPLE_BYTES, n * SAMPLE_BYTES)

    def close(self) -> None:
        """Close without syncing; closing twice does nothing."""
        self._file.close()


def count_samples(path: Path) -> int:
    """How many samples stand in a take's WAV, by its size: the header of a growing or cut file is not asked.

    Raises:
        AudioFileError: It is missing, or no 16 kHz mono 16-bit WAV.
    """
    offset = _sound_offset(path)
    return max(0, path.stat().st_size - offset) // SAMPLE_BYTES


def read_samples(path: Path, start_sample: int, n: int) -> NDArray[np.float32]:
    """A stretch of a take's WAV, which may still be growing or may have been cut short.

    Args:
        path: 16 kHz mono 16-bit WAV; a damaged header is taken for that of a take.
        start_sample: Where to begin, >= 0.
        n: How many samples, >= 0.

    Returns:
        float32, shape (at most n,), in [-1, 1); shorter where the file ends.

    Raises:
        AudioFileError: It is missing, unreadable, or a WAV of another kind.
    """
    import numpy as np  # noqa: PLC0415  what is found cut short at a start is counted and repaired without it

    from pmrehearse.audio.levels import to_float32  # noqa: PLC0415  likewise

    offset = _sound_offset(path)
    try:
        with path.open("rb", buffering=0) as file:
            file.seek(offset + start_sample * SAMPLE_BYTES)
            sound = _read_fully(file, n * SAMPLE_BYTES)
    except OSError as error:
        raise _unreadable(path, error) from error
    whole = len(sound) - len(sound) % SAMPLE_BYTES
    return to_float32(np.frombuffer(sound[:whole], dtype="<i2"))


def repair(path: Path, out: Path) -> int:
    """Copy a take's WAV with a header that fits its size; the damaged original stays as it is.

    Args:
        path: A WAV whose header is cut, zeroed or says a wrong length.
        out: The new file; nothing may stand there.

    Returns:
        Samples in the copy.

    Raises:
        AudioFileError: The original cannot be read, or says plainly that it is another kind of sound.
        OSError: The copy cannot be written.
    """
    n_samples = count_samples(path)
    offset = _sound_offset(path)
    writer = WavWriter.create(out)
    try:
        with path.open("rb") as file:
            file.seek(offset)
            left = n_samples * SAMPLE_BYTES
            while left and (sound := file.read(min(left, 1 << 20))):
                writer.write(sound)
                left -= len(sound)
        writer.sync()
    finally:
        writer.close()
    return writer.n_samples


def _read_fully(file: RawIOBase, n_bytes: int) -> bytes:
    parts = []
    while n_bytes > 0 and (part := file.read(n_bytes)):
        parts.append(part)
        n_bytes -= len(part)
    return b"".join(parts)


def _sound_offset(path: Path) -> int:
    """Where the sound begins: behind the data chunk's head, or at byte 44 when the header is damaged.

    Raises:
        AudioFileError: It cannot be read, or its header is sound and of another kind.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        raise _unreadable(path, error) from error
    if head[:4] != b"RIFF" or head[8:12] != b"WAVE":
        return HEADER_BYTES
    at = 12
    while at + 8 <= len(head):
        name, size = struct.unpack_from("<4sI", head, at)
        at += 8
        if name == b"data":
            return at
        kind = head[at : at + 16]
        if name == b"fmt " and len(kind) == len(_PLAIN_FORMAT) and kind not in (_PLAIN_FORMAT, bytes(16)):
            raise AudioFileError(
                f"{path.name} is a WAV, but not 16 kHz, mono, 16 bit.",
                "Import it first: `pmrehearse review FILE --scenario ID`.",
            )
        at += size + size % 2
    return HEADER_BYTES


def _unreadable(path: Path, error: OSError) -> AudioFileError:
    return AudioFileError(f"{path} cannot be read: {error.strerror or error}.", "See whether the file is still there.")
