"""`export`: a take as a file for others."""

from __future__ import annotations

from pathlib import Path

import click

from pmrehearse.cli.answering import Outcome, command
from pmrehearse.cli.invocation import Invocation, pass_invocation
from pmrehearse.cli.outputs import unless_forced
from pmrehearse.cli.params import TakeName
from pmrehearse.cli.values import Done, Verbatim
from pmrehearse.library.export import FORMATS


@command("export")
@click.argument("take", type=TakeName())
@click.option(
    "--format",
    "name",
    type=click.Choice([one.name for one in FORMATS]),
    default=FORMATS[0].name,
    show_default=True,
    help="; ".join(f"{one.name}: {one.title}, {one.says}" for one in FORMATS) + ".",
)
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Where to; stdout unless given.")
@click.option("--no-sound", is_flag=True, help="Leave the sound out of a web page.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@pass_invocation
def export(
    invocation: Invocation, *, take: str, name: str, output: Path | None, no_sound: bool, force: bool
) -> Outcome:
    """Write a take as Markdown, JSON, subtitles, text or a web page.

    TAKE is an id, a part that names one, or `last`. A file is made for you alone (mode 0600); a folder as FILE takes a
    file named after the take. A web page holds the sound too, and nothing from elsewhere.
    """
    program = invocation.program
    take_id = program.library.resolve(take)
    if output is None:
        return Outcome(Verbatim(program.exporter.text(take_id, name, with_sound=not no_sound)))
    with unless_forced():
        path = program.exporter.write(take_id, name, output, with_sound=not no_sound, replace=force)
    facts = (("id", take_id), ("format", name), ("path", str(path)))
    return Outcome(Done(f"Written to {path}.", facts))
