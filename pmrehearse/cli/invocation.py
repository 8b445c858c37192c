"""What does one call of the program carry from the command line to its commands?"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import click

from pmrehearse.errors import NotATerminalError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pmrehearse.audio.events import SoundSource
    from pmrehearse.cli.ports import Program
    from pmrehearse.scenario.model import Scenario
    from pmrehearse.speech.events import SpeechOptions


class Screens(Protocol):
    """Opens the program on the terminal's screen."""

    def __call__(
        self,
        program: Program,
        *,
        scenario: Scenario | None,
        source: SoundSource | None,
        options: SpeechOptions | None,
    ) -> None:
        """Run until the user quits.

        Args:
            program: What stands behind the screens.
            scenario: The scenario to open at once; None for Home.
            source: What to listen to; None for the microphone that is remembered.
            options: How to recognise; None for the usual checkpoint.
        """


@dataclass
class Invocation:
    """One call.

    Attributes:
        open_program: Composes the program on a library folder (None: the usual one).
        screens: Opens the screens.
        library: The folder given with `--library`, or None.
    """

    open_program: Callable[[Path | None], Program]
    screens: Screens
    library: Path | None = None

    @cached_property
    def program(self) -> Program:
        """The program on the library that the user named."""
        return self.open_program(self.library)

    def open_screens(
        self,
        program: Program | None = None,
        scenario: Scenario | None = None,
        source: SoundSource | None = None,
        options: SpeechOptions | None = None,
    ) -> None:
        """Run the screens until the user quits; see `Screens`.

        Raises:
            NotATerminalError: stdin or stdout is no terminal, or it cannot move its cursor.
        """
        require_screen()
        self.screens(program or self.program, scenario=scenario, source=source, options=options)


def require_screen() -> None:
    """Refuse to draw screens where nobody could see them.

    Raises:
        NotATerminalError: stdin or stdout is no terminal, or it cannot move its cursor.
    """
    hint = "`pmrehearse rehearse SCENARIO --no-screen` works anywhere; `pmrehearse --help` lists the other commands."
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NotATerminalError("The screens need a terminal, and standard input or output is none.", hint)
    if os.environ.get("TERM", "").lower() in ("dumb", "unknown"):
        raise NotATerminalError("This terminal cannot draw screens (TERM is dumb).", hint)


pass_invocation = click.make_pass_decorator(Invocation)
"""Gives a command its `Invocation` as the first argument."""
