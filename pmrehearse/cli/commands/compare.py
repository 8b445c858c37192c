"""`compare`: two takes of a scenario beside one another."""

from __future__ import annotations

import click

from pmrehearse.cli.answering import Outcome, command
from pmrehearse.cli.invocation import Invocation, pass_invocation
from pmrehearse.cli.params import TakeName
from pmrehearse.cli.values import TakesCompared
from pmrehearse.library.comparing import compare_takes


@command("compare")
@click.argument("before", type=TakeName(), metavar="TAKE")
@click.argument("after", type=TakeName(), metavar="TAKE")
@pass_invocation
def compare(invocation: Invocation, *, before: str, after: str) -> Outcome:
    """Compare two takes of a scenario: elements, phases, pace, what was gained and lost.

    Each TAKE is an id, a part that names one, or `last`; gained and lost are told from the first to the second.
    """
    program = invocation.program
    first, second = (program.reviewer.report(program.library.resolve(name)) for name in (before, after))
    return Outcome(TakesCompared(compare_takes(first, second)))
