"""What becomes of sound that the disk refuses?

It stays in memory and is offered again each second; what was written since the last good sync is kept as well,
because a failed fsync may have thrown it away. At the end of a take, or when its file was deleted, the whole take
goes to another folder: what the first file holds is read back through the open descriptor.
"""

from __future__ import annotations

import errno
import os
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pmrehearse.audio.events import SAMPLE_RATE_HZ
from pmrehearse.audio.wavfile import SAMPLE_BYTES, WavWriter
from pmrehearse.durable import make_private_dir

SYNC_EVERY_S = 1.0
"""A power cut loses at most this and one write (measured: 0.1 to 1.03 s; 18 to 22 s without)."""
RETRY_EVERY_S = 1.0
"""How often a disk that refused is asked again; OBS polls its disk as often."""
MEMORY_LIMIT_BYTES = 2 * 3600 * SAMPLE_RATE_HZ * SAMPLE_BYTES
"""Two hours of sound (230 MB), longer than any take; beyond it another folder is tried before the end."""
_COPY_SAMPLES = 1 << 19


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of sound on its way to the disk.

    Attributes:
        sound: int16 little-endian, mono, 16 kHz.
        end_s: Monotonic time of its end.
    """

    sound: bytes | memoryview
    end_s: float


class PatientWriter:
    """A take's WAV that outlives a failing disk. Every method does its work at once; time is given to it.

    Attributes:
        error: Why the disk does not take the sound just now, or None.
        n_given: Samples of the take, in the file or in memory.
        given_s: Monotonic time of the end of the sound that was given last.
        written_s: Monotonic time of the end of the sound that is in the file.
        ended: The file is closed and safe.
    """

    def __init__(self, writer: WavWriter, now_s: float, spare_dirs: Sequence[Path] = ()) -> None:
        """Take the open file over.

        Args:
            writer: The file.
            now_s: Monotonic time.
            spare_dirs: Folders for the take when its own disk fails to the end, in order of preference.
        """
        self.error: OSError | None = None
        self.n_given = writer.n_samples
        self.given_s = self.written_s = now_s
        self.ended = False
        self._writer = writer
        self._spare_dirs = tuple(spare_dirs)
        self._kept: deque[Piece] = deque()
        self._unsynced: list[Piece] = []
        self._synced_bytes = writer.n_bytes
        self._finishing = False
        self._sync_due_s = now_s + SYNC_EVERY_S
        self._retry_s = now_s

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._writer.path

    @property
    def n_written(self) -> int:
        """Samples in the file."""
        return self._writer.n_samples

    def due_s(self) -> float:
        """Monotonic time at which `advance` has something to do though nothing new came."""
        return self._retry_s if self.error else self._sync_due_s

    def accept(self, piece: Piece) -> None:
        """Take sound in; `advance` writes it."""
        self._kept.append(piece)
        self.n_given += len(piece.sound) // SAMPLE_BYTES
        self.given_s = piece.end_s

    def finish(self, now_s: float) -> None:
        """No more comes; from now on `advance` strives to close the file."""
        self._finishing = True
        self._retry_s = self._sync_due_s = now_s

    def advance(self, now_s: float) -> None:
        """Write what waits, sync when it is time; a refusal becomes `error`."""
        if self.error and now_s < self._retry_s:
            return
        try:
            self._write()
            if now_s >= self._sync_due_s:
                self._sync(now_s)
            self.error = None
        except OSError as error:
            self._refused(error, now_s)
        if self._finishing and not self.error:
            self._writer.close()
            self.ended = True

    def _move(self, paths: Iterable[Path]) -> None:
        """Put the whole take into the first of `paths` that takes it; the old file stays.

        Raises:
            OSError: None of them took it; the take goes on where it was.
        """
        refusal = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        for path in paths:
            try:
                copy = self._copy(path)
            except OSError as error:
                refusal = error
            else:
                self._writer.close()
                self._writer = copy
                self._synced_bytes = copy.n_bytes
                self._unsynced.clear()
                return
        raise refusal

    def _spare_paths(self) -> list[Path]:
        """What the take would be called in the spare folders: `<its folder>-<its name>`."""
        name = f"{self.path.parent.name}-{self.path.name}"
        return [folder / name for folder in self._spare_dirs if folder != self.path.parent]

    def _write(self) -> None:
        while self._kept:
            piece = self._kept.popleft()
            before = self._writer.n_bytes
            try:
                self._writer.write(piece.sound)
            except OSError:
                n_taken = self._writer.n_bytes - before
                self._unsynced.append(Piece(piece.sound[:n_taken], piece.end_s))
                self._kept.appendleft(Piece(piece.sound[n_taken:], piece.end_s))
                raise
            self._unsynced.append(piece)
            self.written_s = piece.end_s

    def _sync(self, now_s: float) -> None:
        self._sync_due_s = now_s + SYNC_EVERY_S
        try:
            self._writer.sync()
        except OSError:
            self._writer.n_bytes = self._synced_bytes
            self._kept.extendleft(reversed(self._unsynced))
            self._unsynced.clear()
            raise
        self._unsynced.clear()
        self._synced_bytes = self._writer.n_bytes
        if not self._writer.stands():
            self._move([self.path, *self._spare_paths()])

    def _refused(self, error: OSError, now_s: float) -> None:
        """Remember why, and go elsewhere when there is no more waiting."""
        self.error = error
        self._retry_s = now_s + RETRY_EVERY_S
        self._sync_due_s = self._retry_s
        if not self._finishing and self._n_kept_bytes() < MEMORY_LIMIT_BYTES:
            return
        try:
            self._move(self._spare_paths())
            self._write()
            self._sync(now_s)
            self.error = None
        except OSError as spare_error:
            self.error = spare_error

    def _n_kept_bytes(self) -> int:
        return sum(len(piece.sound) for piece in self._kept)

    def _copy(self, path: Path) -> WavWriter:
        """The file so far, in a new file; what the old disk does not give back becomes silence."""
        if path.parent != self.path.parent:
            make_private_dir(path.parent)
        copy = WavWriter.create(path)
        try:
            for at in range(0, self.n_written, _COPY_SAMPLES):
                copy.write(self._read_back(at, min(_COPY_SAMPLES, self.n_written - at)))
            copy.sync()
        except OSError:
            copy.close()
            path.unlink(missing_ok=True)
            raise
        return copy

    def _read_back(self, at: int, n_samples: int) -> bytes:
        try:
            sound = self._writer.read(at, n_samples)
        except OSError:
            sound = b""
        return sound.ljust(n_samples * SAMPLE_BYTES, b"\0")
