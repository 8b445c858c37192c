"""Charts beside one another, as many as have room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from pmrehearse.ui.charts import LEAST_CELLS, Chart, draw
from pmrehearse.ui.shown import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = 3
_LEAST_LINES = 3


class Charts(Widget):
    """Draws charts over its whole width, or a remark in their place."""

    DEFAULT_CSS = """
    Charts { height: 7; }
    """

    charts: reactive[tuple[Chart, ...]] = reactive(())
    """What is drawn, the most important first."""
    remark: reactive[str] = reactive("")
    """What stands there while there is nothing to draw."""

    def render(self) -> Content:
        """All lines."""
        if not self.charts:
            return shown((self.remark, "$muted"))
        return beside(self.charts, self.size.width, max(_LEAST_LINES, self.size.height))


def beside(charts: Sequence[Chart], cells: int, lines: int) -> Content:
    """The charts side by side, those that have no room left out."""
    n_fitting = max(1, min(len(charts), (cells + _GAP) // (LEAST_CELLS + _GAP)))
    room = max(LEAST_CELLS, (cells - _GAP * (n_fitting - 1)) // n_fitting)
    drawn = [draw(chart, room, lines) for chart in charts[:n_fitting]]
    gap = shown(" " * _GAP)
    return Content("\n").join(gap.join(parts) for parts in zip(*drawn, strict=True))
