"""How is the machine kept from falling asleep in the middle of a take?

Audacity does not, and takes were lost to it (audacity #11306).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


class KeepAwake:
    """Holds a sleep inhibitor between `begin` and `end` where the system has one; elsewhere does nothing.

    The helper reads a pipe of ours and ends with it, so that none is left when this process is killed.
    """

    def __init__(self) -> None:
        self._helper: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Hold the inhibitor; a second call changes nothing."""
        command = inhibitor(sys.platform, os.getpid())
        if self._helper is not None or command is None:
            return
        try:
            self._helper = subprocess.Popen(  # noqa: S603 - the program was found on the path by its fixed name
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        except OSError:
            self._helper = None

    def end(self) -> None:
        """Let the machine sleep again."""
        helper, self._helper = self._helper, None
        if helper is None:
            return
        if helper.stdin is not None:
            helper.stdin.close()
        helper.terminate()
        try:
            helper.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            helper.kill()
            helper.wait()


def inhibitor(platform: str, pid: int) -> list[str] | None:
    """The command that keeps this platform awake for as long as process `pid` lives; None when there is none."""
    if platform == "darwin" and (caffeinate := shutil.which("caffeinate")):
        return [caffeinate, "-i", "-w", str(pid)]
    if platform.startswith("linux") and (systemd := shutil.which("systemd-inhibit")):
        why = ["--what=sleep:idle", "--who=pmrehearse", "--why=A rehearsal is being recorded"]
        return [systemd, *why, "cat"]
    return None
