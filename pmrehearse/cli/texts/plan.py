"""How do the plan of a loop and the debrief of a round look as text?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from pmrehearse.cleaning import clean_line
from pmrehearse.cli.texts import figures
from pmrehearse.cli.texts.layout import STYLES, aside, heading, listing, row
from pmrehearse.practice.plan import Due
from pmrehearse.rehearsal.lights import TimeVerdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmrehearse.cli.practice_values import PlanShown, RoundShown
    from pmrehearse.practice.debrief import Debrief, DebriefedTake, MissedElement
    from pmrehearse.practice.plan import LastTake, Plan, PlannedRehearsal, PlannedScenario

_DUE = {
    Due.DONE: ("✓ done", "green"),
    Due.OVERDUE: ("! overdue", "yellow"),
    Due.TODAY: ("> today", "bold"),
    Due.LATER: ("", ""),
}
NAME_CELLS, TIME_CELLS = 44, 7
"""Columns of a scenario's id and of its length in a plan: the same on every day."""
N_MISSED = 8
"""So many missing elements of a round are shown with what they lacked; the others are counted."""


def plan(shown: PlanShown) -> RenderableType:
    """The rehearsals of a loop, day by day."""
    laid_out = shown.plan
    return Group(
        Text(figures.shortened(laid_out.title, 70), style="bold"),
        Text(_circumstances(laid_out, is_kept=shown.is_kept), style="dim"),
        *(Text(f"! {clean_line(remark)}", style="yellow") for remark in laid_out.remarks),
        *(part for rehearsal in laid_out.rehearsals for part in _rehearsal(rehearsal)),
        *_names("Left out", laid_out.left_out),
        *_names("Not written yet", laid_out.missing),
        *_how_to_go_on(laid_out, is_kept=shown.is_kept),
    )


def _circumstances(laid_out: Plan, *, is_kept: bool) -> str:
    left = laid_out.days_left
    when = "today" if left == 0 else f"in {figures.count(left, 'day')}" if left > 0 else "over"
    parts = [f"Interview on {figures.day(laid_out.interview)} {laid_out.interview.year}, {when}"]
    if laid_out.round_minutes:
        least, most = laid_out.round_minutes
        parts.append(f"{least:.0f} to {most:.0f} minutes a round")
    return " · ".join([*parts, "remembered"] if is_kept else parts)


def _rehearsal(rehearsal: PlannedRehearsal) -> list[RenderableType]:
    word, style = _DUE[rehearsal.due]
    number = f"Round {rehearsal.number}{' again' if rehearsal.is_repeat else ''}"
    head = Text.assemble((f"\n{figures.day(rehearsal.day):<12}", "bold"), number)
    table = listing("scenario", "time", "last", numbers=("time",))
    table.show_header = False
    table.columns[0].width, table.columns[1].width = NAME_CELLS, TIME_CELLS
    for scenario in rehearsal.scenarios:
        table.add_row(*_scenario(scenario))
    return [row(head, Text(f"\n{word}", style=style)), table]


def _scenario(scenario: PlannedScenario) -> tuple[Text, Text, Text]:
    mark = "✓" if scenario.is_done else " "
    name = Text.assemble((f"          {mark} ", "green"), clean_line(scenario.scenario_id))
    return name, Text(figures.clock(scenario.seconds), style="dim"), Text(_last(scenario.last), style="dim")


def _last(last: LastTake | None) -> str:
    return "not yet rehearsed" if last is None else f"{last.n_met} of {last.n_elements} on {last.on.day} {last.on:%b}"


def _names(label: str, names: tuple[str, ...]) -> list[Text]:
    return [Text(f"\n{label}: {', '.join(map(clean_line, names))}", style="dim")] if names else []


def _how_to_go_on(laid_out: Plan, *, is_kept: bool) -> Iterator[Text]:
    now = laid_out.now
    if now:
        yield Text(f"\nNow: `pmrehearse round {laid_out.loop_id}/{now[0].number}`")
    if not is_kept:
        yield Text(f"{'' if now else chr(10)}--keep remembers this plan; Home shows what of it is due.", style="dim")


# ---------------------------------------------------------------------------------------------------------- debrief

_TIMES = {TimeVerdict.UNDER: "under time", TimeVerdict.ON: "in time", TimeVerdict.OVER: "over time"}


def debrief(shown: RoundShown) -> RenderableType:
    """A round as a whole: its scenarios, what is missing, what to do next."""
    said = shown.debrief
    return Group(
        row(Text(f"Round {said.number}: debrief", style="bold"), Text(clean_line(said.loop_id), style="dim")),
        Text(_totals(said), style="dim"),
        Text(),
        _takes(said),
        *_missed(said),
        *_next(said),
    )


def _totals(said: Debrief) -> str:
    flags = f"{figures.count(said.n_flags, 'flag')} raised" if said.n_flags else "no flags"
    spoken = f"{figures.clock(said.duration_s)} spoken"
    return " · ".join((f"{said.n_met} of {said.n_elements} elements", flags, spoken))


def _takes(said: Debrief) -> RenderableType:
    table = listing("scenario", "met", "time", "", "flags", numbers=("met", "time"))
    for take in said.takes:
        met = f"{take.n_met} of {take.n_elements}" if take.n_met is not None else "waits"
        flags = Text(
            ", ".join(figures.shortened(title, 30) for title in take.flags) or "–", style="red" * bool(take.flags)
        )
        table.add_row(Text(clean_line(take.scenario_id), style="bold"), met, _time(take), Text(_verdict(take)), flags)
    for name in said.not_taken:
        table.add_row(Text(clean_line(name), style="dim"), "–", "–", Text("not rehearsed", style="yellow"), "")
    return table


def _time(take: DebriefedTake) -> str:
    return f"{figures.clock(take.duration_s)} of {figures.clock(take.planned_s)}" if take.duration_s else "text"


def _verdict(take: DebriefedTake) -> str:
    return _TIMES[take.time] if take.time is not None else ""


def _missed(said: Debrief) -> list[RenderableType]:
    if not said.missed:
        return [Text("\n✓ Nothing is missing over the round.", style="green")] if said.takes else []
    parts: list[RenderableType] = [heading(f"Missing over the round: {len(said.missed)}")]
    for element in said.missed[:N_MISSED]:
        parts += _missed_element(element)
    if (more := len(said.missed) - N_MISSED) > 0:
        parts.append(Text(f"  and {more} more", style="dim"))
    return parts


def _missed_element(element: MissedElement) -> list[RenderableType]:
    style = STYLES[element.verdict]
    glyph = Text.assemble((f"{element.verdict.sign} {element.verdict:<8}", style))
    head = row(
        Text.assemble(glyph, figures.shortened(element.title, 44)), Text(clean_line(element.scenario_id), style="dim")
    )
    return [head, aside("lacked", figures.shortened(element.lacked, 200))] if element.lacked else [head]


def _next(said: Debrief) -> list[RenderableType]:
    lines = [f"pmrehearse drill {element.drill}" for element in said.drills]
    lines += [f"pmrehearse rehearse {take.scenario_id}" for take in said.again]
    lines += [f"pmrehearse rehearse {name}" for name in said.not_taken]
    return [heading("Next"), *(Text(f"  {clean_line(line)}") for line in lines)] if lines else []
