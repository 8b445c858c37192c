"""Is there a terminal, and how is it kept for the screens alone?

PortAudio and ALSA write to file descriptor 2, which is where Textual draws: while the screens are up, descriptor 2
leads to the log and the screens draw on a copy of descriptor 1.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pmrehearse.durable import make_private_dir
from pmrehearse.errors import NotATerminalError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENDING_SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name))
"""Signals that end the program in good order (on systems that have them)."""
LOG_NAME = "screens.log"
"""The log's name inside the state folder."""


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


@contextmanager
def own_screen(log_dir: Path) -> Iterator[Path]:
    """Descriptor 2 leads to the log while this lasts; Textual draws on a copy of descriptor 1.

    Args:
        log_dir: Where the log stands; made when it is missing.

    Yields:
        The log's path.
    """
    make_private_dir(log_dir)
    path = log_dir / LOG_NAME
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    before, drawn = os.dup(2), os.fdopen(os.dup(1), "w", encoding="utf-8", errors="replace")
    handler = logging.StreamHandler(os.fdopen(os.dup(log), "a", encoding="utf-8", errors="replace"))
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger("pmrehearse").addHandler(handler)
    stderr = sys.__stderr__
    os.dup2(log, 2)
    sys.__stderr__ = drawn  # type: ignore[misc]  # Textual's Linux driver draws on this name
    try:
        yield path
    finally:
        sys.__stderr__ = stderr  # type: ignore[misc]
        os.dup2(before, 2)
        logging.getLogger("pmrehearse").removeHandler(handler)
        handler.stream.close()
        drawn.close()
        os.close(before)
        os.close(log)
