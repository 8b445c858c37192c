"""Which sockets does any process of the program open, or ask a name for?

Two guards, for what Python does and for what libraries do beneath it. `strace` writes down each socket that is opened
for a network by any process. And a `sitecustomize` before all others on the path puts a hook into every Python process,
children included: it writes down each process that begins, and each call that has to do with a network. Sockets within
the machine (AF_UNIX, which asyncio and sound servers use) are none.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

HOOK = """
import os, socket, sys
_file = os.open(os.environ["PMREHEARSE_GUARD"], os.O_WRONLY | os.O_APPEND)
def _write(kind, what):
    os.write(_file, f"{kind} {os.getpid()} {what}\\n".encode("utf-8", "replace"))
def _hook(event, arguments):
    if event == "socket.__new__":
        if arguments[1] not in (socket.AF_UNIX, -1):
            _write("socket", arguments[1])
    elif event == "socket.connect" and arguments[0].family != socket.AF_UNIX:
        _write("socket", arguments[1])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request"):
        _write("socket", arguments[0])
_write("begins", " ".join(sys.orig_argv))
sys.addaudithook(_hook)
"""


@dataclass(frozen=True)
class Guard:
    """Where the hook and what it writes stand.

    Attributes:
        folder: A folder of the test's own.
    """

    folder: Path

    def env(self) -> dict[str, str]:
        """The variables under which every Python process is watched; what was written before is forgotten."""
        (self.folder / "hook").mkdir(parents=True, exist_ok=True)
        (self.folder / "hook" / "sitecustomize.py").write_text(HOOK)
        self._log.write_text("")
        path = [str(self.folder / "hook"), os.environ.get("PYTHONPATH", "")]
        return {"PYTHONPATH": os.pathsep.join(part for part in path if part), "PMREHEARSE_GUARD": str(self._log)}

    @property
    def _log(self) -> Path:
        return self.folder / "guard.log"

    def _lines(self, kind: str) -> list[str]:
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        return [line.split(" ", 2)[2] for line in lines if line.startswith(f"{kind} ")]

    def processes(self) -> list[str]:
        """The command lines of all processes that were watched."""
        return self._lines("begins")

    def sockets(self) -> list[str]:
        """What was asked of a network."""
        return self._lines("socket")


def no_network() -> list[str]:
    """Words before a command that run it where there is no network at all; none where this machine does not let us."""
    words = ["unshare", "-n"]
    if shutil.which("unshare") is None or subprocess.run([*words, "true"], capture_output=True, check=False).returncode:
        return []
    return words


@dataclass(frozen=True)
class SystemGuard:
    """Writes down sockets at the border to the kernel, whoever opens them.

    Attributes:
        folder: A folder of the test's own.
    """

    folder: Path

    def words(self) -> list[str]:
        """Words before a command that watch it and its children; none where strace is not allowed or not there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        words = [
            "strace",
            "-f",
            "--seccomp-bpf",
            "-qq",
            "-e",
            "trace=socket",
            "-A",
            "-o",
            str(self.folder / "strace.log"),
        ]
        if (
            shutil.which("strace") is None
            or subprocess.run([*words, "true"], capture_output=True, check=False).returncode
        ):
            return []
        return words

    def sockets(self) -> list[str]:
        """Each socket that was opened for anything but this machine and its kernel."""
        lines = (self.folder / "strace.log").read_text(encoding="utf-8", errors="replace").splitlines()
        return [line for line in lines if "socket(" in line and "AF_UNIX" not in line and "AF_NETLINK" not in line]
