"""How does the timing of an answer read: phases planned against actual, pace, pauses, fillers?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from pmrehearse.checking.speaking import BAND
from pmrehearse.speech.segments import TranscriptSource
from pmrehearse.ui.shown import Row, Stack, labelled, shown
from pmrehearse.ui.wording import clock, count

if TYPE_CHECKING:
    from pmrehearse.checking.delivery import Delivery
    from pmrehearse.library.report import CueAnswer, PhaseTime, Report
    from pmrehearse.scenario.model import Scenario

BAR_CELLS = 18
"""Cells of the longest phase's bar."""
_LABEL_CELLS = 11
_labelled = partial(labelled, cells=_LABEL_CELLS)
_SCALE_CELLS = 21
_SCALE = (80, 200)
_MOST_PAUSES = 4


def timing(report: Report) -> Stack:
    """Everything about time, one fact a line; a typed text has none of it."""
    if report.transcript.source is TranscriptSource.TYPED:
        return Stack(shown(("A typed text has no times.", "$muted")))
    parts: list[Content | Row] = [shown(("Phases, planned and spoken", "$muted"))]
    parts.extend(_phase_rows(report.phases))
    parts.append(shown(""))
    parts.extend(_delivery_rows(report.delivery))
    for cue in report.cues:
        parts.append(_labelled(f"Card {clock(cue.at_s)}", _resumed(cue.resumed_after_s) + f" “{cue.say}”"))
        if cue.on_flag is not None:
            parts.append(_recovered(cue, report.take.scenario))
    return Stack(*parts)


def _phase_rows(phases: tuple[PhaseTime, ...]) -> list[Row]:
    titles = max((len(phase.title) for phase in phases), default=0) + 1
    longest_s = max((max(phase.planned_s, phase.actual_s) for phase in phases), default=1.0)
    return [
        Row(
            _bar(phase, longest_s),
            shown(phase.title.ljust(titles), (f"{clock(phase.actual_s):>5} of {clock(phase.planned_s):<5} ", "$muted")),
        )
        for phase in phases
    ]


def _bar(phase: PhaseTime, longest_s: float) -> Content:
    planned, actual = (round(each / longest_s * BAR_CELLS) for each in (phase.planned_s, phase.actual_s))
    inside = shown(("━" * min(planned, actual), "$primary"), ("─" * max(0, planned - actual), "$rail"))
    over_s = phase.actual_s - phase.planned_s
    if over_s < 1:
        return inside
    return inside + shown(("━" * max(0, actual - planned), "$warning"), (f" +{clock(over_s)}", "$warning"))


def _delivery_rows(delivery: Delivery) -> list[Row]:
    rows = []
    if delivery.words_per_minute is not None and delivery.n_words:
        rows.append(_labelled("Pace", _pace(delivery.words_per_minute)))
        rows.append(Row(_scale(delivery.words_per_minute), " " * _LABEL_CELLS))
        if delivery.articulation_per_minute is not None:
            rows.append(_labelled("", f"{delivery.articulation_per_minute:.0f} while speaking"))
    rows.extend(
        _labelled("", f"{clock(each.start_s)} to {clock(each.end_s)} at {each.words_per_minute:.0f}")
        for each in delivery.excursions
    )
    if delivery.first_word_s is not None:
        rows.append(_labelled("Began", f"after {delivery.first_word_s:.1f} s"))
        rows.extend(_pause_rows(delivery))
    rows.append(_labelled("Fillers", _fillers(delivery)))
    return rows


def _pace(words_per_minute: float) -> str:
    low, high = BAND
    where = "slower than" if words_per_minute < low else "faster than" if words_per_minute > high else "inside"
    return f"{words_per_minute:.0f} words a minute, {where} {low:.0f} to {high:.0f}"


def _scale(words_per_minute: float) -> Content:
    low, high = _SCALE
    at = [_cell(each, low, high) for each in (*BAND, words_per_minute)]
    cells = ["━" if at[0] <= cell <= at[1] else "─" for cell in range(_SCALE_CELLS)]
    cells[at[2]] = "●"
    styles = {"━": "$success", "─": "$rail", "●": "bold"}
    return shown(*((cell, styles[cell]) for cell in cells))


def _cell(value: float, low: float, high: float) -> int:
    return min(_SCALE_CELLS - 1, max(0, round((value - low) / (high - low) * (_SCALE_CELLS - 1))))


def _pause_rows(delivery: Delivery) -> list[Row]:
    long = delivery.long_pauses
    rows = [_labelled("Pauses", f"{count(delivery.n_pauses, 'pause')}, {len(long) or 'none'} of 2 s and more")]
    rows.extend(
        _labelled("", f"{clock(pause.start_s)} {pause.end_s - pause.start_s:.1f} s after “{pause.before}”")
        for pause in long[:_MOST_PAUSES]
    )
    if len(long) > _MOST_PAUSES:
        rows.append(_labelled("", f"and {len(long) - _MOST_PAUSES} more"))
    return rows


def _fillers(delivery: Delivery) -> str:
    if not delivery.fillers:
        return "none heard (the recogniser drops many)"
    total = sum(filler.count for filler in delivery.fillers)
    return f"at least {total}: " + ", ".join(f"{each.text} {each.count}" for each in delivery.fillers)


def _resumed(after_s: float | None) -> str:
    return "not answered" if after_s is None else f"you went on after {after_s:.1f} s"


def _recovered(cue: CueAnswer, scenario: Scenario) -> Row:
    """When the flag that brought the card fell, or what was met in spite of it."""
    lead = " " * _LABEL_CELLS
    if cue.recovered_after_s is None:
        return Row(shown(("✗ not recovered", "$error")), lead)
    after = f"recovered after {cue.recovered_after_s:.0f} s"
    if not cue.recovered_by:
        return Row(shown((f"✓ {after}", "$success")), lead)
    with_what = f"~ {after} with {scenario.element(cue.recovered_by).title}; the flag stands"
    return Row(shown((with_what, "$warning")), lead)
