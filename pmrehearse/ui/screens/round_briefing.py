"""What will be asked next in a round, and how much of the round is left?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from pmrehearse.ui.practice_requests import OpenDebrief, RoundAt
from pmrehearse.ui.screens.briefing import Briefing
from pmrehearse.ui.screens.dialog import Ask, Choice
from pmrehearse.ui.screens.under_run import UnderRun

if TYPE_CHECKING:
    from pmrehearse.ui.live import LiveRun
    from pmrehearse.ui.ports import ProgramPort


class RoundBriefing(Briefing, UnderRun):
    """A briefing that says where in the round it stands; leaving it shows what the round came to so far."""

    PURPOSE = (
        "A round is rehearsed as it will be asked: one scenario after another. The reports come at the end, all in one "
        "debrief. {round_briefing.back} ends the round here."
    )

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "End round", key_display="esc")]

    def __init__(self, program: ProgramPort, live: LiveRun, round_: RoundAt) -> None:
        """Show a scenario of a round.

        Args:
            program: What stands behind the screens.
            live: The run.
            round_: The round, with its takes so far.
        """
        super().__init__(program, live)
        self._round = round_
        self.bar.remark = f"{round_.said} · {self.bar.remark}"

    def action_back(self) -> None:
        """Leave the round; when something was rehearsed, ask, and then show what it came to."""
        if not self._round.take_ids:
            super().action_back()
            return
        choices = (Choice("stay", "Go on with the round", "g"), Choice("end", "End it here, and see the debrief", "e"))
        self.app.push_screen(Ask("End the round here?", f"This is {self._round.said}.", choices), self._end)

    def _end(self, answer: str | None) -> None:
        if answer == "end":
            self.live.close()
            self.post_message(OpenDebrief(self._round))
