"""Ids, hostile and good."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmrehearse.scenario.ids import problem_with_id, problem_with_scenario_id

HOSTILE = [
    "",
    ".",
    "..",
    "../..",
    "/etc/passwd",
    "a/b",
    "a\\b",
    "nul\0",
    "-rf",
    ".hidden",
    "a.",
    "é",
    "e\N{COMBINING ACUTE ACCENT}",
    "%2e%2e",
    "\N{FULLWIDTH PERCENT SIGN}2e",
    "~root",
    "a" * 300,
    "a\n",
    "a b",
    "A",
    "nul",
    "com1",
]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_ids_are_refused(text: str) -> None:
    """Nothing that means something to a file system, a shell or a terminal is an id, alone or as half of one."""
    assert problem_with_id(text)
    assert problem_with_scenario_id(f"mine/{text}")
    assert problem_with_scenario_id(f"{text}/mine")


@pytest.mark.parametrize("text", ["a", "three-phase-lens", "q3_2026", "4", "console", "a" * 64])
def test_plain_ids_are_taken(text: str) -> None:
    """Small letters, digits, hyphens and underscores make an id."""
    assert problem_with_id(text) == ""
    assert problem_with_scenario_id(f"mine/{text}") == ""


@given(st.text(max_size=70))
def test_what_is_taken_is_a_safe_name(text: str) -> None:
    """An id that is taken is plain ASCII, a name in one folder and no option."""
    if not problem_with_id(text):
        assert re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,63}", text)
