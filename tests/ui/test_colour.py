"""Who wants no colour gets none, on the screens too."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest
from textual.app import App
from textual.content import Content
from textual.widgets.option_list import Option

from pmrehearse.ui.themes import ANSI_DARK, ANSI_LIGHT, THEMES
from pmrehearse.ui.widgets.menu import Menu
from tests.rigs.terminal import Terminal
from tests.ui.conftest import walking

if TYPE_CHECKING:
    from tests.ui.fakes import FakeProgram

_STYLES = re.compile(rb"\x1b\[([0-9;]*)m")
_COLOURS = {*range(30, 39), *range(40, 49), *range(90, 98), *range(100, 108)}
"""Parameters of the escape that choose a colour; 39 and 49 choose the terminal's own."""


def _colours(written: bytes) -> set[int]:
    numbers = [int(part) for style in _STYLES.findall(written) for part in style.split(b";") if part]
    return _COLOURS & set(numbers)


@pytest.mark.parametrize(("no_color", "is_plain"), [("1", True), ("", False)])
def test_no_color_is_kept_as_its_standard_says(no_color: str, is_plain: bool) -> None:  # noqa: FBT001  a parameter
    """Present and not empty: no escape chooses a colour; empty: as if it were not there."""
    terminal = Terminal(
        [sys.executable, "-m", "tests.ui.screens_process", "plain"],
        env={"NO_COLOR": no_color, "COLORTERM": "truecolor"},
    )
    try:
        terminal.until(b"7 elements")
        terminal.process.terminate()
        terminal.ended()
    finally:
        terminal.process.kill()
    assert (not _colours(terminal.written)) is is_plain


async def test_without_colour_the_theme_is_not_forgotten(program: FakeProgram, monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR decides for a run; what was chosen holds again without it."""
    program.remembered.kept["theme"] = "light"
    monkeypatch.setenv("NO_COLOR", "1")
    async with walking(program) as walk:
        await walk.until_shown("7 elements")
        await walk.press("ctrl+t")
    assert program.remembered.kept["theme"] == "light"


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES if theme.ansi])
async def test_the_chosen_row_stands_out_without_colours(theme: str) -> None:
    """In the themes that leave colours to the terminal the chosen row is in reverse, text and empty cells alike."""
    app: App[None] = App()
    async with app.run_test(size=(30, 5)) as pilot:
        for each in THEMES:
            app.register_theme(each)
        app.theme = theme
        menu = Menu(Option("one", id="a"), Option("two", id="b"))
        await app.mount(menu)
        menu.focus()
        menu.highlighted = 1
        await pilot.pause()
        assert all(segment.style and segment.style.reverse for segment in menu.render_line(1))
        assert not any(segment.style and segment.style.reverse for segment in menu.render_line(0))


async def test_a_list_wears_the_colours_of_the_theme_at_hand() -> None:
    """Between two themes of the terminal's own colours nothing but words in a line differs: it is drawn anew, too."""
    app: App[None] = App()
    async with app.run_test(size=(30, 5)) as pilot:
        for each in THEMES:
            app.register_theme(each)
        menu = Menu(Option("one", id="a"), Option(Content.styled("near", "$warning"), id="b"))
        await app.mount(menu)
        drawn = {}
        for theme in (ANSI_DARK, ANSI_LIGHT):
            app.theme = theme.name
            await pilot.pause()
            drawn[theme.name] = {str(segment.style) for segment in menu.render_line(1) if "near" in segment.text}
    assert drawn == {"ansi-dark": {"color(3) on default"}, "ansi-light": {"color(5) on default"}}
