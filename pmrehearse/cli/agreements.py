"""How are labelled answers, and the measurements of an earlier day, read from files?"""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any

from pmrehearse.checking.agreement import Agreement, Decision, Subject
from pmrehearse.checking.answers import LabelledAnswer, parse_answers
from pmrehearse.cleaning import clean_line
from pmrehearse.cli.inputs import open_bytes
from pmrehearse.errors import BadFileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HINT = "Give the file that `pmrehearse evaluate ANSWERS --json` wrote."


def read_answers(path: Path) -> tuple[LabelledAnswer, ...]:
    """The labelled answers of a file.

    Raises:
        BadFileError: It cannot be read, or a line of it is no labelled answer.
    """
    with open_bytes(path) as file:  # where it cannot be opened, the message names it already
        try:
            return parse_answers(_lines(file))
        except BadFileError as error:
            raise BadFileError(f"{clean_line(str(path))}: {error.message}", error.hint) from error


def _lines(file: IO[bytes]) -> Iterator[str]:
    try:
        yield from (line.decode("utf-8-sig") for line in file)
    except UnicodeDecodeError as error:
        raise BadFileError("It is no UTF-8 text.", "Save it as UTF-8.") from error


def read_agreement(path: Path) -> Agreement:
    """The decisions that an earlier `evaluate --json` wrote.

    Raises:
        BadFileError: It cannot be read, or is none.
    """
    try:
        with open_bytes(path) as file:
            decisions = json.loads(file.read())["decisions"]
        return Agreement(tuple(_decision(one) for one in decisions))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadFileError(f"{clean_line(str(path))} holds no measurements.", _HINT) from error


def _decision(one: dict[str, Any]) -> Decision:
    return Decision(
        answer_id=str(one["answer"]),
        scenario=str(one["scenario"]),
        subject=Subject(one["subject"]),
        name=str(one["name"]),
        labelled=bool(one["labelled"]),
        found=bool(one["found"]),
        why=str(one["why"]),
    )
