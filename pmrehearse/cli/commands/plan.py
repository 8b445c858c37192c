"""`plan`: which round of a loop is rehearsed on which day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pmrehearse.cli.answering import Outcome, command
from pmrehearse.cli.catching_up import caught_up
from pmrehearse.cli.invocation import Invocation, pass_invocation
from pmrehearse.cli.params import Day
from pmrehearse.cli.practice_values import PlanShown
from pmrehearse.cli.values import Done
from pmrehearse.errors import UsageError
from pmrehearse.practice.plan import Wish

if TYPE_CHECKING:
    from datetime import date

    from pmrehearse.cli.practice_ports import PlanningPort


@command("plan")
@click.argument("loop", default="")
@click.option("--interview", type=Day(), metavar="DATE", help="The day of the interview, as 2026-12-24.")
@click.option("--keep", is_flag=True, help="Remember this plan; Home shows what of it is due.")
@click.option("--forget", is_flag=True, help="Forget the plan that is remembered.")
@click.option("--today", type=Day(), metavar="DATE", hidden=True, help="Look at it on another day.")
@pass_invocation
def plan(
    invocation: Invocation, *, loop: str, interview: date | None, keep: bool, forget: bool, today: date | None
) -> Outcome:
    """Lay out the rehearsals of a loop up to the interview.

    LOOP is a loop as `pmrehearse scenario list` shows it. More days than the loop takes bring the weakest rounds again;
    with fewer, the rounds stand closer together. Without LOOP and --interview it shows the plan that is remembered.
    """
    program, planning = invocation.program, invocation.program.planning
    if forget:
        planning.keep(None)
        return Outcome(Done("No plan is remembered.", (("kept", False),)))
    wish = _wish(planning, loop, interview, today or program.practice.today)
    caught_up(program)
    shown = planning.plan(wish, today)
    if keep:
        planning.keep(wish)
    return Outcome(PlanShown(shown, wish == planning.kept))


def _wish(planning: PlanningPort, loop: str, interview: date | None, today: date) -> Wish:
    """The plan that is asked for: a new one for a day, else the one that is remembered."""
    kept = planning.kept
    if interview is not None:
        if not loop and kept is None:
            raise UsageError("Which loop?", "For example: `pmrehearse plan writer --interview 2026-12-24`.")
        return Wish(planning.loop(loop or (kept.loop_id if kept else "")).id, interview, today)
    if kept is not None and loop in ("", kept.loop_id):
        return kept
    if loop:
        planning.loop(loop)
        raise UsageError("When is the interview?", f"For example: `pmrehearse plan {loop} --interview 2026-12-24`.")
    raise UsageError("No plan is remembered.", "Make one: `pmrehearse plan writer --interview 2026-12-24 --keep`.")
