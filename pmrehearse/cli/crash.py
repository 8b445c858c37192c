"""Where does an error go that nobody foresaw? Whole, with its traceback, into the log in the state folder."""

from __future__ import annotations

import logging
import os
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

from pmrehearse import durable, places

if TYPE_CHECKING:
    from io import TextIOWrapper
    from pathlib import Path

LOG_BYTES = 1_000_000
"""Size at which a log is put aside; one older one is kept."""


class PrivateLog(RotatingFileHandler):
    """A log file of mode 0600: messages may quote what was said."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, durable.FILE_MODE)
        return os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace")


def log_path() -> Path:
    """The log of this program."""
    return places.state_dir() / "log" / "pmrehearse.log"


def log_crash(error: BaseException) -> Path | None:
    """Add an error with its traceback to the log.

    Returns:
        The log; None when it cannot be written.
    """
    path = log_path()
    try:
        durable.make_private_dir(path.parent)
        handler = PrivateLog(path, maxBytes=LOG_BYTES, backupCount=1)
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    record = logging.LogRecord(
        __name__, logging.ERROR, "", 0, "unexpected", (), (type(error), error, error.__traceback__)
    )
    handler.handle(record)
    handler.close()
    return path
