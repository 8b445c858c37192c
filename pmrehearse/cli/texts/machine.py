"""How does what this computer has look as text: places, microphones, checkpoints, and what was done?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pmrehearse.cleaning import clean_line
from pmrehearse.cli.texts import figures
from pmrehearse.cli.texts.layout import listing
from pmrehearse.session.diagnosis import Health

if TYPE_CHECKING:
    from pmrehearse.cli.machine_values import CheckpointList, DeviceList, Places
    from pmrehearse.cli.values import Done
    from pmrehearse.session.diagnosis import Diagnosis, Examined

_HEALTH = {Health.OK: ("✓", "green"), Health.WARNING: ("!", "yellow"), Health.FAULT: ("✗", "red")}

_CHOOSING = (
    "`pmrehearse model fetch NAME` downloads one, `pmrehearse config set checkpoint NAME` makes it the usual one. "
    "Larger ones hear better and take longer; `pmrehearse doctor` says which keep up here. Those in .en know English "
    "only."
)


def places(shown: Places) -> RenderableType:
    """Where everything stands."""
    lines = []
    for place in shown.places:
        moved = f"  ({place.variable})" if place.variable else ""
        path = (clean_line(str(place.path)), "" if place.exists else "dim")
        line = Text.assemble((f"{place.name:<14} ", "bold"), path, (moved, "dim"))
        line.no_wrap, line.overflow = True, "ignore"
        lines.append(line)
    return Group(*lines)


def devices(shown: DeviceList) -> RenderableType:
    """The microphones."""
    table = listing("microphone", "")
    for name, is_default in shown.devices:
        table.add_row(Text(clean_line(name)), Text("the system's default" if is_default else "", style="dim"))
    return table


def checkpoints(shown: CheckpointList) -> RenderableType:
    """The checkpoints here, and those that can be fetched."""
    table = listing("checkpoint", "size", "", numbers=("size",))
    for one in shown.here:
        note = "here, the usual one" if one.name == shown.usual else f"here, {one.note}".rstrip(", ")
        table.add_row(Text(one.name, style="bold"), figures.size(one.n_bytes), Text(clean_line(note)))
    for name, n_bytes in shown.fetchable:
        note = "to fetch, the usual one" if name == shown.usual else "to fetch"
        table.add_row(Text(name), figures.size(n_bytes), Text(note, style="dim"))
    return Group(table, Text(f"\n{_CHOOSING}", style="dim"))


def done(value: Done) -> RenderableType:
    """What was done."""
    return Group(Text(clean_line(value.sentence), no_wrap=True, overflow="ignore"))


def diagnosis(found: Diagnosis) -> RenderableType:
    """What works, and what to do about the rest."""
    numbers = ((found.count(health), health) for health in (Health.FAULT, Health.WARNING))
    said = ", ".join(figures.count(number, health.value) for number, health in numbers if number) or "All is well"
    return Group(*(examined(one) for one in found.examined), Text(f"\n{said}.", style="bold"))


def examined(one: Examined) -> RenderableType:
    """One thing that was looked at."""
    glyph, style = _HEALTH[one.health]
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=9, style=style, no_wrap=True)
    grid.add_column(width=11, style="bold", no_wrap=True)
    grid.add_column()
    grid.add_row(f"{glyph} {one.health}", one.subject, Text(clean_line(one.found)))
    if one.remedy:
        grid.add_row("", "", Text(clean_line(one.remedy), style="italic"))
    return grid
