"""`takes`, `show`, `rename`, `tag`, `delete`: the takes that were made."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmrehearse.cli.answering import Outcome, command
from pmrehearse.cli.catching_up import marking_told
from pmrehearse.cli.invocation import Invocation, ScreenStart, pass_invocation
from pmrehearse.cli.outputs import unless_forced
from pmrehearse.cli.params import ScenarioName, TakeName
from pmrehearse.cli.reporting import shown
from pmrehearse.cli.texts import figures
from pmrehearse.cli.values import Done, TakeList, Verbatim
from pmrehearse.errors import UsageError
from pmrehearse.library.rows import TakeFilter
from pmrehearse.session.exporting import Wanted

if TYPE_CHECKING:
    from pmrehearse.cli.ports import Program

LISTED = 20
"""Takes listed unless more are asked for."""


@command("takes")
@click.option("--scenario", type=ScenarioName(), default="", help="Only those of this scenario.")
@click.option("--tag", default="", help="Only those with this tag.")
@click.option("--limit", type=click.IntRange(min=0), help=f"How many; 0 for all.  [default: {LISTED}; with --csv all]")
@click.option("--csv", "as_csv", is_flag=True, help="A table for a spreadsheet: comma-separated values in UTF-8.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Where the table goes; else to stdout.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@pass_invocation
def takes(
    invocation: Invocation,
    *,
    scenario: str,
    tag: str,
    limit: int | None,
    as_csv: bool,
    output: Path | None,
    force: bool,
) -> Outcome:
    """List the takes, newest first.

    The first column is as much of a take's id as names it; `last` is the newest. With --csv every take is a line with
    its figures; a FILE is made for you alone (mode 0600).
    """
    wanted = TakeFilter(scenario_id=scenario, tag=tag)
    if as_csv:
        return _table(invocation.program, Wanted(wanted, limit or None), output, force=force)
    if output is not None:
        raise UsageError("A list for people goes to the screen.", "Say --csv for a table in a file.")
    kept = invocation.program.library
    rows = tuple(kept.rows(wanted, (LISTED if limit is None else limit) or None))
    n_all, refused = kept.count(wanted), invocation.program.recovery.troubles
    return Outcome(TakeList(rows, n_all, invocation.settings.library_dir, refused))


def _table(program: Program, wanted: Wanted, output: Path | None, *, force: bool) -> Outcome:
    """The wanted takes as CSV, each of them marked by the checks as they are now."""
    with marking_told() as told:
        if output is None:
            return Outcome(Verbatim(program.exporter.table(wanted, told).text, is_exact=True))
        with unless_forced():
            path, n_takes = program.exporter.write_table(output, wanted, told, replace=force)
    sentence = f"{figures.count(n_takes, 'take')} written to {path}."
    return Outcome(Done(sentence, (("n_takes", n_takes), ("path", str(path)))))


@command("show")
@click.argument("take", type=TakeName())
@click.option("--transcript", is_flag=True, help="Show all that was said, with the evidence marked.")
@click.option("--screen", is_flag=True, help="Open it on the screen.")
@pass_invocation
def show(invocation: Invocation, *, take: str, transcript: bool, screen: bool) -> Outcome:
    """Show the report of a take.

    TAKE is an id, a part that names one, or `last`. The report is made anew from the take's files.
    """
    program = invocation.program
    take_id = program.library.resolve(take)
    if screen:
        return Outcome(None, invocation.screens(lambda: program, ScreenStart(take_id=take_id)))
    return Outcome(shown(program, take_id, with_transcript=transcript))


@command("rename")
@click.argument("take", type=TakeName())
@click.argument("name")
@pass_invocation
def rename(invocation: Invocation, *, take: str, name: str) -> Outcome:
    """Give a take a name of its own.

    TAKE is an id, a part that names one, or `last`; its id stays. An empty NAME takes the name away. Searches find it.
    """
    library = invocation.program.library
    renamed = library.rename(library.resolve(take), name)
    said = f"{renamed.id} is called {figures.quoted(renamed.name)}." if renamed.name else f"{renamed.id} has no name."
    return Outcome(Done(said, (("id", renamed.id), ("name", renamed.name))))


@command("tag")
@click.argument("take", type=TakeName())
@click.argument("tags", nargs=-1)
@click.option("--remove", "removed", multiple=True, metavar="TAG", help="Take this one away; again.")
@pass_invocation
def tag(invocation: Invocation, *, take: str, tags: tuple[str, ...], removed: tuple[str, ...]) -> Outcome:
    """Give a take tags, or take them away.

    TAGS are added to those that it has; without any, they are told. TAKE is an id, a part that names one, or `last`.
    """
    library = invocation.program.library
    take_id = library.resolve(take)
    kept = next(row.tags for row in library.rows() if row.take_id == take_id)
    if tags or removed:
        kept = library.tag(take_id, [one for one in (*kept, *tags) if one not in removed]).tags
    said = f"{take_id}: {', '.join(kept)}" if kept else f"{take_id} has no tags."
    return Outcome(Done(said, (("id", take_id), ("tags", kept))))


@command("delete")
@click.argument("take", type=TakeName())
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_invocation
def delete(invocation: Invocation, *, take: str, yes: bool) -> Outcome:
    """Delete a take with its sound.

    TAKE is an id, a part that names one, or `last`. It cannot be brought back.
    """
    library = invocation.program.library
    take_id = library.resolve(take)
    row = next(row for row in library.rows() if row.take_id == take_id)
    if not yes:
        if not sys.stdin.isatty():
            raise UsageError("Deleting cannot be undone, and nobody can be asked here.", "Say --yes.")
        what = f"{row.title}, {figures.moment(row.started_at)}, {figures.clock(row.duration_s)}"
        if not click.confirm(f"Delete the take {take_id} ({what})?", err=True):
            return Outcome(Done("Nothing was deleted.", (("deleted", False), ("id", take_id))))
    library.delete(take_id)
    return Outcome(Done(f"{take_id} is deleted.", (("deleted", True), ("id", take_id))))
