"""How does what this computer has look as text: places, microphones, checkpoints, and what was done?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from pmrehearse.cleaning import clean_line
from pmrehearse.cli.texts import figures
from pmrehearse.cli.texts.layout import heading, listing
from pmrehearse.session.diagnosis import Health

if TYPE_CHECKING:
    from pmrehearse.cli.values import CheckpointList, DeviceList, Done, Places
    from pmrehearse.session.diagnosis import Diagnosis, Examined

_HEALTH = {Health.OK: ("✓", "green"), Health.WARNING: ("~", "yellow"), Health.FAULT: ("✗", "red")}


def places(shown: Places) -> RenderableType:
    """Where everything stands."""
    table = listing("", "", "changed by")
    for place in shown.places:
        path = Text(clean_line(str(place.path)), style="" if place.exists else "dim")
        table.add_row(Text(place.name, style="bold"), path, Text(place.variable, style="dim"))
    return table


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
        note = "the usual one" if one.name == shown.usual else one.note
        table.add_row(Text(one.name, style="bold"), figures.size(one.n_bytes), Text(clean_line(note), style="dim"))
    rest = listing("checkpoint", "about", "", numbers=("about",))
    for name, n_bytes in shown.fetchable:
        note = "the usual one" if name == shown.usual else ""
        rest.add_row(Text(name), figures.size(n_bytes), Text(note, style="dim"))
    parts: list[RenderableType] = [table if shown.here else Text("None is on this computer.")]
    if shown.fetchable:
        parts += [heading("To be fetched: pmrehearse model fetch NAME"), rest]
    return Group(*parts)


def done(value: Done) -> RenderableType:
    """What was done."""
    return Text(clean_line(value.sentence))


def diagnosis(found: Diagnosis) -> RenderableType:
    """What works, and what to do about the rest."""
    faults, warnings = found.count(Health.FAULT), found.count(Health.WARNING)
    said = (
        f"{figures.count(faults, 'fault')}, {figures.count(warnings, 'warning')}"
        if faults or warnings
        else "All is well"
    )
    return Group(*(examined(one) for one in found.examined), Text(f"\n{said}.", style="bold"))


def examined(one: Examined) -> RenderableType:
    """One thing that was looked at."""
    glyph, style = _HEALTH[one.health]
    line = Text.assemble((f"{glyph} {one.health:<8}", style), (f"{one.subject:<12}", "bold"), clean_line(one.found))
    if not one.remedy:
        return line
    return Group(line, Padding(Text(clean_line(one.remedy), style="italic"), (0, 0, 0, 22)))
