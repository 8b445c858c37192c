"""Which elements should be said again now, before they are forgotten?

FSRS (the free spaced-repetition scheduler, version 6; package `fsrs`) estimates for each element how long it stays in
memory. Everything is replayed from the takes: nothing is kept beside them, and the same takes give the same days.

What a try says of the memory:

- missing: again. The element is due the same day.
- near: hard.
- met: good; easy when it was met at the first try of this sitting and of the sitting before.
- unknown (nothing was heard): nothing.

A sitting ends when an element was not tried for SITTING_H hours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from fsrs import Card, Rating, Scheduler

from pmrehearse.checking.findings import Verdict
from pmrehearse.practice.records import ElementRecord, ElementTry

RETENTION = 0.9
"""An element is due when the chance that it is said falls to this: FSRS's own default."""
STEPS = (timedelta(minutes=10),)
"""What was missing is due again after this, until it is met; the second of FSRS's own two steps."""
LONGEST_DAYS = 180
"""No element stays away for longer: an interview loop takes weeks, and a job hunt months."""
MOST_TRIES = 50
"""So many of an element's newest tries are replayed: older ones no longer move the day."""
SITTING_H = 6.0
"""Hours without a try after which the next one counts as remembered, not as repeated."""

_SCHEDULER = Scheduler(
    desired_retention=RETENTION,
    learning_steps=STEPS,
    relearning_steps=STEPS,
    maximum_interval=LONGEST_DAYS,
    enable_fuzzing=False,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How well an element is remembered.

    Attributes:
        record: The element and its tries.
        due_at: When it should be said again, UTC, aware.
        stability_days: After so many days the chance that it is said has fallen to 90 %; > 0.
        chance: The chance that it is said now, in [0, 1].
    """

    record: ElementRecord
    due_at: datetime
    stability_days: float
    chance: float

    def due_on(self, zone: tzinfo | None = None) -> date:
        """The day on which it is due.

        Args:
            zone: Whose days are counted; None for those of this computer.
        """
        return self.due_at.astimezone(zone).date()


def standings(records: Iterable[ElementRecord], now_utc: datetime) -> tuple[Standing, ...]:
    """How well each element is remembered, what is due first first.

    Of those due at the same moment the one that is least remembered comes first.

    Args:
        records: The elements, each with its tries.
        now_utc: Aware; tries after it are looked at all the same.
    """
    found = (_standing(record, now_utc.astimezone(UTC)) for record in records)
    return tuple(sorted(found, key=_urgency))


def _urgency(standing: Standing) -> tuple[datetime, float, str, str]:
    record = standing.record
    return (standing.due_at, standing.chance, record.scenario_id, record.element_id)


def _standing(record: ElementRecord, now_utc: datetime) -> Standing:
    card = _replayed(tuple(record.tries[-MOST_TRIES:]))
    chance = _SCHEDULER.get_card_retrievability(card, now_utc)
    return Standing(record, card.due, card.stability or 0.0, float(chance))


@lru_cache(maxsize=4096)
def _replayed(tries: tuple[ElementTry, ...]) -> Card:
    """What the tries of an element say of the memory; a new take is a new try of a few elements only."""
    card = Card(card_id=0, due=tries[0].started_at)
    for made, rating in zip(tries, ratings(tries), strict=True):
        card, _ = _SCHEDULER.review_card(card, rating, made.started_at.astimezone(UTC))
    return card


def ratings(tries: Sequence[ElementTry]) -> tuple[Rating, ...]:
    """The grade of each try.

    Args:
        tries: Of one element, the oldest first; none is unknown.
    """
    grades: list[Rating] = []
    was_met_first = False
    for number, made in enumerate(tries):
        is_first = number == 0 or made.started_at - tries[number - 1].started_at > timedelta(hours=SITTING_H)
        is_met = made.verdict is Verdict.MET
        grades.append(_grade(made.verdict, is_easy=is_first and is_met and was_met_first))
        was_met_first = is_met if is_first else was_met_first
    return tuple(grades)


def _grade(verdict: Verdict, *, is_easy: bool) -> Rating:
    if verdict is Verdict.MET:
        return Rating.Easy if is_easy else Rating.Good
    return Rating.Hard if verdict is Verdict.NEAR else Rating.Again
