"""A line that grows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import reactive
from textual.widget import Widget

from pmrehearse.ui.shown import shown

if TYPE_CHECKING:
    from textual.content import Content


class ProgressLine(Widget):
    """One line, full when all is done, with the percentage beside it."""

    DEFAULT_CSS = """
    ProgressLine { height: 1; width: 1fr; }
    """

    share: reactive[float] = reactive(0.0)
    """How much is done, in [0, 1]; kept in whole percents, so that it redraws only when one is added."""

    def validate_share(self, share: float) -> float:
        """Whole percents, inside the range."""
        return round(min(1.0, max(0.0, share)), 2)

    def render(self) -> Content:
        """The line."""
        cells = max(4, self.size.width - 5)
        full = round(self.share * cells)
        return shown(("━" * full, "$primary"), ("─" * (cells - full), "$rail"), (f"{self.share:5.0%}", "$muted"))
