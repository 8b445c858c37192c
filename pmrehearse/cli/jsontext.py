"""How is data written as JSON so that a terminal may show it?"""

from __future__ import annotations

import json

from pmrehearse.cleaning import clean


def line(document: object, *, ascii_only: bool = False) -> str:
    """The data as JSON on one line."""
    return _written(document, ascii_only=ascii_only, indent=None)


def pages(document: object, *, ascii_only: bool = False) -> str:
    """The data as indented JSON."""
    return _written(document, ascii_only=ascii_only, indent=2)


def _written(document: object, *, ascii_only: bool, indent: int | None) -> str:
    """JSON in which characters stand as they are, unless one of them is such as a terminal might obey."""
    text = json.dumps(document, ensure_ascii=ascii_only, allow_nan=False, indent=indent)
    if ascii_only or clean(text, len(text)) == text:
        return text
    return json.dumps(document, allow_nan=False, indent=indent)
