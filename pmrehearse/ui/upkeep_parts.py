"""How do the deeds that look after the library look, and what came of them?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets.option_list import Option

from pmrehearse.session.upkeep import Deed
from pmrehearse.ui.shown import Row, Stack, shown
from pmrehearse.ui.widgets.menu import gap
from pmrehearse.ui.wording import moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.content import Content

    from pmrehearse.session.upkeep import LastTended, Tended

TITLES = {Deed.VERIFY: "Verify", Deed.PACK: "Pack", Deed.BACKUP: "Back up", Deed.REBUILD: "Rebuild"}
"""The deeds, in the order of the screen."""
ABOUT = {
    Deed.VERIFY: "Looks at every take's files, and names what is wrong.",
    Deed.PACK: "Keeps the sound as FLAC: the same samples in half the room.",
    Deed.BACKUP: "Copies all takes to a new folder or .zip, and compares them.",
    Deed.REBUILD: "Makes the index again from the takes, which stay as they are.",
}
"""What each does, in a line."""
NEVER = "not done here yet"
_CELLS = 10
"""Cells of a title."""


def deed_options(last: Callable[[Deed], LastTended | None]) -> list[Option]:
    """Every deed: what it does, and what came of it the last time.

    Args:
        last: Gives when a deed was last done.
    """
    options: list[Option] = []
    for deed in TITLES:
        options += [*([gap()] if options else []), Option(Stack(_does(deed), _came(last(deed))), id=deed.value)]
    return options


def _does(deed: Deed) -> Row:
    return Row(shown(ABOUT[deed]), shown((TITLES[deed].ljust(_CELLS), "bold")))


def _came(last: LastTended | None) -> Row:
    if last is None:
        return Row(shown((NEVER, "$muted")), indent=_CELLS)
    mark = shown(("! ", "bold $warning")) if last.n_troubles else shown(("✓ ", "$success"))
    return Row(mark + shown((f"{moment(last.at)}  {last.sentence}", "$muted")), indent=_CELLS)


def troubles(tended: Tended) -> Stack:
    """What is wrong with some takes, one under another, with what to do."""
    parts: list[Content | Row] = []
    for one in tended.troubles:
        parts.append(Row(shown((one.take_id, "bold")), shown(("✗ ", "$error"))))
        parts += [Row(shown(one.message), indent=2)]
        parts += [Row(shown((one.hint, "$muted")), indent=2)] if one.hint else []
    return Stack(*parts)
