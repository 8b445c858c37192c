"""Which keys and types may the settings file have, and how is that said as a JSON Schema?

This module imports pydantic (0.13 s here) and so is imported only where there is a file to read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, create_model

from pmrehearse.scenario.mistakes import MOST_SHOWN, Mistake, Path, nearest
from pmrehearse.scenario.typed import value_in_words
from pmrehearse.settings.values import KEYS, LANGUAGES, LONGEST_TEXT, NAMES, SETTINGS, Setting, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic_core import ErrorDetails

KEYS_ABOUT = 'Keys by the name of the action, as home.drill = "x"; more keys than one with commas between them.'
"""What stands in it."""


class _Table(BaseModel):
    """A table of the file: no other keys, no types turned into one another."""

    model_config = ConfigDict(extra="forbid", strict=True, str_strip_whitespace=True, title="Settings of pmrehearse")


def _allowed(one: Setting) -> Callable[[Any], Any]:
    def check(value: Value) -> Value:
        if problem := one.problem_with(value):
            raise ValueError(problem)
        return value

    return check


def _bounds(one: Setting) -> dict[str, Any]:
    """What the schema says beyond the type."""
    if one.choices:
        return {"enum": list(one.choices)}
    if one.name == "language":
        return {"enum": list(LANGUAGES)}
    if isinstance(one.usual, bool):
        return {}
    if isinstance(one.usual, int):
        return {"minimum": 0, "maximum": one.most}
    return {"maxLength": LONGEST_TEXT}


def _field(one: Setting) -> Any:
    described = Field(title=one.title, description=one.about, json_schema_extra=_bounds(one))
    return Annotated[type(one.usual), AfterValidator(_allowed(one)), described], one.usual


_KEY_FORM = {"type": "string", "minLength": 1}
_KEYS_FORM: dict[str, Any] = {
    "additionalProperties": {"anyOf": [_KEY_FORM, {"type": "object", "additionalProperties": _KEY_FORM}]}
}
_FIELDS: dict[str, Any] = {one.name: _field(one) for one in SETTINGS}
_FIELDS[KEYS] = (
    Annotated[dict[str, Any], Field(title="Keys", description=KEYS_ABOUT, json_schema_extra=_KEYS_FORM)],
    {},
)
SettingsFile: type[BaseModel] = create_model("SettingsFile", __base__=_Table, **_FIELDS)
"""The file."""


def mistakes_in(tables: Mapping[str, object]) -> tuple[Mistake, ...]:
    """Every key that is unknown, of a wrong type or out of bounds.

    Args:
        tables: What TOML gives.
    """
    try:
        SettingsFile.model_validate(tables)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        found = [_mistake(detail, looks=len(details) <= MOST_SHOWN) for detail in details]
        return (*found, *_keys_in(tables.get(KEYS)))
    return _keys_in(tables.get(KEYS))


def _keys_in(table: object, above: Path = (KEYS,)) -> tuple[Mistake, ...]:
    """What is no key in the table of the keys and in the tables in it."""
    found: list[Mistake] = []
    for name, value in table.items() if isinstance(table, Mapping) else ():
        if isinstance(value, Mapping):
            found += _keys_in(value, (*above, name))
        elif not isinstance(value, str) or not value.strip():
            found.append(Mistake((*above, name), 'this must be a key in quotes, as "x" or "ctrl+d"'))
    return tuple(found)


def _mistake(detail: ErrorDetails, *, looks: bool) -> Mistake:
    path = tuple(detail["loc"])
    if detail["type"] == "extra_forbidden":
        near = nearest(str(path[-1]), NAMES) if looks else ""
        return Mistake(path, f"there is no such setting{near}; known are {', '.join(NAMES)}")
    return Mistake(path, value_in_words(detail))


def schema(actions: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """The file's form as a JSON Schema (2020-12), for editors.

    Args:
        actions: What keys do, by name: the usual keys and what they do.
    """
    form = SettingsFile.model_json_schema()
    scopes: dict[str, dict[str, Any]] = {}
    for name, (usual, meaning) in actions.items():
        scope, _, action = name.partition(".")
        scopes.setdefault(scope, {})[action] = {**_KEY_FORM, "default": usual, "description": meaning}
    form["properties"][KEYS]["properties"] = {
        scope: {"type": "object", "properties": known, "additionalProperties": _KEY_FORM}
        for scope, known in scopes.items()
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **form}
