"""Which one of some? A list in a box."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from pmrehearse.ui.screens.dialog import Dialog
from pmrehearse.ui.shown import shown
from pmrehearse.ui.widgets.menu import Menu
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widgets import OptionList
    from textual.widgets.option_list import Option


class Pick(Dialog[str]):
    """Gives back the id of an option; None when none was wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", show=False)]

    DEFAULT_CSS = """
    Pick Menu { max-height: 14; }
    """

    def __init__(self, heading: str, options: list[Option]) -> None:
        """Ask.

        Args:
            heading: What is asked.
            options: The list, headings included.
        """
        super().__init__()
        self._heading = heading
        self._options = options

    def content(self) -> ComposeResult:
        """Question and list."""
        yield Plain(shown((self._heading, "bold")))
        yield Menu(*self._options)
        yield Plain("enter chooses · esc leaves", classes="dialog-keys")

    def on_mount(self) -> None:
        """Keys act on the list."""
        self.query_one(Menu).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """One was chosen."""
        event.stop()
        self.dismiss(event.option_id or "")

    def action_leave(self) -> None:
        """None is wanted."""
        self.dismiss(None)
