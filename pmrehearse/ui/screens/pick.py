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


KEYS = "enter chooses · esc leaves"


class Pick(Dialog[str]):
    """Gives back the id of an option; None when none was wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", show=False)]

    def __init__(
        self, heading: str, options: list[Option], *, detail: str = "", chosen: str = "", keys: str = KEYS
    ) -> None:
        """Ask.

        Args:
            heading: What is asked.
            options: The list, headings included.
            detail: What it is about, or "".
            chosen: The id of the option that is highlighted at first; "" for the first.
            keys: What the keys do.
        """
        super().__init__()
        self._heading = heading
        self._options = options
        self._detail = detail
        self._first = chosen
        self._keys = keys

    def content(self) -> ComposeResult:
        """Question and list."""
        yield Plain(shown((self._heading, "bold")))
        if self._detail:
            yield Plain(shown((self._detail, "$muted")))
        yield Menu(*self._options)
        yield Plain(self._keys, classes="dialog-keys")

    def on_mount(self) -> None:
        """Keys act on the list."""
        menu = self.query_one(Menu)
        menu.focus()
        ids = [option.id for option in self._options]
        if self._first in ids:
            menu.highlighted = ids.index(self._first)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """One was chosen."""
        event.stop()
        self.dismiss(event.option_id or "")

    def action_leave(self) -> None:
        """None is wanted."""
        self.dismiss(None)
