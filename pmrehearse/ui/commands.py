"""What can be done from the command palette: every action of the screen, the themes, and leaving."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand

from pmrehearse.ui.keymap import in_order
from pmrehearse.ui.themes import THEMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from textual.app import App
    from textual.binding import ActiveBinding
    from textual.screen import Screen


def _bindings(screen: Screen[Any]) -> list[ActiveBinding]:
    """What can be done on a screen: its own keys and the app's, and the visible ones of the widget in focus."""
    ours = (screen, screen.app)
    return [
        active
        for active in in_order(screen.active_bindings)
        if active.enabled and active.binding.description and (active.binding.show or active.node in ours)
    ]


def keys_of(screen: Screen[Any]) -> tuple[tuple[str, str], ...]:
    """Key and meaning of everything that can be done on a screen, the visible ones first."""
    shown_first = sorted((active.binding for active in _bindings(screen)), key=lambda binding: not binding.show)
    by_meaning: dict[str, list[str]] = {}
    for binding in shown_first:
        by_meaning.setdefault(binding.description, []).append(screen.app.get_key_display(binding))
    return tuple((", ".join(dict.fromkeys(keys)), meaning) for meaning, keys in by_meaning.items())


def commands_of(app: App[Any], screen: Screen[Any]) -> Iterator[SystemCommand]:
    """Everything that can be done on a screen."""
    by_meaning: dict[str, ActiveBinding] = {}
    for active in _bindings(screen):
        by_meaning.setdefault(active.binding.description, active)
    for meaning, active in by_meaning.items():
        run = partial(app.run_action, active.binding.action, active.node)
        yield SystemCommand(meaning, f"on this screen: {app.get_key_display(active.binding)}", run)
    for theme in THEMES:
        yield SystemCommand(
            f"Theme: {theme.name}", "colours of the screens", partial(setattr, app, "theme", theme.name)
        )
