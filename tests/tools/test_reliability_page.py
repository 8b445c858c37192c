"""The pages of faults and of dependencies say what the tree says."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from tests.soak.__main__ import NAMES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
FAULTS = 55
"""Faults and bad inputs that the program must survive."""


def _rows() -> dict[int, str]:
    lines = (re.fullmatch(r"\| (\d+) \| (.+) \|", line) for line in PAGE.splitlines())
    return {int(found[1]): found[2] for found in lines if found}


@cache
def _tests_of(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(function.name for function in functions)


def test_every_fault_has_its_row() -> None:
    """The rows are numbered 1 to 55, in order, each once."""
    assert list(_rows()) == list(range(1, FAULTS + 1))


@pytest.mark.parametrize("number", range(1, FAULTS + 1))
def test_every_row_is_held_by_tests_that_exist(number: int) -> None:
    """A row says what goes wrong, what the program does, and names at least one test that is in the tree."""
    fault, answer, held_by = _rows()[number].split(" | ")
    assert fault
    assert answer
    named = NAMED.findall(held_by)
    assert named
    assert [f"{path}::{name}" for path, name in named if name not in _tests_of(path)] == []


def test_every_long_run_is_told() -> None:
    """Each run of `make soak` stands on the page with its command, with what it does and its results, and no other."""
    told = re.findall(r"^\| `python -m tests\.soak\.(\w+)` \|", PAGE, re.MULTILINE)
    assert sorted(set(told)) == sorted(NAMES)


def test_every_dependency_is_explained() -> None:
    """Each library that is installed with the program, or beside it, stands in the page of dependencies."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [name for names in project["optional-dependencies"].values() for name in names]
    names = [re.split(r"[<>=!~\[ ]", name)[0] for name in [*project["dependencies"], *extras]]
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert [name for name in names if not re.search(rf"\b{re.escape(name)}\b", page)] == []
