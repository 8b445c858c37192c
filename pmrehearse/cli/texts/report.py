"""How does the report of a take look as text?

One heading line with the coverage; then each element with what was said and when, or what it lacked and when it should
have come; then flags, phases, delivery. Every colour stands beside a glyph or a word that says the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from pmrehearse.audio.events import SAMPLE_RATE_HZ
from pmrehearse.checking.findings import Judge, Verdict
from pmrehearse.cli.texts import delivery, figures, transcript
from pmrehearse.cli.texts.layout import STYLES, aside, heading, row
from pmrehearse.library.guessing import compare_guess
from pmrehearse.library.take import TakeStatus
from pmrehearse.rehearsal.events import EndReason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmrehearse.checking.findings import ElementFinding, Findings, FlagFinding
    from pmrehearse.cli.values import ReportShown, TextChecked
    from pmrehearse.library.report import MissedMoment, Report
    from pmrehearse.library.take import Take
    from pmrehearse.scenario.model import Element, Scenario
    from pmrehearse.speech.segments import Transcript

N_CELLS = 30
"""Cells of the coverage bar."""


def report(shown: ReportShown) -> RenderableType:
    """The whole report."""
    said = shown.report
    parts = [
        _title(said.take.scenario, _circumstances(said, shown.recogniser_note), _warnings(said.take)),
        _coverage(said.findings),
        *_guess(said),
        _elements(said.take.scenario, said.findings, {missed.element_id: missed for missed in said.missed}),
        *_overruled(said),
        _flags(said.take.scenario, said.findings),
        delivery.phases(said.phases),
        delivery.delivery(said.delivery),
        *([delivery.cues(said.cues, said.take.scenario)] if said.cues else []),
        *_notes(said),
        *_whole_text(said.transcript, said.findings, wanted=shown.with_transcript),
        Text(f"\nTake {said.take.id}", style="dim"),
    ]
    return Group(*parts)


def checked_text(checked: TextChecked) -> RenderableType:
    """What the checks found in a text."""
    words = figures.count(len(checked.transcript.words), "word")
    return Group(
        _title(checked.scenario, f"a text of {words}"),
        _coverage(checked.findings),
        _elements(checked.scenario, checked.findings, {}),
        _flags(checked.scenario, checked.findings),
        *_whole_text(checked.transcript, checked.findings, wanted=checked.with_transcript),
    )


def _title(scenario: Scenario, circumstances: str, warnings: Sequence[str] = ()) -> RenderableType:
    return Group(
        row(Text(figures.shortened(scenario.title, 60), style="bold"), Text(scenario.id, style="dim")),
        Text(circumstances, style="dim"),
        *(Text(f"! {warning}", style="yellow") for warning in warnings),
        Text(),
    )


def _circumstances(said: Report, note: str) -> str:
    take = said.take
    length = f"{figures.clock(take.duration_s)} of {figures.clock(take.scenario.seconds)}"
    typed = f"a text of {figures.count(len(said.transcript.words), 'word')}"
    checkpoint = _recogniser(take.options.checkpoint, note) if take.options else ""
    parts = (figures.moment(take.started_at), length if take.n_samples else typed, take.device, checkpoint)
    return " · ".join(figures.shortened(part, 60) for part in parts if part)


def _recogniser(name: str, note: str) -> str:
    """A checkpoint's name with its note, which may begin with the name itself ("demo voice: …")."""
    return note if note.startswith(name.replace("-", " ")) else f"{name} ({note})" if note else name


def _warnings(take: Take) -> list[str]:
    """What must be known before the verdicts are believed."""
    said = []
    if take.status is not TakeStatus.TRANSCRIBED:
        said.append(f"It waits for its transcript: `pmrehearse transcribe {take.id}`.")
    if take.ended == EndReason.INTERRUPTED:
        said.append("It was stopped before its end.")
    if missing_s := sum(gap.n_samples for gap in take.gaps) / SAMPLE_RATE_HZ:
        said.append(f"{missing_s:.1f} s of its sound are missing, in {figures.count(len(take.gaps), 'place')}.")
    return said


def _coverage(findings: Findings) -> RenderableType:
    n_elements = len(findings.elements)
    filled = round(N_CELLS * findings.coverage)
    bar = Text.assemble(("━" * filled, STYLES[Verdict.MET]), ("─" * (N_CELLS - filled), "dim"))
    said = f"{findings.n_met} of {n_elements} elements"
    n_raised = len(findings.raised)
    flags = (f"{figures.count(n_raised, 'flag')} raised", "bold red") if n_raised else ("no flags", "dim")
    note = [Text(f"! {findings.note}", style="yellow")] if findings.note else []
    return Group(Text.assemble((said, "bold"), "  ", bar, f" {findings.coverage:4.0%}  ", flags), *note, Text())


def _elements(scenario: Scenario, findings: Findings, moments: dict[str, MissedMoment]) -> RenderableType:
    parts = [
        _element(number, scenario.element(finding.element_id), finding, moments.get(finding.element_id))
        for number, finding in enumerate(findings.elements, start=1)
    ]
    return Group(*parts)


def _element(number: int, element: Element, finding: ElementFinding, moment: MissedMoment | None) -> RenderableType:
    style = STYLES[finding.verdict]
    glyph = Text.assemble((f"{finding.verdict.sign} {finding.verdict:<8}", style))
    title = Text.assemble((f"{number} ", "dim"), (figures.shortened(element.title, 58), "" if finding.met else "bold"))
    evidence = finding.evidence
    when = Text(figures.clock(evidence.start_s), style=style) if evidence and evidence.start_s is not None else Text()
    return Group(row(Text.assemble(glyph, title), when), *_reasons(element, finding, moment))


def _reasons(element: Element, finding: ElementFinding, moment: MissedMoment | None) -> list[RenderableType]:
    """What stands under an element: the quote, or all that helps to say it next time."""
    said = figures.quoted(finding.evidence.quote, 260) if finding.evidence else ""
    if finding.met:
        return [aside("", said), *([aside("judged", finding.rule)] if finding.judge is Judge.LEARNED else [])]
    lines: list[RenderableType] = [aside("nearest", said)] if said else []
    if finding.lacked:
        lines.append(aside("lacked", figures.shortened(finding.lacked, 300)))
    if moment is not None:
        lines.append(aside("due", _due(moment)))
    if finding.verdict is not Verdict.UNKNOWN and element.hint:
        lines.append(aside("say", figures.quoted(element.hint, 300), "italic"))
    return lines


def _guess(said: Report) -> list[RenderableType]:
    guess = compare_guess(said.findings, said.corrections.guess)
    return [Text(f"Your guess was right on {guess.right} of {guess.of} elements.\n", style="dim")] if guess else []


def _overruled(said: Report) -> list[RenderableType]:
    """Which verdicts are the speaker's, and what the checks say of them."""
    if not said.overruled:
        return []
    parts: list[RenderableType] = [heading("Overruled by you")]
    for one in said.overruled:
        title = figures.shortened(said.take.scenario.element(one.checks.element_id).title, 58)
        parts.append(row(Text(f"{title}: {one.ruling.verdict}"), Text(f"the checks say {one.checks.verdict}", "dim")))
        if one.ruling.note:
            parts.append(aside("because", figures.shortened(one.ruling.note, 300)))
    return parts


def _notes(said: Report) -> list[RenderableType]:
    if not said.corrections.notes:
        return []
    lines = [
        aside("" if note.at_s is None else figures.clock(note.at_s), figures.shortened(note.text, 1000))
        for note in said.corrections.notes
    ]
    return [heading("Notes"), *lines]


def _due(moment: MissedMoment) -> str:
    then = f", when you said {figures.quoted(moment.quote, 160)}" if moment.quote else ", when nothing was said"
    return f"by {figures.clock(moment.due_s)}{then}"


def _flags(scenario: Scenario, findings: Findings) -> RenderableType:
    if not findings.raised:
        return Group()
    parts: list[RenderableType] = [heading("Flags")]
    for finding in findings.raised:
        parts += _flag(scenario, finding)
    return Group(*parts)


def _flag(scenario: Scenario, finding: FlagFinding) -> list[RenderableType]:
    flag = scenario.flag(finding.flag_id)
    evidence = finding.evidence
    when = figures.clock(evidence.start_s) if evidence and evidence.start_s is not None else ""
    lines: list[RenderableType] = [
        row(Text.assemble(("! raised   ", "bold red"), figures.shortened(flag.title, 60)), Text(when, style="red"))
    ]
    if evidence:
        lines.append(aside("", figures.quoted(evidence.quote, 260)))
    if finding.why and finding.why != flag.title:
        lines.append(aside("why", figures.shortened(finding.why, 300)))
    if flag.hint:
        lines.append(aside("instead", figures.shortened(flag.hint, 300), "italic"))
    return lines


def _whole_text(text: Transcript, findings: Findings, *, wanted: bool) -> list[RenderableType]:
    return [transcript.marked(text, findings)] if wanted and text.words else []
