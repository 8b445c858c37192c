"""Which round of which loop is meant?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from pmrehearse.ui.practice_requests import AtRound
from pmrehearse.ui.screens.dialog import Dialog
from pmrehearse.ui.shown import shown
from pmrehearse.ui.widgets.menu import Menu, choice, gap, heading
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.widgets import OptionList
    from textual.widgets.option_list import Option

    from pmrehearse.scenario.model import Loop


class RoundPicker(Dialog[AtRound | None]):
    """Gives back the round, None when none was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", show=False)]

    def __init__(self, loops: tuple[Loop, ...], titles: Mapping[str, str]) -> None:
        """List their rounds.

        Args:
            loops: The loops.
            titles: What their scenarios are called, by id.
        """
        super().__init__()
        self._loops = loops
        self._titles = titles

    def content(self) -> ComposeResult:
        """A list."""
        yield Plain(shown(("Rehearse a round", "bold")))
        yield Menu(*_options(self._loops, self._titles))
        yield Plain("enter rehearses it · esc leaves", classes="dialog-keys")

    def on_mount(self) -> None:
        """Ready for the keys."""
        menu = self.query_one(Menu)
        menu.action_first()
        menu.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """One was chosen."""
        event.stop()
        loop_id, _, number = (event.option_id or "").partition("/")
        self.dismiss(AtRound(loop_id, int(number)))

    def action_leave(self) -> None:
        """None is meant."""
        self.dismiss(None)


def _options(loops: tuple[Loop, ...], titles: Mapping[str, str]) -> list[Option]:
    options: list[Option] = []
    for loop in loops:
        options.extend([gap(), heading(loop.title)] if options else [heading(loop.title)])
        for number, names in enumerate(loop.rounds, 1):
            said = ", ".join(titles.get(name, name) for name in names)
            options.append(choice(f"{loop.id}/{number}", said, lead=shown((f"{number}  ", "$muted"))))
    return options
