"""What do a take, its findings, its transcript and its report look like as data that JSON can hold?

The keys are kept for those who read them; a key may be added, none is renamed. Times are seconds of the take's sound,
rounded to a millisecond; what is not known is null, a text that is not there "".

    report
    ├── take        id, scenario, title, scenario_digest, started_at (ISO 8601, UTC), status, ended, device,
    │               duration_s, planned_s, checkpoint, name, tags
    ├── coverage    met, of, share (in [0, 1])
    ├── elements    [id, title, phase, verdict (met | near | missing | unknown), quote, start_s, end_s, rule, lacked,
    │               judge (rules | learned | speaker), hint, due_s, said_when_due, overruled (null, or checks: what
    │               the checks say, note, made_at), guessed (null when not asked)]
    ├── flags       [id, title, raised, quote, start_s, end_s, rule, why, judge]
    ├── note        what must be known of how these were found, or ""
    ├── phases      [phase_id, title, planned_s, actual_s, start_s]
    ├── delivery    duration_s, speech_s, n_words, words_per_minute (words over elapsed time), articulation_per_minute
    │               (words over speech time), first_word_s, n_pauses, long_pauses [start_s, end_s, before, after],
    │               excursions [start_s, end_s, words_per_minute], fillers [text, count, kind]
    ├── cues        [say, at_s, resumed_after_s, on_flag, recovered_after_s, recovered_by]
    ├── notes       [text, at_s (null: on the take as a whole)]
    ├── guess       null, or right, of, over [ids thought met that are not], under [ids met that were not thought so]
    └── transcript  source (none | heard | imported | typed), complete, n_words, text,
                    segments [start_s, end_s, unsure, text, words [text, start_s, end_s, probability]]
"""

from __future__ import annotations

import dataclasses
import math
from datetime import datetime
from enum import Enum
from typing import Any

from pmrehearse.checking.findings import ElementFinding, Evidence, Findings, FlagFinding
from pmrehearse.cleaning import clean
from pmrehearse.library.guessing import compare_guess
from pmrehearse.library.report import MissedMoment, Report
from pmrehearse.library.take import Take
from pmrehearse.scenario.model import Scenario
from pmrehearse.speech.segments import Transcript

N_DIGITS = 3
"""Decimals of seconds and shares: a millisecond."""

Document = dict[str, Any]


def report_document(report: Report, *, with_words: bool = True) -> Document:
    """The whole report.

    Args:
        report: The report.
        with_words: False to leave the single words of the segments out.
    """
    moments = {missed.element_id: missed for missed in report.missed}
    document = findings_document(report.take.scenario, report.findings)
    for element in document["elements"]:
        element.update(_due(report.take.scenario, element["id"], moments.get(element["id"])))
        element.update(_spoken_for(report, element["id"]))
    return {
        "take": take_document(report.take),
        **document,
        "phases": plain(report.phases),
        "delivery": plain(report.delivery),
        "cues": plain(report.cues),
        "notes": plain(report.corrections.notes),
        "guess": plain(compare_guess(report.findings, report.corrections.guess)),
        "transcript": transcript_document(report.transcript, with_words=with_words),
    }


def take_document(take: Take) -> Document:
    """A take, its scenario by id and title."""
    return {
        "id": take.id,
        "scenario": take.scenario.id,
        "title": plain(take.scenario.title),
        "scenario_digest": take.scenario.digest,
        "started_at": plain(take.started_at),
        "status": take.status.value,
        "ended": take.ended,
        "device": plain(take.device),
        "duration_s": plain(take.duration_s),
        "planned_s": plain(take.scenario.seconds),
        "checkpoint": plain(take.options.checkpoint) if take.options else None,
        "name": plain(take.name),
        "tags": plain(take.tags),
    }


def findings_document(scenario: Scenario, findings: Findings) -> Document:
    """Coverage, elements and flags."""
    return {
        "coverage": {"met": findings.n_met, "of": len(findings.elements), "share": plain(findings.coverage)},
        "elements": [_element(scenario, finding) for finding in findings.elements],
        "flags": [_flag(scenario, finding) for finding in findings.flags],
        "note": plain(findings.note),
    }


def transcript_document(transcript: Transcript, *, with_words: bool = True) -> Document:
    """A transcript; its `text` and `n_words` leave out what was heard too badly, its segments do not."""
    return {
        "source": transcript.source.value,
        "complete": transcript.complete,
        "n_words": len(transcript.words),
        "text": plain(transcript.text),
        "segments": [
            {"start_s": plain(segment.start_s), "end_s": plain(segment.end_s), "unsure": segment.unsure}
            | {"text": plain(segment.text)}
            | ({"words": plain(segment.words)} if with_words else {})
            for segment in transcript.segments
        ],
    }


def plain(value: object) -> Any:
    """A value as dicts, lists, strings, numbers, booleans and None; texts are cleaned."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, float):
        return round(value, N_DIGITS) if math.isfinite(value) else None
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return value.isoformat() if isinstance(value, datetime) else value


def _element(scenario: Scenario, finding: ElementFinding) -> Document:
    element = scenario.element(finding.element_id)
    return {
        "id": element.id,
        "title": plain(element.title),
        "phase": element.phase,
        "verdict": finding.verdict.value,
        **_evidence(finding.evidence),
        "rule": plain(finding.rule),
        "lacked": plain(finding.lacked),
        "judge": finding.judge.value,
    }


def _due(scenario: Scenario, element_id: str, moment: MissedMoment | None) -> Document:
    return {
        "hint": plain(scenario.element(element_id).hint),
        "due_s": plain(moment.due_s) if moment else None,
        "said_when_due": plain(moment.quote) if moment else "",
    }


def _spoken_for(report: Report, element_id: str) -> Document:
    """What the speaker says of the verdict, and thought of it before."""
    one, guess = report.overruling_of(element_id), report.corrections.guess
    overruled = None
    if one is not None:
        made_at = plain(one.ruling.made_at)
        overruled = {"checks": one.checks.verdict.value, "note": plain(one.ruling.note), "made_at": made_at}
    return {"overruled": overruled, "guessed": None if guess is None else element_id in guess}


def _flag(scenario: Scenario, finding: FlagFinding) -> Document:
    return {
        "id": finding.flag_id,
        "title": plain(scenario.flag(finding.flag_id).title),
        "raised": finding.raised,
        **_evidence(finding.evidence),
        "rule": plain(finding.rule),
        "why": plain(finding.why),
        "judge": finding.judge.value,
    }


def _evidence(evidence: Evidence | None) -> Document:
    return {
        "quote": plain(evidence.quote) if evidence else "",
        "start_s": plain(evidence.start_s) if evidence else None,
        "end_s": plain(evidence.end_s) if evidence else None,
    }
