"""Who may record in this library? One program at a time; every other one may read.

The lock is the kernel's (flock on `.lock`), so it goes with the program that held it however that ended.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from pmrehearse.durable import FILE_MODE
from pmrehearse.errors import LibraryError

try:
    import fcntl
except ImportError:  # Windows has no flock: there nobody is kept from recording twice
    fcntl = None  # type: ignore[assignment]


class LibraryLock:
    """The right to record in one library."""

    def __init__(self, path: Path) -> None:
        """Nothing is locked yet.

        Args:
            path: The file to lock; made when it is missing. Its folder must stand.
        """
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> None:
        """Hold it; holding it twice is holding it.

        Raises:
            LibraryError: Another program records in this library.
            OSError: The file cannot be made.
        """
        if self._descriptor is not None:
            return
        descriptor = self._open()
        if not _locked(descriptor):
            os.close(descriptor)
            raise LibraryError(
                f"Another program is recording in {self._path.parent}.",
                "End that rehearsal first; takes can be read and searched meanwhile.",
            )
        self._descriptor = descriptor

    def release(self) -> None:
        """Let others record."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            os.close(descriptor)

    def is_held_elsewhere(self) -> bool:
        """Whether another program records in this library just now."""
        if self._descriptor is not None or not self._path.exists():
            return False
        try:
            descriptor = self._open()
        except OSError:
            return False
        try:
            return not _locked(descriptor)
        finally:
            os.close(descriptor)

    def _open(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        descriptor = os.open(self._path, flags, FILE_MODE)
        if hasattr(os, "fchmod"):
            os.fchmod(descriptor, FILE_MODE)
        return descriptor


def _locked(descriptor: int) -> bool:
    """Whether the lock could be taken; a file system without locks gives it to everybody."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Wait until no other program (and no other thread) is inside, and be alone until the end.

    Args:
        folder: An existing folder; it is what is locked.
    """
    if fcntl is None:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # a file system without locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
