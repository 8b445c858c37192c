"""What do commands that correct a take need, and what do they answer?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pmrehearse.cleaning import clean_line
from pmrehearse.cli.answering import Outcome
from pmrehearse.cli.texts import figures
from pmrehearse.cli.values import Done, NotesShown
from pmrehearse.errors import UsageError
from pmrehearse.library.guessing import compare_guess
from pmrehearse.library.passages import places_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmrehearse.library.corrections import Corrections
    from pmrehearse.library.report import Report
    from pmrehearse.speech.segments import Word


def chosen_place(
    words: Sequence[Word], heard: str, at_s: float | None, *, everywhere: bool
) -> tuple[tuple[int, int], ...]:
    """The places to correct, each as its first and last word.

    Args:
        words: The words of the transcript.
        heard: What stands there.
        at_s: The moment to which the place is nearest, or None.
        everywhere: True for all places.

    Raises:
        UsageError: It stands nowhere, or at several places of which none was chosen.
    """
    places = places_of(heard, words)
    if not places:
        raise UsageError(
            f"Nobody says {figures.quoted(heard, 60)} in this take.", "`show TAKE --transcript` shows all."
        )
    if everywhere or len(places) == 1:
        return places
    timed = [(words[first].start_s, (first, last)) for first, last in places]
    if at_s is not None:
        return (min(timed, key=lambda one: abs((one[0] or 0.0) - at_s))[1],)
    moments = ", ".join(f"{start_s:.1f}" for start_s, _ in timed if start_s is not None)
    raise UsageError(
        f"{figures.quoted(heard, 60)} stands at {len(places)} places.",
        f"Say --all, or --at one of {moments} s." if moments else "Say --all, or name more words around it.",
    )


def last_edit(corrections: Corrections) -> Corrections:
    """The corrections without the last change of words.

    Raises:
        UsageError: No word was changed.
    """
    if not corrections.words:
        raise UsageError("No word of this take was changed.", "`correct TAKE HEARD SAID` changes some.")
    return replace(corrections, words=corrections.words[:-1])


def again(before: Report, after: Report) -> Outcome:
    """What changed: the coverage, and each element whose verdict is another one."""
    old = {finding.element_id: finding.verdict for finding in before.findings.elements}
    changed = tuple(
        (finding.element_id, old[finding.element_id].value, finding.verdict.value)
        for finding in after.findings.elements
        if finding.verdict is not old[finding.element_id]
    )
    guess = compare_guess(after.findings, after.corrections.guess)
    said = f"{after.findings.n_met} of {len(after.findings.elements)} elements met"
    parts = [*(f"{clean_line(name)}: {was} → {now}" for name, was, now in changed), said]
    if guess is not None:
        parts.append(f"your guess was right on {guess.right} of {guess.of}")
    facts = (
        ("id", after.take.id),
        ("met", after.findings.n_met),
        ("of", len(after.findings.elements)),
        ("changed", [{"element": name, "before": was, "after": now} for name, was, now in changed]),
        ("guess", guess),
    )
    return Outcome(Done("; ".join(parts) + ".", facts))


def notes_of(report: Report) -> Outcome:
    """The notes of a take."""
    return Outcome(NotesShown(report.take.id, report.corrections.notes))
