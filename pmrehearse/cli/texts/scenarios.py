"""How do scenarios, and the mistakes in them, look as text?"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from pmrehearse.cleaning import clean, clean_line
from pmrehearse.cli.texts import figures
from pmrehearse.cli.texts.layout import aside, heading, listing, row

if TYPE_CHECKING:
    from pmrehearse.cli.values import FileChecked, FilesChecked, ScenarioBegun, ScenarioList, ScenarioShown
    from pmrehearse.scenario.model import Cue, Element, Flag, Loop, Phase, Scenario


def listed(shown: ScenarioList) -> RenderableType:
    """The scenarios, pack by pack, and the loops."""
    table = listing("scenario", "", "time", "elements", numbers=("time", "elements"))
    for one in shown.scenarios:
        asked = "has mistakes" if one.problem else str(one.n_elements)
        title = Text(figures.shortened(one.title, 44))
        table.add_row(Text(one.id, style="bold"), title, figures.clock(one.seconds), Text(asked))
    loops = [_loop(loop) for loop in shown.loops]
    tail = [heading("Loops"), *loops] if loops else []
    return Group(table, *tail)


def _loop(loop: Loop) -> RenderableType:
    return Text.assemble((f"{loop.id:<8} ", "bold"), figures.shortened(loop.title, 66))


def shown(shown: ScenarioShown) -> RenderableType:
    """All that a scenario asks."""
    scenario = shown.scenario
    return Group(
        row(Text(figures.shortened(scenario.title, 60), style="bold"), Text(scenario.id, style="dim")),
        Text(_length(scenario), style="dim"),
        Padding(Text(clean(scenario.prompt)), (1, 0, 0, 0)),
        heading("Phases"),
        *(_phase(phase) for phase in scenario.phases),
        heading("It must contain"),
        *(part for number, element in enumerate(scenario.elements, 1) for part in _element(number, element)),
        *([heading("It must not")] if scenario.flags else []),
        *(part for flag in scenario.flags for part in _flag(flag)),
        *([heading("The interviewer says")] if scenario.cues else []),
        *(_cue(cue, scenario) for cue in scenario.cues),
        *([heading("Notes"), Text(clean(scenario.notes).strip(), style="dim")] if scenario.notes else []),
    )


def _length(scenario: Scenario) -> str:
    stop = "stops by itself" if scenario.hard_limit else "goes on until you finish"
    band = f"aim at {figures.clock(scenario.target_min_s)} to {figures.clock(scenario.target_max_s)}"
    return f"{figures.clock(scenario.seconds)}, {stop}; {band}"


def _phase(phase: Phase) -> RenderableType:
    return Text.assemble((f"{figures.clock(phase.seconds):>8}  ", "dim"), f"{phase.title:<14} ", (phase.prompt, "dim"))


def _element(number: int, element: Element) -> list[RenderableType]:
    title = Text.assemble((f"{number:>8}  ", "dim"), (figures.shortened(element.title, 60), "bold"))
    say = [aside("say", figures.quoted(element.hint, 300), "italic")] if element.hint else []
    return [row(title, Text(element.phase, style="dim")), aside("asked", clean(element.criterion)), *say]


def _flag(flag: Flag) -> list[RenderableType]:
    title = Text.assemble(("       !  ", "dim"), (figures.shortened(flag.title, 60), "bold"))
    return [title, aside("means", clean(flag.criterion))]


def _cue(cue: Cue, scenario: Scenario) -> RenderableType:
    when = f"{figures.clock(cue.at_s):>8}" if cue.at_s is not None else "      if"
    reason = f" ({scenario.flag(cue.on_flag).title})" if cue.on_flag else ""
    return Text.assemble((f"{when}  ", "dim"), figures.quoted(cue.say), (reason, "dim"))


def begun(begun: ScenarioBegun) -> RenderableType:
    """Where a new scenario stands, and what to do with it."""
    file = clean_line(str(begun.path), 4096)
    return Group(
        _unbroken(file, "bold"),
        Text("It can be rehearsed as it stands. Change it, and look at it again:", style="dim"),
        _unbroken(f"  pmrehearse scenario check {shlex.quote(file)}"),
        _unbroken(f"  pmrehearse rehearse {begun.id}"),
    )


def _unbroken(line: str, style: str = "") -> Text:
    """A line that is copied as it stands, however narrow the terminal is."""
    return Text(line, style=style, no_wrap=True, overflow="ignore")


def checked(checked: FilesChecked) -> RenderableType:
    """What is wrong with scenario files."""
    return Group(*(part for file in checked.files for part in _file(file)))


def _file(file: FileChecked) -> list[RenderableType]:
    if file.is_good:
        tried = f"{figures.count(file.n_examples, 'example')} judged as written"
        return [Text.assemble(("✓ good   ", "green"), (file.name, "bold"), (f"  {tried}", "dim"))]
    parts: list[RenderableType] = [Text.assemble(("✗ wrong  ", "red"), (file.name, "bold"))]
    parts += [Padding(Text(clean(line)), (0, 0, 0, 9)) for line in file.problem.splitlines()]
    for wrong in file.wrong:
        example = f"{wrong.name}, {wrong.list}: {figures.quoted(wrong.text, 300)}"
        why = f"\nThe checks say otherwise: {figures.shortened(wrong.why, 300)}"
        parts.append(Padding(Text.assemble(example, (why, "dim")), (0, 0, 0, 9)))
    return parts
