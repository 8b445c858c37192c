"""How do two takes read beside one another?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.ui import marks
from pmrehearse.ui.shown import Row, Stack, shown
from pmrehearse.ui.widgets.menu import choice
from pmrehearse.ui.wording import clock, moment

if TYPE_CHECKING:
    from textual.content import Content
    from textual.widgets.option_list import Option

    from pmrehearse.checking.findings import ElementFinding
    from pmrehearse.library.comparing import Comparison, ElementCompared
    from pmrehearse.library.report import Report

_CELLS = 11
"""Cells of one take's verdict: a glyph, a word or a time."""


def summary(both: Comparison) -> Stack:
    """Two lines: how much was met then and now; what was gained and lost."""
    n_all = len(both.after.findings.elements)
    counts = shown((f"{both.before.findings.n_met} → {both.after.findings.n_met} of {n_all} met", "bold"))
    gained, lost = len(both.gained), len(both.lost)
    change = shown(
        ("   "),
        (f"+ {gained} gained", "$success" if gained else "$muted"),
        ("   "),
        (f"− {lost} lost", "$error" if lost else "$muted"),
    )
    flags = [f"flag raised: {title}" for title in both.raised] + [f"flag cleared: {title}" for title in both.cleared]
    whens = f"{moment(both.before.take.started_at)} beside {moment(both.after.take.started_at)}"
    return Stack(counts + change, shown((" · ".join([whens, *flags]), "$muted")))


def element_options(both: Comparison) -> list[Option]:
    """One line an element: its title, what it was, what it is."""
    return [
        choice(
            each.element_id,
            each.title,
            lead=_change(each),
            tail=_verdict(each.before) + shown(" ") + _verdict(each.after),
        )
        for each in both.elements
    ]


def _change(each: ElementCompared) -> Content:
    if each.is_gained:
        return shown(("+ ", "bold $success"))
    return shown(("− ", "bold $error")) if each.is_lost else shown("  ")


def _verdict(finding: ElementFinding | None) -> Content:
    if finding is None:
        return shown(("not asked".ljust(_CELLS), "$muted"))
    mark, evidence = marks.of_verdict(finding.verdict), finding.evidence
    timed = finding.met and evidence is not None and evidence.start_s is not None
    word = clock(evidence.start_s or 0.0) if timed and evidence else mark.word
    return shown((f"{mark.glyph} {word}".ljust(_CELLS), mark.style))


def quotes(both: Comparison, element_id: str) -> Stack:
    """What was said in each take for one element."""
    each = next(one for one in both.elements if one.element_id == element_id)
    parts: list[Content | Row] = [shown((each.title, "bold")), shown("")]
    for name, finding in (("then", each.before), ("now", each.after)):
        if finding is None:
            parts.append(Row(shown(("not asked", "$muted")), shown((name.ljust(6), "$muted"))))
            continue
        mark = marks.of_verdict(finding.verdict)
        said = f"“{finding.evidence.quote}”" if finding.evidence else finding.lacked
        parts.append(Row(mark.content + shown("  ", said), shown((name.ljust(6), "$muted"))))
    return Stack(*parts)


def times(both: Comparison) -> Stack:
    """Phases, the whole, and the pace of each take."""
    rows = [(each.title, _clock(each.planned_s), _clock(each.before_s), _clock(each.after_s)) for each in both.phases]
    whole_s = both.after.take.scenario.seconds
    lengths = [_clock(one.delivery.duration_s or None) for one in (both.before, both.after)]
    rows.append(("The whole", _clock(whole_s), lengths[0], lengths[1]))
    rows.append(("Words a minute", "", _pace(both.before), _pace(both.after)))
    lines = [shown(("planned".rjust(36) + "then".rjust(8) + "now".rjust(8), "$muted"))]
    lines += [
        shown(title[:28].ljust(29), (planned.rjust(7), "$muted"), then.rjust(8), (now.rjust(8), "bold"))
        for title, planned, then, now in rows
    ]
    return Stack(*lines)


def _clock(seconds: float | None) -> str:
    return "–" if seconds is None else clock(seconds)


def _pace(report: Report) -> str:
    pace = report.delivery.words_per_minute
    return "–" if pace is None else f"{pace:.0f}"
