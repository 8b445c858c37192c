"""`takes`, `show`, `delete`: the takes that were made."""

from __future__ import annotations

import sys

import click

from pmrehearse import places
from pmrehearse.cli.answering import Outcome, command
from pmrehearse.cli.choosing import chosen
from pmrehearse.cli.invocation import Invocation, ScreenStart, pass_invocation
from pmrehearse.cli.params import ScenarioName, TakeName
from pmrehearse.cli.reporting import shown
from pmrehearse.cli.texts import figures
from pmrehearse.cli.values import Done, TakeList
from pmrehearse.errors import UsageError

LISTED = 20
"""Takes listed unless more are asked for."""


@command("takes")
@click.option("--scenario", type=ScenarioName(), help="Only those of this scenario.")
@click.option("--limit", type=click.IntRange(min=0), default=LISTED, show_default=True, help="How many; 0 for all.")
@pass_invocation
def takes(invocation: Invocation, *, scenario: str | None, limit: int) -> Outcome:
    """List the takes, newest first.

    The first column is as much of a take's id as names it; `last` is the newest.
    """
    rows = tuple(row for row in invocation.program.library.rows() if scenario in (None, row.scenario_id))
    return Outcome(TakeList(rows[: limit or None], len(rows), places.library_dir(invocation.library)))


@command("show")
@click.argument("take", type=TakeName())
@click.option("--transcript", is_flag=True, help="Show all that was said, with the evidence marked.")
@click.option("--screen", is_flag=True, help="Open it on the screen.")
@pass_invocation
def show(invocation: Invocation, *, take: str, transcript: bool, screen: bool) -> Outcome:
    """Show the report of a take.

    TAKE is an id, the beginning of one, or `last`. The report is made anew from the take's files.
    """
    program = invocation.program
    row = chosen(program.library.rows(), take)
    if screen:
        return Outcome(None, invocation.screens(lambda: program, ScreenStart(take_id=row.take_id)))
    return Outcome(shown(program, row.take_id, with_transcript=transcript))


@command("delete")
@click.argument("take", type=TakeName())
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_invocation
def delete(invocation: Invocation, *, take: str, yes: bool) -> Outcome:
    """Delete a take with its sound.

    TAKE is an id, the beginning of one, or `last`. It cannot be brought back.
    """
    library = invocation.program.library
    row = chosen(library.rows(), take)
    if not yes:
        if not sys.stdin.isatty():
            raise UsageError("Deleting cannot be undone, and nobody can be asked here.", "Say --yes.")
        what = f"{row.title}, {figures.moment(row.started_at)}, {figures.clock(row.duration_s)}"
        if not click.confirm(f"Delete the take {row.take_id} ({what})?", err=True):
            return Outcome(Done("Nothing was deleted.", (("deleted", False), ("id", row.take_id))))
    library.delete(row.take_id)
    return Outcome(Done(f"{row.take_id} is deleted.", (("deleted", True), ("id", row.take_id))))
