"""How well do the checks agree with human markers?

Precision, recall and Cohen's kappa (Cohen 1960, "A coefficient of agreement for nominal scales") of `met` against the
labels of answers, per element, per scenario and in total, for elements and for flags.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pmrehearse.checking.answers import LabelledAnswer
from pmrehearse.checking.checker import Checker
from pmrehearse.errors import BadFileError
from pmrehearse.speech.segments import words_of_text


class Subject(StrEnum):
    """What was decided on."""

    ELEMENT = "element"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Decision:
    """One verdict beside the marker's.

    Attributes:
        answer_id: The answer.
        scenario: The scenario.
        subject: Element or flag.
        name: Its id.
        labelled: What the marker says: met, or raised.
        found: What the checks say.
        why: The quote that the checks rest on, or what they say was lacking.
    """

    answer_id: str
    scenario: str
    subject: Subject
    name: str
    labelled: bool
    found: bool
    why: str

    @property
    def right(self) -> bool:
        """True when both say the same."""
        return self.labelled == self.found

    @property
    def key(self) -> tuple[str, Subject, str]:
        """What was decided, apart from how."""
        return self.answer_id, self.subject, self.name


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often two markers said what.

    Attributes:
        both: Met by both.
        only_found: Met by the checks alone (false alarms).
        only_labelled: Met by the marker alone (overlooked).
        neither: Met by neither.
    """

    both: int = 0
    only_found: int = 0
    only_labelled: int = 0
    neither: int = 0

    @property
    def n(self) -> int:
        """How many decisions."""
        return self.both + self.only_found + self.only_labelled + self.neither

    @property
    def precision(self) -> float | None:
        """Of what the checks found, the share that is right; None when they found nothing."""
        found = self.both + self.only_found
        return self.both / found if found else None

    @property
    def recall(self) -> float | None:
        """Of what is there, the share that the checks found; None when nothing is there."""
        labelled = self.both + self.only_labelled
        return self.both / labelled if labelled else None

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa in [-1, 1]; None when there is no decision, 1 when both always said the same one thing."""
        if not self.n:
            return None
        observed = (self.both + self.neither) / self.n
        found, labelled = (self.both + self.only_found) / self.n, (self.both + self.only_labelled) / self.n
        chance = found * labelled + (1 - found) * (1 - labelled)
        return 1.0 if chance == 1.0 else (observed - chance) / (1 - chance)


def confusion(decisions: Iterable[Decision]) -> Confusion:
    """Count decisions."""
    counts = {(True, True): 0, (False, True): 0, (True, False): 0, (False, False): 0}
    for decision in decisions:
        counts[decision.labelled, decision.found] += 1
    return Confusion(counts[True, True], counts[False, True], counts[True, False], counts[False, False])


@dataclass(frozen=True, slots=True)
class Agreement:
    """All decisions on a set of answers.

    Attributes:
        decisions: In the order of the answers, elements before flags.
    """

    decisions: tuple[Decision, ...]

    def of(self, subject: Subject, scenario: str = "", name: str = "") -> tuple[Decision, ...]:
        """The decisions on elements or flags, of one scenario and one of its parts where given."""
        return tuple(
            decision
            for decision in self.decisions
            if decision.subject is subject and scenario in {"", decision.scenario} and name in {"", decision.name}
        )

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The scenarios, in the order of the answers."""
        return tuple(dict.fromkeys(decision.scenario for decision in self.decisions))

    def names(self, subject: Subject, scenario: str) -> tuple[str, ...]:
        """The elements or flags of a scenario that were marked."""
        return tuple(dict.fromkeys(decision.name for decision in self.of(subject, scenario)))

    @property
    def wrong(self) -> tuple[Decision, ...]:
        """Where the checks and the marker differ."""
        return tuple(decision for decision in self.decisions if not decision.right)


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one version of the rules to another, on the same answers.

    Attributes:
        mended: Decisions that are right now and were wrong.
        broken: Decisions that are wrong now and were right.
        before: The kappa of elements before; None without decisions.
        after: The kappa of elements now.
    """

    mended: tuple[Decision, ...]
    broken: tuple[Decision, ...]
    before: float | None
    after: float | None


def compare(before: Agreement, after: Agreement) -> Difference:
    """What changed; decisions that only one of them has are left out."""
    earlier = {decision.key: decision for decision in before.decisions}
    shared = [decision for decision in after.decisions if decision.key in earlier]
    keys = {decision.key for decision in shared}
    old = [decision for decision in before.decisions if decision.key in keys and decision.subject is Subject.ELEMENT]
    return Difference(
        mended=tuple(one for one in shared if one.right and not earlier[one.key].right),
        broken=tuple(one for one in shared if not one.right and earlier[one.key].right),
        before=confusion(old).kappa,
        after=confusion(one for one in shared if one.subject is Subject.ELEMENT).kappa,
    )


def measure(answers: Iterable[LabelledAnswer], checker: Callable[[str], Checker]) -> Agreement:
    """Mark labelled answers.

    Args:
        answers: The answers.
        checker: The checker of a scenario, by its id; asked for each answer, so it should remember them.

    Raises:
        RehearsalError: `checker` knows no such scenario, or an answer labels an element that it does not have.
    """
    decisions: list[Decision] = []
    for answer in answers:
        findings = checker(answer.scenario).check(words_of_text(answer.text))
        elements = {
            one.element_id: (one.met, one.evidence.quote if one.met and one.evidence else one.lacked)
            for one in findings.elements
        }
        flags = {one.flag_id: (one.raised, one.evidence.quote if one.evidence else one.why) for one in findings.flags}
        for subject, labels, found in (
            (Subject.ELEMENT, answer.elements, elements),
            (Subject.FLAG, answer.flags, flags),
        ):
            decisions.extend(_decisions(answer, subject, labels, found))
    return Agreement(tuple(decisions))


def _decisions(
    answer: LabelledAnswer, subject: Subject, labels: Mapping[str, bool], found: Mapping[str, tuple[bool, str]]
) -> Iterable[Decision]:
    """The decisions on one answer's elements or flags."""
    for name, labelled in labels.items():
        if name not in found:
            raise BadFileError(
                f"The answer {answer.id} labels the {subject} {name!r}, which {answer.scenario} does not have.",
                f"It has {', '.join(found) or 'none'}.",
            )
        yield Decision(answer.id, answer.scenario, subject, name, labelled, *found[name])
