"""How does progress over takes read: the list of scenarios, their charts, the marks of their elements?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.checking.findings import Verdict
from pmrehearse.checking.speaking import BAND
from pmrehearse.rehearsal.lights import Band, TimeVerdict, time_verdict
from pmrehearse.ui import marks
from pmrehearse.ui.charts import Chart, Column, Level, sparkline
from pmrehearse.ui.shown import shown
from pmrehearse.ui.widgets.menu import choice
from pmrehearse.ui.wording import clock, count, minutes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content
    from textual.widgets.option_list import Option

    from pmrehearse.practice.progress import ElementProgress, Progress, ScenarioProgress
    from pmrehearse.practice.records import ElementRecord
    from pmrehearse.practice.rehearsals import Rehearsal

ALL = "all"
"""The name of the option that stands for all scenarios."""
NOTHING = (
    "Nothing to draw yet. Each take adds a column here: how much of what is asked was said, at which pace, in "
    "which time; and each try adds a mark to its element. {page.back} leads back to Home: {scenarios.select} "
    "rehearses a scenario there. What the demo says does not count: nobody rehearsed it."
)
ONLY_DRILLED = "Only elements of it were drilled so far. {progress.rehearse} rehearses the whole scenario."
LEGEND = f"{Verdict.MET.sign} met  {Verdict.NEAR.sign} near  {Verdict.MISSING.sign} missing, underlined in a drill"
_SPARK = 8
_ON_TIME = {TimeVerdict.UNDER: "under time", TimeVerdict.ON: "in time", TimeVerdict.OVER: "over time"}
_PACE_TOP = 220.0
_LEAST_TIME_TOP = 1.25
_MARKS = (5, 30)
"""Marks in a row, at least and at most."""


# --------------------------------------------------------------------------------------------------------- scenarios


def scenario_options(all_of_it: Progress) -> list[Option]:
    """Everything together, then one line a scenario."""
    weak = f"{all_of_it.n_failing or 'none'} failing"
    lines = [choice(ALL, "All scenarios", tail=_tail(all_of_it.takes, weak), cut=True)]
    return lines + [
        choice(each.scenario_id, each.title, tail=_tail(each.takes, _last(each)), cut=True)
        for each in all_of_it.scenarios
    ]


def _tail(takes: Sequence[Rehearsal], fact: str) -> Content:
    spark = sparkline(tuple(take.coverage for take in takes[-_SPARK:]), _SPARK)
    n_takes = count(len(takes), "take") if takes else "drilled"
    return shown((spark, "$primary"), (f"{n_takes:>10}", "$muted"), f"{fact:>13}")


def _last(each: ScenarioProgress) -> str:
    return f"last {each.takes[-1].n_met} of {len(each.takes[-1].verdicts)}" if each.takes else ""


# ------------------------------------------------------------------------------------------------------------ charts


def charts(takes: Sequence[Rehearsal], band: Band | None) -> tuple[Chart, ...]:
    """Coverage, pace and time over takes.

    Args:
        takes: The oldest first, at least one.
        band: The lengths that qualify; None where takes of several scenarios are drawn: then each stands beside its
            own planned length.
    """
    return (_coverage(takes), _pace(takes), _time(takes) if band is None else _time_in(takes, band))


def _coverage(takes: Sequence[Rehearsal]) -> Chart:
    columns = tuple(
        Column(take.coverage, "$success" if take.n_met == len(take.verdicts) else "$primary", take.started_at)
        for take in takes
    )
    last = takes[-1]
    whole = (" ✓ all", "$success") if last.n_met == len(last.verdicts) else ""
    levels = (Level(1.0, "100%", is_line=False), Level(0.5, "50%"))
    return Chart("Coverage", shown(f"{last.coverage:.0%}", whole), columns, 1.0, levels)


def _pace(takes: Sequence[Rehearsal]) -> Chart:
    low, high = BAND
    columns = tuple(Column(take.words_per_minute, _pace_style(take), take.started_at) for take in takes)
    levels = (Level(high, f"{high:.0f}"), Level(low, f"{low:.0f}"))
    top = max(_PACE_TOP, *(take.words_per_minute or 0.0 for take in takes))
    return Chart("Pace", _pace_figure(takes[-1]), columns, top, levels)


def _pace_style(take: Rehearsal) -> str:
    low, high = BAND
    return "$primary" if low <= (take.words_per_minute or 0.0) <= high else "$warning"


def _pace_figure(take: Rehearsal) -> Content:
    low, high = BAND
    pace = take.words_per_minute
    if pace is None:
        return shown(("typed", "$muted"))
    where = "slow" if pace < low else "fast" if pace > high else "easy"
    return shown(f"{pace:.0f} a minute ", (where, _pace_style(take)))


def _time(takes: Sequence[Rehearsal]) -> Chart:
    """Each take beside its own planned length."""
    shares = [_share(take, take.planned_s) for take in takes]
    styles = ["$warning" if (share or 0.0) > 1.0 else "$primary" for share in shares]
    columns = _columns(takes, shares, styles)
    last = takes[-1]
    figure = shown(f"{clock(last.duration_s)} of {clock(last.planned_s)}") if shares[-1] else shown(("typed", "$muted"))
    return Chart("Time", figure, columns, _top(shares), (Level(1.0, "100%"),))


def _time_in(takes: Sequence[Rehearsal], band: Band) -> Chart:
    """The takes of one scenario beside the lengths that qualify."""
    shares = [_share(take, band.max_s) for take in takes]
    verdicts = [time_verdict(take.duration_s, band) for take in takes]
    styles = ["$primary" if verdict is TimeVerdict.ON else "$warning" for verdict in verdicts]
    levels = (Level(1.0, minutes(band.max_s)), Level(band.min_s / band.max_s, minutes(band.min_s)))
    said = shown(f"{clock(takes[-1].duration_s)} ", (_ON_TIME[verdicts[-1]], styles[-1]))
    figure = said if shares[-1] is not None else shown(("typed", "$muted"))
    return Chart("Time", figure, _columns(takes, shares, styles), _top(shares), levels)


def _share(take: Rehearsal, target_s: float) -> float | None:
    """The length of a take in targets; None for one without a length."""
    return take.duration_s / target_s if take.duration_s and target_s else None


def _columns(takes: Sequence[Rehearsal], shares: Sequence[float | None], styles: Sequence[str]) -> tuple[Column, ...]:
    made = zip(takes, shares, styles, strict=True)
    return tuple(Column(share, style, take.started_at) for take, share, style in made)


def _top(shares: Sequence[float | None]) -> float:
    """A little over the target; twice the target at most, so that one take that ran on flattens no other."""
    return min(2.0, max(_LEAST_TIME_TOP, *(share or 0.0 for share in shares)))


# ---------------------------------------------------------------------------------------------------------- elements


def head(scenario: ScenarioProgress | None, n_shown: int) -> Content:
    """What the marks below are of."""
    title = "Elements" if scenario else "What fails most"
    return shown(
        (title, "bold"), "  ", (LEGEND if n_shown else "nothing: every element was met at every try", "$muted")
    )


def element_options(elements: Sequence[ElementProgress], cells: int, *, with_scenario: bool) -> list[Option]:
    """One line an element, with a mark for each of its tries.

    Args:
        elements: In their order.
        cells: The width of the screen.
        with_scenario: True to name the scenario of each.
    """
    least, most = _MARKS
    longest = max((len(each.record.tries) for each in elements), default=0)
    n_marks = min(longest, max(least, min(most, (cells - 56) // 3)))
    figures = [f"{each.record.n_met} of {len(each.record.tries)}" for each in elements]
    room = max(map(len, figures), default=0) + 3
    lines = enumerate(zip(elements, figures, strict=True))
    return [
        choice(str(number), _title(each, with_scenario=with_scenario), lead=_lead(each.record), tail=tail, cut=True)
        for number, (each, figure) in lines
        for tail in [tries(each.record, n_marks) + shown((figure.rjust(room), "$muted"))]
    ]


def _title(each: ElementProgress, *, with_scenario: bool) -> Content:
    return shown(each.title, (f" · {each.scenario_title}", "$muted") if with_scenario else "")


def _lead(record: ElementRecord) -> Content:
    mark = marks.of_verdict(record.last)
    return shown((f"{mark.glyph} ", f"bold {mark.style}"))


def tries(record: ElementRecord, n_marks: int) -> Content:
    """The newest tries as marks, at the right edge; drills are underlined."""
    kept = record.tries[-n_marks:]
    parts: list[str | tuple[str, str]] = ["  " * (n_marks - len(kept))]
    for made in kept:
        mark = marks.of_verdict(made.verdict)
        parts += [" ", (mark.glyph, f"{mark.style} underline" if made.is_drill else mark.style)]
    return shown(*parts)
