"""How do the parts of practice read: a drill, what is due, the plan, the debrief of a round?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.practice.plan import Due
from pmrehearse.ui import marks
from pmrehearse.ui.shown import Row, Stack, labelled, shown
from pmrehearse.ui.widgets.menu import choice, gap, heading
from pmrehearse.ui.wording import clock, count, day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.content import Content
    from textual.widgets.option_list import Option

    from pmrehearse.checking.findings import Verdict
    from pmrehearse.practice.debrief import Debrief, DebriefedTake, MissedElement
    from pmrehearse.practice.drilling import Drilled, DrillTry
    from pmrehearse.practice.plan import LastTake, Plan, PlannedRehearsal, PlannedScenario
    from pmrehearse.session.practising import DueElement

TAKE = "take:"
ELEMENT = "element:"
SCENARIO = "scenario:"
"""How the names of the debrief's options begin."""
N_TRIES = 3
"""So many of the last tries are told with their words."""
_DUE = {
    Due.DONE: ("✓ done", "$success"),
    Due.OVERDUE: ("! overdue", "$warning"),
    Due.TODAY: ("▸ today", "$primary"),
    Due.LATER: ("", "$muted"),
}


def glyphs(verdicts: Iterable[Verdict]) -> Content:
    """Verdicts in a row, the newest last."""
    return shown(*((f"{marks.of_verdict(each).glyph} ", marks.of_verdict(each).style) for each in verdicts))


# ------------------------------------------------------------------------------------------------------------ drill


def drill(drilled: Drilled, hint_key: str, *, with_hint: bool) -> Stack:
    """The element, and what could be said, or the key that shows it."""
    hint = (
        labelled("Say", f"“{drilled.hint}”") if with_hint else labelled("Say", f"{hint_key} shows an example", "$muted")
    )
    return Stack(shown((drilled.title, "bold")), shown(drilled.criterion), shown(""), hint)


def verdicts(drilled: Drilled) -> Stack:
    """The last verdicts, and the last tries of this sitting with their words."""
    if not drilled.shown:
        return Stack(labelled("So far", "not tried yet", "$muted"))
    rows = [labelled("So far", glyphs(drilled.shown))]
    first = max(0, len(drilled.tries) - N_TRIES)
    for number in range(len(drilled.tries), first, -1):
        rows.extend(_try(number, drilled.tries[number - 1], is_last=number == len(drilled.tries)))
    return Stack(*rows)


def _try(number: int, made: DrillTry, *, is_last: bool) -> list[Row]:
    mark = marks.of_verdict(made.verdict)
    spoken = f"  {clock(made.duration_s)}" if made.duration_s else ""
    head = labelled(f"Try {number}", mark.content + shown((spoken, "$muted")))
    if not is_last:
        return [head]
    words = [labelled("", f"“{made.quote}”")] if made.quote else []
    return [head, *([labelled("", made.lacked)] if made.lacked else []), *words]


def drill_summary(drilled: Sequence[Drilled]) -> Stack:
    """What a sitting came to, element by element."""
    rows: list[Content | Row] = []
    for each in drilled:
        tries = f"  {each.n_met} of {count(len(each.tries), 'try', 'tries')} met"
        rows.append(Row(shown(each.title), "", glyphs(made.verdict for made in each.tries) + shown((tries, "$muted"))))
    return Stack(*rows)


# ------------------------------------------------------------------------------------------------------------ today


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


# ------------------------------------------------------------------------------------------------------------- plan


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


# ---------------------------------------------------------------------------------------------------------- debrief


def debrief_summary(said: Debrief) -> Stack:
    """Totals in two lines."""
    flags = f"{count(said.n_flags, 'flag')} raised" if said.n_flags else "no flag raised"
    facts = f"{count(len(said.takes), 'scenario')} · {clock(said.duration_s)} spoken · {flags}"
    return Stack(shown((f"{said.n_met} of {said.n_elements} met over the round", "bold")), shown((facts, "$muted")))


def debrief_options(said: Debrief) -> list[Option]:
    """The scenarios, then what is missing over all of them."""
    options = [heading("Scenarios"), *(_debriefed(take) for take in said.takes)]
    options += [
        choice(SCENARIO + name, name, lead="  ", tail=shown(("not rehearsed", "$warning"))) for name in said.not_taken
    ]
    if said.missed:
        options += [gap(), heading("Missing over the round")]
        options += [_missed(element) for element in said.missed]
    return options


def _debriefed(take: DebriefedTake) -> Option:
    mark = shown(("✓ ", "bold $success")) if take.stands else shown("  ")
    if take.n_met is None:
        return choice(TAKE + take.take_id, take.title, lead=mark, tail=shown(("… waits", "$warning")))
    flags = shown(("⚑ ", "$error")) if take.flags else shown("")
    time = take.time.value if take.time is not None else ""
    spoken = f"{clock(take.duration_s)} of {clock(take.planned_s)}" if take.duration_s else "typed"
    tail = flags + shown((f"{spoken}  {time:<10}  ", "$muted"), f"{take.n_met:>2} of {take.n_elements:<2}")
    return choice(TAKE + take.take_id, take.title, lead=mark, tail=tail)


def _missed(element: MissedElement) -> Option:
    mark = marks.of_verdict(element.verdict)
    lead = shown((f"{mark.glyph} ", f"bold {mark.style}"))
    return choice(ELEMENT + element.drill, element.title, lead=lead, tail=shown((mark.word, mark.style)))


def debrief_detail(said: Debrief, name: str, keyed: Callable[[str], str]) -> Stack:
    """What is known of a line of the debrief, and what its keys do.

    Args:
        said: The debrief.
        name: The option's name.
        keyed: Puts keys in the place of the actions that a text names.
    """
    for take in said.takes:
        if name == TAKE + take.take_id:
            return _take_detail(take, keyed)
    for element in said.missed:
        if name == ELEMENT + element.drill:
            lacking = [labelled("Lacking", element.lacked)] if element.lacked else []
            scenario = (element.scenario_id, "$muted")
            return Stack(shown((element.title, "bold"), "  ", scenario), *lacking, labelled("Try", f"“{element.hint}”"))
    if name.startswith(SCENARIO):
        return Stack(shown(keyed("It was not rehearsed in this round. {lines.select} rehearses it.")))
    return Stack(shown(""))


def _take_detail(take: DebriefedTake, keyed: Callable[[str], str]) -> Stack:
    if take.n_met is None:
        waits = keyed("It waits for its transcript. {lines.select} goes on with it.")
        return Stack(shown((take.title, "bold")), shown(waits))
    flags = [labelled("Flag", title, "$error") for title in take.flags]
    again = keyed("Take it again once its elements are drilled ({debrief.again}).")
    return Stack(shown((take.title, "bold")), *flags, shown(("It stands." if take.stands else again, "$muted")))
