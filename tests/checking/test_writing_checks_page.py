"""What the page on writing checks says is so."""

from __future__ import annotations

import re
from pathlib import Path

from pmrehearse.scenario import packs
from pmrehearse.scenario.patterns import Slot
from pmrehearse.scenario.rule_kinds import Scope

PAGE = (Path(__file__).parents[2] / "docs" / "writing-checks.md").read_text(encoding="utf-8")


def test_every_lexicon_and_check_that_is_listed_exists() -> None:
    """The page names no lexicon or shared check that is gone."""
    lexicons = packs.lexicons()
    listed = set(re.findall(r"^\| `@([a-z0-9-]+)`", PAGE, re.MULTILINE))
    checks = set(re.findall(r"^\| check `([a-z0-9-]+)`", PAGE, re.MULTILINE))
    assert listed
    assert listed <= set(lexicons.phrases)
    assert checks
    assert checks <= set(lexicons.checks)


def test_every_slot_and_scope_is_explained() -> None:
    """Each kind of quantity and each scope has its row."""
    assert all(f"`<{slot.value}>`" in PAGE for slot in Slot)
    assert all(f"| `{scope.value}` |" in PAGE for scope in Scope)
