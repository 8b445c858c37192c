"""Which of the bytes that a program wrote into a terminal are neither text nor the screens' own codes?"""

from __future__ import annotations

import re
import unicodedata

OWN = re.compile(
    r"\x1b\[[0-9;]*m"  # colours
    r"|\x1b\[[0-9;]*[HABCD]"  # the cursor
    r"|\x1b\[\?[0-9]+(?:[hl]|\$p)"  # modes
    r"|\x1b\[[<>=?][0-9;]*[uc]"  # keys of the Kitty protocol
    r"|\x1b\[[0-9]*[JK]"  # clearing
    r"|\x1b\[>[0-9]*q"  # the terminal's name
    r"|\x1b\]22;[a-z-]*\x07"  # the form of the pointer
    r"|\r\n"
)
"""The codes that Textual writes; a foreign text with one of these is told apart by its numbers (`EVIL`)."""
JOINERS = frozenset("\u00ad\u200c\u200d")
"""Characters without a form that belong to words and pictures."""
EVIL = (
    "[/nope][red]b[@click=app.quit]x[/]"  # markup
    "\x1b]52;c;RVZJTA==\x07\x1b]8;;http://evil\x1b\\"  # the clipboard, a link
    "\x1b[38;2;1;2;3m\x1b[66;6H\x1b[?1337h\x1b[5i\x1bP+q\x1b\\"  # colour, cursor, a mode, the printer, a device string
    "\x9b31m\x90\x9d0;t\x9c"  # the same as single characters
    "\u202e\u2066\u200f\u2028\ufeff\U000e0041\ud800"  # directions, lines, marks, tags, half a pair
    "\x00\x08\x0c\x0e\r\x7f "  # single controls
)
"""A text that would do something in a terminal, a widget or a file."""
SHOWN = "[/nope]"
"""What is seen of it where it was made harmless."""
ITS_CODES = ("\x1b[38;2;1;2;3m", "\x1b[66;6H", "\x1b[?1337h")
"""Those of its codes that look like the screens' own."""


def raw_controls(written: bytes) -> list[str]:
    """Every control, direction mark, surrogate or foreign code that reached the terminal, with what follows it."""
    text = written.decode("utf-8", "surrogateescape")
    found = [code for code in ITS_CODES if code in text]
    rest = OWN.sub("", text)
    return found + [rest[at : at + 12] for at, character in enumerate(rest) if _is_raw(character)]


def _is_raw(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and character not in JOINERS
