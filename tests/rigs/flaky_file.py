"""How does a disk fail in a test: full, in pieces, with an fsync that throws away what was written, slowly?"""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

from pmrehearse.audio.rawfile import RawFile


class FlakyFile(RawFile):
    """A file on a disk that fails when told.

    Attributes:
        refusal: Writes fail with this errno; None when they work.
        room_bytes: So many bytes may still be written, then ENOSPC after a short write; None for no limit.
        piece_bytes: A write takes at most so many bytes; None for all.
        sync_refusal: fsync fails with this errno and what was written since the last good one is gone; None: works.
        sync_takes_s: How long fsync takes.
        n_syncs: How often fsync worked.
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        super().__init__(path, descriptor)
        self.refusal: int | None = None
        self.room_bytes: int | None = None
        self.piece_bytes: int | None = None
        self.sync_refusal: int | None = None
        self.sync_takes_s = 0.0
        self.n_syncs = 0
        self._stable_bytes = 0

    def write_at(self, offset: int, data: bytes | memoryview) -> int:
        """Write as much as the disk takes."""
        if self.refusal is not None:
            raise OSError(self.refusal, os.strerror(self.refusal))
        if self.piece_bytes is not None:
            data = data[: self.piece_bytes]
        if self.room_bytes is not None:
            grows = max(0, offset + len(data) - self.size())
            if grows > self.room_bytes:
                data = data[: len(data) - (grows - self.room_bytes)]
                grows = self.room_bytes
            if not data:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            self.room_bytes -= grows
        return super().write_at(offset, data)

    def sync(self) -> None:
        """Sync, or lose what was not safe."""
        time.sleep(self.sync_takes_s)
        if self.sync_refusal is not None:
            os.ftruncate(self._descriptor, self._stable_bytes)
            raise OSError(self.sync_refusal, os.strerror(self.sync_refusal))
        super().sync()
        self._stable_bytes = self.size()
        self.n_syncs += 1
