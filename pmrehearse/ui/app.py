"""How does the program with screens begin, and how does it end whatever happens?"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING

from pmrehearse import places
from pmrehearse.ui.requests import HOME
from pmrehearse.ui.shell import RehearsalApp
from pmrehearse.ui.terminal import given_back_by_force, own_screen, require_terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pmrehearse.ui.ports import ProgramPort
    from pmrehearse.ui.requests import StartAt

CLOSE_WITHIN_S = 12.0
"""How long the end of a take is waited for (the conductor gives up after 10 s)."""
SCREEN_WITHIN_S = 1.5
"""How long the screen may take to go after a signal, once the take is safe: its terminal may be gone, or frozen."""
SIGNALLED = 128
"""Exit codes after a signal are this plus its number."""
BROKEN = 3
"""Exit code when the program broke."""
_SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name))


def run_app(program: ProgramPort, start: StartAt = HOME) -> int:
    """Show the screens until the user leaves.

    Args:
        program: What stands behind them.
        start: Where to begin.

    Returns:
        The exit code: 0; 128 + n after signal n; 3 when the program broke.

    Raises:
        NotATerminalError: There is no terminal to show them on.
    """
    require_terminal()
    give_back = given_back_by_force()
    app = RehearsalApp(program, start)
    with own_screen(places.state_dir()) as log:
        try:
            asyncio.run(_run(app, give_back))
        except OSError:
            if not _was_signalled(app):  # else the terminal is gone, and drawing on it failed
                raise
        finally:
            _close(app)
    code = app.return_code or 0
    if code == 1:
        with contextlib.suppress(OSError):  # the terminal may be gone
            sys.stderr.write(_broken(log))
        return BROKEN
    return code


async def _run(app: RehearsalApp, give_back: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    if os.name == "posix":
        for number in _SIGNALS:
            loop.add_signal_handler(number, _end_by_signal, app, int(number), give_back)
    await app.run_async()


def _end_by_signal(app: RehearsalApp, number: int, give_back: Callable[[], None]) -> None:
    """Keep the take, leave the screen; when the screen does not go (its terminal takes nothing), end all the same."""
    code = SIGNALLED + number

    def see_to_it() -> None:
        _close(app)
        time.sleep(SCREEN_WITHIN_S)
        give_back()
        os._exit(code)

    threading.Thread(target=see_to_it, name="ending", daemon=True).start()
    app.exit(return_code=code)


def _was_signalled(app: RehearsalApp) -> bool:
    return (app.return_code or 0) > SIGNALLED


def _close(app: RehearsalApp) -> None:
    if app.live is not None:
        app.live.close_and_wait(CLOSE_WITHIN_S)


def _broken(log: Path) -> str:
    return f"The program broke. What was recorded is safe, and the next start lists it.\nThe log says more: {log}\n"
