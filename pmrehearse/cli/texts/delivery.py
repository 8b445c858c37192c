"""How do time, pace, pauses, fillers and cues of a take look as text?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.text import Text

from pmrehearse.checking.delivery import FillerKind
from pmrehearse.cli.texts import figures
from pmrehearse.cli.texts.layout import heading, listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmrehearse.checking.delivery import Delivery, Filler
    from pmrehearse.library.report import CueAnswer, PhaseTime
    from pmrehearse.scenario.model import Scenario

N_CELLS = 30
"""Cells of the longest phase bar, where there is room."""
FEWEST_CELLS = 5
"""Cells of the longest phase bar, where there is little."""
SMALL = 0.1
"""A phase this share of its budget off the plan is on plan."""
N_PAUSES = 3
"""Long pauses named one by one."""
N_FILLERS = 5
"""Fillers named one by one."""


@dataclass(frozen=True, slots=True)
class PhaseBar:
    """The time taken as a thick line over the planned time as a thin one; what is beyond the plan in another colour.

    Attributes:
        planned: The planned time as a share of the longest, in [0, 1].
        actual: The time taken as a share of the longest, in [0, 1].
    """

    planned: float
    actual: float

    def __rich_measure__(self, _console: Console, options: ConsoleOptions) -> Measurement:
        """It shrinks before words do."""
        return Measurement(min(FEWEST_CELLS, options.max_width), min(N_CELLS, options.max_width))

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw it as wide as it may be."""
        cells = min(N_CELLS, options.max_width)
        planned, actual = max(round(self.planned * cells), 1), round(self.actual * cells)
        within, over, left = min(actual, planned), max(actual - planned, 0), max(planned - actual, 0)
        yield Text.assemble(("━" * within, "cyan"), ("─" * left, "dim"), ("━" * over, "yellow"))


def phases(times: Sequence[PhaseTime]) -> RenderableType:
    """The phases, planned against actual, as bars on one scale."""
    if all(time.start_s is None for time in times):
        return Group()
    longest_s = max(max(time.planned_s, time.actual_s) for time in times)
    table = listing("", "planned", "actual", "", "", numbers=("planned", "actual"))
    for column in (*table.columns[:3], table.columns[4]):
        column.no_wrap = True  # the bar shrinks first
    for time in times:
        table.add_row(
            Text(figures.shortened(time.title, 22)),
            figures.clock(time.planned_s),
            figures.clock(time.actual_s) if time.start_s is not None else "–",
            PhaseBar(time.planned_s / longest_s, time.actual_s / longest_s),
            _off(time),
        )
    return Group(heading("Phases"), table)


def _off(time: PhaseTime) -> Text:
    if time.start_s is None:
        return Text("never began", style="red")
    off_s = round(time.actual_s) - round(time.planned_s)
    if abs(off_s) <= SMALL * time.planned_s:
        return Text("on plan", style="dim")
    return Text(f"{figures.clock(abs(off_s))} {'over' if off_s > 0 else 'under'}", style="yellow")


def delivery(how: Delivery) -> RenderableType:
    """Pace, pauses, fillers and hedges."""
    table = listing("", "")
    table.show_header = False
    lines = {"Pace": _pace(how), "Pauses": _pauses(how), "Fillers": _fillers(how), "Hedges": _hedges(how)}
    for label, text in lines.items():
        if text:
            table.add_row(Text(label, style="dim"), Text(text))
    return Group(heading("Delivery"), table)


def _pace(how: Delivery) -> str:
    if how.words_per_minute is None or how.articulation_per_minute is None:
        return f"{figures.count(how.n_words, 'word')}, without times"
    pace = f"{how.words_per_minute:.0f} words a minute, {how.articulation_per_minute:.0f} while speaking"
    outside = [
        f"{excursion.words_per_minute:.0f} from {figures.clock(excursion.start_s)} to {figures.clock(excursion.end_s)}"
        for excursion in how.excursions
    ]
    return f"{pace}; {', '.join(outside)}" if outside else pace


def _pauses(how: Delivery) -> str:
    if how.first_word_s is None:
        return ""
    longest = sorted(how.long_pauses, key=lambda pause: pause.start_s - pause.end_s)[:N_PAUSES]
    named = ", ".join(
        f"{pause.end_s - pause.start_s:.1f} s at {figures.clock(pause.start_s)}"
        for pause in sorted(longest, key=lambda pause: pause.start_s)
    )
    started = f"speech began at {figures.clock(how.first_word_s)}"
    if not how.long_pauses:
        return f"none of 2 s or more; {started}"
    n_long = len(how.long_pauses)
    return f"{n_long} of 2 s or more ({'the longest: ' if n_long > N_PAUSES else ''}{named}); {started}"


def _fillers(how: Delivery) -> str:
    heard = [filler for filler in how.fillers if filler.kind is not FillerKind.HEDGE]
    return (_counted(heard) or "none heard") if how.n_words else ""


def _hedges(how: Delivery) -> str:
    return _counted([filler for filler in how.fillers if filler.kind is FillerKind.HEDGE])


def _counted(fillers: Sequence[Filler]) -> str:
    named = ", ".join(f"{figures.shortened(filler.text, 20)} {filler.count}" for filler in fillers[:N_FILLERS])
    return f"at least {sum(filler.count for filler in fillers)}: {named}" if fillers else ""


def cues(answers: Sequence[CueAnswer], scenario: Scenario) -> RenderableType:
    """The interviewer's cards, how soon the speaker went on, and when what brought them was put right."""
    table = listing("", "", "")
    table.show_header = False
    for answer in answers:
        after = answer.resumed_after_s
        table.add_row(
            Text(figures.clock(answer.at_s), style="dim"),
            Text(figures.quoted(answer.say, 200)),
            Text("no answer" if after is None else f"answered after {after:.1f} s", style="dim"),
        )
        if answer.on_flag is not None:
            table.add_row("", _recovered(answer, scenario), "")
    return Group(heading("The interviewer"), table)


def _recovered(answer: CueAnswer, scenario: Scenario) -> Text:
    """When the flag that brought the card fell, or what was met in spite of it."""
    if answer.recovered_after_s is None:
        return Text("! not recovered", style="red")
    after = f"recovered after {answer.recovered_after_s:.0f} s"
    if not answer.recovered_by:
        return Text(f"✓ {after}", style="green")
    title = figures.shortened(scenario.element(answer.recovered_by).title, 50)
    return Text(f"~ {after} with {title}; the flag stands", style="yellow")
