"""What the page on settings says is so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from pmrehearse.settings.values import SETTINGS, setting

PAGE = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
FILE = PAGE.partition("```toml\n")[2].partition("```")[0]


def test_every_setting_is_listed_with_a_value_that_it_may_have() -> None:
    """The file at the top of the page has them all, and could be used."""
    listed = tomllib.loads(FILE)
    assert sorted(listed) == sorted(one.name for one in SETTINGS)
    assert not [name for name, value in listed.items() if setting(name).problem_with(value)]


def test_every_choice_is_named_beside_its_setting() -> None:
    """In the words behind it."""
    lines = {line.split()[0]: line for line in FILE.splitlines()}
    for one in SETTINGS:
        assert [each for each in one.choices if re.search(rf"\b{each}\b", lines[one.name])] == list(one.choices)
