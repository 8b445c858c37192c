"""What can be done from the command palette: every action of the screen, the themes, and leaving."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand

from pmrehearse.ui.themes import THEMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from textual.app import App
    from textual.screen import Screen


def keys_of(screen: Screen[Any]) -> tuple[tuple[str, str], ...]:
    """Key and meaning of everything that can be done on a screen, the visible ones first."""
    bindings = [
        active.binding
        for active in screen.active_bindings.values()
        if active.enabled
        and active.binding.description
        and (active.binding.show or active.node in (screen, screen.app))
    ]
    shown_first = sorted(bindings, key=lambda binding: not binding.show)
    by_meaning: dict[str, list[str]] = {}
    for binding in shown_first:
        by_meaning.setdefault(binding.description, []).append(screen.app.get_key_display(binding))
    return tuple((", ".join(dict.fromkeys(keys)), meaning) for meaning, keys in by_meaning.items())


def commands_of(app: App[Any], screen: Screen[Any]) -> Iterator[SystemCommand]:
    """Everything that can be done on a screen."""
    done = set()
    for active in screen.active_bindings.values():
        binding = active.binding
        if active.enabled and binding.description and not binding.system and binding.description not in done:
            done.add(binding.description)
            key = app.get_key_display(binding)
            run = partial(app.run_action, binding.action, active.node)
            yield SystemCommand(binding.description, f"on this screen: {key}", run)
    for theme in THEMES:
        yield SystemCommand(
            f"Theme: {theme.name}", "colours of the screens", partial(setattr, app, "theme", theme.name)
        )
