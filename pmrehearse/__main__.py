"""How does a call of the program begin and end? Every error becomes a message, a hint and an exit code here."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

from pmrehearse.cli.answering import INTERRUPTED, MACHINE, UNUSABLE
from pmrehearse.cli.app import cli
from pmrehearse.cli.ending import end_process
from pmrehearse.cli.invocation import Invocation
from pmrehearse.errors import RehearsalError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pmrehearse.cli.invocation import KeysPort, ScreenStart
    from pmrehearse.cli.ports import Program


def main() -> NoReturn:
    """Run the call that this process was started for, and end the process."""
    end_process(run())


def run(arguments: Sequence[str] | None = None, invocation: Invocation | None = None) -> int:
    """Run one call.

    Args:
        arguments: The words after the program's name; None for those of this process.
        invocation: What the commands work with; None for the real program.

    Returns:
        The exit code, as `pmrehearse --help` lists them.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    invocation = invocation or Invocation(_open_program, _open_screens, keys=_known_keys)
    try:
        return _answered(arguments, invocation)
    finally:
        invocation.close()


def _answered(arguments: Sequence[str] | None, invocation: Invocation) -> int:
    try:
        code = cli.main(arguments, prog_name="pmrehearse", standalone_mode=False, obj=invocation)
    except click.Abort:
        return _tell("Interrupted.", "", INTERRUPTED)
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "pmrehearse"
        return _tell(error.format_message(), f"`{command} --help` shows what can be given.", UNUSABLE)
    except click.ClickException as error:
        return _tell(error.format_message(), "", UNUSABLE)
    except RehearsalError as error:
        return _tell(error.message, error.hint, error.exit_code)
    except Exception as error:  # noqa: BLE001  the one place where the unexpected ends: it is logged whole
        return _log(error)
    return code if isinstance(code, int) else 0


def _tell(message: str, hint: str, code: int) -> int:
    from pmrehearse.cli.complaints import complain  # noqa: PLC0415  `--help` never comes here

    complain(message, hint)
    return code


def _log(error: Exception) -> int:
    from pmrehearse.cli.crash import log_crash  # noqa: PLC0415  `--help` never comes here

    path = log_crash(error)
    kept = f"The details are in {path}." if path else "The details could not be written to the log."
    return _tell(f"Something unexpected went wrong: {type(error).__name__}.", kept, MACHINE)


def _open_program(library: Path | None) -> Program:
    from pmrehearse.bootstrap import program  # noqa: PLC0415  heavy, and `--help` needs none of it
    from pmrehearse.cli.crash import keep_log  # noqa: PLC0415

    os.umask(0o077)  # caches that a library writes for us, too, are nobody else's
    keep_log()
    return program(library)


def _open_screens(open_program: Callable[[], Program], start: ScreenStart) -> int:
    from pmrehearse.ui.terminal import require_terminal  # noqa: PLC0415  first: what follows takes a second

    require_terminal()
    from pmrehearse.ui import practice_requests, requests  # noqa: PLC0415  heavy, and only the screens need it
    from pmrehearse.ui.app import run_app  # noqa: PLC0415

    at: requests.StartAt = requests.HOME
    if start.take_id:
        at = requests.AtReport(start.take_id)
    elif start.drills:
        at = practice_requests.AtDrill(start.drills, start.source, start.checkpoint, start.seconds)
    elif start.round is not None:
        at = practice_requests.AtRound(*start.round, start.checkpoint)
    elif start.progress:
        at = practice_requests.AtProgress(start.scenario_id)
    elif start.scenario_id:
        at = requests.AtBriefing(start.scenario_id, start.source, start.checkpoint, live=start.live)
    program: Any = open_program()  # the one program serves commands and screens, each through ports of its own
    return run_app(program, at)


def _known_keys() -> KeysPort:
    from pmrehearse.ui import clashes  # noqa: PLC0415  it imports every screen

    return clashes.KeysOfScreens()


if __name__ == "__main__":
    main()
