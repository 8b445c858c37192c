"""What do labelled answers say, and how is a file of them read?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pmrehearse.errors import BadFileError


@dataclass(frozen=True, slots=True)
class LabelledAnswer:
    """An answer with what a human marker found in it.

    Attributes:
        id: Its name ("writer/whiteboard#3").
        scenario: The scenario that it answers.
        text: What was said.
        elements: For each element that was marked whether it is met.
        flags: For each flag that was marked whether it is raised.
    """

    id: str
    scenario: str
    text: str
    elements: Mapping[str, bool]
    flags: Mapping[str, bool]


def parse_answers(lines: Iterable[str]) -> tuple[LabelledAnswer, ...]:
    """Read labelled answers, one JSON object a line: `{id, scenario, text, elements: {id: bool}, flags: {id: bool}}`.

    Raises:
        BadFileError: A line is none; the message names the line.
    """
    answers = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            answers.append(_parse_answer(line, number))
    return tuple(answers)


def _parse_answer(line: str, number: int) -> LabelledAnswer:
    hint = "Each line is an object like {id, scenario, text, elements: {id: true}, flags: {id: false}}."
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadFileError(f"Line {number} is no JSON: {error}.", hint) from error
    if not isinstance(raw, dict) or not isinstance(raw.get("scenario"), str) or not isinstance(raw.get("text"), str):
        raise BadFileError(f"Line {number} lacks `scenario` or `text`.", hint)
    labels = []
    for key in ("elements", "flags"):
        table = raw.get(key, {})
        if not isinstance(table, dict) or not all(isinstance(value, bool) for value in table.values()):
            raise BadFileError(f"Line {number}: `{key}` is an object of true and false.", hint)
        labels.append(table)
    return LabelledAnswer(str(raw.get("id", number)), raw["scenario"], raw["text"], *labels)
