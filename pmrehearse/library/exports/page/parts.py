"""What do the parts of a report look like in a page?"""

from __future__ import annotations

from collections.abc import Iterator

from pmrehearse.checking.delivery import Delivery
from pmrehearse.checking.findings import ElementFinding, Evidence, FlagFinding
from pmrehearse.library.exports.cards import answered
from pmrehearse.library.exports.page.markup import element, inert, moment
from pmrehearse.library.exports.times import minutes
from pmrehearse.library.report import MissedMoment, Report
from pmrehearse.scenario.model import Scenario


def summary(report: Report) -> str:
    """What the take was, and the figures that matter most."""
    take, findings = report.take, report.findings
    facts = [take.scenario.title, f"{take.started_at:%Y-%m-%d %H:%M} UTC", take.device]
    facts += [f"recognised by {take.options.checkpoint}"] if take.options else []
    figures = [(f"{findings.n_met} of {len(findings.elements)}", "elements met")]
    if take.n_samples:
        figures.append((minutes(take.duration_s), f"of {minutes(take.scenario.seconds)}"))
    if report.delivery.words_per_minute is not None:
        figures.append((f"{report.delivery.words_per_minute:.0f}", "words a minute"))
    n_raised = len(findings.raised)
    figures.append((str(n_raised) if n_raised else "none", "flag raised" if n_raised == 1 else "flags raised"))
    items = (element("li", element("b", told) + element("span", what)) for told, what in figures)
    return "\n".join(
        (
            element("p", " · ".join(inert(fact) for fact in facts if fact), kind="facts"),
            element("blockquote", inert(take.scenario.prompt)),
            element("ul", items, kind="sum"),
        )
    )


def elements(report: Report) -> str:
    """Each element with its verdict, its words, and what was lacking."""
    moments = {missed.element_id: missed for missed in report.missed}
    items = (_element(report, finding, moments.get(finding.element_id)) for finding in report.findings.elements)
    return element("h2", "What the answer had to contain") + "\n" + element("ul", items, kind="found")


def _element(report: Report, finding: ElementFinding, missed: MissedMoment | None) -> str:
    asked = report.take.scenario.element(finding.element_id)
    overruled = report.overruling_of(finding.element_id)
    lines = [_quote("Said" if finding.met else "Nearest", finding.evidence)]
    if overruled is not None:
        why = f": {inert(overruled.ruling.note)}" if overruled.ruling.note else ""
        said = f"by the speaker; the checks say {overruled.checks.verdict.value}"
        lines.append(_why("Overruled", f"{said}{why}"))
    elif finding.lacked:
        lines.append(_why("Lacked", inert(finding.lacked)))
    if missed:
        said = f"“{inert(missed.quote)}”" if missed.quote else "nothing was said"
        lines.append(_why("When it was due", f"{moment(missed.due_s)} {said}"))
    if not finding.met and asked.hint:
        lines.append(_why("For example", f"“{inert(asked.hint)}”"))
    lines.append(element("p", inert(asked.criterion), kind="why quiet"))
    return _item(finding.verdict.value, finding.verdict.sign, asked.title, finding.evidence, lines)


def flags(report: Report) -> str:
    """The flags that are raised; nothing where there is none."""
    items = [_flag(report.take.scenario, finding) for finding in report.findings.raised]
    return element("h2", "Flags raised") + "\n" + element("ul", items, kind="found") if items else ""


def _flag(scenario: Scenario, finding: FlagFinding) -> str:
    flag = scenario.flag(finding.flag_id)
    lines = [_quote("Said", finding.evidence)]
    lines.append(_why("Why", inert(finding.why)) if finding.why else "")
    lines.append(_why("Instead", inert(flag.hint)) if flag.hint else "")
    return _item("raised", "!", flag.title, finding.evidence, lines)


def _item(kind: str, glyph: str, title: str, evidence: Evidence | None, lines: list[str]) -> str:
    head = (
        element("span", glyph, kind="glyph", aria_hidden="true"),
        element("strong", inert(title)),
        element("span", f"{element('span', kind, kind='verdict')} {moment(evidence.start_s if evidence else None)}"),
    )
    shown_as = "missing" if kind == "unknown" else kind
    return element("li", (*head, element("div", lines)), kind=shown_as)


def _quote(what: str, evidence: Evidence | None) -> str:
    return _why(what, f"“{inert(evidence.quote)}”") if evidence and evidence.quote else ""


def _why(what: str, inside: str) -> str:
    return element("p", f"<b>{what}:</b> {inside}", kind="why")


def phases(report: Report) -> str:
    """Planned against actual; nothing where no phase began."""
    if all(phase.start_s is None for phase in report.phases):
        return ""
    head = "<tr><th>Phase</th><th class='n'>planned</th><th class='n'>actual</th><th class='n'>began</th></tr>"
    rows = (
        element(
            "tr",
            (
                element("td", inert(phase.title)),
                element("td", minutes(phase.planned_s), kind="n"),
                element("td", minutes(phase.actual_s), kind="n"),
                element("td", moment(phase.start_s) or "never", kind="n"),
            ),
        )
        for phase in report.phases
    )
    return element("h2", "Phases") + "\n" + element("table", (head, *rows))


def delivery(measured: Delivery) -> str:
    """Pace, pauses and fillers."""
    return element("h2", "Delivery") + "\n" + element("table", _delivery(measured))


def _delivery(measured: Delivery) -> Iterator[str]:
    yield _row("Words", str(measured.n_words))
    if measured.words_per_minute is not None:
        yield _row("Pace", f"{measured.words_per_minute:.0f} words a minute over the whole time")
    if measured.articulation_per_minute is not None:
        yield _row("While speaking", f"{measured.articulation_per_minute:.0f} words a minute")
    if measured.first_word_s is not None:
        yield _row("First word", f"after {measured.first_word_s:.1f} s")
        yield _row("Pauses", f"{measured.n_pauses} of 0.5 s and more")
    for pause in measured.long_pauses:
        lasted = f"{pause.end_s - pause.start_s:.1f} s: “{inert(pause.before)} … {inert(pause.after)}”"
        yield _row("Long pause", f"{moment(pause.start_s)} {lasted}")
    for stretch in measured.excursions:
        yield _row("Outside the band", f"{moment(stretch.start_s)} {stretch.words_per_minute:.0f} words a minute")
    if measured.fillers:
        named = ", ".join(f"{inert(filler.text)} {filler.count}" for filler in measured.fillers)
        yield _row("Fillers", f"at least {sum(filler.count for filler in measured.fillers)}: {named}")


def _row(what: str, inside: str) -> str:
    return element("tr", (element("td", what), element("td", inside)))


def cards(report: Report) -> str:
    """What the interviewer threw in, and how long the speaker took to go on and to recover; nothing without a card."""
    if not report.cues:
        return ""
    scenario = report.take.scenario
    rows = (_row(moment(cue.at_s), f"“{inert(cue.say)}” {answered(cue, scenario, inert)}") for cue in report.cues)
    return element("h2", "The interviewer") + "\n" + element("table", rows)
