"""How did each scenario and each element go over the takes?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from pmrehearse.checking.findings import Verdict
from pmrehearse.practice.rehearsals import Rehearsal

ElementName = tuple[str, str]
"""A scenario's id and an element's."""


@dataclass(frozen=True, slots=True)
class ElementTry:
    """What one take said of one element.

    Attributes:
        take_id: The take.
        started_at: When it began, UTC, aware.
        verdict: What the checks said.
        is_drill: True when the element was rehearsed alone.
    """

    take_id: str
    started_at: datetime
    verdict: Verdict
    is_drill: bool


@dataclass(frozen=True, slots=True)
class ElementRecord:
    """One element over all takes.

    Attributes:
        scenario_id: Its scenario.
        element_id: The element.
        tries: The oldest first, at least one; drills count as takes of the whole scenario do.
    """

    scenario_id: str
    element_id: str
    tries: tuple[ElementTry, ...]

    @property
    def n_met(self) -> int:
        """How often it was met."""
        return sum(each.verdict is Verdict.MET for each in self.tries)

    @property
    def last(self) -> Verdict:
        """The newest verdict."""
        return self.tries[-1].verdict

    @property
    def met_in_a_row(self) -> int:
        """How many of the newest tries met it, one after another."""
        return sum(1 for _ in takewhile(lambda each: each.verdict is Verdict.MET, reversed(self.tries)))


@dataclass(frozen=True, slots=True)
class ScenarioRecord:
    """One scenario over all its takes.

    Attributes:
        scenario_id: The scenario.
        title: How it is shown, as the newest take has it.
        takes: Takes of the whole scenario in which something was heard, the oldest first, at least one.
    """

    scenario_id: str
    title: str
    takes: tuple[Rehearsal, ...]

    @property
    def last(self) -> Rehearsal:
        """The newest take."""
        return self.takes[-1]

    @property
    def best(self) -> Rehearsal:
        """The take with the highest coverage, the newest of several."""
        return max(reversed(self.takes), key=lambda take: take.coverage)


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that was rehearsed.

    Attributes:
        scenarios: One a scenario that has takes, in the order of their ids.
        elements: One an element that was tried, in the order of their ids.
        n_drills: How many takes were drills of one element.
    """

    scenarios: tuple[ScenarioRecord, ...] = ()
    elements: tuple[ElementRecord, ...] = ()
    n_drills: int = 0

    def scenario(self, scenario_id: str) -> ScenarioRecord | None:
        """The record of one scenario; None when it has no take."""
        return next((each for each in self.scenarios if each.scenario_id == scenario_id), None)

    def element(self, scenario_id: str, element_id: str) -> ElementRecord | None:
        """The record of one element; None when it was never tried."""
        wanted = (scenario_id, element_id)
        return next((each for each in self.elements if (each.scenario_id, each.element_id) == wanted), None)

    @property
    def weakest(self) -> tuple[ElementRecord, ...]:
        """The elements whose last try was not met, those first that fail most often, then those tried most often."""
        failing = (each for each in self.elements if each.last in (Verdict.NEAR, Verdict.MISSING))
        return tuple(sorted(failing, key=lambda each: (each.n_met / len(each.tries), -len(each.tries))))


def records(rehearsals: Iterable[Rehearsal]) -> Records:
    """The record of each scenario and element.

    Args:
        rehearsals: The oldest first.
    """
    whole: dict[str, list[Rehearsal]] = {}
    tries: dict[ElementName, list[ElementTry]] = {}
    n_drills = 0
    for one in rehearsals:
        n_drills += bool(one.drilled)
        if not one.drilled and one.was_heard:
            whole.setdefault(one.scenario_id, []).append(one)
        for element_id, verdict in one.verdicts:
            if verdict is not Verdict.UNKNOWN:
                made = ElementTry(one.take_id, one.started_at, verdict, bool(one.drilled))
                tries.setdefault((one.scenario_id, element_id), []).append(made)
    return Records(
        tuple(ScenarioRecord(name, takes[-1].title, tuple(takes)) for name, takes in sorted(whole.items())),
        tuple(ElementRecord(*name, tuple(made)) for name, made in sorted(tries.items())),
        n_drills,
    )
