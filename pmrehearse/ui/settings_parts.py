"""How do settings and keys look on the screen?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.settings.sources import Origin
from pmrehearse.settings.values import in_words
from pmrehearse.ui.shown import Row, Stack, shown
from pmrehearse.ui.widgets.menu import choice, gap, heading
from pmrehearse.ui.wording import count

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.content import Content
    from textual.widgets.option_list import Option

    from pmrehearse.settings.sources import Held
    from pmrehearse.ui.keymap import Action

KEYS = "keys"
"""The name of the row that leads to the keys."""
GROUPS = (
    ("Hearing you", ("microphone", "checkpoint", "language", "engine", "judge")),
    ("While you speak", ("count_in", "live", "lights", "bell")),
    ("Afterwards, and everywhere", ("guess", "theme", "keep_wav", "library", KEYS)),
)
"""The settings in the order of the screen."""
KEYS_ABOUT = "What each key does on the screens; any of them can be changed."
_CELLS = 17
"""Cells of a title."""


def rows(held: Sequence[Held], n_keys: int, *, airy: bool) -> list[Option]:
    """Every setting: its title, what it is, and where that comes from unless it is usual.

    Args:
        held: The settings as they hold.
        n_keys: How many keys are not the usual ones.
        airy: True for an empty line between the groups.
    """
    by_name = {one.setting.name: one for one in held}
    options: list[Option] = []
    for title, names in GROUPS:
        options += [gap()] if airy and options else []
        options += [heading(title), *(_row(by_name, name, n_keys) for name in names)]
    return options


def _row(by_name: Mapping[str, Held], name: str, n_keys: int) -> Option:
    if name == KEYS:
        said = f"{count(n_keys, 'key')} changed" if n_keys else "the usual ones"
        return choice(KEYS, shown((said, "" if n_keys else "$muted")), lead=_label("Keys"))
    one = by_name[name]
    is_usual = one.origin is Origin.USUAL
    tail = "" if is_usual else shown((one.because, "$muted"))
    return choice(name, shown((value_of(one), "$muted" if is_usual else "")), lead=_label(one.setting.title), tail=tail)


def _label(title: str) -> Content:
    return shown(title.ljust(_CELLS))


def value_of(one: Held) -> str:
    """What a setting is, in words."""
    return in_words(one.value) or one.setting.empty


def about(one: Held) -> Stack:
    """What a setting does, what it may be, and what is usual."""
    allowed = " · ".join(one.setting.choices) if one.setting.choices else ""
    usual = in_words(one.setting.usual) or one.setting.empty
    facts = [f"usual: {usual}", *([allowed] if allowed else []), one.setting.variable]
    lines = [shown(one.setting.about), shown(("   ".join(facts), "$muted"))]
    if one.origin in (Origin.VARIABLE, Origin.OPTION):
        lines.append(shown(("! ", "bold $warning"), f"{one.place} says so, and goes before the file."))
    return Stack(*lines)


def key_rows(actions: Mapping[str, Action], changed: Mapping[str, str], shown_as: Callable[[str], str]) -> list[Option]:
    """Every action with its keys, under what it belongs to.

    Args:
        actions: By name.
        changed: Keys that are not the usual ones.
        shown_as: The keys of an action as people call them.
    """
    options: list[Option] = []
    before = ""
    for name, action in sorted(actions.items(), key=lambda item: item[0].partition(".")[0]):
        scope = name.partition(".")[0]
        if scope != before:
            options += [*([gap()] if options else []), heading(scope.replace("_", " ").capitalize())]
        before = scope
        keys = shown((shown_as(name).ljust(_CELLS), "bold $primary" if name in changed else "$primary"))
        options.append(choice(name, action.meaning, lead=keys, tail=shown((name, "$muted"))))
    return options


def key_about(action: Action, usual: str, *, is_changed: bool) -> Row:
    """By which name an action is changed, and what is usual."""
    said = f"usual: {usual}" if is_changed else "this is the usual key"
    return Row(shown(f"{action.meaning}   ", (f"{action.name}   {said}", "$muted")))
