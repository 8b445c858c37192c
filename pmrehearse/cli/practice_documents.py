"""What does JSON say of practice? These shapes are kept for those who read them.

Days are ISO 8601 dates of this place, moments ISO 8601 in UTC.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pmrehearse.library.jsonview import plain
from pmrehearse.scenario.ids import drill_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pmrehearse.checking.findings import Verdict
    from pmrehearse.cli import practice_values as values
    from pmrehearse.practice.debrief import DebriefedTake, MissedElement
    from pmrehearse.practice.drilling import Drilled
    from pmrehearse.practice.plan import LastTake, PlannedRehearsal
    from pmrehearse.practice.records import ElementRecord, ScenarioRecord
    from pmrehearse.practice.rehearsals import Rehearsal
    from pmrehearse.session.practising import DueElement

Document = dict[str, Any]


def plan(shown: values.PlanShown) -> Document:
    """The rehearsals of a loop."""
    laid_out = shown.plan
    return {
        "loop": laid_out.loop_id,
        "title": plain(laid_out.title),
        "interview": laid_out.interview.isoformat(),
        "made_on": laid_out.made_on.isoformat(),
        "today": laid_out.today.isoformat(),
        "days_left": laid_out.days_left,
        "round_minutes": plain(laid_out.round_minutes),
        "is_kept": shown.is_kept,
        "rehearsals": [_rehearsal(each) for each in laid_out.rehearsals],
        "left_out": plain(laid_out.left_out),
        "missing": plain(laid_out.missing),
        "remarks": plain(laid_out.remarks),
    }


def _rehearsal(each: PlannedRehearsal) -> Document:
    scenarios = [
        {
            "id": plain(one.scenario_id),
            "title": plain(one.title),
            "seconds": plain(one.seconds),
            "is_done": one.is_done,
            "last": _last(one.last),
        }
        for one in each.scenarios
    ]
    return {
        "day": each.day.isoformat(),
        "round": each.number,
        "is_repeat": each.is_repeat,
        "due": each.due.value,
        "scenarios": scenarios,
    }


def _last(last: LastTake | None) -> Document | None:
    if last is None:
        return None
    return {"take": last.take_id, "on": last.on.isoformat(), "met": last.n_met, "of": last.n_elements}


def debrief(shown: values.RoundShown) -> Document:
    """A round as a whole."""
    said = shown.debrief
    return {
        "loop": said.loop_id,
        "round": said.number,
        "met": said.n_met,
        "of": said.n_elements,
        "flags_raised": said.n_flags,
        "duration_s": plain(said.duration_s),
        "takes": [_debriefed(take) for take in said.takes],
        "missed": [_missed(element) for element in said.missed],
        "not_taken": plain(said.not_taken),
        "next": {
            "drill": [element.drill for element in said.drills],
            "rehearse": [*(take.scenario_id for take in said.again), *said.not_taken],
        },
    }


def _debriefed(take: DebriefedTake) -> Document:
    return {
        "id": take.take_id,
        "scenario": take.scenario_id,
        "title": plain(take.title),
        "met": take.n_met,
        "of": take.n_elements,
        "duration_s": plain(take.duration_s),
        "planned_s": plain(take.planned_s),
        "time": plain(take.time),
        "flags": plain(take.flags),
    }


def _missed(element: MissedElement) -> Document:
    return {**plain(element), "drill": element.drill}


def due(shown: values.DueList) -> Document:
    """What is due, and what comes back later."""
    return {
        "today": shown.today.isoformat(),
        "due": [_due(each) for each in shown.due],
        "later": [_due(each) for each in shown.later],
    }


def _due(each: DueElement) -> Document:
    standing = each.standing
    return {
        "drill": each.drill,
        "scenario": standing.record.scenario_id,
        "element": standing.record.element_id,
        "title": plain(each.title),
        "due_at": plain(standing.due_at),
        "due_on": standing.due_on().isoformat(),
        "stability_days": plain(standing.stability_days),
        "chance": plain(standing.chance),
        "last": standing.record.last.value,
        "met": standing.record.n_met,
        "of": len(standing.record.tries),
    }


def trends(shown: values.Trends) -> Document:
    """Every take and every try that counts."""
    return {
        "n_drills": shown.records.n_drills,
        "scenarios": [_scenario(record) for record in shown.records.scenarios],
        "elements": [_element(record, shown) for record in shown.records.elements],
        "weakest": [drill_id(record.scenario_id, record.element_id) for record in shown.records.weakest],
    }


def _scenario(record: ScenarioRecord) -> Document:
    return {
        "id": record.scenario_id,
        "title": plain(record.title),
        "last": plain(record.last.coverage),
        "best": plain(record.best.coverage),
        "takes": [_take(take) for take in record.takes],
    }


def _take(take: Rehearsal) -> Document:
    figures = asdict(take)
    del figures["verdicts"], figures["scenario_id"], figures["drilled"], figures["title"]
    return {
        "id": figures.pop("take_id"),
        **{name: plain(figure) for name, figure in figures.items()},
        "met": take.n_met,
        "of": len(take.verdicts),
        "coverage": plain(take.coverage),
    }


def _element(record: ElementRecord, shown: values.Trends) -> Document:
    return {
        "scenario": record.scenario_id,
        "id": record.element_id,
        "title": plain(shown.titles.get((record.scenario_id, record.element_id), "")),
        "met": record.n_met,
        "met_in_a_row": record.met_in_a_row,
        "tries": [plain(made) for made in record.tries],
    }


def drilled(shown: values.DrillShown) -> Document:
    """What came of a sitting."""
    return {"drilled": [_drilled(each) for each in shown.drilled]}


def _drilled(each: Drilled) -> Document:
    return {
        "scenario": each.name[0],
        "element": each.name[1],
        "title": plain(each.title),
        "before": _values(each.before),
        "met": each.n_met,
        "stands": each.stands,
        "tries": [plain(made) for made in each.tries],
    }


def _values(verdicts: Iterable[Verdict]) -> list[str]:
    return [verdict.value for verdict in verdicts]
