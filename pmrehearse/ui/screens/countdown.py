"""Three, two, one: how long is it until the recording starts?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Middle

from pmrehearse.session.events import Stage
from pmrehearse.ui.screens.base import BACK_KEY, HELP_KEY
from pmrehearse.ui.screens.dialog import Trouble
from pmrehearse.ui.screens.live_page import LivePage
from pmrehearse.ui.screens.rehearse import Rehearse
from pmrehearse.ui.widgets.big_clock import BigClock
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from pmrehearse.session.events import SessionView
    from pmrehearse.ui.live import LiveRun
    from pmrehearse.ui.ports import ProgramPort

COUNT_S = 1.0
"""How long one count lasts."""


class Countdown(LivePage):
    """A big number; then the recording is asked for, and the clock starts with its first block."""

    PURPOSE = "When the count has ended the recording starts. {countdown.now} starts it at once, {page.back} goes back."

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "now", "Start now", key_display="enter"),
        BACK_KEY,
        HELP_KEY,
    ]

    DEFAULT_CSS = """
    Countdown {
        Middle { width: 1fr; height: 1fr; }
        BigClock { color: $primary; }
        #said { width: 100%; text-align: center; color: $muted; margin-top: 1; }
        #first { width: 100%; text-align: center; margin-top: 1; padding: 0 4; }
    }
    """

    def __init__(self, program: ProgramPort, live: LiveRun) -> None:
        """Count down to a run.

        Args:
            program: What stands behind the screens.
            live: The run, listening.
        """
        super().__init__(live)
        self._program = program
        self._left = program.settings.values.count_in

    def content(self) -> ComposeResult:
        """The number in the middle, and what comes first."""
        first = self.live.scenario.phases[0]
        with Middle():
            yield BigClock(str(self._left) if self._left else "0:00")
            yield Plain("Get ready", id="said")
            yield Plain(f"{first.title}. {first.prompt}" if first.prompt else first.title, id="first")

    def on_mount(self) -> None:
        """Count; without a count, begin."""
        if self._left:
            self.set_interval(COUNT_S, self._count)
        else:
            self._begin()

    def _count(self) -> None:
        if self._left <= 0:
            return
        self._left -= 1
        if self._left:
            self.query_one(BigClock).show(str(self._left))
        else:
            self._begin()

    def _begin(self) -> None:
        self._left = 0
        self.query_one(BigClock).show("0:00")
        self.query_one("#said", Plain).show("Starting … wait for the clock")
        self.live.conductor.begin()

    def action_now(self) -> None:
        """Start without the rest of the count."""
        if self._left:
            self._begin()

    def follow(self, view: SessionView) -> bool:
        """To the clock as soon as it runs; back to the briefing when the recording cannot start."""
        if view.stage in (Stage.RECORDING, Stage.PAUSED, Stage.SAVING, Stage.TRANSCRIBING, Stage.DONE, Stage.WAITING):
            self.app.switch_screen(Rehearse(self._program, self.live))
            return True
        if self._left == 0 and view.problem and view.stage in (Stage.IDLE, Stage.LISTENING, Stage.FAILED):
            self.live.close()
            self.app.pop_screen()
            self.app.push_screen(Trouble(view.problem, view.hint))
            return True
        return False

    def action_back(self) -> None:
        """Leave; a recording that has just been asked for is dropped."""
        self._has_gone_on = True
        self.live.conductor.discard()
        self.live.close()
        super().action_back()
