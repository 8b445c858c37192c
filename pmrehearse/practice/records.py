"""How did each scenario and each element go over the takes?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import takewhile

from pmrehearse.checking.findings import Verdict
from pmrehearse.library.rows import MarkedTake
from pmrehearse.practice.lazily import Lazily
from pmrehearse.practice.rehearsals import Rehearsal, rehearsal_of
from pmrehearse.scenario.ids import OF_A_DRILL, scenario_and_element

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


Said = tuple[MarkedTake, Verdict]
"""A take, and what it said of an element."""


def _try_of(said: Said) -> ElementTry:
    take, verdict = said
    return ElementTry(take.take_id, take.started_at, verdict, OF_A_DRILL in take.scenario_id)


class Tries(Lazily[Said, ElementTry]):
    """Many tries of one element.

    Attributes:
        verdicts: Their verdicts.
    """

    __slots__ = ("verdicts",)

    def __init__(self, said: Sequence[Said]) -> None:
        """Make nothing yet.

        Args:
            said: The takes with their verdicts, the oldest first.
        """
        super().__init__(said, _try_of)
        self.verdicts = [verdict for _, verdict in said]


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
    tries: Sequence[ElementTry]

    @property
    def verdicts(self) -> Sequence[Verdict]:
        """The verdicts of the tries."""
        return self.tries.verdicts if isinstance(self.tries, Tries) else [each.verdict for each in self.tries]

    @property
    def n_met(self) -> int:
        """How often it was met."""
        return self.verdicts.count(Verdict.MET)

    @property
    def last(self) -> Verdict:
        """The newest verdict."""
        return self.verdicts[-1]

    @property
    def met_in_a_row(self) -> int:
        """How many of the newest tries met it, one after another."""
        return sum(1 for _ in takewhile(lambda verdict: verdict is Verdict.MET, reversed(self.verdicts)))


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
    takes: Sequence[Rehearsal]

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


def records(takes: Iterable[MarkedTake]) -> Records:
    """The record of each scenario and element.

    Args:
        takes: Those that count (`rehearsals.counted`), the oldest first.
    """
    whole: dict[str, list[MarkedTake]] = {}
    tries: dict[ElementName, list[Said]] = {}
    n_drills = 0
    for take in takes:
        scenario_id, drilled = _names(take.scenario_id)
        n_drills += bool(drilled)
        was_heard = False
        for element_id, verdict in take.verdicts:
            if verdict is not Verdict.UNKNOWN:
                was_heard = True
                tries.setdefault((scenario_id, element_id), []).append((take, verdict))
        if was_heard and not drilled:
            whole.setdefault(scenario_id, []).append(take)
    return Records(
        tuple(ScenarioRecord(name, some[-1].title, Lazily(some, rehearsal_of)) for name, some in sorted(whole.items())),
        tuple(ElementRecord(*name, Tries(said)) for name, said in sorted(tries.items())),
        n_drills,
    )


_names = lru_cache(maxsize=4096)(scenario_and_element)
"""Thousands of takes share some dozens of ids."""
