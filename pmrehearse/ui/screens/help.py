"""Which keys does this screen know, and what is it for?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from pmrehearse.ui.screens.dialog import Dialog
from pmrehearse.ui.shown import Row, Stack, shown
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Help(Dialog[None]):
    """The help page of one screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,question_mark,f1", "close", "Close", show=False),
        Binding("j,down", "scroll('down')", "Down", show=False),
        Binding("k,up", "scroll('up')", "Up", show=False),
        Binding("G,end", "scroll('end')", "To the end", show=False),
        Binding("g,home", "scroll('home')", "To the beginning", show=False),
    ]

    DEFAULT_CSS = """
    Help VerticalScroll { height: auto; max-height: 13; margin-top: 1; scrollbar-size-vertical: 1; }
    Help.-tall VerticalScroll { max-height: 60vh; }
    """

    def __init__(self, heading: str, purpose: str, keys: tuple[tuple[str, str], ...]) -> None:
        """Lay it out.

        Args:
            heading: The screen's title.
            purpose: What it is for.
            keys: Key and meaning, in the order shown.
        """
        super().__init__()
        self._heading = heading
        self._purpose = purpose
        self._keys = keys

    def content(self) -> ComposeResult:
        """Purpose over keys."""
        yield Plain(Row(shown((self._heading, "bold")), cut=True))
        width = max(len(key) for key, _ in self._keys) + 3
        rows = [Row(shown(meaning), shown((key.ljust(width), "$primary"))) for key, meaning in self._keys]
        with VerticalScroll(can_focus=False):
            yield Plain(Stack(shown(self._purpose), shown(""), *rows) if self._purpose else Stack(*rows))
        yield Plain("esc closes this", classes="dialog-keys")

    def action_scroll(self, direction: str) -> None:
        """Scroll the keys."""
        pane = self.query_one(VerticalScroll)
        if direction in ("home", "end"):
            pane.scroll_to(y=0 if direction == "home" else pane.max_scroll_y, animate=False)
        else:
            pane.scroll_relative(y=1 if direction == "down" else -1, animate=False)

    def action_close(self) -> None:
        """Back to the screen."""
        self.dismiss(None)
