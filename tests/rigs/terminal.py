"""How is a program run inside a terminal of a test's own, and what did it write there?"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence

WITHIN_S = 180.0
"""How long the program may take for one step on a busy machine."""
RESTORED = (b"\x1b[?1049l", b"\x1b[?25h")
"""The screen before comes back, and the cursor."""


class Terminal:
    """A process inside a terminal, and what it has written to it.

    Attributes:
        written: All bytes so far.
        process: The process.
    """

    def __init__(
        self,
        command: Sequence[str],
        term: str = "xterm-256color",
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
    ) -> None:
        """Start it, as the leader of a session whose terminal this is.

        Args:
            command: What to run.
            term: The kind of terminal.
            size: Columns and rows.
            env: Variables beside those of this process.
        """
        self.written = b""
        self._used_s = 0.0
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self._settings = termios.tcgetattr(slave)
        self._name = os.ttyname(slave)
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, "TERM": term, "PYTHONUNBUFFERED": "1", **(env or {})},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509  one thread here
        )
        os.close(slave)

    def until(self, text: bytes, after: int = 0) -> None:
        """Read until this has been written, from byte number `after` on.

        Raises:
            AssertionError: It has not in time.
        """
        deadline_s = time.monotonic() + WITHIN_S
        while text not in self.written[after:]:
            assert time.monotonic() < deadline_s, f"waited in vain for {text!r}; the end was {self.written[-600:]!r}"
            self.read()

    def read(self) -> bool:
        """Take what was written in the next twentieth of a second; False when the other side is closed."""
        ready, _, _ = select.select([self._master], [], [], 0.05)
        if not ready:
            return True
        try:
            part = os.read(self._master, 65536)
        except OSError:  # Linux's way of saying that the other side is closed
            return False
        self.written += part
        return bool(part)

    def has_more(self) -> bool:
        """Whether more can be read at once."""
        return bool(select.select([self._master], [], [], 0.0)[0])

    def type(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self._master, keys)

    def hang_up(self) -> None:
        """Close the terminal, as closing its window does."""
        os.close(self._master)

    def freeze(self) -> None:
        """Stop what comes out of it, as Ctrl-S does: whoever writes there waits."""
        side = os.open(self._name, os.O_RDWR | os.O_NOCTTY)
        termios.tcflow(side, termios.TCOOFF)
        os.close(side)

    def has_its_settings(self) -> bool:
        """Whether the terminal echoes, breaks lines and makes signals as it did before the program."""
        return termios.tcgetattr(self._master) == self._settings

    def ended(self) -> int:
        """Wait for the end; the exit code.

        Raises:
            AssertionError: It does not end.
        """
        deadline_s = time.monotonic() + WITHIN_S
        while self.process.poll() is None:
            assert time.monotonic() < deadline_s, "the process does not end"
            self.processor_s()
            self.read()
        while self.read() and select.select([self._master], [], [], 0.05)[0]:
            pass
        return self.process.returncode

    def processor_s(self) -> float:
        """Processor time that the process has used; once it is gone, what it had when it was last asked or awaited."""
        try:
            with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as file:  # noqa: PTH123  read at once
                fields = file.read().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return self._used_s
        if fields[0] != "Z":
            self._used_s = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return self._used_s

    def stopped(self) -> None:
        """Wait until the process is stopped, as Ctrl-Z stops it.

        Raises:
            AssertionError: It is not in time.
        """
        deadline_s = time.monotonic() + WITHIN_S
        while state_of(self.process.pid) != "T":
            assert time.monotonic() < deadline_s, "the process is not stopped"
            self.read()
        while self.read() and select.select([self._master], [], [], 0.05)[0]:
            pass

    def kill(self) -> None:
        """Kill what still runs."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


def state_of(pid: int) -> str:
    """The state of a process in Linux's letters: R, S, T (stopped), Z; empty when it is gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:  # noqa: PTH123  read at once
            return file.read().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""
