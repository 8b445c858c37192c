"""`config` on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pmrehearse.cli.invocation import Invocation
from pmrehearse.ui.clashes import KeysOfScreens

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Called, Caller


@pytest.fixture
def file(own_places: Path) -> Path:
    """Where the settings file stands; it does not yet."""
    path = own_places / "config_dir" / "config.toml"
    path.parent.mkdir()
    return path


def test_show_says_where_each_value_comes_from(call: Caller, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The option, the variable, the line of the file, or that it is usual; keys too."""
    file.write_text('# mine\ntheme = "light"\n[keys]\nhome.drill = "x"\n')
    monkeypatch.setenv("PMREHEARSE_LIVE", "full")
    called = call("--library", "/takes", "config", "show")
    rows = [line.split(maxsplit=2) for line in called.out.splitlines()]
    assert (called.code, called.err) == (0, "")
    assert ["theme", "light", "settings file, line 2"] in rows
    assert ["live", "full", "environment, PMREHEARSE_LIVE"] in rows
    assert ["library", "/takes", "command line, --library"] in rows
    assert ["bell", "on", "usual"] in rows
    assert ["keys.home.drill", "x", "settings file, line 4"] in rows
    document = json.loads(call("config", "show", "--json").out)
    assert {"name": "theme", "value": "light", "origin": "settings file", "place": "line 2"} in document["settings"]
    assert document["keys"] == [{"action": "home.drill", "keys": "x", "place": "line 4"}]


def test_validate_ends_with_two_when_something_is_wrong(call: Caller, file: Path) -> None:
    """Every mistake with its line; nothing wrong, and no file at all, are good."""
    assert call("config", "validate").code == 0
    file.write_text("bel = true\n")
    called = call("config", "validate", "--json")
    document = json.loads(called.out)
    assert (called.code, document["good"]) == (2, False)
    assert document["problems"][0].startswith(f"{file}:1: bel: there is no such setting (did you mean 'bell'?)")
    assert "✗ wrong" in call("config", "validate").out
    file.write_text("bell = true\n")
    assert "✓ good" in call("config", "validate").out


def test_validate_looks_at_another_file(call: Caller, file: Path, tmp_path: Path) -> None:
    """Before it is put into its place."""
    file.write_text("bel = true\n")
    (other := tmp_path / "other.toml").write_text("bell = false\n")
    assert call("config", "validate", str(other)).code == 0
    other.write_text("bell = 3\n")
    assert (
        f"{other}:1: bell: this must be true or false"
        in json.loads(call("config", "validate", str(other), "--json").out)["problems"]
    )


def test_set_and_unset_change_one_line(call: Caller, file: Path) -> None:
    """Comments stay; what cannot be is refused with 2, and a name that is unknown with the nearest."""
    file.write_text("# mine\nbell = true  # ding\n")
    assert call("config", "set", "bell", "off").code == 0
    assert call("config", "set", "keys.home.drill", "x").code == 0
    assert file.read_text() == '# mine\nbell = false  # ding\n\n[keys]\nhome.drill = "x"\n'
    assert json.loads(call("config", "unset", "keys.home.drill", "--json").out)["value"] is None
    refused = call("config", "set", "theme", "lihgt")
    assert (refused.code, "did you mean 'light'?" in refused.err) == (2, True)
    refused = call("config", "unset", "them")
    assert (refused.code, "did you mean 'theme'?" in refused.err) == (2, True)
    assert file.read_text() == "# mine\nbell = false  # ding\n\n[keys]\n"


def test_a_change_that_a_variable_hides_is_told(call: Caller, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is changed all the same."""
    monkeypatch.setenv("PMREHEARSE_THEME", "dark")
    assert "PMREHEARSE_THEME says dark, and goes before the file." in call("config", "set", "theme", "light").err
    assert 'theme = "light"' in file.read_text()


def test_a_broken_file_is_told_by_every_command_and_kept_when_one_writes(call: Caller, file: Path) -> None:
    """What is usual holds meanwhile; a path in the library is made whole."""
    file.write_text("theme = \n")
    called = call("takes")
    assert (called.code, f"pmrehearse: {file}:1: the file is no TOML: Invalid value" in called.err) == (0, True)
    assert f"it stands beside the new one as {file}.bad" in call("config", "set", "library", "takes").err
    assert json.loads(call("config", "show", "--json").out)["exists"] is True
    assert call("takes").err == ""


def test_path_and_schema(call: Caller, file: Path) -> None:
    """The path alone on a line; the schema knows every setting, and what it may be."""
    assert call("config", "path").out == f"{file}\n"
    schema = json.loads(call("config", "schema").out)
    assert schema["additionalProperties"] is False
    assert schema["properties"]["theme"]["enum"] == ["dark", "light", "ansi-dark", "ansi-light"]
    assert (schema["properties"]["count_in"]["type"], schema["properties"]["count_in"]["maximum"]) == ("integer", 10)


def test_keys_are_listed_checked_and_refused(call: Caller, file: Path) -> None:
    """By the names of the screens' actions, with the line of the file."""

    def run(*arguments: str) -> Called:
        return call.shell.run(Invocation(lambda _: call.program, lambda *_: 0, keys=KeysOfScreens), arguments)

    file.write_text('[keys]\nhome.dril = "x"\nrehearse.mark = "n"\nhome.plan = "y"\n')
    checked = run("config", "validate", "--json")
    assert (checked.code, json.loads(checked.out)["problems"]) == (
        2,
        [
            f"{file}:2: keys.home.dril: there is no such action (did you mean 'home.drill'?)",
            f"{file}:3: keys.rehearse.mark: 'n' is the key of rehearse.next_phase, too",
        ],
    )
    refused = run("config", "set", "keys.home.history", "y")
    assert (refused.code, "'y' is the key of home.plan, too" in refused.err) == (2, True)
    assert run("config", "set", "keys.home.history", "z").code == 0
    listed = {each["action"]: each for each in json.loads(run("config", "keys", "--json").out)["keys"]}
    assert listed["home.history"] == {"action": "home.history", "keys": "z", "meaning": "History", "is_changed": True}
    assert (listed["home.drill"]["keys"], listed["home.drill"]["is_changed"]) == ("d", False)
    form = json.loads(run("config", "schema").out)["properties"]["keys"]["properties"]
    assert form["rehearse"]["properties"]["mark"] == {
        "type": "string",
        "minLength": 1,
        "default": "m",
        "description": "Mark",
    }
