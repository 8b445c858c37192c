"""A text on the screen that is never read as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from pmrehearse.ui.shown import is_same, shown

if TYPE_CHECKING:
    from textual.content import Content
    from textual.visual import Visual


class Plain(Static):
    """Shows content, rows and stacks; strings are cleaned; it redraws only when what it shows has changed."""

    DEFAULT_CSS = """
    Plain { height: auto; }
    """

    def __init__(self, text: str | Content | Visual = "", *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  Textual's name
        """Show a text.

        Args:
            text: What is shown at first.
            id: The widget's id.
            classes: Its classes, separated by spaces.
        """
        self._last = shown(text) if isinstance(text, str) else text
        super().__init__(self._last, id=id, classes=classes, markup=False)

    @property
    def text(self) -> str:
        """What is shown, without styles."""
        return str(getattr(self._last, "plain", self._last))

    def show(self, text: str | Content | Visual) -> None:
        """Show something else; nothing happens when it is the same."""
        new = shown(text) if isinstance(text, str) else text
        if is_same(new, self._last):
            return
        self._last = new
        self.update(new)
