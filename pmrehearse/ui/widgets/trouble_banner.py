"""What is wrong with the sound just now, where it cannot be missed; not there when all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from pmrehearse.ui.shown import shown
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from pmrehearse.audio.events import TroubleBegan


class TroubleBanner(Plain):
    """One line or two for each trouble."""

    DEFAULT_CSS = """
    TroubleBanner {
        display: none;
        padding: 0 1;
        border-left: outer $warning;
        background: $surface;
        &.-there { display: block; }
    }
    """

    def show_troubles(self, troubles: tuple[TroubleBegan, ...]) -> None:
        """Show these; nothing when there are none."""
        self.set_class(bool(troubles), "-there")
        self.show(Content("\n").join(_line(trouble) for trouble in troubles))


def _line(trouble: TroubleBegan) -> Content:
    hint = f" {trouble.hint}" if trouble.hint else ""
    return shown(("! ", "bold $warning"), trouble.message, (hint, "$muted"))
