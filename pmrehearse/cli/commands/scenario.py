"""`scenario`: what can be rehearsed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmrehearse.cli.answering import FALLS_SHORT, UNUSABLE, Outcome, command
from pmrehearse.cli.drafting import written_draft
from pmrehearse.cli.invocation import Invocation, pass_invocation
from pmrehearse.cli.params import ScenarioName
from pmrehearse.cli.proofreading import proofread_all, proofread_files
from pmrehearse.cli.values import ScenarioBegun, ScenarioList, ScenarioShown
from pmrehearse.scenario.drafts import LONGEST_MINUTES, SHORTEST_MINUTES

if TYPE_CHECKING:
    from pmrehearse.cli.values import FilesChecked


@click.group("scenario")
def scenario() -> None:
    """List, show, check and begin scenarios."""


@command("list")
@pass_invocation
def list_(invocation: Invocation) -> Outcome:
    """List the scenarios and loops.

    Your own stand in the folder that `pmrehearse paths` names, beside those that come with the program.
    """
    packs = invocation.program.packs
    return Outcome(ScenarioList(tuple(packs.all_scenarios()), tuple(packs.loops())))


@command("show")
@click.argument("name", metavar="SCENARIO", type=ScenarioName())
@pass_invocation
def show(invocation: Invocation, *, name: str) -> Outcome:
    """Show what a scenario asks.

    SCENARIO is an id, or a scenario's TOML file.
    """
    return Outcome(ScenarioShown(invocation.program.packs.find(name)))


@command("check")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1)
@pass_invocation
def check(invocation: Invocation, *, files: tuple[Path, ...]) -> Outcome:
    """Check scenario files, and try the examples in them.

    Without FILES: every scenario there is. Ends with 2 when a file has mistakes, with 1 when an example is judged
    otherwise than its author says.
    """
    checked = proofread_files(invocation.program, files) if files else proofread_all(invocation.program)
    return Outcome(checked, _exit_code(checked))


@command("new")
@click.argument("name", metavar="ID")
@click.option("--title", default="", help="How it is shown; the id in words unless another is given.")
@click.option(
    "--minutes",
    type=click.FloatRange(SHORTEST_MINUTES, LONGEST_MINUTES),
    default=3,
    show_default=True,
    help="How long an answer lasts.",
)
@pass_invocation
def new(invocation: Invocation, *, name: str, title: str, minutes: float) -> Outcome:
    """Begin a scenario of your own.

    ID is a pack and a name (mine/first-case). A file with comments is written into your scenarios' folder; it can be
    rehearsed as it stands. What is there already is never replaced.
    """
    path = written_draft(invocation.program.packs, name, title, minutes)
    return Outcome(ScenarioBegun(name, path))


def _exit_code(checked: FilesChecked) -> int:
    if any(file.problem for file in checked.files):
        return UNUSABLE
    return FALLS_SHORT if any(file.wrong for file in checked.files) else 0


for _each in (list_, show, check, new):
    scenario.add_command(_each)
