"""Which verdicts did the speaker overrule, as labelled answers that the checks can be measured against?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from pmrehearse.checking.answers import LabelledAnswer
from pmrehearse.checking.findings import Verdict
from pmrehearse.errors import LibraryError, UsageError
from pmrehearse.library.corrections import corrected
from pmrehearse.library.reading import CORRECTIONS_FILE, TakeReader


@dataclass(frozen=True, slots=True)
class OverruledCase:
    """One take in which verdicts were overruled.

    Attributes:
        answer: Its text, corrections applied, and what the speaker says of the overruled elements; its id is the
            take's.
        passages: For each of these elements the passage that the speaker named, or "".
    """

    answer: LabelledAnswer
    passages: tuple[tuple[str, str], ...]


def overruled_cases(reader: TakeReader) -> Iterator[OverruledCase]:
    """Every take in which a verdict was overruled, the oldest first; takes that cannot be read are passed over."""
    for take_id in reader.take_ids():
        if (reader.root / take_id / CORRECTIONS_FILE).exists():
            try:
                case = _case(reader, take_id)
            except (LibraryError, UsageError):
                continue  # `library verify` tells of it
            if case is not None:
                yield case


def _case(reader: TakeReader, take_id: str) -> OverruledCase | None:
    kept = reader.corrections(take_id)
    rulings = {ruling.element_id: ruling for ruling in kept.verdicts}
    if not rulings:
        return None
    text = corrected(reader.recognised(take_id), kept.words).text
    labels = {name: ruling.verdict is Verdict.MET for name, ruling in rulings.items()}
    answer = LabelledAnswer(take_id, reader.load(take_id).scenario.id, text, labels, {})
    return OverruledCase(answer, tuple((name, ruling.quote) for name, ruling in rulings.items()))


def case_line(case: OverruledCase) -> str:
    """A case as a line of a file of labelled answers, its newline included; the passages are for people."""
    answer = case.answer
    document = {
        "id": answer.id,
        "scenario": answer.scenario,
        "text": answer.text,
        "elements": dict(answer.elements),
        "flags": {},
        "evidence": {name: quote for name, quote in case.passages if quote},
    }
    return json.dumps(document, ensure_ascii=False) + "\n"
