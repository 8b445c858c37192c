"""Which elements do you think you met? Asked before the results are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from pmrehearse.ui.screens.dialog import Dialog
from pmrehearse.ui.shown import shown
from pmrehearse.ui.widgets.menu import Menu, choice
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widgets import OptionList
    from textual.widgets.option_list import Option

    from pmrehearse.scenario.model import Scenario


class GuessFirst(Dialog[tuple[str, ...]]):
    """Gives back the ids of the elements thought to be met; None when nobody wants to guess."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,x", "tick", "Said, or not", key_display="space"),
        Binding("enter", "done", "Show the results", key_display="enter", priority=True),
        Binding("escape", "leave", "Without a guess", priority=True),
    ]

    def __init__(self, scenario: Scenario) -> None:
        """Ask about every element.

        Args:
            scenario: What was asked.
        """
        super().__init__()
        self._scenario = scenario
        self._said: set[str] = set()

    def content(self) -> ComposeResult:
        """The elements, each to be ticked."""
        yield Plain(shown(("Before the results: what did you say?", "bold")))
        yield Plain(shown(("Tick each element that you think you met.", "$muted")))
        yield Menu(*self._options())
        yield Plain("space ticks · enter shows the results · esc shows them without a guess", classes="dialog-keys")

    def on_mount(self) -> None:
        """Keys act on the list."""
        self.query_one(Menu).focus()

    def _options(self) -> list[Option]:
        return [
            choice(each.id, each.title, lead=shown(("● " if each.id in self._said else "○ ", "bold $primary")))
            for each in self._scenario.elements
        ]

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click ticks; the key Enter is taken before."""
        event.stop()
        self._toggle(event.option_id or "")

    def action_tick(self) -> None:
        """Tick the highlighted element, or take its tick away."""
        self._toggle(self.query_one(Menu).chosen_id)

    def _toggle(self, element_id: str) -> None:
        self._said ^= {element_id}
        self.query_one(Menu).fill(self._options())

    def action_done(self) -> None:
        """Give the guess back."""
        self.dismiss(tuple(each.id for each in self._scenario.elements if each.id in self._said))

    def action_leave(self) -> None:
        """Without a guess."""
        self.dismiss(None)
