"""What do commands return of practice: the plan, what is due, trends, drills, rounds?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pmrehearse.practice.debrief import Debrief
    from pmrehearse.practice.drilling import Drilled
    from pmrehearse.practice.plan import Plan
    from pmrehearse.practice.records import ElementName, Records
    from pmrehearse.session.practising import DueElement


@dataclass(frozen=True, slots=True)
class PlanShown:
    """The rehearsals of a loop.

    Attributes:
        plan: The days.
        is_kept: True when it is the plan that is remembered.
    """

    plan: Plan
    is_kept: bool


@dataclass(frozen=True, slots=True)
class DueList:
    """The elements that are due.

    Attributes:
        today: The day.
        due: Those due today, what is due first first.
        later: Those that come back on a later day, the next first.
    """

    today: date
    due: tuple[DueElement, ...]
    later: tuple[DueElement, ...]


@dataclass(frozen=True, slots=True)
class Trends:
    """How scenarios and elements went over the takes.

    Attributes:
        records: Those asked for.
        titles: The title of each element that still exists, by its scenario and id.
        whole: True to show every element, not only those that fail.
    """

    records: Records
    titles: Mapping[ElementName, str]
    whole: bool


@dataclass(frozen=True, slots=True)
class DrillShown:
    """Elements that were drilled, in the order of the drill."""

    drilled: tuple[Drilled, ...]


@dataclass(frozen=True, slots=True)
class RoundShown:
    """The debrief of a round."""

    debrief: Debrief
