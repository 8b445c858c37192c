"""What is shown while a run is being prepared: a moment, in which no key may reach another screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Middle

from pmrehearse.ui.screens.base import BACK_KEY, Page
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Preparing(Page):
    """One line; the briefing takes its place."""

    BINDINGS: ClassVar[list[BindingType]] = [BACK_KEY]

    DEFAULT_CSS = """
    Preparing {
        Middle { width: 1fr; height: 1fr; }
        Plain { width: 100%; text-align: center; color: $muted; }
    }
    """

    def content(self) -> ComposeResult:
        """One line in the middle."""
        with Middle():
            yield Plain("Preparing …")
