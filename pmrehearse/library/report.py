"""What a take says: findings, phases and delivery, computed anew from its files each time."""

from __future__ import annotations

from dataclasses import dataclass

from pmrehearse.checking.delivery import Delivery
from pmrehearse.checking.findings import Findings
from pmrehearse.library.corrections import UNCORRECTED, Corrections
from pmrehearse.library.overruling import Overruled
from pmrehearse.library.take import Take
from pmrehearse.speech.segments import Transcript


@dataclass(frozen=True, slots=True)
class PhaseTime:
    """One phase, planned against actual.

    Attributes:
        phase_id: Which one.
        title: How it is shown.
        planned_s: Its budget.
        actual_s: How long it lasted; 0 when it never began.
        start_s: When it began in the take's sound; None when it never began.
    """

    phase_id: str
    title: str
    planned_s: float
    actual_s: float
    start_s: float | None


@dataclass(frozen=True, slots=True)
class MissedMoment:
    """What was being said when a missing element should have come.

    Attributes:
        element_id: The element that is missing.
        due_s: When it should have come at the latest: the end of its phase as it was spoken.
        quote: The words around that moment; "" when nothing was said there.
    """

    element_id: str
    due_s: float
    quote: str


@dataclass(frozen=True, slots=True)
class CueAnswer:
    """How long the speaker took to go on after the interviewer's card, and to recover from what brought it.

    Attributes:
        say: The card's words.
        at_s: When it came.
        resumed_after_s: Seconds from the card to the next speech that began after it; None when none came.
        on_flag: The flag that brought it; None when it came at its time.
        recovered_after_s: Seconds from the card until the flag no longer held or, where it holds to the end, until the
            first element was met; None when neither came, or no flag brought it.
        recovered_by: The element that was met while the flag still held; "" otherwise.
    """

    say: str
    at_s: float
    resumed_after_s: float | None
    on_flag: str | None = None
    recovered_after_s: float | None = None
    recovered_by: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that is shown of one take.

    Attributes:
        take: The take.
        transcript: What was heard, corrections applied.
        findings: The verdicts, the speaker's in the place of those that were overruled.
        delivery: Pace, pauses and fillers.
        phases: In the scenario's order.
        missed: One for each element that is near or missing and has a time.
        cues: One for each card shown.
        corrections: What the speaker corrected, noted and guessed.
        overruled: The verdicts that are the speaker's, in the scenario's order.
    """

    take: Take
    transcript: Transcript
    findings: Findings
    delivery: Delivery
    phases: tuple[PhaseTime, ...]
    missed: tuple[MissedMoment, ...]
    cues: tuple[CueAnswer, ...] = ()
    corrections: Corrections = UNCORRECTED
    overruled: tuple[Overruled, ...] = ()

    def overruling_of(self, element_id: str) -> Overruled | None:
        """The speaker's verdict on an element, where it differs from that of the checks."""
        return next((each for each in self.overruled if each.checks.element_id == element_id), None)
