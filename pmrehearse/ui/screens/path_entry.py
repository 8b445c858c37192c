"""Where does something go? A path is typed."""

from __future__ import annotations

from pmrehearse.ui.screens.line_entry import LineEntry
from pmrehearse.ui.widgets.path_field import PathField


class PathEntry(LineEntry):
    """Gives back the path as it was typed; None when it was left."""

    DEFAULT_CSS = """
    PathEntry > Vertical { width: 76; }
    PathEntry PathField { margin-top: 1; }
    """

    KEYS = "enter takes it · tab completes · esc leaves"

    def field(self, value: str) -> PathField:
        """A line that completes paths."""
        return PathField(value)
