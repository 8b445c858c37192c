"""How does work that waits run beside the screens?

In a daemon thread: Textual's own thread workers hold quitting until they end (measured: 6.0 s for a 6 s job; so,
0.34 s). What comes of it is posted as a message, which is the only call that Textual allows from another thread.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, TypeVar

from textual.message import Message

from pmrehearse.cleaning import clean_line
from pmrehearse.errors import RehearsalError

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message_pump import MessagePump

Result = TypeVar("Result")

_log = logging.getLogger(__name__)

REDRAW_S = 0.1
"""What goes on behind a screen is looked at so often, in seconds."""


class WorkFailed(Message):
    """Work in the background failed; it bubbles up to the app, which shows it."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep what is shown.

        Args:
            message: What happened.
            hint: What to do.
        """
        super().__init__()
        self.message = message
        self.hint = hint


class Abandoned(Exception):  # noqa: N818  a wish, not an error
    """Raised inside work by its progress callback, when nobody waits for it any more."""


def in_background(owner: MessagePump, work: Callable[[], Result], done: Callable[[Result], Message]) -> None:
    """Run `work` beside the screens and post what `done` makes of its result to `owner`.

    A failure comes as `WorkFailed`.

    Args:
        owner: The screen or the app that the message goes to.
        work: What waits; it touches no widget.
        done: Makes the message of the result.
    """

    def run() -> None:
        outcome = attempted(lambda: done(work()))
        if outcome is not None:
            owner.post_message(outcome)

    threading.Thread(target=run, name="screen work", daemon=True).start()


def attempted(work: Callable[[], Result]) -> Result | WorkFailed | None:
    """What came of work that waits, in a thread of its own; None when nobody waits for it any more.

    An expected error, and an unexpected one too (with its traceback in the log), comes as `WorkFailed`: a fault in
    the background must not end the program while somebody speaks. This is the one place that catches everything.
    """
    try:
        return work()
    except Abandoned:
        return None
    except RehearsalError as error:
        return WorkFailed(error.message, error.hint)
    except Exception as error:  # noqa: BLE001  the one place
        _log.exception("Work beside the screens failed")
        return WorkFailed(
            f"Something unexpected happened: {clean_line(str(error)) or type(error).__name__}",
            "Nothing recorded is lost. The log in the state folder (pmrehearse paths) says more.",
        )
