"""What did a drill come to?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Middle
from textual.message import Message

from pmrehearse.ui.background import in_background
from pmrehearse.ui.drill_parts import drill_summary
from pmrehearse.ui.screens.base import BACK_KEY, HELP_KEY, Page
from pmrehearse.ui.shown import shown
from pmrehearse.ui.widgets.plain import Plain
from pmrehearse.ui.wording import count

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from pmrehearse.practice.drilling import Drilled
    from pmrehearse.ui.ports import ProgramPort


class SummaryLoaded(Message):
    """The tries have been read."""

    def __init__(self, drilled: tuple[Drilled, ...], n_due: int) -> None:
        """Carry them.

        Args:
            drilled: The elements with their tries.
            n_due: How many elements are still due.
        """
        super().__init__()
        self.drilled = drilled
        self.n_due = n_due


class DrillSummary(Page):
    """Each element with its tries; Enter leaves."""

    PURPOSE = "Each sign is one try, the last one at the right. All of them are takes: History lists them."

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "back", "Done", key_display="enter"),
        BACK_KEY,
        HELP_KEY,
    ]

    DEFAULT_CSS = """
    DrillSummary {
        align: center middle;
        Middle { width: 76; max-width: 92%; height: 1fr; }
        #said { margin-bottom: 1; }
        #due { margin-top: 1; color: $muted; }
    }
    """

    def __init__(self, program: ProgramPort, take_ids: tuple[str, ...]) -> None:
        """Sum up a sitting.

        Args:
            program: What stands behind the screens.
            take_ids: Its tries, the oldest first, at least one.
        """
        super().__init__("Drill")
        self._program = program
        self._take_ids = take_ids

    def content(self) -> ComposeResult:
        """One text in the middle."""
        with Middle():
            yield Plain("Reading the tries …", id="said")
            yield Plain("", id="tries")
            yield Plain("", id="due")

    def on_mount(self) -> None:
        """Read the tries."""
        in_background(self, self._read, lambda read: SummaryLoaded(*read))

    def _read(self) -> tuple[tuple[Drilled, ...], int]:
        practice, reviewer = self._program.practice, self._program.reviewer
        names = dict.fromkeys(reviewer.report(take_id).take.scenario.id for take_id in self._take_ids)
        return tuple(practice.drilled(name, self._take_ids) for name in names), len(practice.due())

    def on_summary_loaded(self, message: SummaryLoaded) -> None:
        """Show them."""
        n_tries, n_met = len(self._take_ids), sum(each.n_met for each in message.drilled)
        said = f"{count(n_tries, 'try', 'tries')}, {n_met} met"
        self.query_one("#said", Plain).show(shown((said, "bold")))
        self.query_one("#tries", Plain).show(drill_summary(message.drilled))
        left = f"{count(message.n_due, 'element')} still due." if message.n_due else "Nothing else is due today."
        self.query_one("#due", Plain).show(left)
