"""Where does a line of a report begin, and what do its glyphs and colours mean?"""

from __future__ import annotations

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pmrehearse.checking.findings import Verdict

STYLES = {Verdict.MET: "green", Verdict.NEAR: "yellow", Verdict.MISSING: "red", Verdict.UNKNOWN: "magenta"}
"""One colour a verdict, of the terminal's own sixteen, so that it reads on a light and on a dark ground."""
INDENT = 10
"""Columns of a glyph and its word."""
LABEL = 8
"""Columns of a label like "nearest"."""


def heading(title: str) -> Text:
    """The title of a part, after an empty line."""
    return Text(f"\n{title}", style="bold")


def row(left: Text, right: Text) -> Table:
    """One line with something at each end."""
    grid = Table.grid(expand=True, padding=(0, 1))
    grid.add_column(ratio=1)
    grid.add_column(justify="right", no_wrap=True)
    grid.add_row(left, right)
    return grid


def aside(label: str, text: str, style: str = "") -> Padding:
    """What stands under an element: a text, beside its label if it has one."""
    if not label:
        return Padding(Text(text, style=style), (0, 0, 0, INDENT + 2))
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=LABEL, no_wrap=True, style="dim")
    grid.add_column(style=style)
    grid.add_row(label, Text(text))
    return Padding(grid, (0, 0, 0, INDENT + 2))


def listing(*columns: str, numbers: tuple[str, ...] = ()) -> Table:
    """An empty table of text columns with a dim heading; the columns in `numbers` stand to the right."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for column in columns:
        table.add_column(column, justify="right" if column in numbers else "left", overflow="fold")
    return table
