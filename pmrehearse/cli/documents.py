"""What does JSON say of takes, scenarios and measurements? These shapes are kept for those who read them.

Those of takes, findings and transcripts are `library.jsonview`'s, so that `show --json` and an export say the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pmrehearse.checking.agreement import Subject, confusion
from pmrehearse.library.jsonview import findings_document, plain, report_document

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pmrehearse.checking.agreement import Decision
    from pmrehearse.checking.findings import ElementFinding, Findings
    from pmrehearse.cli import values
    from pmrehearse.library.report import Report
    from pmrehearse.library.rows import TakeRow
    from pmrehearse.scenario.model import Element, Flag, Scenario

Document = dict[str, Any]


def report(shown: values.ReportShown) -> Document:
    """The whole report; the words of the transcript only when it was asked for."""
    document = report_document(shown.report, with_words=shown.with_transcript)
    document["take"]["recogniser_note"] = plain(shown.recogniser_note)
    return document


def checked_text(checked: values.TextChecked) -> Document:
    """What the checks found in a text."""
    return {"scenario": checked.scenario.id, **findings_document(checked.scenario, checked.findings)}


def verdicts(found: Findings) -> Document:
    """The verdicts alone, as `check --jsonl` writes them."""
    return {
        "elements": {finding.element_id: finding.verdict.value for finding in found.elements},
        "flags": {finding.flag_id: finding.raised for finding in found.flags},
    }


def scenario_list(shown: values.ScenarioList) -> Document:
    """The scenarios in short, and the loops."""
    scenarios = [
        {
            "id": plain(one.id),
            "title": plain(one.title),
            "prompt": plain(one.prompt),
            "seconds": plain(one.seconds),
            "hard_limit": one.hard_limit,
            "n_elements": one.n_elements,
            "n_flags": one.n_flags,
            "origin": one.origin.value,
            "path": path(one.path),
            "problem": plain(one.problem),
        }
        for one in shown.scenarios
    ]
    return {"scenarios": scenarios, "loops": plain(shown.loops)}


def scenario(shown: values.ScenarioShown) -> Document:
    """One scenario without its rules (those are its TOML)."""
    asked: Scenario = shown.scenario
    return {
        "id": asked.id,
        "title": plain(asked.title),
        "prompt": plain(asked.prompt),
        "seconds": plain(asked.seconds),
        "hard_limit": asked.hard_limit,
        "target_s": [plain(asked.target_min_s), plain(asked.target_max_s)],
        "phases": plain(asked.phases),
        "elements": [_asked(element) | {"phase": element.phase} for element in asked.elements],
        "flags": [_asked(flag) for flag in asked.flags],
        "cues": plain(asked.cues),
        "vocabulary": plain(asked.vocabulary),
        "notes": plain(asked.notes),
        "origin": asked.origin.value,
        "digest": asked.digest,
    }


def _asked(item: Element | Flag) -> Document:
    return {
        "id": item.id,
        "title": plain(item.title),
        "criterion": plain(item.criterion),
        "hint": plain(item.hint),
    }


def scenario_begun(begun: values.ScenarioBegun) -> Document:
    """Where a new scenario stands."""
    return {"id": begun.id, "path": path(begun.path)}


def files_checked(shown: values.FilesChecked) -> Document:
    """What is wrong with scenario files."""
    return {"files": [{"good": file.is_good, **plain(file)} for file in shown.files]}


def take_list(shown: values.TakeList) -> Document:
    """The takes of a list."""
    return {"takes": [take_row(row) for row in shown.rows], "n_all": shown.n_all, "folder": path(shown.folder)}


def take_row(row: TakeRow) -> Document:
    """A take as lists show it."""
    return {
        "id": row.take_id,
        "scenario": row.scenario_id,
        "title": plain(row.title),
        "started_at": plain(row.started_at),
        "status": row.status.value,
        "duration_s": plain(row.duration_s),
        "met": row.n_met,
        "of": row.n_elements,
        "flags_raised": row.n_raised,
        "words_per_minute": plain(row.words_per_minute),
        "fillers": row.n_fillers,
        "name": plain(row.name),
        "tags": plain(row.tags),
        "problem": plain(row.problem),
    }


def search_result(shown: values.SearchResult) -> Document:
    """The takes that a search found."""
    hits = [{"take": take_row(hit.row), "snippet": plain(hit.snippet), "at_s": plain(hit.at_s)} for hit in shown.hits]
    return {"text": plain(shown.text), "n_found": shown.n_found, "hits": hits}


def library_verified(found: values.LibraryVerified) -> Document:
    """What a look at every take found."""
    return {
        "folder": path(found.folder),
        "n_takes": found.n_takes,
        "troubles": plain(found.tended.troubles),
        "notice": plain(found.notice),
    }


def evaluation(shown: values.Evaluation) -> Document:
    """The figures, and every decision that they count."""
    agreement = shown.agreement
    document: Document = {
        "n_answers": shown.n_answers,
        "total": {f"{subject}s": _counts(agreement.of(subject)) for subject in Subject},
        "scenarios": {
            scenario: {
                f"{subject}s": {
                    name: _counts(agreement.of(subject, scenario, name)) for name in agreement.names(subject, scenario)
                }
                for subject in Subject
            }
            for scenario in agreement.scenarios
        },
        "decisions": [_decision(one) for one in agreement.decisions],
    }
    if (change := shown.difference) is not None:
        document["difference"] = {
            "kappa_before": plain(change.before),
            "kappa_now": plain(change.after),
            "mended": [_decision(one) for one in change.mended],
            "broken": [_decision(one) for one in change.broken],
        }
    return document


def _counts(decisions: Iterable[Decision]) -> Document:
    counts = confusion(decisions)
    figures = {"precision": counts.precision, "recall": counts.recall, "kappa": counts.kappa}
    return {"n": counts.n, **plain(counts), **{name: plain(figure) for name, figure in figures.items()}}


def _decision(one: Decision) -> Document:
    return {
        "answer": plain(one.answer_id),
        "scenario": one.scenario,
        "subject": one.subject.value,
        "name": one.name,
        "labelled": one.labelled,
        "found": one.found,
        "why": plain(one.why),
    }


def takes_compared(shown: values.TakesCompared) -> Document:
    """Two takes beside one another; verdicts and times are null where a take did not ask or has none."""
    both = shown.comparison
    return {
        "scenario": both.after.take.scenario.id,
        "takes": [_side(report) for report in (both.before, both.after)],
        "elements": [
            {"id": each.element_id, "title": plain(each.title), "gained": each.is_gained, "lost": each.is_lost}
            | {"before": _finding(each.before), "after": _finding(each.after)}
            for each in both.elements
        ],
        "phases": plain(both.phases),
        "flags_raised": plain(both.raised),
        "flags_cleared": plain(both.cleared),
    }


def _side(report: Report) -> Document:
    return {
        "id": report.take.id,
        "started_at": plain(report.take.started_at),
        "met": report.findings.n_met,
        "of": len(report.findings.elements),
        "duration_s": plain(report.delivery.duration_s),
        "words_per_minute": plain(report.delivery.words_per_minute),
    }


def _finding(finding: ElementFinding | None) -> Document | None:
    if finding is None:
        return None
    evidence = finding.evidence
    return {
        "verdict": finding.verdict.value,
        "quote": plain(evidence.quote) if evidence else "",
        "start_s": plain(evidence.start_s) if evidence else None,
    }


def notes(shown: values.NotesShown) -> Document:
    """The notes of a take, by the numbers that remove them."""
    numbered = [{"number": number, **plain(note)} for number, note in enumerate(shown.notes, start=1)]
    return {"id": shown.take_id, "notes": numbered}


def done(value: values.Done) -> Document:
    """The facts of what was done."""
    return {name: plain(fact) for name, fact in value.facts}


def path(where: Path) -> str:
    """A path as text."""
    return str(plain(str(where)))
