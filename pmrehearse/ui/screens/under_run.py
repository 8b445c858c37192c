"""How does a page stay under the run that it starts, so that a run that came to nothing leads back to it?"""

from __future__ import annotations

from pmrehearse.ui.requests import OpenBriefing
from pmrehearse.ui.screens.before_run import BeforeRun
from pmrehearse.ui.screens.countdown import Countdown


class UnderRun(BeforeRun):
    """A page that is shown again, with a new run, when the one that it started was dropped."""

    _began = False

    def count_down(self) -> None:
        """To the run, with this page underneath."""
        self._began = True
        self.app.push_screen(Countdown(self._program, self.live))

    def on_screen_resume(self) -> None:
        """Prepare another run when the last one was dropped."""
        if self._began and self.is_current:
            self.post_message(OpenBriefing(self.live.at, replace=True))
