"""How does what a command returns become the answer on stdout and the exit code?"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

DONE = 0
"""The command did what was asked."""
FALLS_SHORT = 1
"""It did, and the answer that was judged lacks something."""
UNUSABLE = 2
"""The words on the command line or a file cannot be used."""
MACHINE = 3
"""This machine lacks something, or the program broke."""
INTERRUPTED = 130
"""Stopped with Ctrl-C."""
UNREAD = 141
"""128 + SIGPIPE: the reader of stdout went away, as with `pmrehearse takes | head -1`."""

_JSON = "pmrehearse.json"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command comes to.

    Attributes:
        value: What is shown, one of the values that `render` knows; None to show nothing.
        exit_code: How the process ends.
        onward: What can be done next, told after the value, a line each; a path or a command in it is never broken.
    """

    value: object = None
    exit_code: int = DONE
    onward: tuple[str, ...] = ()


def wants_json(context: click.Context) -> bool:
    """True when the call asks for JSON."""
    return bool(context.meta.get(_JSON, False))


class AnsweringCommand(click.Command):
    """A command whose returned `Outcome` is rendered in the one place, as text or with `--json` as JSON."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        """Take what `click.Command` takes, and add `--json`."""
        super().__init__(*args, **settings)
        self.params.append(
            click.Option(
                ["--json"], is_flag=True, expose_value=False, callback=_note_json, help="Answer in JSON on stdout."
            )
        )

    def invoke(self, ctx: click.Context) -> None:
        """Run the command, show its outcome, and end with its exit code."""
        try:
            exit_code = self._answer(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            exit_code = UNREAD
        ctx.exit(exit_code)

    def _answer(self, ctx: click.Context) -> int:
        outcome = super().invoke(ctx)
        if not isinstance(outcome, Outcome):
            raise TypeError(f"{ctx.command_path} returned {type(outcome).__name__}, no Outcome")
        if outcome.value is not None:
            from pmrehearse.cli.render import show  # noqa: PLC0415  imports rich

            show(outcome.value, as_json=wants_json(ctx))
        if outcome.onward:
            from pmrehearse.cli.narration import Narrator  # noqa: PLC0415  imports rich

            sys.stdout.flush()
            Narrator().say_whole(*outcome.onward)
        return outcome.exit_code


def command(name: str, **settings: Any) -> Callable[[Callable[..., Outcome]], AnsweringCommand]:
    """Declare a command that returns an `Outcome`."""
    return click.command(name, cls=AnsweringCommand, **settings)


def _note_json(context: click.Context, _option: click.Parameter, value: bool) -> None:  # noqa: FBT001  click's
    context.meta[_JSON] = value
