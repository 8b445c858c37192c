"""What is rehearsed, as values: scenarios with their phases, elements, flags and cues; loops of scenarios."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from pmrehearse.scenario.rule_kinds import Rule


@dataclass(frozen=True, slots=True)
class Phase:
    """One part of the answer, with its share of the time.

    Attributes:
        id: Its name inside the scenario ("hypothesis").
        title: How it is shown ("Hypothesis").
        seconds: Its budget in seconds, > 0.
        prompt: What the speaker should do in it, one line.
    """

    id: str
    title: str
    seconds: float
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """Something the answer must contain.

    Attributes:
        id: Its name inside the scenario ("sample-size").
        title: How it is shown ("Sample of 10,000 or more").
        criterion: What a careful human marker asks of the transcript.
        hint: An example of what could be said, in natural speech.
        phase: The id of the phase in which it should come.
        check: The rule that decides; None where only the learned judge can, by the criterion.
        met_by: Passages that meet it; run as tests.
        missed_by: Passages that do not meet it; run as tests.
    """

    id: str
    title: str
    criterion: str
    hint: str
    phase: str
    check: Rule | None
    met_by: tuple[str, ...] = ()
    missed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that sinks an answer.

    Attributes:
        id: Its name inside the scenario ("idea-list").
        title: How it is shown ("Lists ideas, settles on none").
        criterion: What a careful human marker asks of the transcript.
        hint: What to do instead, in natural speech.
        check: The rule that raises it.
        unless: Elements that clear it when they are met, whatever the rule says: of "only engineering results" a
            product metric is what was not to be there.
        raised_by: Passages that raise it; run as tests.
        cleared_by: Passages that do not raise it; run as tests.
    """

    id: str
    title: str
    criterion: str
    hint: str
    check: Rule
    unless: tuple[str, ...] = ()
    raised_by: tuple[str, ...] = ()
    cleared_by: tuple[str, ...] = ()


HOLDS_S = 6.0
"""How long a flag holds before its card comes, where the scenario says nothing: time to end the sentence."""
SHORTEST_DRILL_S, USUAL_DRILL_S, LONGEST_DRILL_S = 30, 45, 60
"""How long one try of a drill may last: an element is a sentence or three."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What the interviewer says: at a time, or when a flag holds (exactly one of `at_s` and `on_flag`).

    Attributes:
        say: The words on the interviewer's card.
        at_s: Seconds of the take's clock; None when it hangs on a flag.
        on_flag: The id of the flag; None when it comes at a time.
        holds_s: Seconds of the take's clock for which the flag must hold before the card comes: what is said meanwhile
            may still clear it.
    """

    say: str
    at_s: float | None = None
    on_flag: str | None = None
    holds_s: float = HOLDS_S


class Origin(StrEnum):
    """Where a scenario comes from."""

    SHIPPED = "shipped"
    """Part of the program."""
    USER = "user"
    """Written by the user, in the configuration folder or given as a file."""
    TAKE = "take"
    """The copy that a take keeps."""


Named = TypeVar("Named", Phase, Element, Flag)


def named(items: tuple[Named, ...], wanted: str) -> Named:
    """The item whose id is `wanted`; KeyError when there is none."""
    for item in items:
        if item.id == wanted:
            return item
    raise KeyError(wanted)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario that can be rehearsed.

    Attributes:
        id: "pack/name" ("writer/three-phase-lens"); never used to build a path.
        title: How it is shown.
        prompt: What the interviewer asks.
        seconds: The planned length in seconds; the sum of the phases.
        hard_limit: True when the recording stops by itself at `seconds`.
        target_min_s: Speaking for less is under time (a failure too).
        target_max_s: Speaking for longer is over time.
        phases: In order, at least one.
        elements: In order, at least one.
        flags: In order.
        cues: In order.
        vocabulary: Names and terms that may be heard; shown, never put into a prompt of the recogniser.
        notes: Where the scenario comes from, for authors.
        origin: Where the file stands; a copy in a take is equal to its original.
        source_toml: The text of the file as read; a take keeps it.
        digest: SHA-256 of `source_toml`, hexadecimal.
    """

    id: str
    title: str
    prompt: str
    seconds: float
    hard_limit: bool
    target_min_s: float
    target_max_s: float
    phases: tuple[Phase, ...]
    elements: tuple[Element, ...]
    flags: tuple[Flag, ...] = ()
    cues: tuple[Cue, ...] = ()
    vocabulary: tuple[str, ...] = ()
    notes: str = ""
    origin: Origin = field(default=Origin.SHIPPED, compare=False)
    source_toml: str = ""
    digest: str = ""

    @property
    def pack(self) -> str:
        """The part of the id before the slash ("writer")."""
        return self.id.partition("/")[0]

    def phase(self, phase_id: str) -> Phase:
        """The phase of this id; KeyError when there is none."""
        return named(self.phases, phase_id)

    def element(self, element_id: str) -> Element:
        """The element of this id; KeyError when there is none."""
        return named(self.elements, element_id)

    def flag(self, flag_id: str) -> Flag:
        """The flag of this id; KeyError when there is none."""
        return named(self.flags, flag_id)


@dataclass(frozen=True, slots=True)
class Loop:
    """Rounds of an interview, to be rehearsed up to a date.

    Attributes:
        id: The loop's name ("writer").
        title: How it is shown.
        days: Over how many days the rounds are laid.
        gap_days: Days between two rounds, at least.
        rounds: The ids of the scenarios of each round, in order.
        round_minutes: How long one round lasts, at least and at most; None where nobody says.
    """

    id: str
    title: str
    days: int
    gap_days: int
    rounds: tuple[tuple[str, ...], ...]
    round_minutes: tuple[float, float] | None = None
