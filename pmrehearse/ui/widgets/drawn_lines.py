"""What do widgets share that draw their lines by themselves, with a cursor that goes from place to place?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from pmrehearse.ui.keymap import Keyed

if TYPE_CHECKING:
    from collections.abc import Iterable

_COLOURLESS = Style(color="default")


class DrawnLines(Keyed, ScrollView, can_focus=True):
    """Only what is in sight is drawn, in the colours of the theme by their names."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "drawn--muted",
        "drawn--primary",
        "drawn--success",
        "drawn--warning",
        "drawn--error",
        "drawn--chosen",
    }

    DEFAULT_CSS = """
    DrawnLines {
        padding: 0 1;
        background: transparent;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .drawn--muted { color: $muted; }
        & > .drawn--primary { color: $primary; }
        & > .drawn--success { color: $success; }
        & > .drawn--warning { color: $warning; }
        & > .drawn--error { color: $error; }
        & > .drawn--chosen {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
    }
    """

    cursor: reactive[int] = reactive(0)
    """The place that keys act on."""

    @property
    def n_places(self) -> int:
        """How many places the cursor can be at."""
        raise NotImplementedError

    @property
    def n_in_sight(self) -> int:
        """How many lines there is room for."""
        return self.scrollable_content_region.height

    def reveal(self, place: int) -> None:
        """Scroll as far as it takes to show a place."""
        raise NotImplementedError

    def put_cursor(self, place: int) -> None:
        """Let the cursor be at a place, or at the last there is before it, in sight."""
        if self.n_places:
            self.cursor = max(0, min(place, self.n_places - 1))
            self.reveal(self.cursor)

    def action_go_to_end(self, is_last: bool) -> None:  # noqa: FBT001  an action's argument
        """To the first place or the last."""
        self.put_cursor(self.n_places - 1 if is_last else 0)

    def style_of(self, name: str) -> Style:
        """A style of the theme by its name, or none."""
        return self.get_component_rich_style(f"drawn--{name}", partial=True) if name else Style.null()

    def line_of(self, segments: Iterable[Segment], base: Style) -> Strip:
        """A line as wide as there is room.

        Args:
            segments: Its parts.
            base: The style of what is left of it.
        """
        return Strip(list(segments)).adjust_cell_length(self.scrollable_content_region.width, base)


def in_one_colour(strip: Strip) -> Strip:
    """The line with the terminal's own colour in all that is in reverse: other colours would be boxes in it."""
    if not any(segment.style and segment.style.reverse for segment in strip):
        return strip
    return Strip(
        [
            Segment(text, style + _COLOURLESS if style and style.reverse else style, control)
            for text, style, control in strip
        ],
        strip.cell_length,
    )
