"""What take does a `take.json` describe?

The shape is checked here, at the edge, and becomes domain values here; a file of an older format lacks keys and gets
their defaults. This module imports pydantic (0.16 s here): lists, which come from the index, do without it.
"""

from __future__ import annotations

import json
from datetime import UTC
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from pmrehearse.audio.events import GapMarked
from pmrehearse.cleaning import clean_line
from pmrehearse.errors import LibraryError, ScenarioError
from pmrehearse.library.take import Take, TakeStatus
from pmrehearse.library.writing import NEWEST_FORMAT
from pmrehearse.rehearsal.log import CueShown, PauseTaken, PhaseStart, RunLog
from pmrehearse.scenario.model import Origin, Scenario
from pmrehearse.scenario.reader import read_text
from pmrehearse.speech.events import SpeechOptions

Line = Annotated[str, AfterValidator(clean_line)]
Samples = Annotated[int, Field(ge=0, lt=2**53)]
Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _Shape(BaseModel):
    """No other keys."""

    model_config = ConfigDict(extra="forbid")


class _Phase(_Shape):
    phase_id: Line
    at_sample: Samples


class _Cue(_Shape):
    say: Line
    at_sample: Samples
    on_flag: Line | None = None


class _Pause(_Shape):
    at_sample: Samples
    seconds: Seconds


class _Log(_Shape):
    phases: tuple[_Phase, ...] = ()
    cues: tuple[_Cue, ...] = ()
    pauses: tuple[_Pause, ...] = ()
    marks: tuple[Samples, ...] = ()


class _Gap(_Shape):
    at_sample: Samples
    n_samples: Samples
    reason: Line = ""


class _Options(_Shape):
    checkpoint: Line
    engine: Line = "whisper"
    device: Line = "cpu"
    threads: Annotated[int, Field(ge=0)] = 0
    language: Line = "en"


class _Scenario(_Shape):
    """The copy of what was rehearsed, and what lists show of it."""

    id: Line
    title: Line
    seconds: Seconds
    n_elements: Annotated[int, Field(ge=0)]
    digest: Line
    toml: str


class TakeShape(_Shape):
    """The file."""

    format: Annotated[int, Field(ge=1)]
    scenario: _Scenario
    started_at: AwareDatetime
    status: TakeStatus
    device: Line = ""
    n_samples: Samples = 0
    log: _Log = _Log()
    gaps: tuple[_Gap, ...] = ()
    options: _Options | None = None
    ended: Line = ""
    name: Line = ""
    tags: tuple[Line, ...] = ()


def read_shape(data: bytes, take_id: str) -> TakeShape:
    """The file's content, checked.

    Raises:
        LibraryError: It is empty, cut, no take, or of a later format.
    """
    try:
        document = json.loads(data)
        if isinstance(document, dict) and is_newer(document.get("format")):
            raise LibraryError(
                f"The take {take_id} was kept by a later version of the program.", "Update pmrehearse; it is untouched."
            )
        return TakeShape.model_validate(document)
    except (ValueError, RecursionError) as error:  # json's and pydantic's errors are ValueErrors
        raise LibraryError(
            f"take.json of {take_id} is damaged: {_first_problem(error)}.",
            "Its sound and transcript are untouched: `pmrehearse library verify` says what stands there.",
        ) from error


def is_newer(format_: object) -> bool:
    """Whether a file declares a later format than this program reads."""
    return isinstance(format_, int) and not isinstance(format_, bool) and format_ > NEWEST_FORMAT


def take_of(shape: TakeShape, take_id: str) -> Take:
    """The take that a file describes.

    Raises:
        LibraryError: The copy of its scenario cannot be used.
    """
    return Take(
        id=take_id,
        scenario=scenario_of(shape, take_id),
        started_at=shape.started_at.astimezone(UTC),
        status=shape.status,
        device=shape.device,
        n_samples=shape.n_samples,
        log=_log_of(shape.log),
        gaps=tuple(GapMarked(gap.at_sample, gap.n_samples, gap.reason) for gap in shape.gaps),
        options=SpeechOptions(**shape.options.model_dump()) if shape.options else None,
        ended=shape.ended,
        name=shape.name,
        tags=shape.tags,
    )


def scenario_of(shape: TakeShape, take_id: str) -> Scenario:
    """The scenario as it was when the take was made.

    Raises:
        LibraryError: The copy cannot be used.
    """
    try:
        return _scenario(shape.scenario.toml)
    except ScenarioError as error:
        raise LibraryError(f"The scenario's copy in {take_id} cannot be used: {error.message}", error.hint) from error


@lru_cache(maxsize=256)
def _scenario(toml: str) -> Scenario:
    """Thousands of takes share a few scenarios: each is read once."""
    return read_text(toml, Origin.TAKE, "take.json")


def _log_of(shape: _Log) -> RunLog:
    return RunLog(
        phases=tuple(PhaseStart(phase.phase_id, phase.at_sample) for phase in shape.phases),
        cues=tuple(CueShown(cue.say, cue.at_sample, cue.on_flag) for cue in shape.cues),
        pauses=tuple(PauseTaken(pause.at_sample, pause.seconds) for pause in shape.pauses),
        marks=shape.marks,
    )


def _first_problem(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        return clean_line(f"{place}: {first['msg']}" if place else first["msg"], 200)
    return clean_line(str(error), 200)
