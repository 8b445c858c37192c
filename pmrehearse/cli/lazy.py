"""How do twenty commands stay out of memory until one of them is called?

`--help` needs only their names and one line each; the module behind a name is imported when the name is called.
"""

from __future__ import annotations

import difflib
import importlib
from dataclasses import dataclass
from typing import Any

import click


@dataclass(frozen=True, slots=True)
class Entry:
    """One command before it is imported.

    Attributes:
        name: What the user types.
        target: Where it stands, "module:attribute" under `pmrehearse.cli.commands`.
        summary: Its line in the list; the first line of its own help.
    """

    name: str
    target: str
    summary: str


@dataclass(frozen=True, slots=True)
class Section:
    """Commands that are listed together.

    Attributes:
        title: The heading in the list.
        entries: In the order of the list.
    """

    title: str
    entries: tuple[Entry, ...]


class LazyGroup(click.Group):
    """A group that imports a command when it is called."""

    def __init__(self, *args: Any, sections: tuple[Section, ...] = (), **settings: Any) -> None:
        """Take the sections of the list, and what `click.Group` takes."""
        super().__init__(*args, **settings)
        self.sections = sections

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """All names, in the order of the list."""
        return [entry.name for section in self.sections for entry in section.entries]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  click's signature
        """The command of this name, imported now; None when there is none."""
        targets = {entry.name: entry.target for section in self.sections for entry in section.entries}
        if cmd_name not in targets:
            return None
        module, _, attribute = targets[cmd_name].partition(":")
        command = getattr(importlib.import_module(f"pmrehearse.cli.commands.{module}"), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{targets[cmd_name]} is no command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names; a word that names none is answered with the nearest one.

        Raises:
            click.UsageError: No command has this name.
        """
        name = args[0]
        if not name.startswith("-") and name not in self.list_commands(ctx):
            near = difflib.get_close_matches(name, self.list_commands(ctx), n=1)
            ctx.fail(f"There is no command {name!r}." + (f" Did you mean {near[0]!r}?" if near else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list without importing a command."""
        longest = max(len(name) for name in self.list_commands(ctx))
        for section in self.sections:
            with formatter.section(section.title):
                formatter.write_dl([(entry.name.ljust(longest), entry.summary) for entry in section.entries])
