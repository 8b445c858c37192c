"""`evaluate`: how well the checks agree with human markers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmrehearse.checking.agreement import compare, measure
from pmrehearse.cli.agreements import read_agreement, read_answers
from pmrehearse.cli.answering import Outcome, command
from pmrehearse.cli.checkers import Checkers
from pmrehearse.cli.complaints import complain
from pmrehearse.cli.invocation import Invocation, pass_invocation
from pmrehearse.cli.params import ScenarioName, no_judge
from pmrehearse.cli.values import Evaluation, Verbatim
from pmrehearse.errors import UsageError
from pmrehearse.library.cases import case_line

if TYPE_CHECKING:
    from pmrehearse.checking.answers import LabelledAnswer
    from pmrehearse.library.cases import OverruledCase


@command("evaluate")
@click.argument("answers", type=click.Path(path_type=Path, allow_dash=True), required=False)
@click.option("--overruled", is_flag=True, help="Measure against the verdicts that you overruled in your own takes.")
@click.option("--cases", is_flag=True, help="With --overruled: write them as a file of ANSWERS instead.")
@click.option("--scenario", "scenarios", type=ScenarioName(), multiple=True, help="Only answers to this one; again.")
@click.option("--failures", is_flag=True, help="Show every answer that the checks and the marker see differently.")
@click.option(
    "--compare",
    "earlier",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Tell what changed since an earlier `evaluate --json`.",
)
@no_judge
@pass_invocation
def evaluate(
    invocation: Invocation,
    *,
    answers: Path | None,
    overruled: bool,
    cases: bool,
    scenarios: tuple[str, ...],
    failures: bool,
    earlier: Path | None,
    no_judge: bool,
) -> Outcome:
    """Measure the checks against labelled answers.

    ANSWERS holds a line of JSON an answer: {id, scenario, text, elements: {id: bool}, flags: {id: bool}}. Precision,
    recall and Cohen's kappa of "met" are told for each element and flag and in total. --no-judge measures the rules
    alone. With --overruled each take in which you overruled a verdict is such an answer.
    """
    if overruled == (answers is not None) or (cases and not overruled):
        raise click.UsageError("Name a file of ANSWERS, or say --overruled (and with it --cases).")
    if cases:
        return Outcome(Verbatim("".join(case_line(case) for case in _cases(invocation))))
    if no_judge:
        invocation.program.judging.switch_off()
    found = _overruled(invocation) if answers is None else read_answers(answers)
    labelled = [answer for answer in found if not scenarios or answer.scenario in scenarios]
    if not labelled:
        where = "in the file" if answers is not None else "among the overruled ones"
        raise UsageError(f"There is no such answer {where}.", "Leave --scenario out to measure all.")
    agreement = measure(labelled, Checkers(invocation.program.packs, invocation.program.judging).of)
    difference = compare(read_agreement(earlier), agreement) if earlier is not None else None
    return Outcome(Evaluation(len(labelled), agreement, failures, difference))


def _cases(invocation: Invocation) -> tuple[OverruledCase, ...]:
    cases = tuple(invocation.program.library.overruled_cases())
    if not cases:
        raise UsageError("No verdict was overruled yet.", "`overrule TAKE ELEMENT met` says that you did say it.")
    return cases


def _overruled(invocation: Invocation) -> tuple[LabelledAnswer, ...]:
    """The cases of the library; of elements that a scenario has no more nothing can be measured, and that is told."""
    measured = tuple(_measurable(invocation, case.answer) for case in _cases(invocation))
    return tuple(answer for answer in measured if answer.elements)


def _measurable(invocation: Invocation, answer: LabelledAnswer) -> LabelledAnswer:
    try:
        known = {element.id for element in invocation.program.packs.find(answer.scenario).elements}
    except UsageError:
        known = set()
    gone = [name for name in answer.elements if name not in known]
    if gone:
        complain(f"{answer.id}: {answer.scenario} has no {', '.join(gone)} any more; that is not measured.", "")
    return replace(answer, elements={name: met for name, met in answer.elements.items() if name in known})
