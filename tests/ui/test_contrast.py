"""Can every word be read on what it stands on, in every theme?

The contrast is that of WCAG 2 (a ratio of relative luminances, 1 to 21); 4.5 is what it asks of text (success criterion
1.4.3), 3 of large text. Themes that leave colours to the terminal are looked at in palettes that terminals come with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from rich.terminal_theme import TerminalTheme

from pmrehearse.ui.screens.dialog import Dialog
from pmrehearse.ui.screens.home import Home
from pmrehearse.ui.themes import DARK, LIGHT, THEMES
from tests.ui.conftest import Walk, walking
from tests.ui.hostile_tour import dialogs_of, pages_of, poisoned_program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.color import Color
    from rich.style import Style
    from textual.screen import Screen
    from textual.theme import Theme

Rgb = tuple[int, int, int]

OF_TEXT = 4.5
"""What is asked of the themes whose colours are ours."""
OF_GRAPHICS = 3.0
OF_PALETTES = 3.0
"""What is asked where the colours are the terminal's: grey on black has 4.3 in Windows Terminal."""


def _palette(background: str, foreground: str, sixteen: str) -> TerminalTheme:
    colours = [_rgb(each) for each in sixteen.split()]
    return TerminalTheme(_rgb(background), _rgb(foreground), colours[:8], colours[8:])


def _rgb(text: str) -> Rgb:
    red, green, blue = bytes.fromhex(text)
    return red, green, blue


WINDOWS_TERMINAL = _palette(
    "0c0c0c",
    "cccccc",
    "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc 767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2",
)
XTERM = _palette(
    "000000",
    "e5e5e5",
    "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
)
VS_CODE_LIGHT = _palette(
    "ffffff",
    "333333",
    "000000 cd3131 107c10 949800 0451a5 bc05bc 0598bc 555555 666666 cd3131 14ce14 b5ba00 0451a5 bc05bc 0598bc a5a5a5",
)
TANGO_LIGHT = _palette(
    "ffffff",
    "171421",
    "2e3436 cc0000 4e9a06 c4a000 3465a4 75507b 06989a d3d7cf 555753 ef2929 8ae234 fce94f 729fcf ad7fa8 34e2e2 eeeeec",
)
PALETTES = {"ansi-dark": (WINDOWS_TERMINAL, XTERM), "ansi-light": (VS_CODE_LIGHT, TANGO_LIGHT)}


def _luminance(colour: Rgb) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast of two colours as WCAG 2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _in(palette: TerminalTheme, style: Style) -> tuple[Rgb, Rgb]:
    """The colours of a text and of what it stands on."""

    def seen(colour: Color | None, *, is_text: bool) -> Rgb:
        usual = palette.foreground_color if is_text else palette.background_color
        return tuple(colour.get_truecolor(palette, foreground=is_text)) if colour is not None else usual  # type: ignore[return-value]  # three numbers

    text, below = seen(style.color, is_text=True), seen(style.bgcolor, is_text=False)
    return (below, text) if style.reverse else (text, below)


def _faint(screen: Screen[Any], palette: TerminalTheme, least: float) -> Iterator[str]:
    """The words on a screen that can hardly be read; what lies below a box is not for reading."""
    box = screen.children[0].region if isinstance(screen, Dialog) else screen.region
    for strip in screen._compositor.render_strips()[box.y : box.bottom]:
        for segment in strip.crop(box.x, box.right):
            if segment.style is None or not any(character.isalnum() for character in segment.text):
                continue
            ratio = contrast(*_in(palette, segment.style))
            if ratio < least:
                yield f"{type(screen).__name__}: '{segment.text.strip()}' has {ratio:.2f} ({segment.style})"


async def _look(walk: Walk, screen: Screen[Any], palettes: tuple[TerminalTheme, ...], least: float) -> list[str]:
    await walk.app.push_screen(screen)
    await walk.until_on(type(screen))
    await walk.until(lambda: bool(screen.size), "for the layout")
    await walk.pilot.pause()
    found = [each for palette in palettes for each in _faint(screen, palette, least)]
    await walk.app.pop_screen()
    return found


def test_contrast_is_that_of_the_standard() -> None:
    """Black on white has 21, a colour on itself 1, #767676 on white just over 4.5, whichever is the text."""
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((9, 9, 9), (9, 9, 9)) == 1
    assert contrast((255, 255, 255), (0x76, 0x76, 0x76)) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_lines_that_say_something_can_be_seen(theme: Theme) -> None:
    """What is planned and what is aimed at has the contrast that is asked of graphics (3; success criterion 1.4.11)."""
    assert theme.background is not None
    assert contrast(_rgb(theme.variables["rail"][1:]), _rgb(theme.background[1:])) >= OF_GRAPHICS


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_every_word_can_be_read(theme: str) -> None:
    """On every page and in every box, chosen lines included."""
    program = poisoned_program()
    program.remembered.kept["theme"] = theme
    palettes, least = (PALETTES[theme], OF_PALETTES) if theme in PALETTES else ((XTERM,), OF_TEXT)
    async with walking(program) as walk:
        await walk.until_on(Home)
        walk.app.notify("told", title="Settings", severity="warning")
        found = [
            each
            for one in (*pages_of(walk.app), *dialogs_of(walk.app))
            for each in await _look(walk, one, palettes, least)
        ]
    assert found == []
