"""A setting is changed in the file, and nothing else is."""

from __future__ import annotations

import os
import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pmrehearse.errors import SettingsError
from pmrehearse.settings.writing import edited, write_setting

if TYPE_CHECKING:
    from pathlib import Path

FILE = """\
# My settings

theme = "light"   # in the morning
bell   =   false

# what my fingers know
[keys]
home.drill = "x"  # next to d
"report.again" = "a"

[keys.rehearse]   # the stage
mark = "m"
"""
COMMENTS = ("# My settings", "# in the morning", "# what my fingers know", "# next to d", "# the stage")
CHANGES = some.tuples(
    some.sampled_from(
        ["theme", "bell", "count_in", "keys.home.drill", "keys.home.plan", "keys.report.again", "keys.rehearse.pause"]
    ),
    some.one_of(some.text(some.characters(exclude_categories=["Cs"])), some.integers(0, 10), some.booleans()),
)


@given(some.lists(CHANGES, max_size=6))
def test_comments_and_other_settings_stay(changes: list[tuple[str, str | int | bool]]) -> None:
    """After any changes every comment stands, what was changed says so, and what was not says what it said."""
    text = FILE
    for name, value in changes:
        text = edited(text, name, value)
    assert all(comment in text for comment in COMMENTS)
    wanted = dict(changes)
    tables = tomllib.loads(text)
    keys = tables["keys"]
    assert tables["theme"] == wanted.get("theme", "light")
    assert tables["bell"] == wanted.get("bell", False)
    assert tables.get("count_in") == wanted.get("count_in")
    assert keys["home"]["drill"] == wanted.get("keys.home.drill", "x")
    assert keys["home"].get("plan") == wanted.get("keys.home.plan")
    assert keys["report.again"] == wanted.get("keys.report.again", "a")
    assert keys["rehearse"] == {"mark": "m"} | (
        {"pause": wanted["keys.rehearse.pause"]} if "keys.rehearse.pause" in wanted else {}
    )


@pytest.mark.parametrize("name", ["theme", "bell", "keys.home.drill", "keys.report.again", "keys.rehearse.mark"])
def test_what_is_taken_out_is_gone(name: str) -> None:
    """And nothing else; what was never there can be taken out, too."""
    text = edited(edited(FILE, name, None), "count_in", None)
    assert name.rpartition(".")[2] not in str(tomllib.loads(text))
    assert len(text.splitlines()) == len(FILE.splitlines()) - 1


def test_a_file_is_made_where_there_is_none(tmp_path: Path) -> None:
    """With its folder, for its owner alone, and with a word on what it is."""
    path = tmp_path / "new" / "config.toml"
    assert write_setting(path, "theme", "light", is_broken=False) is None
    first, second = path.read_text().splitlines()
    assert (first[:22], second) == ("# Settings of pmrehear", 'theme = "light"')
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """Settings are often kept elsewhere: the file that the link leads to is changed."""
    (target := tmp_path / "dotfiles.toml").write_text("bell = true\n")
    (path := tmp_path / "config.toml").symlink_to(target)
    write_setting(path, "bell", value=False, is_broken=False)
    assert path.is_symlink()
    assert target.read_text() == "bell = false\n"


def test_a_broken_file_is_put_aside_under_a_new_name(tmp_path: Path) -> None:
    """The old one is kept as .bad, and no .bad takes the place of another."""
    path = tmp_path / "config.toml"
    for number, suffix in enumerate((".bad", ".bad-2", ".bad-3")):
        path.write_text(f"broken {number}")
        kept = write_setting(path, "bell", value=False, is_broken=True)
        assert kept == tmp_path / f"config.toml{suffix}"
        assert kept.read_text() == f"broken {number}"
        assert path.read_text().endswith("\nbell = false\n")


@pytest.mark.skipif(os.name != "posix", reason="folders as files")
def test_a_file_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    """With the reason and a remedy; nothing is left half written."""
    (blocked := tmp_path / "blocked").write_text("")
    with pytest.raises(SettingsError, match="cannot be written: File exists") as refused:
        write_setting(blocked / "config.toml", "bell", value=False, is_broken=False)
    assert "PMREHEARSE_CONFIG_DIR" in refused.value.hint
    assert [path.name for path in tmp_path.iterdir()] == ["blocked"]
