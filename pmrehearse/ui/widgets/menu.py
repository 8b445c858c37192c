"""A list to choose from, with arrows and with vim's keys."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.strip import Strip
from textual.style import Style
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from pmrehearse.ui.keymap import Keyed
from pmrehearse.ui.shown import Row, shown
from pmrehearse.ui.widgets.drawn_lines import in_one_colour

NOTHING_HERE = "There is nothing to choose here."
"""What Enter says in an empty list."""


class Menu(Keyed, OptionList):
    """An option list that reads no markup and knows j, k, g and G."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
        Binding("g", "first", "First", show=False),
        Binding("G", "last", "Last", show=False),
    ]

    DEFAULT_CSS = """
    Menu {
        border: none;
        padding: 0;
        background: transparent;
        scrollbar-size-vertical: 1;
        &:focus { border: none; background-tint: transparent; }
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-disabled { color: $foreground; }
    }
    """

    def __init__(self, *options: Option, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  Textual's name
        """List these options.

        Args:
            options: What can be chosen, headings included.
            id: The widget's id.
            classes: Its classes, separated by spaces.
        """
        super().__init__(*options, id=id, classes=classes, markup=False)

    def on_mount(self) -> None:
        """Draw anew in other colours: Textual keeps what it has drawn where nothing but the colours of words is new."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._clear_caches())

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> Style:
        """The style of a part; where the theme says so in reverse, which Textual's own leaves out."""
        style = super().get_visual_style(*component_classes, partial=partial)
        reverse = any(self.get_component_styles(name).text_style.reverse for name in component_classes)
        return replace(style, reverse=True) if reverse else style

    def render_line(self, y: int) -> Strip:
        """One line; of one colour where it is in reverse."""
        return in_one_colour(super().render_line(y))

    def fill(self, options: list[Option], begin_with: str | None = None) -> None:
        """List other options; the highlight stays on the same id, else goes to the first that can be chosen.

        Args:
            options: What can be chosen, headings included.
            begin_with: The id that is highlighted while none was.
        """
        kept = self.highlighted_option.id if self.highlighted_option else begin_with
        self.clear_options()
        self.add_options(options)
        ids = [option.id for option in options]
        if kept is not None and kept in ids:
            self.highlighted = ids.index(kept)
            self.call_after_refresh(self.scroll_to_highlight)  # the new lines have their height only then
        else:
            self.action_first()

    def why_not(self, action: str) -> str:
        """Nothing can be chosen where nothing is listed."""
        return "" if action != "select" or self.chosen_id else NOTHING_HERE

    def watch_highlighted(self, highlighted: int | None) -> None:
        """What keys can do depends on what is highlighted."""
        super().watch_highlighted(highlighted)
        self.refresh_bindings()

    @property
    def chosen_id(self) -> str:
        """The id of the highlighted option, "" when there is none."""
        option = self.highlighted_option
        return (option.id or "") if option else ""


def heading(text: str) -> Option:
    """A line that divides a list and cannot be chosen."""
    return Option(shown((text, "$muted")), disabled=True)


def gap() -> Option:
    """An empty line that cannot be chosen."""
    return Option(Content(" "), disabled=True)


def choice(
    name: str,
    text: str | Content,
    *,
    lead: str | Content = "",
    tail: str | Content = "",
    indent: int = 0,
    cut: bool = False,
) -> Option:
    """A line that can be chosen; its text wraps between its lead and its tail, or is cut there."""
    body = text if isinstance(text, Content) else shown(text)
    return Option(Row(body, lead, tail, indent=indent, cut=cut), id=name)
