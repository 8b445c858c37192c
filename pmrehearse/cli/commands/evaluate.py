"""`evaluate`: how well the checks agree with human markers."""

from __future__ import annotations

from pathlib import Path

import click

from pmrehearse.checking.agreement import compare, measure
from pmrehearse.cli.agreements import read_agreement, read_answers
from pmrehearse.cli.answering import Outcome, command
from pmrehearse.cli.checkers import Checkers
from pmrehearse.cli.invocation import Invocation, pass_invocation
from pmrehearse.cli.params import ScenarioName, no_judge
from pmrehearse.cli.values import Evaluation
from pmrehearse.errors import UsageError


@command("evaluate")
@click.argument("answers", type=click.Path(path_type=Path, allow_dash=True))
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
    answers: Path,
    scenarios: tuple[str, ...],
    failures: bool,
    earlier: Path | None,
    no_judge: bool,
) -> Outcome:
    """Measure the checks against labelled answers.

    ANSWERS holds a line of JSON an answer: {id, scenario, text, elements: {id: bool}, flags: {id: bool}}. Precision,
    recall and Cohen's kappa of "met" are told for each element and flag and in total. --no-judge measures the rules
    alone.
    """
    if no_judge:
        invocation.program.judging.switch_off()
    labelled = [answer for answer in read_answers(answers) if not scenarios or answer.scenario in scenarios]
    if not labelled:
        raise UsageError("There is no such answer in the file.", "Leave --scenario out to measure all.")
    agreement = measure(labelled, Checkers(invocation.program.packs, invocation.program.judging).of)
    difference = compare(read_agreement(earlier), agreement) if earlier is not None else None
    return Outcome(Evaluation(len(labelled), agreement, failures, difference))
