"""How do the parts of the home screen read: the scenarios, what one asks, the takes?"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pmrehearse.scenario.model import Origin
from pmrehearse.ui.overview import N_LAST
from pmrehearse.ui.shown import Stack, shown
from pmrehearse.ui.take_lines import take_choice
from pmrehearse.ui.unfinished import NO_ROOM
from pmrehearse.ui.widgets.menu import choice, gap, heading
from pmrehearse.ui.wording import clock, count, length, minutes, moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.widgets.option_list import Option

    from pmrehearse.scenario.packs import Listed
    from pmrehearse.ui.overview import Overview

N_LAST_LOW = 4
"""How many of them on a low terminal, where the scenarios need the room."""
NO_TAKE_YET = "No take yet. {scenarios.select} rehearses the chosen scenario, {home.demo} shows the demo."
"""What stands in the place of the last takes before the first."""
NEWCOMERS_FIRST = "writer/three-phase-lens"
"""What the list stands on before anything was rehearsed: the demo's scenario."""
_OWN = "Your own"
_BROKEN = "broken:"


def name_of(listed: Listed) -> str:
    """The name of a scenario's option."""
    return f"{_BROKEN}{listed.path}" if listed.problem else listed.id


def _pack(listed: Listed) -> str:
    return listed.pack.capitalize() if listed.origin is Origin.SHIPPED else _OWN


def begin_with(overview: Overview) -> str:
    """The name of the option that the list stands on at first: what was rehearsed last."""
    known = {name_of(listed) for listed in overview.scenarios}
    return next((take.scenario_id for take in overview.takes if take.scenario_id in known), NEWCOMERS_FIRST)


def scenario_options(scenarios: Sequence[Listed]) -> list[Option]:
    """The list of scenarios, pack by pack."""
    options: list[Option] = []
    for pack, members in groupby(scenarios, key=_pack):
        options.extend([gap(), heading(pack)] if options else [heading(pack)])
        options.extend(_scenario_option(listed) for listed in members)
    return options


def _scenario_option(listed: Listed) -> Option:
    if listed.problem:
        return choice(name_of(listed), listed.title, lead=shown(("✗ ", "$error")))
    return choice(name_of(listed), listed.title, tail=shown((minutes(listed.seconds), "$muted")))


def asked(listed: Listed) -> Stack:
    """What a scenario asks, or why it cannot be rehearsed."""
    if listed.problem:
        return Stack(
            shown((listed.title, "bold")),
            shown(("✗ This file cannot be used yet.", "$error")),
            shown(""),
            shown(listed.problem),
        )
    facts = [length(listed.seconds), count(listed.n_elements, "element") + " asked"]
    if listed.n_flags:
        facts.append(count(listed.n_flags, "flag"))
    return Stack(
        shown((listed.title, "bold")),
        shown((" · ".join(facts), "$muted")),
        shown(""),
        shown(listed.prompt),
    )


def last_options(overview: Overview, none_yet: str, most: int = N_LAST) -> list[Option]:
    """The last takes, one line each, or what to do while there is none.

    Args:
        overview: Has the takes.
        none_yet: What is said while there is none.
        most: How many there is room for.
    """
    if not overview.takes:
        return [heading(none_yet)]
    lines = (
        take_choice(take, with_time=True, cut=True, refused=overview.refused.get(take.take_id, ""))
        for take in overview.takes[:most]
    )
    return [heading("Last takes"), *lines]


def banner(overview: Overview, finish_key: str) -> Stack | None:
    """The newest take that waits, with the key that finishes it; else what another program records; else None."""
    if overview.waiting:
        return _waiting(overview, finish_key)
    if overview.elsewhere:
        title = overview.elsewhere[0].title
        return Stack(shown(("● ", "bold $error"), (title, "bold"), " is being recorded by another program"))
    return None


def _waiting(overview: Overview, finish_key: str) -> Stack:
    first, n_more = overview.waiting[0], len(overview.waiting) - 1
    needs_room = overview.refused.get(first.take_id) == NO_ROOM
    was_cut = first.take_id in (*overview.cut_short, *overview.refused)
    why = "waits for room on its disk" if needs_room else "was cut short" if was_cut else "waits for its transcript"
    more = f", and {n_more} more" if n_more else ""
    heard = f"{clock(first.duration_s)} recorded " if first.duration_s else ""
    return Stack(
        shown(("! ", "bold $warning"), (first.title, "bold"), f" {why}{more}"),
        shown(
            (f"  {heard}{moment(first.started_at)} · ", "$muted"),
            (finish_key, "bold $primary"),
            (" finishes it", "$muted"),
        ),
    )
