"""By what can the list of takes be filtered?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.library.rows import EVERY, TakeFilter
from pmrehearse.ui.shown import shown
from pmrehearse.ui.widgets.menu import choice, heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content
    from textual.widgets.option_list import Option

    from pmrehearse.ui.ports import ProgramPort
    from pmrehearse.ui.take_ports import TakeRowPort

_SCENARIO, _TAG, _ALL = "scenario:", "tag:", "all"


def read_filters(program: ProgramPort) -> list[Option]:
    """What can be chosen just now. Waits.

    Args:
        program: Has takes and scenarios.
    """
    return filter_options(tuple(program.library.rows()), tuple(each.id for each in program.packs.all_scenarios()))


def filter_options(rows: Sequence[TakeRowPort], order: Sequence[str]) -> list[Option]:
    """What can be chosen: everything, the scenarios that were rehearsed, the tags.

    Args:
        rows: All takes, the newest first: a scenario is called as it was last.
        order: The ids of the scenarios as Home lists them; others stand behind.
    """
    titles = {row.scenario_id: row.title for row in reversed(rows)}
    names = [name for name in order if name in titles] + sorted(titles.keys() - set(order))
    tags = sorted({tag for row in rows for tag in row.tags})
    options = [choice(_ALL, "All takes"), heading("Of a scenario")]
    options += [choice(f"{_SCENARIO}{name}", titles[name], tail=_told_apart(name, titles)) for name in names]
    if tags:
        options += [heading("With a tag"), *(choice(f"{_TAG}{tag}", f"#{tag}") for tag in tags)]
    return options


def _told_apart(name: str, titles: dict[str, str]) -> Content:
    """The id of a scenario that is called as another one is."""
    return shown((name if list(titles.values()).count(titles[name]) > 1 else "", "$muted"))


def wanted(name: str) -> TakeFilter:
    """The filter that an option stands for."""
    if name.startswith(_SCENARIO):
        return TakeFilter(scenario_id=name.removeprefix(_SCENARIO))
    return TakeFilter(tag=name.removeprefix(_TAG)) if name.startswith(_TAG) else EVERY
