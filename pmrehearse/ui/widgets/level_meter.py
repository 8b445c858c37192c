"""How loud the sound comes in, as a bar with its number and a word."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from pmrehearse.ui.shown import shown

FLOOR_DBFS = -60.0
"""The left end of the bar; speech into a microphone that is set well peaks at -20 to -6 dB of full scale."""
LOUD_DBFS = -3.0
"""From here on the bar warns: the next loud word may clip."""
SPEECH_DBFS = -45.0
"""A louder block is taken for speech near the microphone; a quiet room stays under -50 dB of full scale. Advice only:
what is too quiet to be transcribed is the recorder's to tell."""
HEARD_WITHIN = 50
"""For so many looks (5 s) a level counts: between two sentences the advice must not change."""


class LevelMeter(Widget):
    """One line: a bar from -60 to 0 dB of full scale, the level as a number."""

    DEFAULT_CSS = """
    LevelMeter { height: 1; width: 1fr; }
    """

    level_dbfs: reactive[int] = reactive(-120)
    """The level, whole decibels: it redraws only when one of them changes."""
    peak_dbfs: reactive[int] = reactive(-120)
    """The peak, whole decibels."""

    def show(self, level_dbfs: float, peak_dbfs: float) -> None:
        """Show a level, both in [-120, 0]."""
        self.level_dbfs = round(level_dbfs)
        self.peak_dbfs = round(peak_dbfs)

    def render(self) -> Content:
        """The bar and its number."""
        number = f"{self.level_dbfs:4d} dB" if self.level_dbfs > FLOOR_DBFS else " silent"
        cells = max(4, self.size.width - len(number) - 1)
        style = "$warning" if self.peak_dbfs >= LOUD_DBFS else "$success"
        bar = _bar(self.level_dbfs, cells)
        rest = "─" * (cells - len(bar))
        return shown((bar, style), (rest, "$rail"), " ", (number, "$muted"))


def _bar(level_dbfs: float, cells: int) -> str:
    return "━" * round(min(1.0, max(0.0, 1 - level_dbfs / FLOOR_DBFS)) * cells)
