"""How does a drill read: the element, its tries, what a sitting came to?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.ui import marks
from pmrehearse.ui.shown import Row, Stack, labelled, shown
from pmrehearse.ui.wording import clock, count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.content import Content

    from pmrehearse.checking.findings import Verdict
    from pmrehearse.practice.drilling import Drilled, DrillTry

N_TRIES = 3
"""So many of the last tries are told with their words."""


def glyphs(verdicts: Iterable[Verdict]) -> Content:
    """Verdicts in a row, the newest last."""
    return shown(*((f"{marks.of_verdict(each).glyph} ", marks.of_verdict(each).style) for each in verdicts))


def drill(drilled: Drilled, hint_key: str, *, with_hint: bool) -> Stack:
    """The element, and what could be said, or the key that shows it."""
    hint = (
        labelled("Say", f"“{drilled.hint}”") if with_hint else labelled("Say", f"{hint_key} shows an example", "$muted")
    )
    return Stack(shown((drilled.title, "bold")), shown(drilled.criterion), shown(""), hint)


def verdicts(drilled: Drilled) -> Stack:
    """The last verdicts, and the last tries of this sitting with their words."""
    if not drilled.shown:
        return Stack(labelled("So far", "not tried yet", "$muted"))
    rows = [labelled("So far", glyphs(drilled.shown))]
    first = max(0, len(drilled.tries) - N_TRIES)
    for number in range(len(drilled.tries), first, -1):
        rows.extend(_try(number, drilled.tries[number - 1], is_last=number == len(drilled.tries)))
    return Stack(*rows)


def _try(number: int, made: DrillTry, *, is_last: bool) -> list[Row]:
    mark = marks.of_verdict(made.verdict)
    spoken = f"  {clock(made.duration_s)}" if made.duration_s else ""
    head = labelled(f"Try {number}", mark.content + shown((spoken, "$muted")))
    if not is_last:
        return [head]
    words = [labelled("", f"“{made.quote}”")] if made.quote else []
    return [head, *([labelled("", made.lacked)] if made.lacked else []), *words]


def drill_summary(drilled: Sequence[Drilled]) -> Stack:
    """What a sitting came to, element by element."""
    rows: list[Content | Row] = []
    for each in drilled:
        tries = f"  {each.n_met} of {count(len(each.tries), 'try', 'tries')} met"
        rows.append(Row(shown(each.title), "", glyphs(made.verdict for made in each.tries) + shown((tries, "$muted"))))
    return Stack(*rows)
