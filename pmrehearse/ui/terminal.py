"""Is there a terminal, and how is it kept for the screens alone?

PortAudio and ALSA write to file descriptor 2, which is where Textual draws: while the screens are up, descriptor 2
leads to the log and the screens draw on a copy of descriptor 1.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING

from pmrehearse.durable import FILE_MODE, make_private_dir
from pmrehearse.errors import NotATerminalError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_log = logging.getLogger(__name__)

NO_COLOUR = "NO_COLOR"
"""The variable by which people say that they want no colour."""
GIVEN_BACK = (
    b"\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"  # the mouse
    b"\x1b[?2004l\x1b[?2048l\x1b[?1004l\x1b[<u"  # pasting, sizes, focus, keys
    b"\x1b[?7h\x1b[?1049l\x1b[?25h"  # line wrap, the screen before, the cursor
)
"""What Textual takes back at its end."""
LOG_NAME = "screens.log"
"""The log's name inside the state folder."""
LOG_BYTES = 1_000_000
"""A log that has grown over this is begun anew."""


def require_terminal() -> None:
    """Refuse to start screens where there is none: Textual would wait forever (measured).

    Raises:
        NotATerminalError: Standard input or output is no terminal, or it cannot place a cursor.
    """
    ours = (sys.__stdin__, sys.__stdout__)
    if any(stream is None or not stream.isatty() for stream in ours):
        raise NotATerminalError(
            "The screens need a terminal, and standard input or output is none.",
            "Run it in a terminal, or use the commands that need none: `pmrehearse --help`.",
        )
    if os.environ.get("TERM", "") in ("", "dumb", "unknown") and os.name == "posix":
        raise NotATerminalError(
            f"This terminal (TERM={os.environ.get('TERM', '')}) cannot show screens.",
            "Use another terminal, or the commands that need none: `pmrehearse --help`.",
        )


def prepare_for_children() -> None:
    """Start what Python needs before it can spawn processes, while `sys.stderr` is still a file.

    Textual puts an object in its place whose descriptor is -1, and the first `spawn` after that fails in Python's
    resource tracker ("bad value(s) in fds_to_keep"): the speech worker would never start.
    """
    resource_tracker.ensure_running()


def wants_no_colour() -> bool:
    """True when NO_COLOR is present and not empty (no-color.org).

    Textual takes an empty one for a wish, so that is taken out of this process's environment.
    """
    if not os.environ.get(NO_COLOUR):
        os.environ.pop(NO_COLOUR, None)
        return False
    return True


@contextlib.contextmanager
def own_screen(log_dir: Path) -> Iterator[Path]:
    """Descriptor 2 leads to the log while this lasts; Textual draws on a copy of descriptor 1.

    Args:
        log_dir: Where the log stands; made when it is missing.

    Yields:
        The log's path.
    """
    path = log_dir / LOG_NAME
    log = _open_log(path)
    before, drawn = os.dup(2), os.fdopen(os.dup(1), "w", encoding="utf-8", errors="replace")
    stderr, excepthook = sys.__stderr__, threading.excepthook
    threading.excepthook = _log_thread
    os.dup2(log, 2)
    sys.__stderr__ = drawn  # type: ignore[misc]  # Textual's Linux driver draws on this name
    try:
        yield path
    finally:
        sys.__stderr__ = stderr  # type: ignore[misc]
        threading.excepthook = excepthook
        os.dup2(before, 2)
        with contextlib.suppress(OSError):  # the terminal may be gone, with something left to draw
            drawn.close()
        os.close(before)
        os.close(log)


def given_back_by_force() -> Callable[[], None]:
    """Note how the terminal stands before the screens; what is returned gives it back so, and waits for nothing.

    For screens that do not go by themselves. A terminal that is gone, or takes nothing more, is left as it is.
    """
    if os.name != "posix":
        return lambda: None
    import termios  # noqa: PLC0415  not on Windows

    try:
        name, settings = os.ttyname(1), termios.tcgetattr(1)
    except (OSError, termios.error):
        return lambda: None

    def give_back() -> None:
        with contextlib.suppress(OSError, termios.error):
            terminal = os.open(name, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
            termios.tcsetattr(terminal, termios.TCSANOW, settings)
            os.write(terminal, GIVEN_BACK)

    return give_back


def _log_thread(fault: threading.ExceptHookArgs) -> None:
    """A thread died: into the log, as Textual swallows what Python would print."""
    if fault.exc_value is not None:
        known = (fault.exc_type, fault.exc_value, fault.exc_traceback)
        _log.error("A thread died: %s", fault.thread and fault.thread.name, exc_info=known)


def _open_log(path: Path) -> int:
    """The log, open for adding to; a folder that cannot be written takes nothing and stops nobody."""
    try:
        make_private_dir(path.parent)
        grown = path.is_file() and path.stat().st_size > LOG_BYTES
        start = os.O_TRUNC if grown else os.O_APPEND
        return os.open(path, os.O_WRONLY | os.O_CREAT | start, FILE_MODE)
    except OSError:
        return os.open(os.devnull, os.O_WRONLY)
