"""Texts reach the screen by one way, which cleans them and reads no markup: nothing in the house goes round it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

UI = Path(__file__).parents[2] / "pmrehearse" / "ui"
FILES = sorted(UI.rglob("*.py"))
READ_MARKUP = {"Label", "Button", "Log", "RichLog", "Markdown", "DataTable", "Tree", "SelectionList", "RadioButton"}
"""Textual's widgets that read markup, or pass terminal escapes through, unless each use of them is told not to."""


FIELDS = {"Input", "TextArea", "MaskedInput"}
"""Textual's fields, which draw what is pasted into them as it is."""


def _calls(tree: ast.AST) -> list[tuple[str, ast.Call]]:
    """Every call, by the last part of what is called."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [(getattr(call.func, "id", getattr(call.func, "attr", "")), call) for call in calls]


def _imported(tree: ast.AST) -> set[str]:
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {alias.name for each in imports if (each.module or "").startswith("textual") for alias in each.names}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(UI)))
def test_no_module_goes_round_it(path: Path) -> None:
    """Only `Plain` is a Static, fields are ours, `shown` alone makes content of foreign text, no notice is markup."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert _imported(tree) & READ_MARKUP == set()
    if path.name != "fields.py":
        assert _imported(tree) & FIELDS == set()
    if path.name != "plain.py":
        assert "Static" not in _imported(tree)
    for name, call in _calls(tree):
        assert name not in {"from_markup", "from_text"}, f"line {call.lineno}"
        if name == "Content" and path.name != "shown.py":
            assert all(isinstance(argument, ast.Constant) for argument in call.args), f"line {call.lineno}"
        if name == "notify":
            markup = [word.value for word in call.keywords if word.arg == "markup"]
            assert [getattr(each, "value", True) for each in markup] == [False], f"line {call.lineno}"
