"""What does one call of the program carry from the command line to its commands?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from pmrehearse.audio.events import FileSource
    from pmrehearse.cli.ports import Program


@dataclass(frozen=True, slots=True)
class ScreenStart:
    """Where the screens begin: at home unless a take or a scenario is named.

    Attributes:
        take_id: The take whose report is shown, or "".
        scenario_id: The scenario that is rehearsed, or "".
        source: A file that stands in for the microphone, or None.
        checkpoint: The checkpoint that recognises; None for the usual one.
    """

    take_id: str = ""
    scenario_id: str = ""
    source: FileSource | None = None
    checkpoint: str | None = None


Screens = Callable[[Callable[[], "Program"], ScreenStart], int]
"""Shows the screens until the user leaves and gives the exit code; raises NotATerminalError before anything else."""


@dataclass
class Invocation:
    """One call.

    Attributes:
        open_program: Composes the program on a library folder (None: the usual one).
        screens: Shows the screens.
        library: The folder given with `--library`, or None.
    """

    open_program: Callable[[Path | None], Program]
    screens: Screens
    library: Path | None = None

    @cached_property
    def program(self) -> Program:
        """The program on the library that the user named."""
        return self.open_program(self.library)


pass_invocation = click.make_pass_decorator(Invocation)
"""Gives a command its `Invocation` as the first argument."""
