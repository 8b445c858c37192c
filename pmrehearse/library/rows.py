"""What do lists, searches and trends show of takes? Values that the index answers with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from pmrehearse.checking.findings import Verdict
from pmrehearse.library.take import TakeStatus


@dataclass(frozen=True, slots=True)
class TakeRow:
    """One take in a list.

    Attributes:
        take_id: The take.
        scenario_id: What was rehearsed; from the folder's name when its file is damaged.
        title: The scenario's title.
        started_at: When it began, UTC, aware.
        status: How far it has come.
        duration_s: Length of its sound; 0 for a typed take.
        planned_s: Planned length; 0 when its file is damaged.
        n_met: Elements met; None before it was transcribed and marked.
        n_elements: Elements asked.
        n_raised: Flags raised; None before it was marked.
        words_per_minute: Words over elapsed time; None without times.
        n_fillers: Fillers heard, at least; None before it was transcribed.
        raised: The ids of the flags that were raised.
        name: A name that the user gave, or "".
        tags: Tags that the user gave.
        problem: What is wrong with its files, or "".
    """

    take_id: str
    scenario_id: str
    title: str
    started_at: datetime
    status: TakeStatus
    duration_s: float = 0.0
    planned_s: float = 0.0
    n_met: int | None = None
    n_elements: int = 0
    n_raised: int | None = None
    words_per_minute: float | None = None
    n_fillers: int | None = None
    raised: tuple[str, ...] = ()
    name: str = ""
    tags: tuple[str, ...] = ()
    problem: str = ""

    @property
    def coverage(self) -> float | None:
        """Met elements over all elements, in [0, 1]; None before it was marked."""
        return None if self.n_met is None else self.n_met / self.n_elements if self.n_elements else 0.0


@dataclass(frozen=True, slots=True)
class TakeFilter:
    """Which takes are wanted; what is None or "" asks nothing.

    Attributes:
        scenario_id: Takes of this scenario.
        pack: Takes of scenarios of this pack ("writer").
        status: Takes that have come this far.
        tag: Takes with this tag.
        since: Takes that began then or later, aware.
        until: Takes that began before then, aware.
        is_waiting: True for takes that have no whole transcript and can have one.
    """

    scenario_id: str = ""
    pack: str = ""
    status: TakeStatus | None = None
    tag: str = ""
    since: datetime | None = None
    until: datetime | None = None
    is_waiting: bool = False


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""From where the index counts microseconds."""
NO_TAGS = "[]"
"""An empty JSON list."""
EVERY = TakeFilter()
"""All takes."""


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """What one take says of one element.

    Attributes:
        take_id: The take.
        scenario_id: What was rehearsed.
        started_at: When the take began, UTC, aware.
        element_id: The element.
        verdict: What the checks said.
        at_s: When it was said, in seconds of the take's sound; None when it was not, or in a typed text.
    """

    take_id: str
    scenario_id: str
    started_at: datetime
    element_id: str
    verdict: Verdict
    at_s: float | None


class MarkedTake(NamedTuple):
    """One marked take, as what is said over many takes counts it.

    A named tuple that is read where somebody looks: ten thousand are made at a time, in a tenth of the time that frozen
    dataclasses need.

    Attributes:
        take_id: The take.
        scenario_id: What was rehearsed.
        title: The scenario's title.
        started_us: When it began, in microseconds since 1970.
        marks: What the checks said of each element: "ELEMENT=VERDICT", in the order of the ids.
        n_raised: Flags raised.
        duration_s: Length of its sound; 0 for a typed take.
        planned_s: Planned length.
        words_per_minute: Words over elapsed time; None without times.
        tag_list: Tags that the user gave, as a JSON list.
    """

    take_id: str
    scenario_id: str
    title: str
    started_us: int
    marks: str
    n_raised: int | None
    duration_s: float
    planned_s: float
    words_per_minute: float | None
    tag_list: str

    @property
    def started_at(self) -> datetime:
        """When it began, UTC, aware."""
        return EPOCH + timedelta(microseconds=self.started_us)

    @property
    def verdicts(self) -> tuple[tuple[str, Verdict], ...]:
        """One an element: its id and what the checks said, in the order of the ids."""
        return verdicts_of(self.marks)

    @property
    def tags(self) -> tuple[str, ...]:
        """Tags that the user gave."""
        return () if self.tag_list == NO_TAGS else tuple(json.loads(self.tag_list))


@lru_cache(maxsize=20_000)
def verdicts_of(marks: str) -> tuple[tuple[str, Verdict], ...]:
    """What `MarkedTake.marks` says; most takes of a scenario say one of a few things, and each is read once.

    Raises:
        ValueError: It has another form.
    """
    said = (each.split("=") for each in marks.split(" "))
    return tuple((element_id, Verdict(verdict)) for element_id, verdict in said)


@dataclass(frozen=True, slots=True)
class SnippetPart:
    """A piece of a snippet.

    Attributes:
        text: Its words.
        is_match: True when the search found them.
    """

    text: str
    is_match: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A take that a search found.

    Attributes:
        row: The take.
        snippet: The words around the best place, in pieces; empty when only the take's name was found.
        at_s: When that place was said, in seconds of the take's sound; None in a typed text.
    """

    row: TakeRow
    snippet: tuple[SnippetPart, ...]
    at_s: float | None
