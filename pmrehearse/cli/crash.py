"""Where does an error go that nobody foresaw? Whole, with its traceback, into the log in the state folder."""

from __future__ import annotations

import logging
import os
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from pmrehearse import durable, places

if TYPE_CHECKING:
    from io import TextIOWrapper

LOG_BYTES = 1_000_000
"""Size at which a log is put aside; one older one is kept."""
_PROGRAM = "pmrehearse"


class PrivateLog(RotatingFileHandler):
    """A log file of mode 0600 in a folder of mode 0700: messages may quote what was said."""

    def __init__(self, path: Path) -> None:
        """Open nothing before the first message."""
        super().__init__(path, maxBytes=LOG_BYTES, backupCount=1, delay=True)
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))

    def _open(self) -> TextIOWrapper:
        durable.make_private_dir(Path(self.baseFilename).parent)
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, durable.FILE_MODE)
        return os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace")

    def handleError(self, _record: logging.LogRecord) -> None:  # noqa: N802  logging's name
        """A log that cannot be written is no reason to write on the user's screen."""


def log_path() -> Path:
    """The log of the commands."""
    return places.state_dir() / "commands.log"


def keep_log() -> None:
    """Let what the program logs go into the log from now on, and nowhere else."""
    logger = logging.getLogger(_PROGRAM)
    if not any(isinstance(handler, PrivateLog) for handler in logger.handlers):
        logger.addHandler(PrivateLog(log_path()))
        logger.propagate = False


def log_crash(error: BaseException) -> Path | None:
    """Add an error with its traceback to the log.

    Returns:
        The log; None when it cannot be written.
    """
    handler = PrivateLog(log_path())
    handler.handle(
        logging.LogRecord(_PROGRAM, logging.ERROR, "", 0, "unexpected", (), (type(error), error, error.__traceback__))
    )
    was_written = handler.stream is not None
    handler.close()
    return log_path() if was_written else None
