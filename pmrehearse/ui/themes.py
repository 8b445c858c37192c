"""Which colours do the screens wear?

Two restrained themes of our own, and two that use nothing but the terminal's own sixteen colours. Beside Textual's
names there are three: "muted" for words that matter less, "line" for what only divides, "rail" for a line whose length
or height says something (what is planned, what is aimed at).
"""

from __future__ import annotations

from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

DARK = Theme(
    name="dark",
    primary="#7fb2d9",
    secondary="#5f7f99",
    accent="#7fb2d9",
    success="#8fbf7f",
    warning="#e0b566",
    error="#e68b84",
    foreground="#d9dce1",
    background="#15181c",
    surface="#1b1f24",
    panel="#252a31",
    dark=True,
    variables={
        "muted": "#9ca3ad",
        "line": "#343a43",
        "rail": "#656d78",
        "block-cursor-background": "#293947",
        "block-cursor-foreground": "#eef1f5",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#22282f",
        "block-cursor-blurred-foreground": "#d9dce1",
        "block-hover-background": "#20252b",
        "footer-background": "#1b1f24",
        "footer-key-foreground": "#7fb2d9",
        "footer-description-foreground": "#9ca3ad",
        "border": "#7fb2d9",
        "border-blurred": "#343a43",
        "scrollbar": "#343a43",
        "scrollbar-background": "#15181c",
        "scrollbar-background-hover": "#15181c",
        "scrollbar-background-active": "#15181c",
        "scrollbar-corner-color": "#15181c",
    },
)
LIGHT = Theme(
    name="light",
    primary="#1f5f8f",
    secondary="#5f7f99",
    accent="#1f5f8f",
    success="#2f7030",
    warning="#835500",
    error="#a8322b",
    foreground="#24272b",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e8e5de",
    dark=False,
    variables={
        "muted": "#5c6169",
        "line": "#d3cfc6",
        "rail": "#8b877e",
        "block-cursor-background": "#d5e3ee",
        "block-cursor-foreground": "#14171a",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#ece9e2",
        "block-cursor-blurred-foreground": "#24272b",
        "block-hover-background": "#efece6",
        "footer-background": "#f3f1ec",
        "footer-key-foreground": "#1f5f8f",
        "footer-description-foreground": "#5c6169",
        "border": "#1f5f8f",
        "border-blurred": "#d3cfc6",
        "scrollbar": "#d3cfc6",
        "scrollbar-background": "#fbfaf7",
        "scrollbar-background-hover": "#fbfaf7",
        "scrollbar-background-active": "#fbfaf7",
        "scrollbar-corner-color": "#fbfaf7",
    },
)


def _ansi(name: str, **colours: str) -> Theme:
    """One of Textual's own, with colours of the sixteen that can be read in the usual palettes."""
    stock = replace(BUILTIN_THEMES[name], **colours)  # type: ignore[arg-type]  # the colours of a theme are texts
    ours = {
        "muted": "ansi_bright_black",
        "line": "ansi_bright_black",
        "rail": "ansi_bright_black",
        "footer-key-foreground": stock.primary,
        "block-cursor-background": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-text-style": "reverse",
        "block-cursor-blurred-text-style": "bold",
        "border": stock.primary,
        "border-blurred": "ansi_bright_black",
        "scrollbar": "ansi_bright_black",
        "scrollbar-background": "ansi_default",
        "scrollbar-background-hover": "ansi_default",
        "scrollbar-background-active": "ansi_default",
    }
    return replace(stock, variables={**stock.variables, **ours})


ANSI_DARK = _ansi("ansi-dark", primary="ansi_cyan", accent="ansi_cyan", error="ansi_bright_red")
"""Blue on black can hardly be read (contrast 2.3 in Windows Terminal, 2.2 in xterm), dark red not well (3.2)."""
ANSI_LIGHT = _ansi("ansi-light", accent="ansi_blue", warning="ansi_magenta")
"""Yellow on white cannot be read, and bright red, which Textual takes in its place, is what is missing here."""
THEMES: tuple[Theme, ...] = (DARK, LIGHT, ANSI_DARK, ANSI_LIGHT)
"""All themes, in the order in which one key goes through them."""
PLAINEST = ANSI_DARK
"""The one that needs no colour: what is chosen is shown in reverse."""


def next_theme(name: str) -> str:
    """The name of the theme that comes after this one; the first after the last or an unknown one."""
    names = [theme.name for theme in THEMES]
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]
