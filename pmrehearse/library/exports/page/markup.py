"""How does text from outside stand in a page without being markup?"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from pmrehearse.cleaning import clean_line
from pmrehearse.library.exports.times import minutes

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 20_000
"""Longest text from outside in one place, in characters."""


def inert(text: str) -> str:
    """A text from outside on one line, in which nothing is markup, neither between tags nor inside quotes."""
    return html.escape(clean_line(text, LONGEST))


def element(name: str, inside: str | Iterable[str], **attributes: str) -> str:
    """An element around what is markup already.

    Args:
        name: The element's name.
        inside: Markup.
        attributes: Values, escaped here; `kind` is the class, and "_" in a name stands for "-".
    """
    told = "".join(
        f' {"class" if key == "kind" else key.replace("_", "-")}="{inert(value)}"' for key, value in attributes.items()
    )
    return f"<{name}{told}>{inside if isinstance(inside, str) else ''.join(inside)}</{name}>"


def moment(at_s: float | None) -> str:
    """A button that plays from a moment on; nothing where there is none."""
    if at_s is None:
        return ""
    said = minutes(at_s)
    return element(
        "button", f"▶ {said}", type="button", kind="at", data_at=f"{at_s:.2f}", aria_label=f"Play from {said}"
    )
