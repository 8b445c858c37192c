"""How does a text become tables, whatever stands in it?"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmrehearse.cleaning import clean, clean_line
from pmrehearse.scenario.prescan import Refused, read_safely, scan

if TYPE_CHECKING:
    from pathlib import Path

    from pmrehearse.scenario.outline import Outline

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Document:
    """A TOML file that was parsed.

    Attributes:
        tables: What it says; every text in it is clean.
        outline: Where it says it.
    """

    tables: dict[str, object]
    outline: Outline


def parse(text: str) -> Document:
    """The tables of a text.

    Raises:
        Refused: It is no TOML, or its shape is not one to parse.
    """
    outline = scan(text)
    return Document(_tables(text), outline)


def parse_head(text: str) -> Document:
    """What stands before the first table of a text; the outline is that of all of it.

    Raises:
        Refused: That part is no TOML, or the text's shape is not one to parse.
    """
    outline = scan(text)
    return Document(_tables(outline.head()), outline)


def parse_file(path: Path) -> Document:
    """The tables of a file.

    Raises:
        Refused: It cannot be read or parsed.
    """
    return parse(read_safely(path))


def _tables(text: str) -> dict[str, object]:
    # Not only TOMLDecodeError: a long number raises ValueError, and a parser may run out of stack or memory.
    try:
        return {clean_line(key): _cleaned(value) for key, value in tomllib.loads(text).items()}
    except (ValueError, OverflowError, RecursionError, MemoryError) as error:
        message = clean_line(str(error) or type(error).__name__, 300)
        found = _PLACE.search(message)
        line = int(found["line"]) if found and found["line"] else None
        raise Refused(f"the file is no TOML: {_PLACE.sub('', message)}", line) from error


def _cleaned(value: object) -> object:
    """A value with every text in it clean, keys included."""
    match value:
        case str():
            return clean(value)
        case list():
            return [_cleaned(item) for item in value]
        case dict():
            return {clean_line(key): _cleaned(item) for key, item in value.items()}
        case _:
            return value
