"""How does an open file take bytes at a place, reach the disk, and say that it is in use?

The one place of the recorder that meets the operating system's files, so that tests can put a failing disk before it.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from pmrehearse.durable import open_private, sync_dir

try:
    import fcntl
except ImportError:  # Windows has no flock: there a recording is not told from one that was cut short
    fcntl = None  # type: ignore[assignment]


_LOCK_TRIES = 20
_LOCK_PAUSE_S = 0.01


class RawFile:
    """An open file, locked for as long as it is open.

    Attributes:
        path: The name it was opened by.
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor
        try:
            _lock(descriptor)
        except OSError:
            self.close()
            raise

    @classmethod
    def create(cls, path: Path) -> RawFile:
        """A new empty file of mode 0600.

        Raises:
            FileExistsError: There is something at `path`.
            OSError: The file cannot be made.
        """
        return cls(path, open_private(path))

    @classmethod
    def reopen(cls, path: Path) -> RawFile:
        """An existing file, for writing; links are not followed.

        Raises:
            OSError: The file cannot be opened.
        """
        return cls(path, os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)))

    def write_at(self, offset: int, data: bytes | memoryview) -> int:
        """Write at a place; returns how many bytes got in, which may be fewer than given.

        Raises:
            OSError: The disk is full, gone or read-only.
        """
        os.lseek(self._descriptor, offset, os.SEEK_SET)
        return os.write(self._descriptor, data)

    def read_at(self, offset: int, n_bytes: int) -> bytes:
        """At most `n_bytes` from a place; works through the open file, so also when its name is gone.

        Raises:
            OSError: The disk does not give them back.
        """
        os.lseek(self._descriptor, offset, os.SEEK_SET)
        return os.read(self._descriptor, n_bytes)

    def size(self) -> int:
        """Its length in bytes."""
        return os.fstat(self._descriptor).st_size

    def sync(self) -> None:
        """Put what was written on the disk: 3 to 30 ms on a good disk, seconds on a bad one.

        On macOS fsync stops at the drive's cache and F_FULLFSYNC goes on to the disk (fsync(2) there); file systems
        that refuse it get the plain one.

        Raises:
            OSError: The disk failed.
        """
        full = getattr(fcntl, "F_FULLFSYNC", None)
        if full is not None:
            with contextlib.suppress(OSError):
                fcntl.fcntl(self._descriptor, full)
                return
        os.fsync(self._descriptor)

    def sync_name(self) -> None:
        """Put its name on the disk, so that a power cut leaves the file findable.

        Raises:
            OSError: The disk failed.
        """
        sync_dir(self.path.parent)

    def stands(self) -> bool:
        """Whether `path` still names this file: it was not deleted, moved or replaced."""
        try:
            named = self.path.lstat()
        except OSError:
            return False
        ours = os.fstat(self._descriptor)
        return (named.st_dev, named.st_ino) == (ours.st_dev, ours.st_ino)

    def close(self) -> None:
        """Close without syncing; the lock goes with it. Closing twice does nothing."""
        if self._descriptor >= 0:
            descriptor, self._descriptor = self._descriptor, -1
            os.close(descriptor)


def is_being_recorded(path: Path) -> bool:
    """Whether a live process is writing the file; False for one that was cut short, finished or is missing."""
    if fcntl is None:
        return False
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # a file system without locks
        return False
    finally:
        os.close(descriptor)
    return False


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Keep a finished sound file from being packed or recorded into while somebody reads it again and again."""
    with _locked(path, shared=True):
        yield


@contextlib.contextmanager
def held_alone(path: Path) -> Iterator[bool]:
    """Be alone with a sound file; False where somebody records into it or holds it.

    Raises:
        OSError: It cannot be opened.
    """
    with _locked(path, shared=False) as is_ours:
        yield is_ours


@contextlib.contextmanager
def _locked(path: Path, *, shared: bool) -> Iterator[bool]:
    if fcntl is None:
        yield True
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        is_ours = True
    except BlockingIOError:
        is_ours = False
    except OSError:  # a file system without locks
        is_ours = True
    try:
        yield is_ours
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    """Hold the file against `is_being_recorded`, which may hold it for a moment itself.

    A file system without locks (some network ones) is recorded on without.

    Raises:
        BlockingIOError: Another process is recording into it.
    """
    if fcntl is None:
        return
    for patience in range(_LOCK_TRIES, -1, -1):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not patience:
                raise
            time.sleep(_LOCK_PAUSE_S)
        except OSError:
            return
        else:
            return
