"""How is something asked while a take goes on? With its clock in the box, as the box may cover the page's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.session.events import Stage
from pmrehearse.ui.background import REDRAW_S
from pmrehearse.ui.screens.dialog import Ask
from pmrehearse.ui.shown import Row, shown
from pmrehearse.ui.widgets.plain import Plain
from pmrehearse.ui.wording import clock

if TYPE_CHECKING:
    from textual.content import Content

    from pmrehearse.session.events import SessionView
    from pmrehearse.ui.live import LiveRun
    from pmrehearse.ui.screens.dialog import Choice


class RunQuestion(Ask):
    """A question with the run's clock at its right."""

    def __init__(self, live: LiveRun, question: str, detail: str, choices: tuple[Choice, ...]) -> None:
        """Ask.

        Args:
            live: The run.
            question: One line.
            detail: What follows from the answers, or "".
            choices: The answers, the safe one first.
        """
        super().__init__(question, detail, choices)
        self._live = live

    def on_mount(self) -> None:
        """Look at the clock, and go on looking."""
        self._look()
        self.set_interval(REDRAW_S, self._look)

    def _look(self) -> None:
        asked = shown((self.question, "bold"))
        self.query_one("#question", Plain).show(Row(asked, tail=_clock(self._live.view())))


def _clock(view: SessionView) -> Content:
    """The time with what the take does just then, in the signs of the page below."""
    mark = {Stage.RECORDING: ("● ", "$error"), Stage.PAUSED: ("‖ ", "bold $warning")}.get(view.stage, ("", ""))
    return shown(mark, clock(view.clock_s))
