"""How is what pydantic finds wrong with a value of a TOML file told to the file's author?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_IN_WORDS = {
    "string_type": "this must be text in quotes",
    "float_type": "this must be a number",
    "bool_type": "this must be true or false",
    "dict_type": "this must be a table",
    "list_type": "this must be a list in square brackets",
    "model_type": "this must be a table",
    "model_attributes_type": "this must be a table",
    "string_too_long": "this may have at most {max_length:,} characters",
    "string_too_short": "this must not be empty",
    "too_long": "there may be at most {max_length} of these",
    "too_short": "there must be at least {min_length} of these",
    "greater_than": "this must be more than {gt:g}",
    "greater_than_equal": "this must be at least {ge:g}",
    "less_than_equal": "this must be at most {le:g}",
    "finite_number": "this must be a finite number",
    "int_type": "this must be a whole number",
    "literal_error": "this must be {expected}",
}


def value_in_words(detail: ErrorDetails) -> str:
    """What is wrong with a value that is there, and what is allowed."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    return _IN_WORDS[kind].format(**context) if kind in _IN_WORDS else detail["msg"]
