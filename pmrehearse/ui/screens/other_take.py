"""With which other take of the scenario is this one compared?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from pmrehearse.library.rows import TakeFilter
from pmrehearse.ui.background import in_background
from pmrehearse.ui.screens.dialog import Dialog
from pmrehearse.ui.shown import shown
from pmrehearse.ui.take_lines import take_choice
from pmrehearse.ui.widgets.menu import Menu
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widgets import OptionList

    from pmrehearse.library.take import Take
    from pmrehearse.ui.ports import ProgramPort
    from pmrehearse.ui.take_ports import TakeRowPort

NONE = "There is no other take of this scenario yet."
MOST = 100
"""Takes that are offered, the newest."""


def others(rows: Sequence[TakeRowPort], take_id: str) -> list[TakeRowPort]:
    """Of the takes of a scenario those that a take can be compared with."""
    return [row for row in rows if row.take_id != take_id and row.n_met is not None]


class OthersRead(Message):
    """The other takes are known."""

    def __init__(self, rows: tuple[TakeRowPort, ...]) -> None:
        """Carry them.

        Args:
            rows: The newest first.
        """
        super().__init__()
        self.rows = rows


class OtherTake(Dialog[str]):
    """Gives back the id of another take; None when none was wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", show=False)]

    def __init__(self, program: ProgramPort, take: Take) -> None:
        """Ask.

        Args:
            program: Has the takes.
            take: The take that is to be compared.
        """
        super().__init__()
        self._program = program
        self._take = take

    def content(self) -> ComposeResult:
        """Question and list."""
        yield Plain(shown(("Compare with which take?", "bold")))
        yield Plain(shown((self._take.scenario.title, "$muted")))
        yield Menu()
        yield Plain("reading the takes …", id="keys", classes="dialog-keys")

    def on_mount(self) -> None:
        """Read the takes of the scenario."""
        wanted = TakeFilter(scenario_id=self._take.scenario.id)
        in_background(self, lambda: tuple(self._program.library.rows(wanted)), OthersRead)

    def on_others_read(self, message: OthersRead) -> None:
        """List those that can be compared."""
        found = others(message.rows, self._take.id)
        menu = self.query_one(Menu)
        menu.fill([take_choice(row, with_time=True, text=row.name) for row in found[:MOST]])
        menu.focus()
        self.query_one("#keys", Plain).show("enter chooses · esc leaves" if found else f"{NONE} esc leaves")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """One was chosen."""
        event.stop()
        self.dismiss(event.option_id or "")

    def action_leave(self) -> None:
        """None is wanted."""
        self.dismiss(None)
