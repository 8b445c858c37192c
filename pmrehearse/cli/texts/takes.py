"""How do lists of takes look as text?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from pmrehearse.cleaning import clean_line
from pmrehearse.cli.texts import figures
from pmrehearse.cli.texts.layout import listing
from pmrehearse.library.take import TakeStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmrehearse.cli.ports import TakeRowPort
    from pmrehearse.cli.values import TakeList

MOMENT = 20
"""Characters of the moment at the beginning of an id ("2026-11-22T09-31-05Z")."""
_STATUS = {
    TakeStatus.RECORDING: "cut short",
    TakeStatus.RECORDED: "waits for its transcript",
    TakeStatus.TRANSCRIBED: "",
}


def listed(shown: TakeList) -> RenderableType:
    """The takes, the newest first."""
    if not shown.rows:
        return Group(Text("No takes."), Text(f"They are kept in {shown.folder}.", style="dim"))
    table = listing("take", "scenario", "begun", "time", "met", numbers=("begun", "time", "met"))
    for row in shown.rows:
        table.add_row(
            Text(_short(row.take_id, shown.rows), style="dim"),
            Text(clean_line(row.scenario_id), style="bold"),
            figures.day_and_time(row.started_at),
            figures.clock(row.duration_s) if row.duration_s else "text",
            _result(row),
        )
    hidden = shown.n_all - len(shown.rows)
    tail = [Text(f"\n{figures.count(hidden, 'take')} more: --limit 0 lists all.", style="dim")] if hidden > 0 else []
    return Group(table, *tail)


def _short(take_id: str, rows: Sequence[TakeRowPort]) -> str:
    """As much of an id as names one of these takes alone: mostly the moment in it."""
    others = [row.take_id for row in rows if row.take_id != take_id]
    lengths = range(MOMENT, len(take_id) + 1)
    alone = (take_id[:length] for length in lengths if not any(one.startswith(take_id[:length]) for one in others))
    return clean_line(next(alone, take_id))


def _result(row: TakeRowPort) -> Text:
    if row.n_met is None:
        return Text(_STATUS[row.status] or "–", style="yellow")
    return Text(f"{row.n_met} of {row.n_elements}", style="green" if row.n_met == row.n_elements else "")
