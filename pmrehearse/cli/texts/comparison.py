"""How do two takes look beside one another as text?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from pmrehearse.cli.texts import figures
from pmrehearse.cli.texts.layout import STYLES, heading, listing

if TYPE_CHECKING:
    from pmrehearse.checking.findings import ElementFinding
    from pmrehearse.cli.values import TakesCompared
    from pmrehearse.library.comparing import Comparison, ElementCompared
    from pmrehearse.library.report import Report

LONGEST = 34
"""Characters of a title."""


def compared(shown: TakesCompared) -> RenderableType:
    """Coverage, then the elements, then time and pace."""
    both = shown.comparison
    title = Text(figures.shortened(both.after.take.scenario.title, 70), style="bold")
    return Group(title, Text(_difference(both), style="dim"), Text(), _elements(both), heading("Time"), _times(both))


def _difference(both: Comparison) -> str:
    parts = [
        f"{both.before.findings.n_met} → {both.after.findings.n_met} of {len(both.after.findings.elements)} elements",
        f"{len(both.gained)} gained",
        f"{len(both.lost)} lost",
    ]
    parts += [f"flag raised: {figures.shortened(title, LONGEST)}" for title in both.raised]
    parts += [f"flag cleared: {figures.shortened(title, LONGEST)}" for title in both.cleared]
    return " · ".join(parts)


def _elements(both: Comparison) -> RenderableType:
    table = listing(
        "", figures.day_and_time(both.before.take.started_at), figures.day_and_time(both.after.take.started_at), ""
    )
    for each in both.elements:
        table.add_row(
            figures.shortened(each.title, LONGEST), _verdict(each.before), _verdict(each.after), _change(each)
        )
    return table


def _verdict(finding: ElementFinding | None) -> Text:
    if finding is None:
        return Text("not asked", style="dim")
    evidence = finding.evidence
    when = f" {figures.clock(evidence.start_s)}" if finding.met and evidence and evidence.start_s is not None else ""
    return Text(f"{finding.verdict.sign} {finding.verdict}{when}", style=STYLES[finding.verdict])


def _change(each: ElementCompared) -> Text:
    if each.is_gained:
        return Text("+ gained", style="green")
    return Text("- lost", style="red") if each.is_lost else Text()


def _times(both: Comparison) -> RenderableType:
    table = listing("", "planned", "first", "second", numbers=("planned", "first", "second"))
    for phase in both.phases:
        row = (phase.planned_s, phase.before_s, phase.after_s)
        table.add_row(figures.shortened(phase.title, LONGEST), *(_clock(seconds) for seconds in row))
    whole = both.after.take.scenario.seconds
    table.add_row(
        "whole", _clock(whole), *(_clock(one.delivery.duration_s or None) for one in (both.before, both.after))
    )
    table.add_row("words a minute", "", *(_pace(one) for one in (both.before, both.after)))
    return table


def _clock(seconds: float | None) -> str:
    return "–" if seconds is None else figures.clock(seconds)


def _pace(report: Report) -> str:
    pace = report.delivery.words_per_minute
    return "–" if pace is None else f"{pace:.0f}"
