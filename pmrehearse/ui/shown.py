"""How does a text become something a widget may draw?

Every text that the screens show goes through `shown`: control characters are replaced and markup is never read.
`Row` and `Stack` lay such texts out at any width without cutting a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.strip import Strip
from textual.visual import Visual

from pmrehearse.cleaning import clean

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.style import Style
    from textual.visual import RenderOptions

Styled = str | tuple[str, str]
"""A text, or a text with a style of the theme ("$muted", "bold $primary")."""


def shown(*parts: Styled | Content) -> Content:
    """The parts, one after another, cleaned, as content that is never read as markup."""
    return Content.assemble(*(_part(part) for part in parts))


def _part(part: Styled | Content) -> Content:
    if isinstance(part, Content):
        return part
    text, style = (part, "") if isinstance(part, str) else part
    return Content.styled(clean(text), style) if style else Content(clean(text))


_MOST_DROPPED = 12
"""So many cells of a word are let go rather than cut it; of a longer one, or a text without blanks, a part stays."""


def n_kept(text: str, cells: int) -> int:
    """How many characters of a text stand before the ellipsis in so many cells; all where it fits.

    A word is left out rather than cut, unless it is long.
    """
    if cell_len(text) <= cells:
        return len(text)
    kept = set_cell_size(text, max(0, cells - 1)).rstrip()
    kept = kept if text.startswith(kept) else kept[:-1]
    words = kept if text[len(kept) : len(kept) + 1].isspace() else kept.rpartition(" ")[0]
    whole = words.rstrip(" ,;:·–—-(")
    return len(whole) if whole and cell_len(kept) - cell_len(whole) <= _MOST_DROPPED else len(kept)


def shortened(text: str, cells: int) -> str:
    """The text in at most so many cells, with an ellipsis where something was left out."""
    n = n_kept(text, cells)
    return text if n == len(text) else text[:n] + "…" * (cells > 0)


class Row(Visual):
    """A text that wraps under itself, between a fixed lead and a tail at the right of its first line."""

    def __init__(
        self, body: Content, lead: Content | str = "", tail: Content | str = "", *, indent: int = 0, cut: bool = False
    ) -> None:
        """Lay out nothing yet.

        Args:
            body: The text that wraps.
            lead: What stands before its first line.
            tail: What stands at the right edge of its first line.
            indent: Cells before the body, at least; the lead's own width when that is more.
            cut: True for one line that ends in an ellipsis where it has no room, instead of wrapping.
        """
        self._body = body
        self._cut = cut
        self._lead = lead if isinstance(lead, Content) else shown(lead)
        self._tail = tail if isinstance(tail, Content) else shown(tail)
        self._indent = max(indent, self._lead.cell_length)

    @property
    def parts(self) -> tuple[Visual | int, ...]:
        """All that its look depends on."""
        return self._lead, self._body, self._tail, self._indent, self._cut

    @property
    def plain(self) -> str:
        """The text without styles, for copying and for tests."""
        return " ".join(part.plain.strip() for part in (self._lead, self._body, self._tail) if part.plain.strip())

    def __str__(self) -> str:
        return self.plain

    def _room(self, width: int) -> int:
        beside = self._indent + (self._tail.cell_length + 2 if self._tail else 0)
        return max(1, width - beside)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Wide enough not to wrap."""
        del container_width
        beside = self._indent + (self._tail.cell_length + 2 if self._tail else 0)
        return beside + self._body.get_optimal_width(rules, 0)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Lines at this width."""
        return 1 if self._cut else max(1, self._body.get_height(rules, self._room(width)))

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """The lines at this width."""
        room = self._room(width)
        blank = style.rich_style
        body = _cut(self._body, room) if self._cut else self._body
        lines = body.render_strips(room, height, style, options) or [Strip.blank(room, blank)]
        lead = _strip(self._lead, style, options).extend_cell_length(self._indent, blank)
        gap = Strip.blank(self._indent, blank)
        rows = [
            Strip.join([lead if number == 0 else gap, line.extend_cell_length(room, blank)])
            for number, line in enumerate(lines)
        ]
        if self._tail:
            rows[0] = Strip.join([rows[0], Strip.blank(2, blank), _strip(self._tail, style, options)])
        return [row.extend_cell_length(width, blank) for row in rows]


LABEL_CELLS = 13
"""Cells of a label and the gap after it."""


def labelled(label: str, text: Styled | Content, style: str = "", *, cells: int = LABEL_CELLS) -> Row:
    """A text beside its label.

    Args:
        label: The label, shorter than `cells`.
        text: What wraps beside it.
        style: A style of the theme, for a text without one.
        cells: Cells of the label and the gap after it.
    """
    body = shown((text, style)) if isinstance(text, str) else shown(text)
    return Row(body, shown((label.ljust(cells), "$muted")))


class Stack(Visual):
    """Contents and rows, one under another; the empty content is an empty line."""

    def __init__(self, *parts: Content | Row) -> None:
        self._parts = parts

    @property
    def parts(self) -> tuple[Content | Row, ...]:
        """What it is made of."""
        return self._parts

    @property
    def plain(self) -> str:
        """The text without styles."""
        return "\n".join(part.plain for part in self._parts)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """As wide as the widest part."""
        return max((part.get_optimal_width(rules, container_width) for part in self._parts), default=1)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """The lines of all parts."""
        return sum(max(1, part.get_height(rules, width)) for part in self._parts)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """The lines of all parts, at most `height`."""
        blank = [Strip.blank(width, style.rich_style)]
        lines = [
            line.extend_cell_length(width, style.rich_style)
            for part in self._parts
            for line in (part.render_strips(width, None, style, options) or blank)
        ]
        return lines if height is None else lines[:height]


def is_same(new: Visual, old: Visual) -> bool:
    """True when both would be drawn alike: what is drawn again ten times a second need not be."""
    if isinstance(new, Content) and isinstance(old, Content):
        return new.is_same(old)
    if isinstance(new, (Row, Stack)) and type(new) is type(old):
        mine, others = new.parts, old.parts
        return len(mine) == len(others) and all(map(_is_same_part, mine, others))
    return False


def _is_same_part(new: Visual | int, old: Visual | int) -> bool:
    return is_same(new, old) if isinstance(new, Visual) and isinstance(old, Visual) else new == old


def _cut(content: Content, cells: int) -> Content:
    n = n_kept(content.plain, cells)
    return content if n == len(content.plain) else content[:n] + Content("…")


def _strip(content: Content, style: Style, options: RenderOptions) -> Strip:
    lines = content.render_strips(max(1, content.cell_length), 1, style, options) if content else []
    return lines[0] if lines else Strip([])
