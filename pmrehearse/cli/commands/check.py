"""`check`: a written answer is marked, or a file of many."""

from __future__ import annotations

from pathlib import Path

import click

from pmrehearse.cleaning import clean
from pmrehearse.cli.answering import UNUSABLE, Outcome, command
from pmrehearse.cli.checkers import Checkers
from pmrehearse.cli.complaints import complain
from pmrehearse.cli.inputs import STDIN, read_stdin, required_text
from pmrehearse.cli.invocation import Invocation, pass_invocation
from pmrehearse.cli.marking import marked_lines
from pmrehearse.cli.params import ScenarioName, no_judge
from pmrehearse.cli.render import show_line
from pmrehearse.cli.reporting import exit_code, judged
from pmrehearse.cli.values import TextChecked
from pmrehearse.errors import UsageError
from pmrehearse.speech.segments import typed_transcript
from pmrehearse.userfiles import read_text


@command("check")
@click.argument("scenario", type=ScenarioName(), required=False)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), required=False)
@click.option("--text", metavar="TEXT", help="The answer itself, instead of a file.")
@click.option(
    "--jsonl",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Mark many: lines {id, scenario, text} in, lines {id, elements, flags} out.",
)
@click.option("--keep", is_flag=True, help="Put the answer into the library as a take.")
@click.option("--transcript", is_flag=True, help="Show the text too, with the evidence marked.")
@no_judge
@pass_invocation
def check(
    invocation: Invocation,
    *,
    scenario: str | None,
    file: Path | None,
    text: str | None,
    jsonl: Path | None,
    keep: bool,
    transcript: bool,
    no_judge: bool,
) -> Outcome:
    """Mark a written answer.

    The answer comes from FILE, from standard input (no FILE, or -), or from --text. Ends with 1 when it falls short.
    With --jsonl the verdicts of each line (met, near, missing, unknown) are written as one line of JSON; a line that
    cannot be marked is told on stderr with its number, the others are marked all the same, and the end is 2.

    Where no rule understands the words, a learned judge reads them; --no-judge leaves it out, and so does
    PMREHEARSE_JUDGE=off for every command.
    """
    if no_judge:
        invocation.program.judging.switch_off()
    if jsonl is not None:
        if scenario or file or text or keep:
            raise click.UsageError("--jsonl names scenarios and texts in its lines; give nothing beside it.")
        return _check_lines(invocation, jsonl)
    if scenario is None:
        raise click.UsageError("Name a scenario, or give --jsonl FILE.")
    return _check_one(invocation, scenario, _answer(file, text), keep=keep, transcript=transcript)


def _check_one(invocation: Invocation, scenario_id: str, text: str, *, keep: bool, transcript: bool) -> Outcome:
    program = invocation.program
    scenario = program.packs.find(scenario_id)
    if keep:
        return judged(program, program.reviewer.add_text(scenario, text).id, with_transcript=transcript)
    findings = program.reviewer.check_text(scenario, text)
    return Outcome(TextChecked(scenario, typed_transcript(text), findings, transcript), exit_code(findings))


def _answer(file: Path | None, text: str | None) -> str:
    if text is not None:
        if file is not None:
            raise UsageError("Both a file and --text are given.", "Give one of them.")
        return required_text(clean(text))
    if file is None or str(file) == STDIN:
        return required_text(read_stdin("the answer"))
    return required_text(read_text(file))


def _check_lines(invocation: Invocation, path: Path) -> Outcome:
    n_bad = 0
    for marked in marked_lines(path, Checkers(invocation.program.packs, invocation.program.judging)):
        if isinstance(marked, UsageError):
            n_bad += 1
            complain(marked.message, marked.hint)
        else:
            show_line(marked)
    return Outcome(None, UNUSABLE if n_bad else 0)
