"""What of a settings file is used, and what is said of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pmrehearse.scenario.mistakes import told
from pmrehearse.settings.file import read_settings
from pmrehearse.settings.values import NAMES

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
# mine
theme = "light"    # in the morning
bell = false
count_in = 5
microphone = "  USB   headset "

[keys]
home.drill = "x"
"report.again" = "ctrl+a"

[keys.rehearse]
mark = "m, space"
"""


def _wrong(path: Path) -> str:
    found = read_settings(path)
    return told("config.toml", found.mistakes) if found.mistakes else ""


def test_what_it_says_is_read_with_its_lines(tmp_path: Path) -> None:
    """Values, keys however they are nested, and the line of each."""
    (path := tmp_path / "config.toml").write_text(GOOD)
    found = read_settings(path)
    assert dict(found.values) == {"theme": "light", "bell": False, "count_in": 5, "microphone": "USB headset"}
    assert dict(found.keys) == {"home.drill": "x", "report.again": "ctrl+a", "rehearse.mark": "m, space"}
    assert [found.lines[name] for name in ("theme", "count_in", "keys.home.drill", "keys.rehearse.mark")] == [
        2,
        4,
        8,
        12,
    ]
    assert (found.mistakes, found.exists, found.is_broken) == ((), True, False)


def test_no_file_says_nothing(tmp_path: Path) -> None:
    """That is how everybody begins."""
    found = read_settings(tmp_path / "config.toml")
    assert (found.exists, dict(found.values), found.mistakes) == (False, {}, ())


def test_comments_alone_are_no_mistake(tmp_path: Path) -> None:
    """A file whose lines are all commented out is a settings file."""
    (path := tmp_path / "config.toml").write_text("# theme = 'light'\n")
    assert _wrong(path) == ""


def test_what_is_wrong_is_left_out_and_the_rest_is_used(tmp_path: Path) -> None:
    """Unknown names with the nearest known, types and values with what is allowed, all at once, each with its line."""
    path = tmp_path / "config.toml"
    path.write_text(
        'bel = true\ntheme = "drak"\ncount_in = "3"\nbell = 1\nlive = "full"\nlibrary = "takes"\nlanguage = "xx"\n'
        '[keys]\nhome.drill = 3\nhome.plan = "y"\nreport = { again = ["x"] }\nhome.history = ""\n'
    )
    assert _wrong(path).splitlines() == [
        f"config.toml:1: bel: there is no such setting (did you mean 'bell'?); known are {', '.join(NAMES)}",
        "config.toml:2: theme: this must be dark, light, ansi-dark or ansi-light (did you mean 'dark'?)",
        "config.toml:3: count_in: this must be a whole number",
        "config.toml:4: bell: this must be true or false",
        "config.toml:6: library: this must be a whole path, from / or ~",
        "config.toml:7: language: Whisper knows no language 'xx'; it is a code such as en, de or fr",
        'config.toml:9: keys.home.drill: this must be a key in quotes, as "x" or "ctrl+d"',
        'config.toml:11: keys.report.again: this must be a key in quotes, as "x" or "ctrl+d"',
        'config.toml:12: keys.home.history: this must be a key in quotes, as "x" or "ctrl+d"',
    ]
    found = read_settings(path)
    assert (dict(found.values), dict(found.keys)) == ({"live": "full"}, {"home.plan": "y"})
    assert not found.is_broken


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "config.toml: the file is empty"),
        (b"  \n", "config.toml: the file is empty"),
        (b"theme = \n", "config.toml:1: the file is no TOML: Invalid value"),
        (b"bell = true\nbell = false\n", "config.toml:2: the file is no TOML: Cannot overwrite a value"),
        (b"\x00" * 40, "config.toml:1: the file holds a NUL character: it is no text"),
        (b"\xff\xfea", "config.toml: the file is written in UTF-16; save it as UTF-8"),
        (b"a" * 70_000, "config.toml: the file has 70,000 bytes; such a file has at most 65,536"),
        (b"keys." * 40 + b"x = 1", "config.toml:1: there are more than 32 dots outside quotes on one line"),
    ],
)
def test_a_broken_file_says_nothing_but_why(tmp_path: Path, content: bytes, message: str) -> None:
    """Corrupt, empty, or made to hurt the parser: what is usual holds, and one line says what is wrong."""
    (path := tmp_path / "config.toml").write_bytes(content)
    assert _wrong(path) == message
    assert read_settings(path).is_broken
    assert path.read_bytes() == content


def test_hostile_names_are_cleaned(tmp_path: Path) -> None:
    """No control character of the file comes through into a message."""
    (path := tmp_path / "config.toml").write_text('"a\\u001b[31mb" = 1\n')
    assert "\x1b" not in _wrong(path)


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    """It is no file, and nothing is read."""
    (path := tmp_path / "config.toml").mkdir()
    assert _wrong(path) == "config.toml: this is no regular file; only a text file is read"
