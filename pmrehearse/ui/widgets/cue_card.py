"""The interviewer's card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.ui.shown import shown
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from pmrehearse.scenario.model import Cue


class CueCard(Plain):
    """What the interviewer says; its room stays free when nothing is said, so that nothing jumps."""

    DEFAULT_CSS = """
    CueCard {
        height: 4;
        padding: 0 1;
        border: round $primary;
        border-title-color: $primary;
        visibility: hidden;
        &.-there { visibility: visible; }
    }
    """

    def on_mount(self) -> None:
        """Say whose card it is."""
        self.border_title = "Interviewer"

    def show_cue(self, cue: Cue | None) -> None:
        """Put the card up, or take it away."""
        if self.has_class("-there") != (cue is not None):
            self.set_class(cue is not None, "-there")
        self.show(shown((cue.say, "bold")) if cue else shown(""))
