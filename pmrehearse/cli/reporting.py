"""What does a command that made or opened a take answer: its report, and whether the answer falls short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.cli.answering import DONE, FALLS_SHORT, Outcome
from pmrehearse.cli.values import ReportShown

if TYPE_CHECKING:
    from pmrehearse.checking.findings import Findings
    from pmrehearse.cli.ports import Program
    from pmrehearse.library.report import Report


def falls_short(findings: Findings) -> bool:
    """True when an element is not met or a flag is raised."""
    return findings.n_met < len(findings.elements) or bool(findings.raised)


def exit_code(findings: Findings) -> int:
    """0 when nothing is lacking, else 1."""
    return FALLS_SHORT if falls_short(findings) else DONE


def shown(program: Program, take_id: str, *, with_transcript: bool) -> ReportShown:
    """The report of a take, with what must be known of its checkpoint."""
    report = program.reviewer.report(take_id)
    return ReportShown(report, recogniser_note(program, report), with_transcript)


def judged(program: Program, take_id: str, *, with_transcript: bool) -> Outcome:
    """The report of a take as an outcome that says whether the answer falls short."""
    value = shown(program, take_id, with_transcript=with_transcript)
    return Outcome(value, exit_code(value.report.findings))


def recogniser_note(program: Program, report: Report) -> str:
    """The note of the checkpoint that a take was recognised with, or ""."""
    options = report.take.options
    notes = {checkpoint.name: checkpoint.note for checkpoint in program.checkpoints.available()}
    return notes.get(options.checkpoint, "") if options else ""
