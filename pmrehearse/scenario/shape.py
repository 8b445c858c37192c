"""Which keys and types may a file of a scenario or of loops have, and what is said of others?

Only the shape of each key is looked at here; `coherence` looks at the file as a whole. This module imports pydantic
(0.13 s here) and so is imported only when a scenario is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from pmrehearse.scenario.ids import problem_with_id, problem_with_rehearsed_id, problem_with_scenario_id
from pmrehearse.scenario.mistakes import MOST_SHOWN, Mistake, nearest
from pmrehearse.scenario.model import HOLDS_S
from pmrehearse.scenario.typed import value_in_words

LONGEST_S = 4 * 3600.0
"""Longest scenario: four hours."""
LONGEST_LINE = 500
"""Longest title, criterion, hint and the like, in characters."""
LONGEST_TEXT = 4_000
"""Longest prompt, note or example passage, in characters."""
MOST_PHASES = 30
MOST_CHECKS = 200
"""Most elements, and most flags."""
MOST_EXAMPLES = 100
"""Most passages of one kind for one check."""
MOST_CUES = 50
MOST_TERMS = 200


def _good_id(text: str) -> str:
    if problem := problem_with_id(text):
        raise ValueError(problem)
    return text


def _good_scenario_id(text: str) -> str:
    if problem := problem_with_scenario_id(text):
        raise ValueError(problem)
    return text


def _good_rehearsed_id(text: str) -> str:
    if problem := problem_with_rehearsed_id(text):
        raise ValueError(problem)
    return text


Id = Annotated[str, AfterValidator(_good_id)]
ScenarioId = Annotated[str, AfterValidator(_good_scenario_id)]
RehearsedId = Annotated[str, AfterValidator(_good_rehearsed_id)]
"""Of a scenario or a drill; `reader` refuses drills where scenarios are written."""
Line = Annotated[str, Field(min_length=1, max_length=LONGEST_LINE)]
Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
Seconds = Annotated[float, Field(gt=0, le=LONGEST_S, allow_inf_nan=False)]
Examples = Annotated[list[Text], Field(max_length=MOST_EXAMPLES)]


class _Table(BaseModel):
    """A table of the file: no other keys, no types turned into one another."""

    model_config = ConfigDict(extra="forbid", strict=True, str_strip_whitespace=True)


class PhaseTable(_Table):
    """One `[[phase]]`."""

    id: Id
    title: Line
    seconds: Seconds
    prompt: Annotated[str, Field(max_length=LONGEST_LINE)] = ""


class ElementTable(_Table):
    """One `[[element]]`."""

    id: Id
    title: Line
    criterion: Line
    hint: Line
    phase: str
    check: Any = None
    met_by: Examples = []
    missed_by: Examples = []


class FlagTable(_Table):
    """One `[[flag]]`."""

    id: Id
    title: Line
    criterion: Line
    hint: Line
    check: Any
    unless: Annotated[list[str], Field(max_length=MOST_CHECKS)] = []
    raised_by: Examples = []
    cleared_by: Examples = []


class CueTable(_Table):
    """One `[[cue]]`."""

    say: Line
    at: Annotated[float, Field(ge=0, le=LONGEST_S, allow_inf_nan=False)] | None = None
    on: str | None = None
    holds: Annotated[float, Field(ge=0, le=600, allow_inf_nan=False)] = HOLDS_S


class ScenarioFile(_Table):
    """The file."""

    format: Literal[1]
    id: RehearsedId
    title: Line
    prompt: Text
    seconds: Seconds
    hard_limit: bool = False
    target: Annotated[list[Seconds], Field(min_length=2, max_length=2)] | None = None
    vocabulary: Annotated[list[Line], Field(max_length=MOST_TERMS)] = []
    notes: Annotated[str, Field(max_length=LONGEST_TEXT)] = ""
    phase: Annotated[list[PhaseTable], Field(min_length=1, max_length=MOST_PHASES)]
    element: Annotated[list[ElementTable], Field(min_length=1, max_length=MOST_CHECKS)]
    flag: Annotated[list[FlagTable], Field(max_length=MOST_CHECKS)] = []
    cue: Annotated[list[CueTable], Field(max_length=MOST_CUES)] = []


class LoopTable(_Table):
    """One `[[loop]]`."""

    id: Id
    title: Line
    days: Annotated[int, Field(ge=1, le=365)]
    gap_days: Annotated[int, Field(ge=0, le=30)] = 0
    minutes: Annotated[list[Annotated[float, Field(gt=0, le=480)]], Field(min_length=2, max_length=2)] | None = None
    rounds: Annotated[
        list[Annotated[list[ScenarioId], Field(min_length=1, max_length=20)]], Field(min_length=1, max_length=20)
    ]


class LoopsFile(_Table):
    """The file of loops."""

    format: Literal[1]
    loop: Annotated[list[LoopTable], Field(min_length=1, max_length=20)]


_TABLES: dict[str, type[_Table]] = {
    "phase": PhaseTable,
    "element": ElementTable,
    "flag": FlagTable,
    "cue": CueTable,
    "loop": LoopTable,
}
Shape = TypeVar("Shape", ScenarioFile, LoopsFile)


def read_shape(document: Mapping[str, object], kind: type[Shape]) -> tuple[Shape | None, tuple[Mistake, ...]]:
    """The file as typed tables, or every key that is missing, unknown, of a wrong type or out of bounds.

    Args:
        document: What TOML gives.
        kind: `ScenarioFile` or `LoopsFile`.
    """
    try:
        return kind.model_validate(document), ()
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        # Looking for a nearest name is the dear part: a file with thousands of unknown keys gets none.
        return None, tuple(_mistake(detail, kind, looks=len(details) <= MOST_SHOWN) for detail in details)


def _mistake(detail: ErrorDetails, file: type[_Table], *, looks: bool) -> Mistake:
    path, kind = tuple(detail["loc"]), detail["type"]
    if kind == "missing":
        return Mistake(path[:-1], f"'{path[-1]}' is missing")
    if kind == "extra_forbidden":
        known = list((_TABLES.get(str(path[0]), file) if len(path) > 1 else file).model_fields)
        near = nearest(str(path[-1]), known) if looks else ""
        return Mistake(path, f"there is no such key{near}; known are {', '.join(known)}")
    return Mistake(path, value_in_words(detail))


NEWEST_FORMAT: int = max(get_args(ScenarioFile.model_fields["format"].annotation))
"""The newest format that is read."""
