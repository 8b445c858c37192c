"""A time in digits that are read from across the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Digits

from pmrehearse.ui.shown import shown

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

_FONT = {
    "0": ("███", "█ █", "█ █", "█ █", "███"),
    "1": (" █ ", "██ ", " █ ", " █ ", "███"),
    "2": ("███", "  █", "███", "█  ", "███"),
    "3": ("███", "  █", " ██", "  █", "███"),
    "4": ("█ █", "█ █", "███", "  █", "  █"),
    "5": ("███", "█  ", "███", "  █", "███"),
    "6": ("███", "█  ", "███", "█ █", "███"),
    "7": ("███", "  █", "  █", "  █", "  █"),
    "8": ("███", "█ █", "███", "█ █", "███"),
    "9": ("███", "█ █", "███", "  █", "███"),
    ":": (" ", "█", " ", "█", " "),
    "-": ("   ", "   ", "███", "   ", "   "),
}
"""Three by five points; each is two cells wide, which makes it square."""
N_LINES = 5


def big(text: str) -> str:
    """A time in digits five lines high; what the font lacks is left out."""
    glyphs = [_FONT[character] for character in text if character in _FONT]
    return "\n".join("  ".join(_widened(glyph[line]) for glyph in glyphs) for line in range(N_LINES))


def _widened(points: str) -> str:
    return "".join(point * 2 for point in points)


class Tall(Widget):
    """The digits of five lines."""

    DEFAULT_CSS = """
    Tall { height: 5; width: 100%; text-wrap: nowrap; }
    """

    value: reactive[str] = reactive("")
    """What is shown."""

    def render(self) -> Content:
        """Five lines in the middle; lines are not centred one by one, as the font's blanks count."""
        lines = big(self.value).split("\n")
        left = " " * max(0, (self.size.width - len(lines[0])) // 2)
        return shown("\n".join(left + line for line in lines))


class BigClock(Vertical):
    """Five lines high where there is room, three where there is not."""

    DEFAULT_CSS = """
    BigClock {
        height: auto;
        width: 100%;
        Digits { width: 100%; text-align: center; }
        Tall { display: none; }
    }
    """

    def __init__(self, value: str, *, id: str | None = None) -> None:  # noqa: A002  Textual's name
        """Show a time.

        Args:
            value: Digits and colons.
            id: The widget's id.
        """
        super().__init__(id=id)
        self._value = value

    @property
    def value(self) -> str:
        """What is shown."""
        return self._value

    def compose(self) -> ComposeResult:
        """Both sizes; one of them shows."""
        tall = Tall()
        tall.value = self._value
        yield Digits(self._value)
        yield tall

    def show(self, value: str) -> None:
        """Show another time; nothing is drawn when it is the same."""
        if value != self._value:
            self._value = value
            self.query_one(Digits).update(value)
            self.query_one(Tall).value = value
