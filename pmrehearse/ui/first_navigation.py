"""What is shown at the very first start, and how does one come to the demo?"""

from __future__ import annotations

from pmrehearse.audio.events import FileSource
from pmrehearse.ui import pages
from pmrehearse.ui.practice_navigation import PracticeNavigation
from pmrehearse.ui.requests import AtBriefing, AtHome, OpenBriefing


class FirstNavigation(PracticeNavigation):
    """The screens, with the one that comes first and the demo among them."""

    def on_mount(self) -> None:
        """Explain the program at its first start; Textual calls the base classes' handlers, too."""
        if isinstance(self._start, AtHome) and self.program.is_first_start:
            self.on_open_first_start()

    def on_open_first_start(self) -> None:
        """Show what is worth a look before the first rehearsal."""
        self._go(pages.FirstStartPage(self.program))

    def on_open_demo(self) -> None:
        """Brief the bundled answer."""
        demo = self.program.demo()
        source = FileSource(demo.audio)
        at = AtBriefing(demo.scenario_id, source, demo.checkpoint, tuple(demo.phases_at_s), is_demo=True)
        self.on_open_briefing(OpenBriefing(at))
