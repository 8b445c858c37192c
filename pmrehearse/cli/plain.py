"""How does a value of the program become data that JSON can hold?

Names of attributes become keys; enums their values; moments ISO 8601; paths text; tuples lists. Big domain values
(reports, takes, scenarios) have documents of their own in `documents`.
"""

from __future__ import annotations

import dataclasses
import json
import math
import re
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

_UNSAFE = re.compile("[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff\ud800-\udfff\U000e0000-\U000e007f]")
N_DIGITS = 3
"""Decimals of seconds and shares: a millisecond."""


def plain(value: object) -> Any:
    """The value as dicts, lists, strings, numbers, booleans and None."""
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return _atom(value)


def _atom(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.isoformat()
        case Path():
            return str(value)
        case float():
            return round(value, N_DIGITS) if math.isfinite(value) else None
    return value


def line(document: object, *, ascii_only: bool = False) -> str:
    """The data as JSON on one line; escapes what a terminal might obey."""
    text = json.dumps(document, ensure_ascii=ascii_only, allow_nan=False)
    return json.dumps(document) if _UNSAFE.search(text) else text


def pages(document: object, *, ascii_only: bool = False) -> str:
    """The data as indented JSON; escapes what a terminal might obey."""
    text = json.dumps(document, ensure_ascii=ascii_only, allow_nan=False, indent=2)
    return json.dumps(document, indent=2) if _UNSAFE.search(text) else text
