"""How do what is due, the trends over takes, and a drill look as text?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from pmrehearse.cleaning import clean_line
from pmrehearse.cli.texts import figures
from pmrehearse.cli.texts.layout import STYLES, aside, heading, listing, row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pmrehearse.checking.findings import Verdict
    from pmrehearse.cli.practice_values import DrillShown, DueList, Trends
    from pmrehearse.practice.drilling import Drilled, DrillTry
    from pmrehearse.practice.records import ElementRecord, ScenarioRecord
    from pmrehearse.session.practising import DueElement

N_LATER = 3
"""So many of the elements that come back later are shown."""
N_WEAKEST = 12
"""So many of the elements that fail most are shown."""
N_VERDICTS = 10
"""So many of an element's last verdicts stand beside it."""


def due(shown: DueList) -> RenderableType:
    """What is due, what is due first first."""
    if not shown.due:
        head = "Nothing is due." if shown.later else "Nothing is due: elements come back once they were rehearsed."
        return Group(Text(head), *_later(shown))
    head = f"{figures.count(len(shown.due), 'element')} {'is' if len(shown.due) == 1 else 'are'} due."
    parts = [part for each in shown.due for part in _due(each, shown.today)]
    go_on = Text("\n`pmrehearse drill` takes them, one after another.", style="dim")
    return Group(Text(head, style="bold"), Text(), *parts, *_later(shown), go_on)


def _due(each: DueElement, today: date) -> list[RenderableType]:
    record = each.standing.record
    style = STYLES[record.last]
    glyph = Text.assemble((f"{record.last.sign} {record.last:<8}", style))
    since = (today - each.standing.due_on()).days
    when = f"since {figures.count(since, 'day')}" if since else "today"
    met = f"met {record.n_met} of {figures.count(len(record.tries), 'time')}"
    return [
        row(Text.assemble(glyph, (figures.shortened(each.title, 48), "bold")), Text(when, style="dim")),
        aside("", f"{clean_line(each.drill)}  {met}", "dim"),
    ]


def _later(shown: DueList) -> list[RenderableType]:
    if not shown.later:
        return []
    parts: list[RenderableType] = [heading("Next")]
    for each in shown.later[:N_LATER]:
        title = Text(f"  {figures.shortened(each.title, 48)}")
        parts.append(row(title, Text(figures.day(each.standing.due_on()), style="dim")))
    if (more := len(shown.later) - N_LATER) > 0:
        parts.append(Text(f"  and {more} more, later", style="dim"))
    return parts


# ----------------------------------------------------------------------------------------------------------- trends


def trends(shown: Trends) -> RenderableType:
    """Scenarios over their takes, then elements."""
    known = shown.records
    if not known.elements:
        return Text("Nothing has been rehearsed yet.")
    elements = known.elements if shown.whole else known.weakest[:N_WEAKEST]
    title = "Elements" if shown.whole else "Elements that fail most"
    drills = [Text(f"\n{figures.count(known.n_drills, 'drill')} counted for their elements.", style="dim")]
    return Group(
        *([_scenarios(known.scenarios)] if known.scenarios else []),
        *([heading(title), _elements(elements, shown)] if elements else []),
        *(drills if known.n_drills else []),
    )


def _scenarios(records: Sequence[ScenarioRecord]) -> RenderableType:
    numbers = ("takes", "last", "best", "time", "pace")
    table = listing("scenario", *numbers, "last takes, %", numbers=numbers)
    for record in records:
        last, best = record.last, record.best
        pace = f"{last.words_per_minute:.0f}" if last.words_per_minute else "–"
        table.add_row(
            Text(clean_line(record.scenario_id), style="bold"),
            str(len(record.takes)),
            f"{last.n_met} of {len(last.verdicts)}",
            f"{best.coverage:.0%}",
            figures.clock(last.duration_s) if last.duration_s else "text",
            pace,
            " ".join(f"{take.coverage:.0%}".removesuffix("%") for take in record.takes[-5:]),
        )
    return table


def _elements(records: Sequence[ElementRecord], shown: Trends) -> RenderableType:
    table = listing("element", "met", "last verdicts", numbers=("met",))
    for record in records:
        name = (record.scenario_id, record.element_id)
        title = figures.shortened(shown.titles.get(name, record.element_id), 42)
        where = "" if shown.whole else f"\n  {clean_line(record.scenario_id)}"
        table.add_row(
            Text.assemble(title, (where, "dim")),
            f"{record.n_met} of {len(record.tries)}",
            _glyphs([made.verdict for made in record.tries[-N_VERDICTS:]]),
        )
    return table


# ------------------------------------------------------------------------------------------------------------ drill


def drilled(shown: DrillShown) -> RenderableType:
    """What came of a sitting, element by element."""
    return Group(*(part for each in shown.drilled for part in _drilled(each)))


def _drilled(each: Drilled) -> list[RenderableType]:
    last = each.tries[-1]
    lines: list[RenderableType] = [
        row(Text(figures.shortened(each.title, 60), style="bold"), Text(clean_line(each.name[0]), style="dim")),
        Text(f"met in {each.n_met} of {figures.count(len(each.tries), 'try', 'tries')}", style="dim"),
        Text.assemble("last verdicts: ", _glyphs(each.shown)),
        Text(try_line(last), style=STYLES[last.verdict]),
    ]
    if last.quote:
        lines.append(aside("said" if not last.lacked else "nearest", figures.quoted(last.quote, 260)))
    if not each.stands and each.hint:
        lines.append(aside("say", figures.quoted(each.hint, 300), "italic"))
    return [*lines, Text()]


def try_line(made: DrillTry) -> str:
    """One try on a line: its verdict, and what was lacking."""
    lacked = f": {figures.shortened(made.lacked, 200)}" if made.lacked else ""
    return f"{made.verdict.sign} {made.verdict}{lacked}"


def strip(each: Drilled) -> str:
    """The last verdicts in a row, as plain text."""
    return " ".join(verdict.sign for verdict in each.shown) or "none yet"


def _glyphs(verdicts: Sequence[Verdict]) -> Text:
    parts = [(verdict.sign, STYLES[verdict]) for verdict in verdicts]
    return Text(" ").join(Text(*part) for part in parts) if parts else Text("none yet", style="dim")
