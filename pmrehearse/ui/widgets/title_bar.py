"""The first line of every screen: what this is, and one thing about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import reactive
from textual.widget import Widget

from pmrehearse.ui.shown import Row, shown

if TYPE_CHECKING:
    from textual.content import Content


class TitleBar(Widget):
    """A title at the left, a remark at the right; a long title gives way."""

    DEFAULT_CSS = """
    TitleBar {
        dock: top;
        height: 1;
        padding: 0 1;
        background: $footer-background;
    }
    """

    heading: reactive[str] = reactive("")
    """The title."""
    remark: reactive[str | Content] = reactive("")
    """What stands at the right."""

    def __init__(self, heading: str, remark: str | Content = "") -> None:
        """Show a title.

        Args:
            heading: The title.
            remark: What stands at the right.
        """
        super().__init__()
        self.set_reactive(TitleBar.heading, heading)
        self.set_reactive(TitleBar.remark, remark)

    def render(self) -> Row:
        """One line."""
        remark = shown((self.remark, "$muted")) if isinstance(self.remark, str) else self.remark
        return Row(shown((self.heading, "bold")), tail=remark, cut=True)
