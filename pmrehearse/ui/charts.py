"""How does a row of figures become columns in a few lines of a terminal?

Our own and no library: three charts of columns with a line for the target ask for a page of code, wear the theme's
colours down to the terminal's own sixteen, and keep to block elements, which every terminal font has (braille is
missing from the console's). textual-plotext brings two packages and colours of its own for that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from textual.content import Content

from pmrehearse.ui.shown import shown

EIGHTHS = " ▁▂▃▄▅▆▇█"
"""A cell filled from below, by eighths."""
_LINES = "▁─▔"
"""A line in the lower, the middle and the upper third of a cell."""
_WIDEST = 4
"""Cells of one column and its gap at most: wider ones look like walls."""
_UNKNOWN = "·"
LEAST_CELLS = 18
"""A chart narrower than this says nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        value: How high it is, >= 0; None where nothing is known.
        style: Its colour, a style of the theme.
        at: When it was, aware.
    """

    value: float | None
    style: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Level:
    """A height that has a name at the left edge.

    Attributes:
        value: How high.
        label: What stands there.
        is_line: True to draw a line through the chart.
    """

    value: float
    label: str
    is_line: bool = True


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns over time.

    Attributes:
        title: What is drawn.
        figure: The newest figure, in words.
        columns: The oldest first.
        top: The value of the upper edge, > 0.
        levels: Names and lines; of two in one line the first counts.
    """

    title: str
    figure: Content
    columns: tuple[Column, ...]
    top: float
    levels: tuple[Level, ...] = ()


def sparkline(values: tuple[float, ...], cells: int) -> str:
    """The newest values in [0, 1], one a cell, at the right edge."""
    kept = values[-cells:] if cells > 0 else ()
    return "".join(EIGHTHS[max(1, round(value * 8))] for value in kept).rjust(cells)


def draw(chart: Chart, cells: int, lines: int) -> list[Content]:
    """A chart as lines, each of them as wide as the chart.

    Args:
        chart: What is drawn.
        cells: The width, at least LEAST_CELLS.
        lines: The height, at least 3: a heading, columns, the days.
    """
    edge = max((len(level.label) for level in chart.levels), default=0) + 1
    slot, kept = _fitting(chart.columns, cells - edge)
    n_rows = lines - 2
    labels = _by_row(chart, n_rows)
    rows = []
    for row in reversed(range(n_rows)):
        level = labels.get(row)
        line = _line(level, chart.top, n_rows) if level else " "
        label = ((level.label if level else "").rjust(edge - 1) + " ", "$muted")
        body = [part for column in kept for part in _cell(column, chart.top, n_rows, row, line, slot)]
        rest = (line * (cells - edge - len(kept) * slot), "$rail")
        rows.append(_wide(_joined([label, *body, rest]), cells))
    head = shown((chart.title, "bold"), "  ") + chart.figure
    return [_wide(head, cells), *rows, _wide(shown((" " * edge + _days(kept, slot), "$muted")), cells)]


def _joined(parts: list[tuple[str, str]]) -> Content:
    """Texts with their styles as one content, neighbours of one style as one text."""
    runs = ((style, "".join(text for text, _ in run)) for style, run in groupby(parts, key=itemgetter(1)))
    return shown(*((text, style) for style, text in runs if text))


def _fitting(columns: tuple[Column, ...], room: int) -> tuple[int, tuple[Column, ...]]:
    """Cells of a column with its gap, and the newest columns, as many as fit."""
    slot = max(1, min(_WIDEST, room // max(1, len(columns))))
    return slot, columns[-room:] if room < len(columns) else columns


def _by_row(chart: Chart, n_rows: int) -> dict[int, Level]:
    """The level that stands in each row, counted from below."""
    found: dict[int, Level] = {}
    for level in chart.levels:
        found.setdefault(_row_of(level.value, chart.top, n_rows), level)
    return found


def _row_of(value: float, top: float, n_rows: int) -> int:
    return max(0, min(n_rows - 1, int(value / top * n_rows)))


def _line(level: Level, top: float, n_rows: int) -> str:
    """What a line at this height looks like in its row."""
    if not level.is_line:
        return " "
    within = level.value / top * n_rows - _row_of(level.value, top, n_rows)
    return _LINES[min(2, int(within * 3))]


def _cell(column: Column, top: float, n_rows: int, row: int, line: str, slot: int) -> list[tuple[str, str]]:
    """One column in one row, with the gap after it."""
    width = max(1, slot - 1)
    gap = (line * (slot - width), "$rail")
    if column.value is None:
        mark = _UNKNOWN if row == 0 else line
        return [(mark.ljust(width, line), "$rail" if row else "$muted"), gap]
    eighths = max(1, round(min(1.0, column.value / top) * n_rows * 8))
    filled = EIGHTHS[max(0, min(8, eighths - row * 8))]
    body = (filled * width, column.style) if filled != " " else (line * width, "$rail")
    return [body, gap]


def _days(columns: tuple[Column, ...], slot: int) -> str:
    """The first day and the last, under their columns; one alone where two have no room or are the same."""
    if not columns:
        return ""
    first, last = (_day(columns[number].at) for number in (0, -1))
    room = len(columns) * slot
    return last if first == last else f"{first}{last.rjust(max(len(last) + 3, room - len(first)))}"


def _day(when: datetime) -> str:
    local = when.astimezone()
    return f"{local.day} {local:%b}"


def _wide(content: Content, cells: int) -> Content:
    """The content, exactly this wide."""
    if content.cell_length > cells:
        return content.truncate(cells)
    return content + shown(" " * (cells - content.cell_length))
