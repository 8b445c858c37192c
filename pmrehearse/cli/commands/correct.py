"""`correct`, `overrule`, `note`, `guess`: what the speaker says of a take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pmrehearse.checking.findings import Verdict
from pmrehearse.cli.answering import Outcome, command
from pmrehearse.cli.corrections import again, chosen_place, last_edit, notes_of
from pmrehearse.cli.invocation import Invocation, pass_invocation
from pmrehearse.cli.params import TakeName
from pmrehearse.errors import UsageError
from pmrehearse.session.correcting import Said

if TYPE_CHECKING:
    from pmrehearse.library.report import Report

SAYS = {"met": Verdict.MET, "missing": Verdict.MISSING}


@command("correct")
@click.argument("take", type=TakeName())
@click.argument("heard", required=False)
@click.argument("said", required=False)
@click.option("--at", "at_s", type=click.FloatRange(min=0), metavar="SECONDS", help="The place nearest to this moment.")
@click.option("--all", "everywhere", is_flag=True, help="Every place.")
@click.option("--undo", is_flag=True, help="Take the last change of words back.")
@pass_invocation
def correct(
    invocation: Invocation,
    *,
    take: str,
    heard: str | None,
    said: str | None,
    at_s: float | None,
    everywhere: bool,
    undo: bool,
) -> Outcome:
    """Correct words that were misheard; the take is marked again.

    HEARD are words of the transcript as it stands, SAID is what was said instead ("" for nothing). What was recognised
    is kept beside it. TAKE is an id, a part that names one, or `last`.
    """
    program = invocation.program
    take_id = program.library.resolve(take)
    before = program.reviewer.report(take_id)
    if undo:
        if heard is not None:
            raise click.UsageError("--undo takes no words.")
        return again(before, program.corrector.put(take_id, last_edit(before.corrections)))
    if heard is None or said is None:
        raise click.UsageError("Say what was heard and what was said instead: correct TAKE HEARD SAID.")
    report = before
    for first, last in reversed(chosen_place(before.transcript.words, heard, at_s, everywhere=everywhere)):
        report = program.corrector.edit_words(take_id, first, last, said)
    return again(before, report)


@command("overrule")
@click.argument("take", type=TakeName())
@click.argument("element")
@click.argument("verdict", type=click.Choice([*SAYS, "checks"]))
@click.option("--quote", default="", metavar="TEXT", help="The words that it rests on.")
@click.option("--note", default="", metavar="TEXT", help="Why.")
@pass_invocation
def overrule(invocation: Invocation, *, take: str, element: str, verdict: str, quote: str, note: str) -> Outcome:
    """Overrule a verdict: "I did say this" (met), "I did not" (missing).

    It counts from then on; `checks` lets the checks' verdict count again, and `evaluate --overruled` says whether the
    checks agree with you by now. TAKE is an id, a part that names one, or `last`.
    """
    program = invocation.program
    take_id = program.library.resolve(take)
    before = program.reviewer.report(take_id)
    if verdict == "checks":
        return again(before, program.corrector.accept(take_id, element))
    passage = quote or _evidence(before, element)
    return again(before, program.corrector.overrule(take_id, element, Said(SAYS[verdict], passage, note)))


def _evidence(report: Report, element: str) -> str:
    """What the checks took for the element: the passage when no other is named."""
    found = (each.evidence for each in report.findings.elements if each.element_id == element)
    evidence = next(found, None)
    return evidence.quote if evidence else ""


@command("note")
@click.argument("take", type=TakeName())
@click.argument("text", required=False)
@click.option("--at", "at_s", type=click.FloatRange(min=0), metavar="SECONDS", help="The moment that it is about.")
@click.option("--remove", type=click.IntRange(min=1), metavar="NUMBER", help="Remove this note.")
@pass_invocation
def note(invocation: Invocation, *, take: str, text: str | None, at_s: float | None, remove: int | None) -> Outcome:
    """Note something on a take; without TEXT, list its notes.

    TAKE is an id, a part that names one, or `last`.
    """
    program = invocation.program
    take_id = program.library.resolve(take)
    if remove is not None:
        if text is not None:
            raise click.UsageError("--remove takes no text.")
        return notes_of(program.corrector.remove_note(take_id, remove - 1))
    if text is None:
        return notes_of(program.reviewer.report(take_id))
    report = program.reviewer.report(take_id)
    if at_s is not None and at_s > report.delivery.duration_s:
        raise UsageError(f"The take ends before {at_s:g} s.", f"It is {report.delivery.duration_s:.1f} s long.")
    return notes_of(program.corrector.add_note(take_id, text, at_s))


@command("guess")
@click.argument("take", type=TakeName())
@click.argument("elements", nargs=-1)
@pass_invocation
def guess(invocation: Invocation, *, take: str, elements: tuple[str, ...]) -> Outcome:
    """Keep which elements you think you met, and compare that with the verdicts.

    Without ELEMENTS: none of them. TAKE is an id, a part that names one, or `last`.
    """
    program = invocation.program
    take_id = program.library.resolve(take)
    before = program.reviewer.report(take_id)
    return again(before, program.corrector.guess(take_id, elements))
