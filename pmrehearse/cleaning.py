"""Which characters of a text from outside may reach a screen, a file name, a log or an export?

Textual and Rich pass terminal escapes through (measured: 16 of 16 widgets), so every text that was not written by us
goes through `clean` where it enters: scenario files, transcripts, device names, messages of other libraries, paths.
"""

from __future__ import annotations

import re

REPLACEMENT = "�"
"""What stands for a character that was taken out."""

LIMIT = 1_000_000
"""Longest text that passes, in characters: ten times a 90-minute transcript."""

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    "\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c"  # direction marks and overrides
    "\u2028\u2029\ufeff\ufff9-\ufffb"  # line and paragraph separators, BOM, annotation
    "\ud800-\udfff"  # lone surrogates
    "\U000e0000-\U000e007f]"  # tags
)


def clean(text: str, limit: int = LIMIT) -> str:
    """The text with every control, direction and invisible tag character replaced by U+FFFD, cut to `limit`.

    Args:
        text: Any text; newlines and tabs stay, CR LF and CR become LF.
        limit: Longest result in characters, > 0; a longer text ends in "…".
    """
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    return _UNSAFE.sub(REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_line(text: str, limit: int = 500) -> str:
    """`clean`, on one line: all white space becomes single spaces."""
    return clean(" ".join(text.split()), limit)
