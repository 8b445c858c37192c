"""How do the settings look as text: what each is, where that is said, and what is wrong?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from pmrehearse.cleaning import clean, clean_line
from pmrehearse.cli.texts.layout import listing
from pmrehearse.settings.sources import Origin
from pmrehearse.settings.values import in_words, setting_of

if TYPE_CHECKING:
    from pmrehearse.cli.machine_values import KeysShown, SettingsChecked, SettingsShown


def shown(shown: SettingsShown) -> RenderableType:
    """The file, and every setting with where it comes from."""
    where = Text.assemble((clean_line(str(shown.path), 4096), "" if shown.exists else "dim"))
    where.no_wrap, where.overflow = True, "ignore"
    table = listing("setting", "is", "because")
    for one in shown.held:
        style = "dim" if one.origin is Origin.USUAL else ""
        value = Text(clean_line(in_words(one.value)) or one.setting.empty, style=style)
        table.add_row(Text(one.setting.name, style="bold"), value, Text(one.because, style="dim"))
    for action, pressed, place in shown.keys:
        origin = ", ".join(part for part in (Origin.FILE.value, place) if part)
        table.add_row(
            Text(setting_of(clean_line(action)), style="bold"), Text(clean_line(pressed)), Text(origin, "dim")
        )
    note = Text("" if shown.exists else "There is no settings file yet; `pmrehearse config set` makes one.", "dim")
    return Group(where, *([note] if note else []), Text(""), table)


def keys(shown: KeysShown) -> RenderableType:
    """What keys do on the screens."""
    table = listing("action", "keys", "does")
    for one in shown.keys:
        pressed = Text(clean_line(one.keys.replace(",", ", ")), style="bold" if one.is_changed else "")
        table.add_row(Text(one.action), pressed, Text(one.meaning, style="dim"))
    return table


def checked(shown: SettingsChecked) -> RenderableType:
    """What is wrong with the file."""
    name = clean_line(str(shown.path), 4096)
    if not shown.problems:
        said = "" if shown.exists else "  there is none yet: what is usual holds"
        line = Text.assemble(("✓ good   ", "green"), (name, "bold"), (said, "dim"))
        line.no_wrap, line.overflow = True, "ignore"
        return Group(line)
    lines = [Padding(Text(clean(problem)), (0, 0, 0, 9)) for problem in shown.problems]
    return Group(Text.assemble(("✗ wrong  ", "red"), (name, "bold")), *lines)
