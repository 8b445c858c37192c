"""How is the power cut under a file system, and what stands on the disk afterwards?

An ext4 in a file, mounted over a loop device. The ioctl `EXT4_IOC_SHUTDOWN` without flushing the journal stops it at
once: what was not on the disk by then is gone, as after a power cut. Then it is mounted anew, which replays its
journal. Needs root and loop devices.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import struct
import subprocess
import time
from pathlib import Path

SHUTDOWN = 0x8004587D
"""`EXT4_IOC_SHUTDOWN`: `_IOR ('X', 125, __u32)`."""
NO_LOG_FLUSH = 2
"""Its flag that throws away what stands in memory only, the journal's last transaction too."""
WITHIN_S = 20.0
SIZE_BYTES = 128 * 1024 * 1024


class CannotCutError(Exception):
    """This machine does not let a test mount a file system; says why."""


class Disk:
    """A small ext4 whose power can be cut.

    Attributes:
        folder: Where it is mounted.
    """

    def __init__(self, folder: Path) -> None:
        """Make and mount it.

        Args:
            folder: A folder of the test's own.

        Raises:
            CannotCutError: Not here.
        """
        if os.name != "posix" or os.geteuid() != 0 or shutil.which("mkfs.ext4") is None:
            raise CannotCutError("mounting an ext4 over a loop device needs root and mkfs.ext4")
        self.folder = folder / "disk"
        self._image = folder / "disk.img"
        self.folder.mkdir(parents=True)
        with self._image.open("wb") as file:
            file.truncate(SIZE_BYTES)
        _call("mkfs.ext4", "-q", "-F", "-m", "0", str(self._image))
        self._mount()

    def _mount(self) -> None:
        _call("mount", "-o", "loop", str(self._image), str(self.folder))

    def cut(self) -> None:
        """The power goes."""
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
        finally:
            os.close(descriptor)

    def come_back(self) -> None:
        """The machine starts again; nobody may hold a file of the disk any more."""
        until_s = time.monotonic() + WITHIN_S
        while True:
            try:
                _call("umount", str(self.folder))
            except CannotCutError:  # a process that was killed has not let go yet
                if time.monotonic() > until_s:
                    raise
                time.sleep(0.05)
            else:
                break
        self._mount()

    def close(self) -> None:
        """Take it away."""
        subprocess.run(["umount", "-l", str(self.folder)], capture_output=True, check=False)
        self._image.unlink(missing_ok=True)


def _call(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotCutError(f"`{words[0]}` is refused here: {done.stderr.strip()}")
