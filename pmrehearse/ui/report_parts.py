"""How do the parts of a report read: the summary, the list of elements, the detail of one?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pmrehearse.checking.findings import Judge, Verdict
from pmrehearse.library.guessing import compare_guess
from pmrehearse.library.take import TakeStatus
from pmrehearse.rehearsal.lights import band, time_verdict
from pmrehearse.speech.segments import TranscriptSource
from pmrehearse.ui import marks
from pmrehearse.ui.shown import Row, Stack, labelled, shown
from pmrehearse.ui.widgets.menu import choice, gap, heading
from pmrehearse.ui.wording import clock, count

if TYPE_CHECKING:
    from textual.content import Content
    from textual.widgets.option_list import Option

    from pmrehearse.checking.findings import ElementFinding, Evidence, FlagFinding
    from pmrehearse.library.report import Report

ELEMENT = "element:"
FLAG = "flag:"
_labelled = partial(labelled, cells=9)


def waits(report: Report) -> bool:
    """True when the take has no transcript yet."""
    no_text = report.transcript.source is TranscriptSource.NONE
    return no_text or (report.take.status is not TakeStatus.TRANSCRIBED and not report.transcript.complete)


def is_typed(report: Report) -> bool:
    """True when there is a text, but no sound that it was heard in."""
    return report.transcript.source is TranscriptSource.TYPED


def summary(report: Report) -> Stack:
    """Two lines: how many elements were met; time, pace and flags."""
    findings = report.findings
    strip = shown(
        *(
            (f"{marks.of_verdict(each.verdict).glyph} ", marks.of_verdict(each.verdict).style)
            for each in findings.elements
        )
    )
    said = "nothing was heard" if not report.transcript.words else f"{findings.n_met} of {len(findings.elements)} met"
    yours = shown(("  " + " · ".join(_your_facts(report)), "$primary"))
    return Stack(shown((said, "bold"), "   ") + strip + yours, shown((" · ".join(_facts(report)), "$muted")))


def _facts(report: Report) -> list[str]:
    delivery, scenario = report.delivery, report.take.scenario
    facts = []
    if is_typed(report):
        facts.append(f"a typed text, {count(delivery.n_words, 'word')}")
    else:
        verdict = time_verdict(delivery.duration_s, band(scenario))
        facts.append(f"{clock(delivery.duration_s)} of {clock(scenario.seconds)}, {verdict.value}")
    if delivery.words_per_minute is not None and delivery.n_words:
        facts.append(f"{delivery.words_per_minute:.0f} words a minute")
    raised = len(report.findings.raised)
    facts.append(count(raised, "flag") + " raised" if raised else "no flag raised")
    if report.findings.note:
        facts.append("rules alone")
    return facts


def _your_facts(report: Report) -> list[str]:
    guess = compare_guess(report.findings, report.corrections.guess)
    overruled = [f"{len(report.overruled)} overruled by you"] if report.overruled else []
    return overruled + ([f"guessed {guess.right} of {guess.of} right"] if guess is not None else [])


def finding_options(report: Report) -> list[Option]:
    """The list of elements, then of flags, missing ones where they stand in the scenario."""
    scenario = report.take.scenario
    options = [
        _element_option(report, each, scenario.element(each.element_id).title) for each in report.findings.elements
    ]
    if report.findings.flags:
        options.extend([gap(), heading("Flags")])
        options.extend(_flag_option(each, scenario.flag(each.flag_id).title) for each in report.findings.flags)
    return options


def _element_option(report: Report, finding: ElementFinding, title: str) -> Option:
    mark = marks.of_verdict(finding.verdict)
    evidence = finding.evidence
    timed = finding.met and evidence is not None and evidence.start_s is not None
    tail = clock(evidence.start_s or 0.0) if timed and evidence else mark.word
    if report.overruling_of(finding.element_id) is not None:
        tail = f"you · {tail}"
    return choice(
        ELEMENT + finding.element_id,
        title,
        lead=shown((f"{mark.glyph} ", f"bold {mark.style}")),
        tail=shown((tail, "$muted" if finding.met else mark.style)),
    )


def _flag_option(flag: FlagFinding, title: str) -> Option:
    mark = marks.of_flag(flag)
    body = shown(title) if flag.raised else shown((title, "$muted"))
    tail = shown((mark.word, mark.style)) if flag.raised else ""
    return choice(FLAG + flag.flag_id, body, lead=shown((f"{mark.glyph} ", f"bold {mark.style}")), tail=tail)


def detail(report: Report, name: str) -> Stack:
    """All that is known of one element or flag.

    Args:
        report: The report.
        name: The option's name in the list of findings.
    """
    if name.startswith(FLAG):
        return _flag_detail(report, name.removeprefix(FLAG))
    return _element_detail(report, name.removeprefix(ELEMENT))


def _element_detail(report: Report, element_id: str) -> Stack:
    element = report.take.scenario.element(element_id)
    finding = next(each for each in report.findings.elements if each.element_id == element_id)
    parts: list[Content | Row] = [shown((element.title, "bold")), marks.of_verdict(finding.verdict).content]
    parts.extend([*_yours(report, finding), shown("")])
    if finding.verdict is Verdict.MET:
        parts.extend([_quoted(_at(finding.evidence, "Said"), finding.evidence.quote)] if finding.evidence else [])
    elif finding.verdict is Verdict.UNKNOWN:
        parts.append(shown(finding.lacked or "Nothing was heard there, or it was heard too badly to tell."))
    else:
        parts.extend(_lacking(report, finding))
        parts.append(_quoted("Try", element.hint))
    parts.extend([shown(""), _labelled("Asked", element.criterion, "$muted")])
    if finding.met and finding.rule and finding.judge is not Judge.SPEAKER:
        label = "Judged" if finding.judge is Judge.LEARNED else "Rule"
        parts.append(_labelled(label, finding.rule, "$muted"))
    return Stack(*parts)


def _yours(report: Report, finding: ElementFinding) -> list[Content | Row]:
    """What you say of the verdict, and what you thought before you saw it."""
    parts: list[Content | Row] = []
    overruled = report.overruling_of(finding.element_id)
    if overruled is not None:
        said = f"overruled: the checks say {overruled.checks.verdict.value}"
        parts.append(shown((said, "$primary")))
        if overruled.ruling.note:
            parts.append(_labelled("Because", overruled.ruling.note))
    if report.corrections.guess is not None:
        thought = (
            "you thought you had said it" if finding.element_id in report.corrections.guess else "you did not think so"
        )
        right = (finding.element_id in report.corrections.guess) == finding.met
        parts.append(shown((f"{thought}: {'right' if right else 'wrong'}", "$muted" if right else "$warning")))
    return parts


def _lacking(report: Report, finding: ElementFinding) -> list[Row]:
    rows = []
    if finding.lacked and finding.judge is not Judge.SPEAKER:
        rows.append(_labelled("Lacking", finding.lacked))
    if finding.evidence:
        rows.append(_quoted(_at(finding.evidence, "Nearest"), finding.evidence.quote))
    moment = next((each for each in report.missed if each.element_id == finding.element_id), None)
    if moment is not None:
        saying = f"you were saying “{moment.quote}”" if moment.quote else "nothing was being said"
        rows.append(_labelled(f"By {clock(moment.due_s)}", saying))
    return rows


def _flag_detail(report: Report, flag_id: str) -> Stack:
    flag = report.take.scenario.flag(flag_id)
    finding = next(each for each in report.findings.flags if each.flag_id == flag_id)
    parts: list[Content | Row] = [shown((flag.title, "bold")), marks.of_flag(finding).content]
    if finding.raised:
        parts.append(shown(""))
        if finding.why:
            parts.append(_labelled("Why", finding.why))
        if finding.evidence:
            parts.append(_quoted(_at(finding.evidence, "Said"), finding.evidence.quote))
        parts.append(_quoted("Instead", flag.hint))
    parts.extend([shown(""), _labelled("Means", flag.criterion, "$muted")])
    return Stack(*parts)


def _at(evidence: Evidence, label: str) -> str:
    return clock(evidence.start_s) if evidence.start_s is not None else label


def _quoted(label: str, text: str) -> Row:
    return _labelled(label, f"“{text}”")
