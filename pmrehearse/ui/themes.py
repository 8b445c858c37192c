"""Which colours do the screens wear?

Two restrained themes of our own, and two that use nothing but the terminal's own sixteen colours.
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
    error="#e07f78",
    foreground="#d9dce1",
    background="#15181c",
    surface="#1b1f24",
    panel="#252a31",
    dark=True,
    variables={
        "muted": "#8d949e",
        "line": "#343a43",
        "block-cursor-background": "#2c3b49",
        "block-cursor-foreground": "#eef1f5",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#22282f",
        "block-cursor-blurred-foreground": "#d9dce1",
        "block-hover-background": "#20252b",
        "footer-background": "#1b1f24",
        "footer-key-foreground": "#7fb2d9",
        "footer-description-foreground": "#8d949e",
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
    warning="#8a5a00",
    error="#a8322b",
    foreground="#24272b",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e8e5de",
    dark=False,
    variables={
        "muted": "#666b73",
        "line": "#d3cfc6",
        "block-cursor-background": "#d5e3ee",
        "block-cursor-foreground": "#14171a",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#ece9e2",
        "block-cursor-blurred-foreground": "#24272b",
        "block-hover-background": "#efece6",
        "footer-background": "#f3f1ec",
        "footer-key-foreground": "#1f5f8f",
        "footer-description-foreground": "#666b73",
        "border": "#1f5f8f",
        "border-blurred": "#d3cfc6",
        "scrollbar": "#d3cfc6",
        "scrollbar-background": "#fbfaf7",
        "scrollbar-background-hover": "#fbfaf7",
        "scrollbar-background-active": "#fbfaf7",
        "scrollbar-corner-color": "#fbfaf7",
    },
)


def _ansi(name: str) -> Theme:
    stock = BUILTIN_THEMES[name]
    ours = {
        "muted": "ansi_bright_black",
        "line": "ansi_bright_black",
        "footer-key-foreground": "ansi_blue",
        "block-cursor-background": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-text-style": "reverse",
        "block-cursor-blurred-text-style": "bold",
        "border": "ansi_blue",
        "border-blurred": "ansi_bright_black",
        "scrollbar": "ansi_bright_black",
        "scrollbar-background": "ansi_default",
        "scrollbar-background-hover": "ansi_default",
        "scrollbar-background-active": "ansi_default",
    }
    return replace(stock, variables={**stock.variables, **ours})


THEMES: tuple[Theme, ...] = (DARK, LIGHT, _ansi("ansi-dark"), _ansi("ansi-light"))
"""All themes, in the order in which one key goes through them."""
PLAINEST = THEMES[2]
"""The one that needs no colour: what is chosen is shown in reverse."""


def next_theme(name: str) -> str:
    """The name of the theme that comes after this one; the first after the last or an unknown one."""
    names = [theme.name for theme in THEMES]
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]
