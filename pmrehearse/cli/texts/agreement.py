"""How does the agreement of checks and markers look as text?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from pmrehearse.checking.agreement import Subject, confusion
from pmrehearse.cleaning import clean_line
from pmrehearse.cli.texts import figures
from pmrehearse.cli.texts.layout import heading, listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from pmrehearse.checking.agreement import Agreement, Confusion, Decision, Difference
    from pmrehearse.cli.values import Evaluation

NUMBERS = ("n", "prec", "rec", "kappa", "both", "false", "miss", "none")
"""Columns: decisions, three figures, four counts."""
LEGEND = (
    "both: met by both; false: by the checks alone; miss: by the marker alone;\nnone: by neither; *: kappa under 0.5"
)
WEAK_KAPPA = 0.5
"""Under this an element is marked: moderate agreement ends there (Landis and Koch 1977 put it at 0.41 to 0.60)."""


def evaluation(shown: Evaluation) -> RenderableType:
    """The figures for each element and flag, for each scenario and in total."""
    table = listing("", *NUMBERS, numbers=NUMBERS)
    table.padding = (0, 1, 0, 0)
    for scenario in shown.agreement.scenarios:
        _add_scenario(table, shown.agreement, scenario)
    for subject, title in ((Subject.ELEMENT, "all elements"), (Subject.FLAG, "all flags")):
        _add(table, title, confusion(shown.agreement.of(subject)), "bold")
    n_answers = Text(figures.count(shown.n_answers, "answer"), style="dim")
    parts: list[RenderableType] = [n_answers, table, Text(LEGEND, style="dim")]
    if shown.difference is not None:
        parts += _difference(shown.difference)
    if shown.with_failures:
        parts += _decisions(f"Seen differently: {len(shown.agreement.wrong)}", shown.agreement.wrong)
    return Group(*parts)


def _add_scenario(table: Table, agreement: Agreement, scenario: str) -> None:
    _add(table, clean_line(scenario), confusion(agreement.of(Subject.ELEMENT, scenario)), "bold")
    for subject, before in ((Subject.ELEMENT, "  "), (Subject.FLAG, "! ")):
        for name in agreement.names(subject, scenario):
            _add(table, before + clean_line(name), confusion(agreement.of(subject, scenario, name)), "")
    table.add_row()


def _add(table: Table, title: str, counts: Confusion, style: str) -> None:
    if not counts.n:
        return
    kappa = counts.kappa
    weak = kappa is not None and kappa < WEAK_KAPPA
    table.add_row(
        Text(title, style=style),
        str(counts.n),
        _figure(counts.precision),
        _figure(counts.recall),
        Text(_figure(kappa) + ("*" if weak else " "), style="red" if weak else style),
        *(str(count) for count in (counts.both, counts.only_found, counts.only_labelled, counts.neither)),
    )


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _difference(change: Difference) -> list[RenderableType]:
    line = f"Kappa of elements: {_figure(change.before)} before, {_figure(change.after)} now"
    return [
        heading(line),
        *_decisions(f"Mended: {len(change.mended)}", change.mended),
        *_decisions(f"Broken: {len(change.broken)}", change.broken),
    ]


def _decisions(title: str, decisions: Sequence[Decision]) -> list[RenderableType]:
    parts: list[RenderableType] = [heading(title)]
    for one in decisions:
        says = "marker: met, checks: not" if one.labelled else "marker: not, checks: met"
        head = Text.assemble((clean_line(one.answer_id), "bold"), f"  {clean_line(one.name)}  ", (says, "dim"))
        parts += [head, *([Padding(Text(figures.shortened(one.why, 300)), (0, 0, 0, 4))] if one.why else [])]
    return parts
