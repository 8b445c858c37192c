"""What do all takes come to, so that it can be drawn: each scenario over its takes, its elements, what fails most?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pmrehearse.checking.findings import Verdict
from pmrehearse.practice.records import ElementRecord, Records
from pmrehearse.practice.rehearsals import Rehearsal
from pmrehearse.rehearsal.lights import Band, band
from pmrehearse.scenario.ids import drill_id
from pmrehearse.scenario.model import Scenario


@dataclass(frozen=True, slots=True)
class ElementProgress:
    """One element over all takes, with what it is called.

    Attributes:
        record: Its tries.
        title: The element's title; its id where its scenario no longer has it.
        scenario_title: That of its scenario.
        drill: The id of its drill; "" where it can no longer be drilled.
    """

    record: ElementRecord
    title: str
    scenario_title: str
    drill: str = ""


@dataclass(frozen=True, slots=True)
class ScenarioProgress:
    """One scenario over all its takes.

    Attributes:
        scenario_id: The scenario.
        title: How it is shown.
        takes: Takes of the whole scenario in which something was heard, the oldest first; none where only elements of
            it were drilled.
        elements: Those that were tried, in the scenario's order; those that it no longer has come last.
        band: The lengths that qualify; None where the scenario is gone.
    """

    scenario_id: str
    title: str
    takes: Sequence[Rehearsal]
    elements: tuple[ElementProgress, ...]
    band: Band | None = None

    @property
    def is_there(self) -> bool:
        """True when it can be rehearsed still."""
        return self.band is not None


@dataclass(frozen=True, slots=True)
class Progress:
    """All scenarios over all takes.

    Attributes:
        scenarios: The one rehearsed last first; those that were only drilled come last.
        takes: Those of all whole scenarios, the oldest first.
        failed: The elements over all scenarios that failed at least once: those first that fail still, of these and of
            the others those first that fail most often.
        n_failing: How many of them fail still: their last try was not met.
        n_drills: How many takes were drills of one element.
    """

    scenarios: tuple[ScenarioProgress, ...] = ()
    takes: tuple[Rehearsal, ...] = ()
    failed: tuple[ElementProgress, ...] = ()
    n_failing: int = 0
    n_drills: int = 0

    def scenario(self, scenario_id: str) -> ScenarioProgress | None:
        """One of the scenarios; None when nothing of it was tried."""
        return next((each for each in self.scenarios if each.scenario_id == scenario_id), None)


def progress(known: Records, scenarios: Mapping[str, Scenario]) -> Progress:
    """The records with the names of things and what was asked.

    Args:
        known: The records.
        scenarios: Those of the tried scenarios that can be rehearsed still, by their ids.
    """
    by_scenario: dict[str, list[ElementProgress]] = {}
    for record in known.elements:
        by_scenario.setdefault(record.scenario_id, []).append(_element(record, known, scenarios))
    names = sorted({*by_scenario, *(each.scenario_id for each in known.scenarios)})
    found = [_scenario(name, known, scenarios.get(name), by_scenario.get(name, [])) for name in names]
    weakest = known.weakest
    failed = tuple(_element(record, known, scenarios) for record in (*weakest, *_held_again(known)))
    takes = sorted((take for each in found for take in each.takes), key=_when)
    return Progress(tuple(sorted(found, key=_newest_first)), tuple(takes), failed, len(weakest), known.n_drills)


def _held_again(known: Records) -> list[ElementRecord]:
    """The elements that failed once and were met at the last try, those first that failed most often."""
    held = [each for each in known.elements if each.last is Verdict.MET and each.n_met < len(each.tries)]
    return sorted(held, key=lambda each: (each.n_met / len(each.tries), -len(each.tries)))


def _when(take: Rehearsal) -> tuple[float, str]:
    return take.started_at.timestamp(), take.take_id


def _newest_first(each: ScenarioProgress) -> tuple[float, str]:
    return (-each.takes[-1].started_at.timestamp() if each.takes else 0.0), each.scenario_id


def _element(record: ElementRecord, known: Records, scenarios: Mapping[str, Scenario]) -> ElementProgress:
    scenario = scenarios.get(record.scenario_id)
    title = next((each.title for each in scenario.elements if each.id == record.element_id), "") if scenario else ""
    drill = drill_id(record.scenario_id, record.element_id) if title else ""
    scenario_title = _title(record.scenario_id, known, scenario)
    return ElementProgress(record, title or record.element_id, scenario_title, drill)


def _scenario(
    scenario_id: str, known: Records, scenario: Scenario | None, elements: list[ElementProgress]
) -> ScenarioProgress:
    record = known.scenario(scenario_id)
    order = [each.id for each in scenario.elements] if scenario else []
    elements.sort(key=lambda each: order.index(each.record.element_id) if each.drill else len(order))
    return ScenarioProgress(
        scenario_id,
        _title(scenario_id, known, scenario),
        record.takes if record else (),
        tuple(elements),
        band(scenario) if scenario else None,
    )


def _title(scenario_id: str, known: Records, scenario: Scenario | None) -> str:
    """As the scenario calls itself now, else as its newest take did, else its id."""
    record = known.scenario(scenario_id)
    return scenario.title if scenario else record.title if record else scenario_id
