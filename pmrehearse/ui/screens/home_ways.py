"""Where does one go from Home that needs nothing chosen there?"""

from __future__ import annotations

from pmrehearse.ui.library_requests import OpenLibrary
from pmrehearse.ui.practice_requests import OpenPlan, OpenProgress
from pmrehearse.ui.requests import OpenDemo, OpenFirstStart, OpenHistory, OpenSettings
from pmrehearse.ui.screens.base import Page


class WaysFromHome(Page):
    """A page from which all others are asked for; the keys stand where the page is, in the order of its footer."""

    def action_plan(self) -> None:
        """To the plan."""
        self.post_message(OpenPlan())

    def action_progress(self) -> None:
        """To how everything went over the takes."""
        self.post_message(OpenProgress())

    def action_demo(self) -> None:
        """To the briefing of the demo."""
        self.post_message(OpenDemo())

    def action_history(self) -> None:
        """To all takes."""
        self.post_message(OpenHistory())

    def action_settings(self) -> None:
        """To the settings."""
        self.post_message(OpenSettings())

    def action_first_start(self) -> None:
        """To the microphone check and what else comes before the first rehearsal."""
        self.post_message(OpenFirstStart())

    def action_library(self) -> None:
        """To what can be done to the library as a whole."""
        self.post_message(OpenLibrary())
