"""The last line of every screen: the keys that matter here.

One widget in place of Textual's footer, which makes a widget for each key anew whenever the focus moves: it draws only
what has changed, and on a narrow terminal it leaves keys out rather than cutting one in two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.reactive import reactive
from textual.widget import Widget

from pmrehearse.ui.keymap import in_order
from pmrehearse.ui.shown import shown

if TYPE_CHECKING:
    from textual.content import Content
    from textual.events import Click
    from textual.screen import Screen


WAY_OUT = "escape"
"""The key that leads back, on every screen that has a way back."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One key.

    Attributes:
        key: What is pressed, as Textual calls it.
        shown_as: What is pressed, as people call it.
        meaning: What it does.
    """

    key: str
    shown_as: str
    meaning: str

    @property
    def cells(self) -> int:
        """Its width, with a blank at either side and one between."""
        return len(self.shown_as) + len(self.meaning) + 3


def fitting(hints: tuple[Hint, ...], cells: int) -> tuple[Hint, ...]:
    """As many hints as fit; the last one (help, which knows the rest) and the way out stay longest.

    Args:
        hints: In the order of importance, but the last.
        cells: The width of the line.
    """
    kept = list(hints)
    while len(kept) > 1 and sum(hint.cells for hint in kept) > cells:
        del kept[max((at for at, hint in enumerate(kept[:-1]) if hint.key != WAY_OUT), default=-2)]
    return tuple(kept)


class Keys(Widget):
    """The hints; a click presses the key."""

    DEFAULT_CSS = """
    Keys { dock: bottom; height: 1; background: $footer-background; text-wrap: nowrap; }
    """

    hints: reactive[tuple[Hint, ...]] = reactive(())
    """The keys that are shown."""

    def on_mount(self) -> None:
        """Follow the keys that hold."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        if screen is self.screen and self.app.app_focus:
            self.hints = tuple(_hints(screen))

    def render(self) -> Content:
        """One line."""
        line = shown("")
        for hint in fitting(self.hints, self.size.width):
            parts = ((f" {hint.shown_as} ", "bold $footer-key-foreground"), (f"{hint.meaning} ", "$muted"))
            line = line + shown(*parts)
        return line

    def on_click(self, event: Click) -> None:
        """Press the key under the mouse."""
        at = event.x
        for hint in fitting(self.hints, self.size.width):
            if at < hint.cells:
                self.app.simulate_key(hint.key)
                return
            at -= hint.cells


def _hints(screen: Screen[object]) -> list[Hint]:
    by_action = {}
    for active in in_order(screen.active_bindings):
        binding = active.binding
        if binding.show and active.enabled and binding.action not in by_action:
            by_action[binding.action] = Hint(binding.key, screen.app.get_key_display(binding), binding.description)
    return list(by_action.values())
