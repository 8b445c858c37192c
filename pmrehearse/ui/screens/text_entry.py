"""What did you say, when nobody heard it: a text is typed or pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from pmrehearse.cleaning import clean
from pmrehearse.ui.screens.dialog import Ask, Choice, Dialog
from pmrehearse.ui.shown import shown
from pmrehearse.ui.widgets.fields import TextField
from pmrehearse.ui.widgets.plain import Plain
from pmrehearse.ui.wording import count

if TYPE_CHECKING:
    from textual.app import ComposeResult


class TextEntry(Dialog[str]):
    """Gives back the text, "" when none was wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Mark it", priority=True),
        Binding("escape", "leave", "Back", priority=True),
    ]

    DEFAULT_CSS = """
    TextEntry > Vertical { width: 90%; max-width: 100; height: 90%; }
    TextEntry TextArea { height: 1fr; margin-top: 1; border: round $line; background: $background; padding: 0 1; }
    TextEntry TextArea:focus { border: round $primary; }
    """

    def __init__(self, heading: str) -> None:
        """Ask for a text.

        Args:
            heading: What it answers.
        """
        super().__init__()
        self._heading = heading

    def content(self) -> ComposeResult:
        """A wide field."""
        yield Plain(shown((self._heading, "bold")))
        yield Plain(shown(("Type or paste what you said.", "$muted")))
        yield TextField(soft_wrap=True, tab_behavior="focus")
        yield Plain("", id="keys", classes="dialog-keys")

    def on_mount(self) -> None:
        """Ready for typing."""
        self.query_one(TextField).focus()
        self._count()

    def on_text_area_changed(self) -> None:
        """Count the words."""
        self._count()

    def _count(self) -> None:
        words = len(self.query_one(TextField).text.split())
        self.query_one("#keys", Plain).show(f"ctrl+s marks it · esc leaves · {count(words, 'word')}")

    def action_save(self) -> None:
        """Give the text back."""
        text = clean(self.query_one(TextField).text).strip()
        if text:
            self.dismiss(text)
        else:
            self.app.bell()

    def action_leave(self) -> None:
        """Leave; a text that was written is not thrown away unasked."""
        if not self.query_one(TextField).text.strip():
            self.dismiss("")
            return
        question = Ask(
            "Leave without marking it?", "", (Choice("stay", "Stay", "s"), Choice("go", "Throw the text away", "t"))
        )
        self.app.push_screen(question, self._leave)

    def _leave(self, answer: str | None) -> None:
        if answer == "go":
            self.dismiss("")
