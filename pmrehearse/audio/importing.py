"""How does a sound file of any kind become 16 kHz mono?

soundfile decodes (WAV, FLAC, OGG, MP3, AIFF …), and of what it cannot only M4A goes to ffmpeg (`converting`).
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Self

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from pmrehearse.audio.converting import decoded, is_mpeg4
from pmrehearse.audio.events import SAMPLE_RATE_HZ
from pmrehearse.audio.levels import to_int16
from pmrehearse.audio.wavfile import WavWriter
from pmrehearse.errors import AudioFileError

READABLE = "WAV, FLAC, OGG, Opus, MP3 or AIFF"
"""What can be read, for hints."""
MIN_RATE_HZ = 4_000
"""Below a telephone's 8 kHz; a lower rate in a header is a mistake or an attack (1 Hz would grow 16,000-fold)."""
MAX_RATE_HZ = 384_000
"""The highest rate that sound cards have."""
MAX_CHANNELS = 32
"""More than any recorder of speech has."""
MAX_LENGTH_S = 6 * 3600.0
"""Longest sound taken: three 90-minute rehearsals and room to spare; 1.4 GB as float32."""
_UNKNOWN_FRAMES = 1 << 62
"""From this number on, libsndfile says that it does not know how many frames there are."""
BLOCK_FRAMES = 65_536
"""How much is decoded at a time."""


def read_audio(path: Path) -> NDArray[np.float32]:
    """A whole sound file.

    Args:
        path: A regular file, or a link to one, that soundfile decodes.

    Returns:
        float32, shape (n_samples,), mono, 16 kHz, in [-1, 1], n_samples > 0.

    Raises:
        AudioFileError: It is missing, no regular file, empty, too long, damaged from the start, or no sound.
    """
    with SoundReader(path) as reader:
        blocks = list(reader.blocks())
    if not blocks:
        raise _nothing(path)
    return np.concatenate(blocks)


def silent(_done_s: float, _total_s: float) -> None:
    """Tell nobody."""


def convert_to_wav(path: Path, out: Path, on_progress: Callable[[float, float], None] = silent) -> int:
    """Write a sound file anew as a take's WAV (16 kHz, mono, 16 bit, mode 0600), block by block.

    Args:
        path: As for `read_audio`.
        out: The new file; nothing may stand there. None is left when the sound cannot be read.
        on_progress: Told (done, total) in seconds of sound, a total of 0 where that is not known; what it raises ends
            the work and passes through.

    Returns:
        Samples written, > 0.

    Raises:
        AudioFileError: As for `read_audio`.
        MachineError: It is an M4A, and there is no ffmpeg.
        OSError: `out` cannot be written.
    """
    _refuse_special(path)
    if is_mpeg4(path):
        blocks = decoded(path, int(MAX_LENGTH_S * SAMPLE_RATE_HZ))
        return _written(out, path, blocks, lambda done_s: on_progress(done_s, 0.0))
    with SoundReader(path) as reader:
        int16 = (to_int16(block).astype("<i2").tobytes() for block in reader.blocks())
        return _written(out, path, int16, lambda done_s: on_progress(done_s, reader.length_s))


class SoundReader:
    """An open sound file, decoded to 16 kHz mono as it is read; closes itself as a context manager."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            AudioFileError: It is missing, no regular file, empty, of an absurd shape, or no sound.
        """
        self.path = path
        _refuse_special(path)
        try:
            self._file = soundfile.SoundFile(path)
        except (soundfile.SoundFileError, OSError, RuntimeError) as error:
            raise AudioFileError(f"{path} holds no sound that can be read.", f"Give a file in {READABLE}.") from error
        try:
            _refuse_absurd(path, self._file.samplerate, self._file.channels)
        except AudioFileError:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def rate_hz(self) -> int:
        """The file's own rate."""
        return int(self._file.samplerate)

    @property
    def length_s(self) -> float:
        """How long the file says that it is; 0 where it does not say."""
        return max(0.0, self._file.frames / self.rate_hz) if self._file.frames < _UNKNOWN_FRAMES else 0.0

    def seek(self, n_samples: int) -> int:
        """Go near a place, so that `blocks` begins there or a little before.

        Args:
            n_samples: The place in samples at 16 kHz.

        Returns:
            The place at which `blocks` begins, at most `n_samples`; 0 where the file cannot be sought in.
        """
        frame = n_samples * self.rate_hz // SAMPLE_RATE_HZ // self.rate_hz * self.rate_hz
        try:
            self._file.seek(min(frame, max(0, self._file.frames)))
        except (soundfile.SoundFileError, RuntimeError):
            return 0
        return int(self._file.tell()) * SAMPLE_RATE_HZ // self.rate_hz

    def blocks(self, frames: int = BLOCK_FRAMES) -> Iterator[NDArray[np.float32]]:
        """The sound from the file's present place on, mixed to one channel and resampled without seams.

        A file that was cut short is read as far as it goes.

        Args:
            frames: How many frames of the file at a time, > 0.

        Yields:
            float32, shape (n,), n > 0, 16 kHz, in [-1, 1].

        Raises:
            AudioFileError: The sound is longer than `MAX_LENGTH_S`.
        """
        n_left = int(MAX_LENGTH_S * SAMPLE_RATE_HZ)
        for block in self._resampled(frames):
            n_left -= block.size
            if n_left < 0:
                raise _too_long(self.path)
            if block.size:
                yield block

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _resampled(self, frames: int) -> Iterator[NDArray[np.float32]]:
        if self.rate_hz == SAMPLE_RATE_HZ:
            yield from self._decoded(frames)
            return
        stream = soxr.ResampleStream(self.rate_hz, SAMPLE_RATE_HZ, 1, dtype="float32")
        for block in self._decoded(frames):
            yield np.clip(stream.resample_chunk(block), -1.0, 1.0)
        yield np.clip(stream.resample_chunk(np.empty(0, np.float32), last=True), -1.0, 1.0)

    def _decoded(self, frames: int) -> Iterator[NDArray[np.float32]]:
        while True:
            try:
                block = self._file.read(frames, dtype="float32", always_2d=True)
            except (soundfile.SoundFileError, RuntimeError):
                return  # libsndfile raises at the end of a FLAC that was cut short (libsndfile #1038)
            if not len(block):
                return
            mono = block.mean(axis=1, dtype=np.float32) if block.shape[1] > 1 else block[:, 0]
            yield np.clip(np.nan_to_num(mono, nan=0.0, posinf=1.0, neginf=-1.0), -1.0, 1.0)


def _written(out: Path, path: Path, blocks: Iterable[bytes], tell: Callable[[float], None]) -> int:
    """Samples of the new WAV; none is left when anything fails."""
    writer = WavWriter.create(out)
    try:
        _fill(writer, path, blocks, tell)
    except BaseException:
        out.unlink(missing_ok=True)
        raise
    finally:
        writer.close()
    return writer.n_samples


def _fill(writer: WavWriter, path: Path, blocks: Iterable[bytes], tell: Callable[[float], None]) -> None:
    for block in blocks:
        writer.write(block)
        if writer.n_samples > MAX_LENGTH_S * SAMPLE_RATE_HZ:
            raise _too_long(path)
        tell(writer.n_samples / SAMPLE_RATE_HZ)
    if not writer.n_samples:
        raise _nothing(path)
    writer.sync()


def _too_long(path: Path) -> AudioFileError:
    return AudioFileError(f"{path} is longer than {MAX_LENGTH_S / 3600:.0f} hours.", "Cut it into single answers.")


def _refuse_special(path: Path) -> None:
    """Folders, pipes and devices are named before anything opens them: opening a pipe would wait for ever.

    Raises:
        AudioFileError: `path` is missing or no regular file, or empty.
    """
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise AudioFileError(f"{path} cannot be found.", "Check the name of the file.") from error
    if not stat.S_ISREG(status.st_mode):
        raise AudioFileError(f"{path} is not a file.", f"Give a file in {READABLE}.")
    if not status.st_size:
        raise _nothing(path)


def _refuse_absurd(path: Path, rate_hz: int, channels: int) -> None:
    if not MIN_RATE_HZ <= rate_hz <= MAX_RATE_HZ or not 1 <= channels <= MAX_CHANNELS:
        raise AudioFileError(
            f"{path} says that it has {channels} channels at {rate_hz} Hz.", "The file is damaged; export it anew."
        )


def _nothing(path: Path) -> AudioFileError:
    return AudioFileError(f"{path} holds no sound.", f"Give a file in {READABLE} that is not empty.")
