"""What of a loop has been rehearsed, what is to be rehearsed today, and what comes later?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from enum import StrEnum

from pmrehearse.practice.layout import Known, Layout, lay_out
from pmrehearse.practice.records import Records, ScenarioRecord
from pmrehearse.scenario.model import Loop


class Due(StrEnum):
    """How a planned rehearsal stands on a day."""

    DONE = "done"
    """All of it has been rehearsed."""
    OVERDUE = "overdue"
    """Its day is past, and something of it is missing."""
    TODAY = "today"
    """It is to be rehearsed today."""
    LATER = "later"
    """Its day is to come."""


@dataclass(frozen=True, slots=True)
class LastTake:
    """How the last take of a scenario went.

    Attributes:
        take_id: The take.
        on: Its day.
        n_met: Elements met.
        n_elements: Elements asked.
    """

    take_id: str
    on: date
    n_met: int
    n_elements: int


@dataclass(frozen=True, slots=True)
class PlannedScenario:
    """One scenario of a planned rehearsal.

    Attributes:
        scenario_id: The scenario.
        title: How it is shown.
        seconds: Its planned length.
        last: Its last take; None when it was never rehearsed.
        is_done: True when it has been rehearsed for this rehearsal.
    """

    scenario_id: str
    title: str
    seconds: float
    last: LastTake | None
    is_done: bool


@dataclass(frozen=True, slots=True)
class PlannedRehearsal:
    """One rehearsal of a round.

    Attributes:
        day: When.
        number: The round, counted from 1.
        is_repeat: True when the round stands on an earlier day, too.
        due: How it stands.
        scenarios: What is rehearsed, in order.
    """

    day: date
    number: int
    is_repeat: bool
    due: Due
    scenarios: tuple[PlannedScenario, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The rehearsals of a loop up to the interview.

    Attributes:
        loop_id: The loop.
        title: How it is shown.
        interview: The day of the interview.
        made_on: The day on which the rehearsals were laid out.
        today: The day on which this is true.
        round_minutes: How long one round lasts, at least and at most; None where nobody says.
        rehearsals: In the order of their days.
        left_out: Ids of scenarios that are not rehearsed.
        missing: Ids of the loop's scenarios that there are not.
        remarks: What should be known of it, each a sentence.
    """

    loop_id: str
    title: str
    interview: date
    made_on: date
    today: date
    round_minutes: tuple[float, float] | None
    rehearsals: tuple[PlannedRehearsal, ...]
    left_out: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def days_left(self) -> int:
        """Days from today to the interview; negative when it is over."""
        return (self.interview - self.today).days

    @property
    def now(self) -> tuple[PlannedRehearsal, ...]:
        """What should be rehearsed now: what is overdue, and what is due today."""
        return tuple(each for each in self.rehearsals if each.due in (Due.OVERDUE, Due.TODAY))

    @property
    def next(self) -> PlannedRehearsal | None:
        """The first rehearsal of a later day; None when there is none."""
        return next((each for each in self.rehearsals if each.due is Due.LATER), None)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a plan is made for, and when: all that must be kept of it.

    Attributes:
        loop_id: The loop.
        interview: The day of the interview.
        made_on: The day on which the rehearsals were laid out.
    """

    loop_id: str
    interview: date
    made_on: date


def plan(
    loop: Loop, wish: Wish, today: date, scenarios: Mapping[str, Known], records: Records, zone: tzinfo | None = None
) -> Plan:
    """The plan as it stands today; its days are those of the day on which it was made.

    Args:
        loop: The loop that is wished for.
        wish: The interview, and when the plan was made.
        today: The day on which it is looked at.
        scenarios: The scenarios that can be rehearsed; their coverage is not looked at.
        records: What was rehearsed.
        zone: Whose days are counted; None for those of this computer.

    Raises:
        UsageError: The plan was made after the interview, or none of the loop's scenarios can be rehearsed.
    """
    known = {name: replace(one, coverage=_coverage(records, name, wish, zone)) for name, one in scenarios.items()}
    layout = lay_out(loop, wish.interview, wish.made_on, known)
    rehearsals = _rehearsals(layout, wish, today, scenarios, records, zone)
    missing = tuple(name for names in loop.rounds for name in names if name not in scenarios)
    return Plan(
        loop.id,
        loop.title,
        wish.interview,
        wish.made_on,
        today,
        loop.round_minutes,
        rehearsals,
        layout.left_out,
        missing,
        (*layout.remarks, *_late(rehearsals)),
    )


def _coverage(records: Records, scenario_id: str, wish: Wish, zone: tzinfo | None) -> float | None:
    """How a scenario stood when the plan was made: what came after must not move the days."""
    record = records.scenario(scenario_id)
    before = [take for take in record.takes if take.started_at.astimezone(zone).date() < wish.made_on] if record else []
    return before[-1].coverage if before else None


def _rehearsals(
    layout: Layout,
    wish: Wish,
    today: date,
    scenarios: Mapping[str, Known],
    records: Records,
    zone: tzinfo | None,
) -> tuple[PlannedRehearsal, ...]:
    planned: list[PlannedRehearsal] = []
    n_planned: dict[str, int] = {}
    for sitting in layout.sittings:
        parts = []
        for name in sitting.scenarios:
            n_planned[name] = n_planned.get(name, 0) + 1
            record = records.scenario(name)
            is_done = n_since(record, wish.made_on, zone) >= n_planned[name]
            parts.append(
                PlannedScenario(name, scenarios[name].title, scenarios[name].seconds, last_take(record, zone), is_done)
            )
        due = _due(sitting.day, today, is_done=all(part.is_done for part in parts))
        planned.append(PlannedRehearsal(sitting.day, sitting.number, sitting.is_repeat, due, tuple(parts)))
    return tuple(planned)


def n_since(record: ScenarioRecord | None, day: date, zone: tzinfo | None = None) -> int:
    """How many takes of a scenario were made on that day or later."""
    takes = record.takes if record is not None else ()
    return sum(take.started_at.astimezone(zone).date() >= day for take in takes)


def last_take(record: ScenarioRecord | None, zone: tzinfo | None = None) -> LastTake | None:
    """How the last take of a scenario went; None when there is none."""
    if record is None:
        return None
    last = record.last
    return LastTake(last.take_id, last.started_at.astimezone(zone).date(), last.n_met, len(last.verdicts))


def _due(day: date, today: date, *, is_done: bool) -> Due:
    if is_done:
        return Due.DONE
    return Due.TODAY if day == today else Due.OVERDUE if day < today else Due.LATER


def _late(rehearsals: Iterable[PlannedRehearsal]) -> tuple[str, ...]:
    n_late = sum(each.due is Due.OVERDUE for each in rehearsals)
    if n_late < 2:  # noqa: PLR2004  one is simply done next
        return ()
    return (f"{n_late} rehearsals are overdue: do them next, or make the plan anew to spread what is left.",)
