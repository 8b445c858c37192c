"""How does a take look in a list?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from pmrehearse.cleaning import clean_line
from pmrehearse.library.take import TakeStatus
from pmrehearse.ui.library_requests import ExportedTake
from pmrehearse.ui.shown import shortened, shown
from pmrehearse.ui.widgets.menu import choice
from pmrehearse.ui.wording import clock, moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.content import Content
    from textual.widgets.option_list import Option

    from pmrehearse.library.rows import SnippetPart
    from pmrehearse.ui.take_ports import TakeRowPort


_COVERAGE_CELLS = 11
"""As wide as the widest that stands there, so that what stands before it is in one column."""


def take_choice(
    take: TakeRowPort, *, with_time: bool, text: str | None = None, cut: bool = False, refused: str = ""
) -> Option:
    """One take as a line: when, what, how much of it was met.

    Args:
        take: The take.
        with_time: True to show the hour and the length too.
        text: What it is called; None for the scenario's title.
        cut: True for one line, whatever it is called.
        refused: Why it could not be made whole, or "".
    """
    when = moment(take.started_at) if with_time else moment(take.started_at)[5:10]
    spoken = f"{clock(take.duration_s) if take.duration_s else 'typed':>7} " if with_time else ""
    coverage = _coverage(take, refused)
    gap = " " * (_COVERAGE_CELLS - coverage.cell_length)
    return choice(
        take.take_id,
        take.title if text is None else text,
        lead=shown((f"{when}  ", "$muted")),
        tail=shown((spoken, "$muted"), gap, coverage),
        cut=cut,
    )


def against_target(take: TakeRowPort) -> str:
    """The length of a take against the one that was planned.

    Args:
        take: The take.
    """
    if not take.duration_s:
        return "typed"
    return f"{clock(take.duration_s)} of {clock(take.planned_s)}" if take.planned_s else clock(take.duration_s)


def found_words(snippet: Sequence[SnippetPart], cells: int) -> Iterator[tuple[str, str]]:
    """What a search found, each piece with the name of its style; it ends after a word where there is no more room.

    Args:
        snippet: The pieces.
        cells: How wide the line may be.
    """
    for part in snippet:
        text = shortened(clean_line(part.text), cells)
        yield text, "match" if part.is_match else "muted"
        yield " ", ""
        cells = max(0, cells - cell_len(text) - 1)


def exported(take: TakeRowPort) -> ExportedTake:
    """A take of a list, as something that can be written for others."""
    return ExportedTake(take.take_id, f"{take.name or take.title} · {moment(take.started_at)}", take.duration_s > 0)


def unmarked(take: TakeRowPort, refused: str = "") -> tuple[str, str] | None:
    """Why a take has no coverage, and the name of a colour for it; None where it has.

    Args:
        take: The take.
        refused: Why it could not be made whole, or "".
    """
    if take.problem:
        return "! damaged", "error"
    if refused and take.status is not TakeStatus.TRANSCRIBED:
        return refused, "warning"
    if take.status is TakeStatus.RECORDING:
        return "● recording", "error"
    if take.n_met is None or take.status is TakeStatus.RECORDED:
        return "… waits", "warning"
    return None


def _coverage(take: TakeRowPort, refused: str) -> Content:
    if (why := unmarked(take, refused)) is not None:
        return shown((why[0], f"${why[1]}"))
    whole = take.n_met == take.n_elements
    mark = ("✓", "$success") if whole else (" ", "")
    return shown(mark, f" {take.n_met:>2} of {take.n_elements}")
