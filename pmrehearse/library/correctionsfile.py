"""What does a `corrections.json` say?"""

from __future__ import annotations

import json
from datetime import UTC
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from pmrehearse.checking.findings import Verdict
from pmrehearse.cleaning import clean
from pmrehearse.errors import LibraryError
from pmrehearse.library.corrections import Corrections, Note, Overruling, WordEdit
from pmrehearse.library.takefile import Line, is_newer

LONGEST_NOTE = 20_000
"""Longest note, in characters."""

_Index = Annotated[int, Field(ge=-1, lt=2**31)]
_Text = Annotated[str, AfterValidator(clean)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Edit(_Shape):
    segment: _Index
    first: _Index
    last: _Index
    heard: _Text
    text: _Text


class _Overruling(_Shape):
    element_id: Line
    verdict: Verdict
    quote: _Text = ""
    note: _Text = ""
    made_at: AwareDatetime


class _Note(_Shape):
    text: Annotated[str, AfterValidator(lambda text: clean(text, LONGEST_NOTE))]
    at_s: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None


class _Corrections(_Shape):
    format: Annotated[int, Field(ge=1)]
    words: tuple[_Edit, ...] = ()
    verdicts: tuple[_Overruling, ...] = ()
    notes: tuple[_Note, ...] = ()
    guess: tuple[Line, ...] | None = None


def read_corrections(data: bytes, take_id: str) -> Corrections:
    """What stands in the file.

    Raises:
        LibraryError: It is damaged, or of a later format.
    """
    try:
        document = json.loads(data)
        if isinstance(document, dict) and is_newer(document.get("format")):
            raise LibraryError(
                f"The corrections of {take_id} were kept by a later version of the program.", "Update pmrehearse."
            )
        shape = _Corrections.model_validate(document)
    except (ValueError, RecursionError) as error:
        raise LibraryError(
            f"corrections.json of {take_id} is damaged.", "Move that file away; the take is as it was recognised then."
        ) from error
    return Corrections(
        words=tuple(WordEdit(**edit.model_dump()) for edit in shape.words),
        verdicts=tuple(
            Overruling(one.element_id, one.verdict, one.quote, one.note, one.made_at.astimezone(UTC))
            for one in shape.verdicts
        ),
        notes=tuple(Note(note.text, note.at_s) for note in shape.notes),
        guess=shape.guess,
    )
