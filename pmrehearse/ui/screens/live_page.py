"""How does a screen follow a run that is live?

It asks for the view ten times a second; its widgets redraw only what has changed since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import reactive

from pmrehearse.session.events import SessionView
from pmrehearse.ui.background import REDRAW_S
from pmrehearse.ui.screens.base import Page

if TYPE_CHECKING:
    from pmrehearse.ui.live import LiveRun


class LivePage(Page):
    """A page that draws the view of a run."""

    view: reactive[SessionView | None] = reactive[SessionView | None](
        None, repaint=False, init=False, always_update=True
    )
    """The run as it stood when it was last looked at."""

    def __init__(self, live: LiveRun, remark: str = "") -> None:
        """Follow a run.

        Args:
            live: The run.
            remark: What stands at the right of the title.
        """
        super().__init__(live.scenario.title, remark)
        self.live = live
        self._has_gone_on = False

    def on_mount(self) -> None:
        """Look now, and go on looking."""
        self.look()
        self.set_interval(REDRAW_S, self.look)

    def look(self) -> None:
        """Take the view of this moment."""
        self.view = self.live.view()

    def watch_view(self, view: SessionView | None) -> None:
        """Draw, and go on to another screen when the stage says so and nothing lies over this one."""
        if view is None:
            return
        self.draw(view)
        if self.is_current and not self._has_gone_on:
            self._has_gone_on = self.follow(view)

    def draw(self, view: SessionView) -> None:
        """Hand the widgets what they show."""

    def follow(self, view: SessionView) -> bool:
        """Go where the stage leads; True when this screen is being left, so that it is left once."""
        del view
        return False
