"""How do tables become the text of a TOML file?

The standard library reads TOML and does not write it. What scenarios are made of is written here: texts, numbers, truth
values, lists, tables in lists; a table inside a table stands in braces.
"""

from __future__ import annotations

import json
from collections.abc import Mapping


def toml_text(tables: Mapping[str, object]) -> str:
    """The text of a file: the keys of the file itself, then each list of tables as `[[name]]`.

    Raises:
        TypeError: A value is none of those that scenarios are made of.
    """
    arrays = {name: array for name, value in tables.items() if (array := _array_of_tables(value))}
    head = [_line(name, value) for name, value in tables.items() if name not in arrays]
    parts = ["\n".join(head)]
    for name, array in arrays.items():
        parts += ["\n".join([f"[[{_key(name)}]]", *(_line(*item) for item in table.items())]) for table in array]
    return "\n\n".join(parts) + "\n"


def _array_of_tables(value: object) -> list[Mapping[str, object]]:
    """The tables of a list of nothing else; none for any other value."""
    items = value if isinstance(value, list) else []
    return items if all(isinstance(item, Mapping) for item in items) else []


def _line(name: str, value: object) -> str:
    return f"{_key(name)} = {_value(value)}"


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if bare else toml_string(name)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return toml_string(value)
        case int() | float():
            return repr(value)
        case list() | tuple():
            return f"[{', '.join(_value(item) for item in value)}]"
        case Mapping():
            return f"{{ {', '.join(_line(str(key), item) for key, item in value.items())} }}"
        case _:
            raise TypeError(type(value).__name__)


def toml_string(text: str) -> str:
    """A text in quotes: JSON's escapes are TOML's too, but JSON lets DEL stand."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
