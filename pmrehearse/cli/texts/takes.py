"""How do lists of takes look as text?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from pmrehearse.cleaning import clean_line
from pmrehearse.cli.texts import figures
from pmrehearse.cli.texts.layout import listing
from pmrehearse.library.take import TakeStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmrehearse.cli.values import LibraryVerified, NotesShown, SearchResult, TakeList
    from pmrehearse.library.rows import Hit, TakeRow

MOMENT = 20
"""Characters of the moment at the beginning of an id ("2026-11-22T09-31-05Z")."""
_STATUS = {
    TakeStatus.RECORDING: "recording",
    TakeStatus.RECORDED: "waiting",
    TakeStatus.TRANSCRIBED: "",
}


def listed(shown: TakeList) -> RenderableType:
    """The takes, the newest first."""
    if not shown.rows:
        return Group(Text("No takes."), Text(f"They are kept in {shown.folder}.", style="dim"))
    table = listing("take", "scenario", "begun", "time", "met", numbers=("begun", "time", "met"))
    table.columns[0].no_wrap = True
    refused = {each.take_id: "needs room" if each.needs_room else "cut short" for each in shown.refused}
    for row in shown.rows:
        table.add_row(
            Text(_short(row.take_id, shown.rows), style="dim"),
            _called(row),
            figures.day_and_time(row.started_at),
            figures.clock(row.duration_s) if row.duration_s else "text",
            _result(row, refused.get(row.take_id, "")),
        )
    hidden = shown.n_all - len(shown.rows)
    tail = [Text(f"\n{figures.count(hidden, 'take')} more: --limit 0 lists all.", style="dim")] if hidden > 0 else []
    return Group(table, *tail)


def _called(row: TakeRow) -> Text:
    """The scenario; before it the take's own name, after it its tags."""
    named = Text.assemble((figures.shortened(row.name, 40), "bold"), " · ") if row.name else Text()
    tags = "".join(f" #{clean_line(tag)}" for tag in row.tags)
    return named + Text(clean_line(row.scenario_id), style="bold") + Text(tags, style="dim")


def found(shown: SearchResult) -> RenderableType:
    """The takes in which something was said, with the words around it."""
    if not shown.hits:
        return Text(f"Nothing was found for {figures.quoted(shown.text, 60)}.")
    rows = [hit.row for hit in shown.hits]
    hidden = shown.n_found - len(shown.hits)
    tail = [Text(f"\n{figures.count(hidden, 'take')} more: --limit.", style="dim")] if hidden > 0 else []
    return Group(*(part for hit in shown.hits for part in _hit(hit, rows)), *tail)


def _hit(hit: Hit, rows: Sequence[TakeRow]) -> list[RenderableType]:
    at = f"  at {figures.clock(hit.at_s)}" if hit.at_s is not None else ""
    scenario = (clean_line(hit.row.scenario_id), "bold")
    head = Text.assemble((_short(hit.row.take_id, rows), "dim"), "  ", scenario, at)
    said = Text(" ").join(
        Text(clean_line(part.text), style="bold underline" if part.is_match else "") for part in hit.snippet
    )
    return [head, Padding(said, (0, 0, 0, 2))] if hit.snippet else [head]


def notes(shown: NotesShown) -> RenderableType:
    """The notes of a take, by the numbers that remove them."""
    if not shown.notes:
        return Text("No notes.")
    table = listing("", "at", "note", numbers=("", "at"))
    for number, note in enumerate(shown.notes, start=1):
        table.add_row(str(number), figures.clock(note.at_s) if note.at_s is not None else "", clean_line(note.text))
    return table


def verified(shown: LibraryVerified) -> RenderableType:
    """What a look at every take found."""
    parts: list[RenderableType] = []
    for trouble in shown.tended.troubles:
        parts.append(Text.assemble(("✗ wrong  ", "red"), (clean_line(trouble.take_id), "bold")))
        parts += [
            Padding(Text(clean_line(line, 1000)), (0, 0, 0, 9)) for line in (trouble.message, trouble.hint) if line
        ]
    notice = [Text(clean_line(shown.notice), style="yellow")] if shown.notice else []
    return Group(*parts, Text(shown.tended.sentence, style="bold"), *notice)


def _short(take_id: str, rows: Sequence[TakeRow]) -> str:
    """As much of an id as names one of these takes alone: mostly the moment in it."""
    others = [row.take_id for row in rows if row.take_id != take_id]
    lengths = range(MOMENT, len(take_id) + 1)
    alone = (take_id[:length] for length in lengths if not any(one.startswith(take_id[:length]) for one in others))
    return clean_line(next(alone, take_id))


def _result(row: TakeRow, refused: str) -> Text:
    if row.problem:
        return Text("damaged", style="red")
    if row.n_met is None:
        return Text(refused or _STATUS[row.status] or "–", style="yellow")
    return Text(f"{row.n_met} of {row.n_elements}", style="green" if row.n_met == row.n_elements else "")
