"""How are many written answers marked, one a line, in memory that does not grow with their number?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pmrehearse.cleaning import LIMIT, clean, clean_line
from pmrehearse.cli import documents
from pmrehearse.cli.inputs import open_bytes
from pmrehearse.errors import BadFileError, UsageError
from pmrehearse.speech.segments import words_of_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pmrehearse.cli.checkers import Checkers

LONGEST_LINE = 8 * LIMIT
"""Bytes of a line at most: the longest text, with every character escaped."""
SHAPE = 'A line is a JSON object: {"id": "…", "scenario": "pack/name", "text": "…"}.'


def marked_lines(path: Path, checkers: Checkers) -> Iterator[dict[str, Any] | UsageError]:
    """The verdicts of each line, or what is wrong with it; empty lines are passed over.

    Raises:
        BadFileError: The file cannot be read.
    """
    with open_bytes(path) as file:
        number = 0
        while line := file.readline(LONGEST_LINE + 1):
            number += 1
            if line.strip():
                place = f"{clean_line(str(path))}:{number}"
                yield _marked(line, place, checkers)
            while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
                line = file.readline(LONGEST_LINE)


def _marked(line: bytes, place: str, checkers: Checkers) -> dict[str, Any] | UsageError:
    try:
        answer = _parsed(line)
        words = words_of_text(clean(answer["text"]))
        return {"id": answer["id"], **documents.verdicts(checkers.of(answer["scenario"]).check(words))}
    except UsageError as error:
        return UsageError(f"{place}: {error.message}", error.hint)


def _parsed(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise BadFileError(f"the line is longer than {LONGEST_LINE:,} bytes.", SHAPE)
    try:
        answer = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "it is no UTF-8 text or nested too deep"
        raise BadFileError(f"the line is no JSON: {reason}.", SHAPE) from error
    if not isinstance(answer, dict):
        raise BadFileError("the line is no JSON object.", SHAPE)
    for name in ("scenario", "text"):
        if not isinstance(answer.get(name), str):
            raise BadFileError(f'"{name}" is missing or no string.', SHAPE)
    if not isinstance(answer.get("id"), str | int):
        raise BadFileError('"id" is missing, or neither a string nor a whole number.', SHAPE)
    return answer
