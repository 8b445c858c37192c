"""How does the plan of an interview read: its rehearsals, one of them, what is to be done today?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.practice.plan import Due
from pmrehearse.ui.shown import Row, Stack, shown
from pmrehearse.ui.widgets.menu import choice
from pmrehearse.ui.wording import clock, count, day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.widgets.option_list import Option

    from pmrehearse.practice.plan import LastTake, Plan, PlannedRehearsal, PlannedScenario
    from pmrehearse.session.practising import DueElement

_DUE = {
    Due.DONE: ("✓ done", "$success"),
    Due.OVERDUE: ("! overdue", "$warning"),
    Due.TODAY: ("▸ today", "$primary"),
    Due.LATER: ("", "$muted"),
}


def today(plan: Plan | None, due: Sequence[DueElement], plan_key: str, drill_key: str) -> Stack:
    """What is to be done today, in two lines, each after the key that does it.

    Args:
        plan: The plan that is remembered, or None.
        due: The elements that are due.
        plan_key: Shows the plan.
        drill_key: Drills what is due.
    """
    cells = max(len(plan_key), len(drill_key)) + 2
    rows = []
    if plan is not None and plan.days_left >= 0:
        rows.append(_planned(plan, plan_key.ljust(cells)))
    if due:
        first = ", ".join(each.title for each in due[:2])
        more = f" and {len(due) - 2} more" if len(due) > 2 else ""  # noqa: PLR2004  two are named
        rows.append(
            Row(
                shown((count(len(due), "element") + " due: ", "bold"), f"{first}{more}"),
                shown((drill_key.ljust(cells), "bold $primary")),
            )
        )
    return Stack(*rows)


def _planned(plan: Plan, key: str) -> Row:
    lead = shown((key, "bold $primary"))
    left = "today" if plan.days_left == 0 else f"in {count(plan.days_left, 'day')}"
    interview = shown((f"interview {left}", "$muted"))
    if plan.now:
        first = plan.now[0]
        late = (" overdue", "$warning") if first.due is Due.OVERDUE else ""
        names = ", ".join(each.title for each in first.scenarios if not each.is_done)
        return Row(shown((f"Round {first.number}", "bold"), late, f": {names}"), lead, interview)
    if plan.next is not None:
        return Row(shown(f"Round {plan.next.number} on {day(plan.next.day)}"), lead, interview)
    return Row(shown(("✓ ", "$success"), "All rounds are rehearsed"), lead, interview)


def plan_options(plan: Plan) -> list[Option]:
    """The rehearsals, day by day."""
    return [_rehearsal(number, each) for number, each in enumerate(plan.rehearsals)]


def _rehearsal(number: int, each: PlannedRehearsal) -> Option:
    word, style = _DUE[each.due]
    again = " again" if each.is_repeat else ""
    names = ", ".join(scenario.title for scenario in each.scenarios)
    lead = shown((f"{day(each.day):<12}", "$muted"))
    body = shown((f"Round {each.number}{again}  ", "bold"), (names, "$muted" if each.due is Due.DONE else ""))
    return choice(str(number), body, lead=lead, tail=shown((word, style)))


def rehearsal(each: PlannedRehearsal) -> Stack:
    """One rehearsal with how its scenarios stand."""
    return Stack(
        shown((f"Round {each.number}", "bold"), (f" · {day(each.day)}", "$muted")), *map(_scenario, each.scenarios)
    )


def _scenario(scenario: PlannedScenario) -> Row:
    mark = shown(("✓ ", "$success")) if scenario.is_done else shown("  ")
    facts = f"{clock(scenario.seconds):>7}  {_last(scenario.last):<18}"
    return Row(shown(scenario.title), mark, shown((facts, "$muted")))


def _last(last: LastTake | None) -> str:
    return "not yet rehearsed" if last is None else f"{last.n_met} of {last.n_elements} on {last.on.day} {last.on:%b}"


def plan_summary(plan: Plan) -> Stack:
    """The interview, the time that is left, and what should be known."""
    left = plan.days_left
    when = "today" if left == 0 else f"in {count(left, 'day')}" if left > 0 else "over"
    minutes = f" · {plan.round_minutes[0]:.0f} to {plan.round_minutes[1]:.0f} min a round" if plan.round_minutes else ""
    head = shown((f"Interview on {day(plan.interview)} {plan.interview.year}, {when}", "bold"), (minutes, "$muted"))
    rows = [Row(shown(remark), shown(("! ", "$warning"))) for remark in plan.remarks]
    missing = [shown((f"Not written yet: {', '.join(plan.missing)}", "$muted"))] if plan.missing else []
    return Stack(head, *rows, *missing)
