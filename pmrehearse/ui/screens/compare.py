"""What was gained and lost from one take to another?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message

from pmrehearse.library.comparing import Comparison, compare_takes
from pmrehearse.ui.background import in_background
from pmrehearse.ui.comparison_parts import element_options, quotes, summary, times
from pmrehearse.ui.requests import OpenReport
from pmrehearse.ui.screens.base import BACK_KEY, HELP_KEY, Page
from pmrehearse.ui.widgets.menu import Menu
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widgets import OptionList

    from pmrehearse.ui.ports import ProgramPort


class Compared(Message):
    """Two takes stand beside one another."""

    def __init__(self, comparison: Comparison) -> None:
        """Carry them.

        Args:
            comparison: The two takes.
        """
        super().__init__()
        self.comparison = comparison


class ComparePage(Page):
    """Elements side by side with their seconds; what was said; phases and pace."""

    PURPOSE = (
        "The earlier take at the left, the later one at the right. + was gained, − was lost. Arrows show what was said "
        "in each; {compare.report_of_then} and {compare.report_of_now} open the reports."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "report(0)", "Report then", id="compare.report_of_then"),
        Binding("2", "report(1)", "Report now", id="compare.report_of_now"),
        Binding("w", "turn", "Turn round"),
        Binding("tab", "app.focus_next", "Next part"),
        BACK_KEY,
        HELP_KEY,
    ]

    DEFAULT_CSS = """
    ComparePage {
        #summary { padding: 1 2 0 2; }
        #both { height: auto; max-height: 45%; margin: 1 1 0 1; }
        #below { width: 100%; height: 1fr; margin-top: 1; padding: 1 2 0 2; border-top: solid $line; }
        #below { scrollbar-size-vertical: 1; }
        #times { margin-top: 1; }
        &.-low #summary { padding: 0 2; }
        &.-low #below { margin-top: 0; padding: 0 2; }
        &.-wide.-tall #summary { padding: 2 12 0 12; }
        &.-wide.-tall #both { margin: 1 11 0 11; }
        &.-wide.-tall #below { padding: 1 12 0 12; }
    }
    """

    def __init__(self, program: ProgramPort, before: str, after: str) -> None:
        """Compare two takes.

        Args:
            program: What stands behind the screens.
            before: The first take.
            after: The second.
        """
        super().__init__("Two takes")
        self._program = program
        self._ids = (before, after)
        self._both: Comparison | None = None

    def content(self) -> ComposeResult:
        """Summary, elements, what was said, times."""
        yield Plain("Reading both takes …", id="summary")
        yield Menu(id="both")
        with VerticalScroll(id="below"):
            yield Plain("", id="quotes")
            yield Plain("", id="times")

    def on_mount(self) -> None:
        """Compute both reports."""
        self._load()

    def _load(self) -> None:
        report, (before, after) = self._program.reviewer.report, self._ids
        in_background(self, lambda: compare_takes(report(before), report(after)), Compared)

    def on_compared(self, message: Compared) -> None:
        """Show them."""
        both = message.comparison
        self._both = both
        self.bar.heading = both.after.take.scenario.title
        self.query_one("#summary", Plain).show(summary(both))
        self.query_one("#times", Plain).show(times(both))
        menu = self.query_one("#both", Menu)
        menu.fill(element_options(both))
        menu.focus()
        self._show_quotes(menu.chosen_id)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another element is looked at."""
        self._show_quotes(event.option_id or "")

    def _show_quotes(self, element_id: str) -> None:
        if self._both is not None and element_id:
            self.query_one("#quotes", Plain).show(quotes(self._both, element_id))

    def action_report(self, number: int) -> None:
        """Open the report of one of them."""
        self.post_message(OpenReport(self._ids[number]))

    def action_turn(self) -> None:
        """The other one first."""
        self._ids = (self._ids[1], self._ids[0])
        self._load()
