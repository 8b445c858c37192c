"""How does the debrief of a round read: totals, takes, what is missing, the detail of a line?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.ui import marks
from pmrehearse.ui.shown import Stack, labelled, shown
from pmrehearse.ui.widgets.menu import choice, gap, heading
from pmrehearse.ui.wording import clock, count

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.widgets.option_list import Option

    from pmrehearse.practice.debrief import Debrief, DebriefedTake, MissedElement

TAKE = "take:"
ELEMENT = "element:"
SCENARIO = "scenario:"
"""How the names of the debrief's options begin."""


def debrief_summary(said: Debrief) -> Stack:
    """Totals in two lines."""
    flags = f"{count(said.n_flags, 'flag')} raised" if said.n_flags else "no flag raised"
    facts = f"{count(len(said.takes), 'scenario')} · {clock(said.duration_s)} spoken · {flags}"
    return Stack(shown((f"{said.n_met} of {said.n_elements} met over the round", "bold")), shown((facts, "$muted")))


def debrief_options(said: Debrief, titles: Mapping[str, str]) -> list[Option]:
    """The scenarios, then what is missing over all of them.

    Args:
        said: The debrief.
        titles: What the scenarios are called, by id.
    """
    options = [heading("Scenarios"), *(_debriefed(take) for take in said.takes)]
    options += [
        choice(SCENARIO + name, titles.get(name, name), lead="  ", tail=shown(("not rehearsed", "$warning")))
        for name in said.not_taken
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


def debrief_detail(said: Debrief, name: str, keyed: Callable[[str], str], titles: Mapping[str, str]) -> Stack:
    """What is known of a line of the debrief, and what its keys do.

    Args:
        said: The debrief.
        name: The option's name.
        keyed: Puts keys in the place of the actions that a text names.
        titles: What the scenarios are called, by id.
    """
    for take in said.takes:
        if name == TAKE + take.take_id:
            return _take_detail(take, keyed)
    for element in said.missed:
        if name == ELEMENT + element.drill:
            lacking = [labelled("Lacking", element.lacked)] if element.lacked else []
            scenario = (titles.get(element.scenario_id, element.scenario_id), "$muted")
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
