"""Which element of a scenario is meant?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from pmrehearse.scenario.ids import drill_id
from pmrehearse.ui.screens.dialog import Dialog
from pmrehearse.ui.shown import shown
from pmrehearse.ui.widgets.menu import Menu, choice
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widgets import OptionList

    from pmrehearse.scenario.model import Scenario


class ElementPicker(Dialog[str]):
    """Gives back "SCENARIO:ELEMENT", "" when none was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", show=False)]

    DEFAULT_CSS = """
    ElementPicker Menu { max-height: 14; }
    """

    def __init__(self, scenario: Scenario) -> None:
        """List its elements.

        Args:
            scenario: Whose.
        """
        super().__init__()
        self._scenario = scenario

    def content(self) -> ComposeResult:
        """A list."""
        yield Plain(shown(("Drill one element", "bold")))
        yield Plain(shown((self._scenario.title, "$muted")))
        yield Menu(
            *(choice(drill_id(self._scenario.id, each.id), each.title, indent=2) for each in self._scenario.elements)
        )
        yield Plain("enter drills it · esc leaves", classes="dialog-keys")

    def on_mount(self) -> None:
        """Ready for the keys."""
        self.query_one(Menu).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """One was chosen."""
        event.stop()
        self.dismiss(event.option_id or "")

    def action_leave(self) -> None:
        """None is meant."""
        self.dismiss("")
