"""What is a report as Markdown? A page to send or to keep: every text in it from outside is inert."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmrehearse.checking.delivery import Delivery
from pmrehearse.checking.findings import ElementFinding, Evidence, FlagFinding, Verdict
from pmrehearse.cleaning import clean_line
from pmrehearse.library.exports.cards import answered
from pmrehearse.library.exports.times import clock, minutes
from pmrehearse.library.report import MissedMoment, PhaseTime, Report
from pmrehearse.scenario.model import Scenario
from pmrehearse.speech.segments import Segment

LONGEST = 20_000
"""Longest text from outside in one place, in characters: a segment has some hundred."""

_SPECIAL = re.compile(r"[\\`*_{}\[\]()<>#|~!&$=^@]")
_LINK = re.compile(r"(?i)\b(?:(?:https?|ftp|mailto|xmpp)(?=:)|www(?=\.))")
_LIST = re.compile(r"^(?=[-+])|(?<=^)\d{1,9}(?=[.)])")


def inert(text: str) -> str:
    """A text from outside on one line, in which nothing is markup, HTML, a list or a link (not even a bare address)."""
    escaped = _SPECIAL.sub(r"\\\g<0>", clean_line(text, LONGEST))
    return _LIST.sub(r"\g<0>\\", _LINK.sub(r"\g<0>\\", escaped))


def report_markdown(report: Report) -> str:
    """The whole report, its transcript at the end with a time before each segment."""
    blocks = [
        *_head(report),
        *_elements(report),
        *_flags(report),
        *_phases(report.phases),
        *_delivery(report.delivery),
        *_cues(report),
        *_notes(report),
        *_transcript(report.transcript.segments),
    ]
    return "\n\n".join(blocks) + "\n"


def _head(report: Report) -> Iterator[str]:
    take, findings = report.take, report.findings
    yield f"# {inert(take.name or take.scenario.title)}"
    length = f"{minutes(take.duration_s)} of {minutes(take.scenario.seconds)}" if take.n_samples else "typed"
    facts = [f"{take.started_at:%Y-%m-%d %H:%M} UTC", length, inert(take.device)]
    facts += [inert(f"recognised by {take.options.checkpoint}")] if take.options else []
    yield f"{inert(take.scenario.title)} ({inert(take.scenario.id)}) · " + " · ".join(fact for fact in facts if fact)
    yield f"> {inert(take.scenario.prompt)}"
    yield f"**{findings.n_met} of {len(findings.elements)} elements** ({findings.coverage:.0%})" + _raised(report)
    if findings.note:
        yield f"*{inert(findings.note)}*"


def _raised(report: Report) -> str:
    n_raised = len(report.findings.raised)
    return f", **{n_raised} flag{'s' if n_raised > 1 else ''} raised**" if n_raised else ", no flag raised"


def _elements(report: Report) -> Iterator[str]:
    moments = {moment.element_id: moment for moment in report.missed}
    yield "## Elements"
    yield "\n".join(
        line
        for finding in report.findings.elements
        for line in _element(report, finding, moments.get(finding.element_id))
    )


def _element(report: Report, finding: ElementFinding, moment: MissedMoment | None) -> Iterator[str]:
    element, overruled = report.take.scenario.element(finding.element_id), report.overruling_of(finding.element_id)
    yield f"- {finding.verdict.sign} **{finding.verdict.value}** · {inert(element.title)}{_at(finding.evidence)}"
    if finding.evidence and finding.evidence.quote:
        yield f"  - {'said' if finding.met else 'nearest'}: “{inert(finding.evidence.quote)}”"
    if overruled is not None:
        why = f": {inert(overruled.ruling.note)}" if overruled.ruling.note else ""
        yield f"  - overruled by the speaker; the checks say {overruled.checks.verdict.value}{why}"
    elif finding.lacked:
        yield f"  - lacked: {inert(finding.lacked)}"
    if moment:
        said = f", when this was said: “{inert(moment.quote)}”" if moment.quote else ", when nothing was said"
        yield f"  - due by **[{clock(moment.due_s)}]**{said}"
    if finding.verdict in (Verdict.NEAR, Verdict.MISSING) and element.hint:
        yield f"  - for example: *{inert(element.hint)}*"


def _at(evidence: Evidence | None) -> str:
    return f" **[{clock(evidence.start_s)}]**" if evidence and evidence.start_s is not None else ""


def _flags(report: Report) -> Iterator[str]:
    if report.findings.raised:
        yield "## Flags"
        yield "\n".join(line for flag in report.findings.raised for line in _flag(report.take.scenario, flag))


def _flag(scenario: Scenario, finding: FlagFinding) -> Iterator[str]:
    flag = scenario.flag(finding.flag_id)
    yield f"- ! **raised** · {inert(flag.title)}{_at(finding.evidence)}"
    if finding.evidence and finding.evidence.quote:
        yield f"  - said: “{inert(finding.evidence.quote)}”"
    if finding.why:
        yield f"  - why: {inert(finding.why)}"
    if flag.hint:
        yield f"  - instead: {inert(flag.hint)}"


def _phases(phases: tuple[PhaseTime, ...]) -> Iterator[str]:
    if all(phase.start_s is None for phase in phases):
        return
    rows = ["| Phase | planned | actual | began |", "| --- | ---: | ---: | ---: |"]
    for phase in phases:
        began = f"**[{clock(phase.start_s)}]**" if phase.start_s is not None else "never"
        rows.append(f"| {inert(phase.title)} | {minutes(phase.planned_s)} | {minutes(phase.actual_s)} | {began} |")
    yield "## Phases"
    yield "\n".join(rows)


def _delivery(delivery: Delivery) -> Iterator[str]:
    lines = [f"- {delivery.n_words} words"]
    if delivery.words_per_minute is not None:
        lines.append(f"- pace: {delivery.words_per_minute:.0f} words a minute (over elapsed time)")
    if delivery.articulation_per_minute is not None:
        lines.append(f"- articulation: {delivery.articulation_per_minute:.0f} words a minute (over speech time)")
    if delivery.first_word_s is not None:
        lines.append(f"- speech began after {delivery.first_word_s:.1f} s")
        lines.append(f"- pauses: {delivery.n_pauses} of 0.5 s and more, {len(delivery.long_pauses)} of 2 s and more")
    lines += [
        f"  - **[{clock(pause.start_s)}]** {pause.end_s - pause.start_s:.1f} s: "
        f"“{inert(pause.before)} … {inert(pause.after)}”"
        for pause in delivery.long_pauses
    ]
    lines += [
        f"- {one.words_per_minute:.0f} words a minute from **[{clock(one.start_s)}]** to **[{clock(one.end_s)}]**"
        for one in delivery.excursions
    ]
    if delivery.fillers:
        named = ", ".join(f"{inert(filler.text)} {filler.count}" for filler in delivery.fillers)
        lines.append(f"- fillers: at least {sum(filler.count for filler in delivery.fillers)} ({named})")
    yield "## Delivery"
    yield "\n".join(lines)


def _cues(report: Report) -> Iterator[str]:
    if not report.cues:
        return
    yield "## The interviewer"
    yield "\n".join(
        f"- **[{clock(cue.at_s)}]** “{inert(cue.say)}”: {answered(cue, report.take.scenario, inert)}"
        for cue in report.cues
    )


def _notes(report: Report) -> Iterator[str]:
    if report.corrections.notes:
        yield "## Notes"
        yield "\n".join(
            "- " + (f"**[{clock(note.at_s)}]** " if note.at_s is not None else "") + inert(note.text)
            for note in report.corrections.notes
        )


def _transcript(segments: tuple[Segment, ...]) -> Iterator[str]:
    yield "## Transcript"
    spoken = [segment for segment in segments if segment.words]
    yield "\n\n".join(_paragraph(segment) for segment in spoken) if spoken else "Nothing was heard."


def _paragraph(segment: Segment) -> str:
    timed = segment.words[0].start_s is not None
    note = " *(heard badly)*" if segment.unsure else ""
    return (f"**[{clock(segment.start_s)}]** " if timed else "") + inert(segment.text) + note
