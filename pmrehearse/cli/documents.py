"""What does JSON say of a report, a take, a scenario, a transcript? These shapes are kept for those who read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pmrehearse.cli.plain import plain

if TYPE_CHECKING:
    from pmrehearse.checking.findings import Evidence, Findings
    from pmrehearse.cli.values import (
        CheckpointList,
        DeviceList,
        FilesChecked,
        Places,
        ReportShown,
        ScenarioList,
        TakeList,
        TextChecked,
    )
    from pmrehearse.library.take import Take
    from pmrehearse.scenario.model import Element, Flag, Scenario
    from pmrehearse.speech.segments import Transcript

Document = dict[str, Any]


def report(shown: ReportShown) -> Document:
    """The whole report; the words of the transcript only when it was asked for."""
    said = shown.report
    scenario = said.take.scenario
    moments = {missed.element_id: missed for missed in said.missed}
    document = {
        "take": take(said.take) | {"recogniser_note": shown.recogniser_note},
        **findings(scenario, said.findings),
        "phases": plain(said.phases),
        "delivery": plain(said.delivery),
        "cues": plain(said.cues),
        "transcript": transcript(said.transcript, with_words=shown.with_transcript),
    }
    for element in document["elements"]:
        moment = moments.get(element["id"])
        element["due_s"] = plain(moment.due_s) if moment else None
        element["said_when_due"] = moment.quote if moment else ""
    return document


def checked_text(checked: TextChecked) -> Document:
    """What the checks found in a text."""
    return {"scenario": checked.scenario.id, **findings(checked.scenario, checked.findings)}


def findings(scenario: Scenario, found: Findings) -> Document:
    """Coverage, elements and flags."""
    return {
        "coverage": {"met": found.n_met, "of": len(found.elements), "share": plain(found.coverage)},
        "elements": [
            {
                "id": finding.element_id,
                "title": scenario.element(finding.element_id).title,
                "phase": scenario.element(finding.element_id).phase,
                "verdict": finding.verdict.value,
                **_evidence(finding.evidence),
                "rule": finding.rule,
                "lacked": finding.lacked,
                "judge": finding.judge.value,
            }
            for finding in found.elements
        ],
        "flags": [
            {
                "id": finding.flag_id,
                "title": scenario.flag(finding.flag_id).title,
                "raised": finding.raised,
                **_evidence(finding.evidence),
                "rule": finding.rule,
                "why": finding.why,
            }
            for finding in found.flags
        ],
    }


def verdicts(found: Findings) -> Document:
    """The verdicts alone, as `check --jsonl` writes them."""
    return {
        "elements": {finding.element_id: finding.verdict.value for finding in found.elements},
        "flags": {finding.flag_id: finding.raised for finding in found.flags},
    }


def take(value: Take) -> Document:
    """A take, its scenario by id and title."""
    return {
        "id": value.id,
        "scenario": value.scenario.id,
        "title": value.scenario.title,
        "scenario_digest": value.scenario.digest,
        "started_at": plain(value.started_at),
        "status": value.status.value,
        "ended": value.ended,
        "device": value.device,
        "duration_s": plain(value.duration_s),
        "planned_s": plain(value.scenario.seconds),
        "checkpoint": value.options.checkpoint if value.options else None,
        "name": value.name,
        "tags": list(value.tags),
    }


def transcript(value: Transcript, *, with_words: bool) -> Document:
    """A transcript: its text and segments, on request with every word and its time."""
    segments = [
        {"start_s": plain(segment.start_s), "end_s": plain(segment.end_s), "unsure": segment.unsure}
        | {"text": segment.text}
        | ({"words": plain(segment.words)} if with_words else {})
        for segment in value.segments
    ]
    return {
        "source": value.source.value,
        "complete": value.complete,
        "n_words": len(value.words),
        "text": value.text,
        "segments": segments,
    }


def scenario_list(shown: ScenarioList) -> Document:
    """The scenarios in short, and the loops."""
    return {
        "scenarios": plain(shown.scenarios),
        "loops": plain(shown.loops),
    }


def scenario(value: Scenario) -> Document:
    """One scenario without its rules (those are its TOML)."""
    return {
        "id": value.id,
        "title": value.title,
        "prompt": value.prompt,
        "seconds": plain(value.seconds),
        "hard_limit": value.hard_limit,
        "target_s": [plain(value.target_min_s), plain(value.target_max_s)],
        "phases": plain(value.phases),
        "elements": [_asked(element) | {"phase": element.phase} for element in value.elements],
        "flags": [_asked(flag) for flag in value.flags],
        "cues": plain(value.cues),
        "vocabulary": list(value.vocabulary),
        "notes": value.notes,
        "origin": value.origin.value,
        "digest": value.digest,
    }


def files_checked(shown: FilesChecked) -> Document:
    """What is wrong with scenario files."""
    return {"files": [{"good": file.is_good, **plain(file)} for file in shown.files]}


def take_list(shown: TakeList) -> Document:
    """The takes of a list."""
    rows = [
        {
            "id": row.take_id,
            "scenario": row.scenario_id,
            "title": row.title,
            "started_at": plain(row.started_at),
            "status": row.status.value,
            "duration_s": plain(row.duration_s),
            "met": row.n_met,
            "of": row.n_elements,
        }
        for row in shown.rows
    ]
    return {"takes": rows, "n_all": shown.n_all, "folder": str(shown.folder)}


def places(shown: Places) -> Document:
    """Where everything stands."""
    return {"places": plain(shown.places)}


def devices(shown: DeviceList) -> Document:
    """The microphones."""
    return {"devices": [{"name": name, "is_default": is_default} for name, is_default in shown.devices]}


def checkpoints(shown: CheckpointList) -> Document:
    """The checkpoints here, and those that can be fetched."""
    rest = [{"name": name, "about_bytes": n_bytes} for name, n_bytes in shown.fetchable]
    return {"here": plain(shown.here), "fetchable": rest, "usual": shown.usual}


def _asked(item: Element | Flag) -> Document:
    return {"id": item.id, "title": item.title, "criterion": item.criterion, "hint": item.hint}


def _evidence(evidence: Evidence | None) -> Document:
    return {
        "quote": evidence.quote if evidence else "",
        "start_s": plain(evidence.start_s) if evidence else None,
        "end_s": plain(evidence.end_s) if evidence else None,
    }
