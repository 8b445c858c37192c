"""`due`: what should be said again before it is forgotten."""

from __future__ import annotations

from pmrehearse.cli.answering import Outcome, command
from pmrehearse.cli.catching_up import caught_up
from pmrehearse.cli.invocation import Invocation, pass_invocation
from pmrehearse.cli.practice_values import DueList


@command("due")
@pass_invocation
def due(invocation: Invocation) -> Outcome:
    """List the elements that should be said again now.

    An element comes back the same day when it was missing, and after ever more days when it was met (FSRS). Days are
    computed from the takes alone. `pmrehearse drill` takes what is due.
    """
    practice = caught_up(invocation.program)
    standings, today = tuple(practice.standings()), practice.today
    is_due = [each.standing.due_on() <= today for each in standings]
    now = tuple(each for each, is_now in zip(standings, is_due, strict=True) if is_now)
    later = tuple(each for each, is_now in zip(standings, is_due, strict=True) if not is_now)
    return Outcome(DueList(today, now, later))
