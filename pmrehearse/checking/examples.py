"""Do the examples of a scenario come out as its author says?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pmrehearse.checking.checker import Checker
from pmrehearse.checking.findings import ElementFinding, FlagFinding
from pmrehearse.scenario.model import Scenario
from pmrehearse.speech.segments import words_of_text


class ExampleList(StrEnum):
    """The lists in which examples stand."""

    MET_BY = "met_by"
    MISSED_BY = "missed_by"
    RAISED_BY = "raised_by"
    CLEARED_BY = "cleared_by"


@dataclass(frozen=True, slots=True)
class WrongExample:
    """An example that comes out otherwise than its author says.

    Attributes:
        name: The element's or flag's id.
        list: Where it stands.
        text: What is said in it.
        why: The quote that was found, or what was lacking.
    """

    name: str
    list: ExampleList
    text: str
    why: str


def wrong_examples(scenario: Scenario, checker: Checker) -> tuple[WrongExample, ...]:
    """Run every example of a scenario with its own checker; those that fail, in the scenario's order."""
    return tuple(_wrong(scenario, checker))


def _wrong(scenario: Scenario, checker: Checker) -> Iterator[WrongExample]:
    for number, element in enumerate(scenario.elements):
        for listed, texts in ((ExampleList.MET_BY, element.met_by), (ExampleList.MISSED_BY, element.missed_by)):
            for text in texts:
                finding = checker.check(words_of_text(text)).elements[number]
                if finding.met != (listed is ExampleList.MET_BY):
                    yield WrongExample(element.id, listed, text, _why(finding))
    for number, flag in enumerate(scenario.flags):
        for listed, texts in ((ExampleList.RAISED_BY, flag.raised_by), (ExampleList.CLEARED_BY, flag.cleared_by)):
            for text in texts:
                raised = checker.check(words_of_text(text)).flags[number]
                if raised.raised != (listed is ExampleList.RAISED_BY):
                    yield WrongExample(flag.id, listed, text, _why(raised))


def _why(finding: ElementFinding | FlagFinding) -> str:
    """What the finding rests on."""
    lacked = finding.lacked if isinstance(finding, ElementFinding) else finding.why
    quote = f"{finding.rule} “{finding.evidence.quote}”" if finding.evidence is not None else ""
    return "; ".join(text for text in (lacked, quote) if text)
