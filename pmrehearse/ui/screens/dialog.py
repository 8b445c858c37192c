"""What do all dialogs look like: a question or a message in a box over the screen, calm and in the middle?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from pmrehearse.ui.shown import shown
from pmrehearse.ui.widgets.menu import Menu, choice
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Key
    from textual.widgets import OptionList

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer]):
    """A box in the middle of the screen."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;
        &:ansi { background: ansi_default; }
        & > Vertical {
            width: 68;
            max-width: 95%;
            height: auto;
            max-height: 90%;
            padding: 1 2;
            border: round $primary;
            background: $surface;
        }
        & Menu { height: auto; max-height: 45vh; margin-top: 1; }
        & .dialog-keys { color: $muted; margin-top: 1; }
        & Menu, & VerticalScroll {
            scrollbar-background: $surface;
            scrollbar-background-hover: $surface;
            scrollbar-background-active: $surface;
        }
    }
    """

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical():
            yield from self.content()

    def content(self) -> ComposeResult:
        """What stands in the box."""
        yield from ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question.

    Attributes:
        name: What the dialog gives back.
        text: What it means, in the user's words.
        key: A letter that chooses it at once, or "".
    """

    name: str
    text: str
    key: str = ""


class Ask(Dialog[str]):
    """A question with answers; the first is the safe one, and what Escape gives."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "safe", "Back", show=False)]

    def __init__(self, question: str, detail: str, choices: tuple[Choice, ...]) -> None:
        """Ask.

        Args:
            question: One line.
            detail: What follows from the answers, or "".
            choices: The answers, the safe one first.
        """
        super().__init__()
        self.question = question
        self._detail = detail
        self._choices = choices

    def content(self) -> ComposeResult:
        """Question, detail, answers."""
        yield Plain(shown((self.question, "bold")), id="question")
        if self._detail:
            yield Plain(shown((self._detail, "$muted")))
        yield Menu(*(choice(each.name, each.text, tail=shown((each.key, "$muted"))) for each in self._choices))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """An answer was chosen."""
        event.stop()
        self.answer(event.option_id or self._choices[0].name)

    def on_key(self, event: Key) -> None:
        """A letter chooses at once, and means nothing to the screen below."""
        answer = next((each.name for each in self._choices if each.key and each.key == event.key), None)
        if answer is not None:
            event.stop()
            event.prevent_default()
            self.answer(answer)

    def action_safe(self) -> None:
        """Nothing happens."""
        self.answer(self._choices[0].name)

    def answer(self, name: str) -> None:
        """Give the answer back."""
        self.dismiss(name)


class Trouble(Dialog[None]):
    """Something went wrong: what, and what to do."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,space,q", "close", "Close", show=False)]

    def __init__(self, message: str, hint: str = "") -> None:
        """Say it.

        Args:
            message: What happened.
            hint: What to do.
        """
        super().__init__()
        self.message = message
        self.hint = hint

    def content(self) -> ComposeResult:
        """The message over the hint."""
        yield Plain(shown(("! ", "bold $warning"), (self.message, "bold")))
        if self.hint:
            yield Plain(Content("\n") + shown(self.hint))
        yield Plain("enter closes this", classes="dialog-keys")

    def action_close(self) -> None:
        """Back to the screen."""
        self.dismiss(None)
