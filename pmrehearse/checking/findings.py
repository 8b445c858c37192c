"""What the checks found: verdicts with their evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PLAYED_BEFORE_S = 1.0
"""Evidence is played from this much before its first word."""
PLAYED_AFTER_S = 0.5
"""And to this much after its last: recognisers end words early."""


class Verdict(StrEnum):
    """What can be said of an element."""

    MET = "met"
    """It was said; the evidence shows where."""
    NEAR = "near"
    """Some of it was said; counts as missing. `lacked` says what the rest is."""
    MISSING = "missing"
    """It was not said."""
    UNKNOWN = "unknown"
    """Nothing was heard, or it was heard too badly to tell."""

    @property
    def sign(self) -> str:
        """What stands for it wherever it is shown or written, one cell wide, in every terminal and in plain text."""
        return _SIGNS[self]


_SIGNS = {Verdict.MET: "✓", Verdict.NEAR: "~", Verdict.MISSING: "✗", Verdict.UNKNOWN: "?"}


class Judge(StrEnum):
    """Who found a verdict."""

    RULES = "rules"
    """The written rules."""
    LEARNED = "learned"
    """The learned judge, where rules end."""
    SPEAKER = "speaker"
    """The speaker, who overruled the checks."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that a verdict rests on.

    Attributes:
        quote: The words as they stand in the transcript.
        first_word: Index of the first word in `Transcript.words`.
        last_word: Index of the last word, inclusive.
        start_s: When the first word begins in the take's sound; None in a typed text.
        end_s: When the last word ends; None in a typed text.
    """

    quote: str
    first_word: int
    last_word: int
    start_s: float | None = None
    end_s: float | None = None

    @property
    def heard_s(self) -> tuple[float, float] | None:
        """From where to where it is played, in seconds of the take's sound; None in a typed text."""
        if self.start_s is None or self.end_s is None:
            return None
        return max(0.0, self.start_s - PLAYED_BEFORE_S), self.end_s + PLAYED_AFTER_S


@dataclass(frozen=True, slots=True)
class ElementFinding:
    """The verdict on one element.

    Attributes:
        element_id: The element, as the scenario names it.
        verdict: What can be said of it.
        evidence: The words it rests on; for NEAR and MISSING what came nearest, or None. For MET it is
            None only when the speaker says so and names no passage.
        rule: The rule that decided, in words that a reader of the scenario file recognises ("controlled-test: split
            in half"); for NEAR and MISSING the rule that came nearest, or "".
        lacked: For NEAR and MISSING, what was lacking, in words that a speaker understands ("an experiment, but no
            number of users"; "9,000 users; at least 10,000 are asked"). Empty for MET.
        judge: Who decided.
    """

    element_id: str
    verdict: Verdict
    evidence: Evidence | None = None
    rule: str = ""
    lacked: str = ""
    judge: Judge = Judge.RULES

    @property
    def met(self) -> bool:
        """True when the element counts as said."""
        return self.verdict is Verdict.MET


@dataclass(frozen=True, slots=True)
class FlagFinding:
    """Whether one flag is raised.

    Attributes:
        flag_id: The flag, as the scenario names it.
        raised: True when it sinks the answer.
        evidence: The words that raised it; None when it is not raised, or is raised by what is absent.
        rule: The rule that raised it, or "".
        why: One sentence for the speaker, or "" when it is not raised.
        judge: Who decided.
    """

    flag_id: str
    raised: bool
    evidence: Evidence | None = None
    rule: str = ""
    why: str = ""
    judge: Judge = Judge.RULES


@dataclass(frozen=True, slots=True)
class Findings:
    """What the checks found in one transcript.

    Attributes:
        scenario_id: The scenario that it was checked against.
        elements: One finding an element, in the scenario's order.
        flags: One finding a flag, in the scenario's order.
        note: What must be known of how they were found ("the learned judge is not here"), or "".
    """

    scenario_id: str
    elements: tuple[ElementFinding, ...]
    flags: tuple[FlagFinding, ...] = ()
    note: str = ""

    @property
    def n_met(self) -> int:
        """How many elements are met."""
        return sum(finding.met for finding in self.elements)

    @property
    def coverage(self) -> float:
        """Met elements over all elements, in [0, 1]."""
        return self.n_met / len(self.elements) if self.elements else 0.0

    @property
    def raised(self) -> tuple[FlagFinding, ...]:
        """The flags that are raised."""
        return tuple(flag for flag in self.flags if flag.raised)
