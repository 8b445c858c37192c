"""Which takes are there?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from pmrehearse.ui.background import in_background
from pmrehearse.ui.requests import OpenReport
from pmrehearse.ui.screens.base import BACK_KEY, HELP_KEY, Page
from pmrehearse.ui.screens.dialog import Ask, Choice
from pmrehearse.ui.take_lines import take_choice
from pmrehearse.ui.widgets.menu import Menu
from pmrehearse.ui.widgets.plain import Plain
from pmrehearse.ui.wording import count, moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widgets import OptionList

    from pmrehearse.ui.ports import ProgramPort, TakeRowPort


class TakesRead(Message):
    """The takes have been read."""

    def __init__(self, takes: tuple[TakeRowPort, ...]) -> None:
        """Carry them.

        Args:
            takes: The newest first.
        """
        super().__init__()
        self.takes = takes


class Takes(Menu):
    """The takes; Enter opens the report of one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Report", key_display="enter")]


class History(Page):
    """All takes, the newest first."""

    PURPOSE = "Every take is kept until you delete it. Enter opens its report, computed anew from its files."

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x,delete", "delete", "Delete", key_display="x"),
        BACK_KEY,
        HELP_KEY,
    ]

    DEFAULT_CSS = """
    History {
        #takes { height: 1fr; margin: 1 0; }
        #none { display: none; color: $muted; padding: 2 4; }
        &.-empty #none { display: block; }
        &.-empty #takes { display: none; }
    }
    """

    def __init__(self, program: ProgramPort) -> None:
        """List them.

        Args:
            program: What stands behind the screens.
        """
        super().__init__("Takes")
        self._program = program
        self._takes: tuple[TakeRowPort, ...] = ()

    def content(self) -> ComposeResult:
        """One list."""
        yield Plain("No take yet. Rehearse a scenario, or watch the demo, and it stands here.", id="none")
        yield Takes(id="takes")

    def on_screen_resume(self) -> None:
        """Read the list, and again after a report."""
        self._read()

    def _read(self) -> None:
        in_background(self, self._rows, TakesRead)

    def _rows(self) -> tuple[TakeRowPort, ...]:
        return tuple(self._program.library.rows())

    def on_takes_read(self, message: TakesRead) -> None:
        """Show them."""
        self._takes = message.takes
        self.set_class(not message.takes, "-empty")
        self.bar.remark = count(len(message.takes), "take")
        menu = self.query_one("#takes", Menu)
        menu.fill([take_choice(take, with_time=True) for take in message.takes])
        menu.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the report."""
        self.post_message(OpenReport(event.option_id or ""))

    def action_delete(self) -> None:
        """Ask, then delete the highlighted take."""
        take = self._chosen
        if take is None:
            return
        question = Ask(
            f"Delete the take of {moment(take.started_at)}?",
            f"{take.title}: its sound, its transcript and its marks are gone for good.",
            (Choice("keep", "Keep it", "k"), Choice("delete", "Delete it", "d")),
        )
        self.app.push_screen(question, lambda answer: self._delete(take) if answer == "delete" else None)

    @property
    def _chosen(self) -> TakeRowPort | None:
        wanted = self.query_one("#takes", Menu).chosen_id
        return next((take for take in self._takes if take.take_id == wanted), None)

    def _delete(self, take: TakeRowPort) -> None:
        def work() -> Sequence[TakeRowPort]:
            self._program.library.delete(take.take_id)
            return self._rows()

        in_background(self, work, lambda takes: TakesRead(tuple(takes)))
