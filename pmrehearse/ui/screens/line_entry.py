"""What is a thing called, or to be remembered: one line is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from pmrehearse.cleaning import clean
from pmrehearse.ui.screens.dialog import Dialog
from pmrehearse.ui.shown import shown
from pmrehearse.ui.widgets.fields import LineField
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from textual.app import ComposeResult


class LineEntry(Dialog[str]):
    """Gives back the line; None when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", priority=True)]

    DEFAULT_CSS = """
    LineEntry LineField { margin-top: 1; }
    """

    KEYS = "enter keeps it · esc leaves"
    """What the keys do."""

    def __init__(self, heading: str, detail: str = "", value: str = "") -> None:
        """Ask for a line.

        Args:
            heading: What is asked.
            detail: What follows from it, or "".
            value: What stands there at first.
        """
        super().__init__()
        self._heading = heading
        self._detail = detail
        self._value = value

    def content(self) -> ComposeResult:
        """Question and field."""
        yield Plain(shown((self._heading, "bold")))
        if self._detail:
            yield Plain(shown((self._detail, "$muted")))
        yield self.field(self._value)
        yield Plain(self.KEYS, classes="dialog-keys")

    def field(self, value: str) -> LineField:
        """The line that is typed into."""
        return LineField(value, select_on_focus=False)

    def on_mount(self) -> None:
        """Ready for typing, at the end."""
        field = self.query_one(LineField)
        field.focus()
        field.cursor_position = len(field.value)

    def on_input_submitted(self, event: LineField.Submitted) -> None:
        """Give the line back."""
        event.stop()
        self.dismiss(clean(event.value).strip())

    def action_leave(self) -> None:
        """Nothing happens."""
        self.dismiss(None)
