"""As what can a take, or a table of takes, be written for others?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmrehearse.library.export import FORMATS
from pmrehearse.ui.shown import shown
from pmrehearse.ui.widgets.menu import choice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widgets.option_list import Option

    from pmrehearse.ui.library_requests import ExportedTake

CSV, SILENT = "csv", "silent"
"""The names of what is no format of a report: a table, and a page without sound."""
_TITLE_CELLS = 11


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be written.

    Attributes:
        name: By which it is chosen.
        title: What people call it.
        says: What it holds.
        suffix: What its files end in.
        format: The format's name; "" for a table.
        with_sound: False to leave the sound out.
    """

    name: str
    title: str
    says: str
    suffix: str
    format: str = ""
    with_sound: bool = True


def offers(take: ExportedTake | None, *, with_table: bool) -> Iterator[Offer]:
    """Everything that can be written.

    Args:
        take: The take that can be; None for a table alone.
        with_table: True when a table can be, too.
    """
    for each in FORMATS if take is not None else ():
        if not each.plays:
            yield Offer(each.name, each.title, each.says, each.suffix, each.name)
        elif take is not None and take.has_sound:
            yield Offer(each.name, each.title, each.says, each.suffix, each.name)
            yield Offer(SILENT, "", "the same without the sound", each.suffix, each.name, with_sound=False)
        else:
            yield Offer(each.name, each.title, "one file, to send to a coach", each.suffix, each.name)
    if with_table:
        yield Offer(CSV, "CSV", "a table for a spreadsheet, a line a take", ".csv")


def option(offer: Offer) -> Option:
    """It as a line of a list."""
    return choice(offer.name, shown((offer.says, "$muted")), lead=shown(offer.title.ljust(_TITLE_CELLS)), cut=True)
