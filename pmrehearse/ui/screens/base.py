"""What do all screens share: a title, a footer, a way back and a page of help."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from pmrehearse.ui.keymap import Keyed
from pmrehearse.ui.widgets.keys import Keys
from pmrehearse.ui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from textual.app import ComposeResult


HELP_KEY = Binding("question_mark,f1", "app.help", "Help", key_display="?", id="page.help")
"""Stands last in every page's keys."""
BACK_KEY = Binding("escape", "back", "Back", key_display="esc", id="page.back")
"""Stands before it, where escape has no other meaning."""


class Page(Keyed, Screen[None]):
    """A full screen between a title bar and a footer."""

    PURPOSE: ClassVar[str] = ""
    """What the screen is for, shown above its keys on the help page."""

    DEFAULT_CSS = """
    Page.-tall BigClock Digits { display: none; }
    Page.-tall BigClock Tall { display: block; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "Next part", show=False, id="page.next_part"),
        Binding("shift+tab", "app.focus_previous", "Part before", show=False, id="page.part_before"),
    ]

    def __init__(self, heading: str, remark: str = "") -> None:
        """Make the frame.

        Args:
            heading: The title.
            remark: What stands at the right of it.
        """
        super().__init__()
        self.bar = TitleBar(heading, remark)

    def compose(self) -> ComposeResult:
        """The frame, and what the screen puts into it."""
        yield self.bar
        yield from self.content()
        yield Keys()

    def content(self) -> ComposeResult:
        """What stands between title and footer."""
        yield from ()

    def action_back(self) -> None:
        """Leave for the screen before."""
        self.app.pop_screen()
