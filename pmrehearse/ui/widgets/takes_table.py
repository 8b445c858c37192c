"""Takes as rows: when, what, time against target, pace, coverage; what a search found under each.

Only the rows in sight are drawn, so that ten thousand takes cost what twenty do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from pmrehearse.cleaning import clean_line
from pmrehearse.ui.shown import shortened
from pmrehearse.ui.take_lines import against_target, found_words, unmarked
from pmrehearse.ui.widgets.drawn_lines import DrawnLines, in_one_colour
from pmrehearse.ui.wording import clock, moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.events import Click

    from pmrehearse.library.rows import SnippetPart
    from pmrehearse.ui.take_ports import TakeRowPort

_MARK, _WHEN, _TIME, _PACE, _MET = 2, 17, 15, 5, 11
"""Cells of the columns, the gap after each included; what is left is the take's name."""
_LEAST_NAME = 12
_EDGE = 1
"""Cells left free at the right, so that nothing touches the bar that scrolls the list."""
HEADS = ("", "begun", "take", "time", "wpm", "met")
Styled = tuple[str, str]
TOO_FEW = ("", "No take is listed.", "Two takes are compared, and fewer are listed.")
"""What is said where so many takes are wanted."""


@dataclass(frozen=True, slots=True)
class Found:
    """One row.

    Attributes:
        take: The take.
        snippet: The words that a search found in it, in pieces; empty without a search.
        at_s: When they were said; None without times.
        refused: Why the take could not be made whole, or "".
    """

    take: TakeRowPort
    snippet: tuple[SnippetPart, ...] = ()
    at_s: float | None = None
    refused: str = ""


class TakesTable(DrawnLines):
    """Arrows and vim's keys move, Enter opens, Space chooses; a click opens."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Report", key_display="enter"),
        Binding("space", "choose", "Choose", key_display="space"),
        Binding("up,k", "move(-1)", "Up", show=False, id="takes_table.up"),
        Binding("down,j", "move(1)", "Down", show=False, id="takes_table.down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="takes_table.page_up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="takes_table.page_down"),
        Binding("home,g", "go_to_end(False)", "First", show=False, id="takes_table.first"),
        Binding("end,G", "go_to_end(True)", "Last", show=False, id="takes_table.last"),
    ]

    COMPONENT_CLASSES: ClassVar[set[str]] = {"drawn--match", "drawn--chosen-blurred"}

    DEFAULT_CSS = """
    TakesTable {
        padding: 0 0 0 1;
        & > .drawn--match { text-style: bold underline; }
        & > .drawn--chosen-blurred {
            background: $block-cursor-blurred-background;
            text-style: $block-cursor-blurred-text-style;
        }
    }
    """

    class Opened(Message):
        """Show a take."""

        def __init__(self, found: Found) -> None:
            """Carry it.

            Args:
                found: The row.
            """
            super().__init__()
            self.found = found

    def __init__(self) -> None:
        """List nothing yet."""
        super().__init__(id="takes")
        self._rows: tuple[Found, ...] = ()
        self._height = 1
        self.chosen: tuple[str, ...] = ()
        """The ids of the takes that were chosen, in that order."""

    def why_not(self, action: str) -> str:
        """Takes are opened where some are listed, and chosen where there are two."""
        wanted = {"open": 1, "choose": 2}.get(action, 0)
        return "" if len(self._rows) >= wanted else TOO_FEW[wanted]

    def show(self, rows: tuple[Found, ...]) -> None:
        """List these; the cursor stays on its take."""
        kept = self.at_cursor.take.take_id if self.at_cursor is not None else ""
        self._rows = rows
        self._height = 2 if any(row.snippet for row in rows) else 1
        ids = [row.take.take_id for row in rows]
        self.chosen = tuple(one for one in self.chosen if one in set(ids))
        self.virtual_size = Size(0, max(1, len(rows) * self._height))
        self.cursor = ids.index(kept) if kept in ids else 0
        self.reveal(self.cursor)
        self.refresh()
        self.refresh_bindings()

    @property
    def n_places(self) -> int:
        """How many takes are listed."""
        return len(self._rows)

    @property
    def rows(self) -> tuple[Found, ...]:
        """All that are listed."""
        return self._rows

    @property
    def at_cursor(self) -> Found | None:
        """The row under the cursor; None in an empty list."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    # ------------------------------------------------------------------ drawing

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        number, line = divmod(y + self.scroll_offset.y, self._height)
        width, base = self.scrollable_content_region.width, self.rich_style
        if number >= len(self._rows):
            return Strip.blank(width, base)
        if number == self.cursor:
            base += self.style_of("chosen" if self.has_focus else "chosen-blurred")
        row = self._rows[number]
        parts = self._first(row, width) if line == 0 else _second(row, width)
        return in_one_colour(self.line_of((Segment(text, base + self.style_of(name)) for text, name in parts), base))

    def _first(self, row: Found, width: int) -> Iterator[Styled]:
        take = row.take
        yield ("● " if take.take_id in self.chosen else "  ", "primary")
        yield (moment(take.started_at).ljust(_WHEN), "muted")
        room = name_cells(width)
        name = shortened(clean_line(take.name or take.title), room)
        tags = "".join(f" #{clean_line(tag)}" for tag in take.tags)
        left = room - cell_len(name)
        yield (name, "")
        yield (set_cell_size(tags if cell_len(tags) <= left else "", left), "muted")
        yield (against_target(take).rjust(_TIME - 1) + " ", "muted")
        yield (f"{take.words_per_minute:{_PACE - 1}.0f} " if take.words_per_minute else " " * _PACE, "muted")
        yield _met(row)

    # ------------------------------------------------------------------ moving

    def watch_cursor(self) -> None:
        """Show the row."""
        self.reveal(self.cursor)
        self.refresh()

    def reveal(self, place: int) -> None:
        """Scroll to a row."""
        region = Region(0, place * self._height, 1, self._height)
        self.scroll_to_region(region, animate=False, force=True)

    def on_resize(self) -> None:
        """The row stays in sight."""
        self.reveal(self.cursor)

    def action_move(self, rows: int) -> None:
        """Up or down."""
        self.put_cursor(self.cursor + rows)

    def action_page(self, pages: int) -> None:
        """Up or down by what is in sight."""
        self.action_move(pages * max(1, self.n_in_sight // self._height - 1))

    def action_open(self) -> None:
        """Open the take."""
        if self.at_cursor is not None:
            self.post_message(self.Opened(self.at_cursor))

    def action_choose(self) -> None:
        """Choose the take to compare it, or no more; of three the first is let go."""
        if self.at_cursor is not None:
            take_id = self.at_cursor.take.take_id
            if take_id in self.chosen:
                self.chosen = tuple(one for one in self.chosen if one != take_id)
            else:
                self.chosen = (*self.chosen[-1:], take_id)
            self.refresh()

    def on_click(self, event: Click) -> None:
        """Open the take under the mouse; at the left edge choose it."""
        offset = event.get_content_offset(self)
        number = (offset.y + self.scroll_offset.y) // self._height if offset else len(self._rows)
        if offset is not None and number < len(self._rows):
            self.cursor = number
            if offset.x < _MARK:
                self.action_choose()
            else:
                self.action_open()


def name_cells(width: int) -> int:
    """How many cells a take's name gets in a table of this width."""
    return max(_LEAST_NAME, width - _MARK - _WHEN - _TIME - _PACE - _MET - _EDGE)


def heads(width: int) -> str:
    """The names of the columns."""
    mark, when, what, time, pace, met = HEADS
    return (
        mark.ljust(_MARK)
        + when.ljust(_WHEN)
        + what.ljust(name_cells(width))
        + f"{time:>{_TIME - 1}} {pace:>{_PACE - 1}} "
        + met.rjust(_MET)
    )


def _met(row: Found) -> Styled:
    """Coverage, or why there is none."""
    take = row.take
    if (why := unmarked(take, row.refused)) is not None:
        return why[0].rjust(_MET), why[1]
    whole = take.n_met == take.n_elements
    return f"{'✓ ' if whole else ''}{take.n_met} of {take.n_elements}".rjust(_MET), "success" if whole else ""


def _second(row: Found, width: int) -> Sequence[Styled]:
    """What was found, and when it was said."""
    if not row.snippet:
        return [(" " * (_MARK + _WHEN) + "in its name", "muted")]
    when = f"{clock(row.at_s)} " if row.at_s is not None else ""
    return [(when.rjust(_MARK + _WHEN), "primary"), *found_words(row.snippet, width - _MARK - _WHEN - _EDGE)]
