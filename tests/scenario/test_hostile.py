"""Scenario files that were made to do harm, or are none: one clear refusal each."""

from __future__ import annotations

import os
import tomllib
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmrehearse.errors import ScenarioError
from pmrehearse.scenario.model import Origin
from pmrehearse.scenario.prescan import Refused, decode
from pmrehearse.scenario.reader import Reading, examine, read_file, read_text

DEEP = ".".join("a" * 32)
BOMBS = {
    "dots": ".".join("a" * 20_000) + " = 1",
    "dots in a header": "[" + ".".join("a" * 20_000) + "]",
    "dots in a table": "a = {" + ".".join("a" * 20_000) + " = 1}",
    "dots and blanks": " . ".join("a" * 10_000) + " = 1",
    "arrays": "a = " + "[" * 5_000 + "]" * 5_000,
    "open arrays": "a = " + "[" * 60_000,
    "tables": "a = " + "{a = " * 10_000,
    "a long number": "a = " + "9" * 60_000,
    "a long number with underscores": "a = 1" + "_1" * 30_000,
    "a long fraction": "a = 1." + "9" * 60_000,
    "a long exponent": "a = 1e" + "9" * 60_000,
}
"""What `tomllib` needs seconds or a gigabyte for, or fails at with another error than its own."""
HEAVY = {
    "deep headers": "\n".join(f"[x{number}.{DEEP[4:]}]" for number in range(900)),
    "deep keys": "\n".join(f"x{number}.{DEEP[6:]} = 1" for number in range(900)),
    "many tables": "[[element]]\n" * 5_300,
    "many keys": "\n".join(f"k{number} = 1" for number in range(6_500)),
    "many small tables": "element = [" + "{}," * 20_000 + "]",
    "many wrong cues": "cue = [" + "1," * 30_000 + "]",
    "a large number": "seconds = 0x" + "f" * 60_000,
    "a long text": 'title = "' + "x" * 60_000 + '"',
    "a long key": "k" * 60_000 + " = 1",
    "one long id": "[[element]]\nid = '" + "x" * 60_000 + "'",
    "a long list of names": "[[element]]\nphase = 'p'\n" + "".join(f"[[phase]]\nid = 'p{i}'\n" for i in range(2_500)),
    "a deep check": "[[element]]\nid = 'x'\ncheck = " + "{ any = [" * 9 + "1" + "] }" * 9,
}
"""What is parsed, and wrong."""


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_bombs_are_refused_unparsed(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text whose shape would choke the parser never reaches it; one mistake is told, with its line."""
    monkeypatch.setattr(tomllib, "loads", lambda _text: pytest.fail("the text was parsed"))
    (mistake,) = examine("format = 1\n" + text, Origin.USER).mistakes
    assert mistake.line == 2


@pytest.mark.parametrize("text", [*BOMBS.values(), *HEAVY.values()], ids=[*BOMBS, *HEAVY])
def test_whatever_is_read_fits_in_fifty_megabytes(text: str) -> None:
    """Reading any file of 64 KB needs less than 50 MB, and what is told of it stays readable."""
    assert len(text) <= 65_536
    tracemalloc.start()
    with pytest.raises(ScenarioError) as caught:
        read_text(text, Origin.USER, "bomb.toml")
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak_bytes < 50_000_000
    assert len(caught.value.message.split("\n")) <= 51
    assert max(map(len, caught.value.message.split("\n"))) < 1_000


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.mkdir()


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _nothing(path: Path) -> None:
    path.unlink(missing_ok=True)


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1_000_000_000)


def _writer(data: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(data)

    return write


FILES: dict[str, tuple[Callable[[Path], None], str]] = {
    "a pipe": (_fifo, "this is no regular file"),
    "a folder": (_folder, "this is no regular file"),
    "a loop of links": (_loop, "the file cannot be read: Too many levels of symbolic links"),
    "nothing": (_nothing, "the file cannot be read: No such file or directory"),
    "a gigabyte": (_huge, "the file has 1,000,000,000 bytes"),
    "empty": (_writer(b""), "the file is empty"),
    "binary": (_writer(bytes(range(1, 256)) * 20), "the file is no UTF-8 text"),
    "an archive": (_writer(b"PK\x03\x04" + bytes(100)), "the file holds a NUL character"),
    "UTF-16": (_writer("format = 1".encode("utf-16")), "the file is written in UTF-16"),
    "UTF-32": (_writer("format = 1".encode("utf-32-be")), "the file holds a NUL character"),
    "Latin-1": (_writer("id = 'é'".encode("latin-1")), "the file is no UTF-8 text"),
    "YAML": (_writer(b"format: 1\nid: mine/first\n"), "the file is no TOML"),
    "a bare carriage return": (_writer(b"format = 1\rid = 'a'"), "the file is no TOML"),
    "HTML": (_writer(b"<!doctype html><title>404</title>"), "the file is no TOML"),
}


@pytest.mark.parametrize(("make", "expected"), FILES.values(), ids=FILES)
def test_what_is_no_scenario_file_is_refused(tmp_path: Path, make: Callable[[Path], None], expected: str) -> None:
    """Each is refused at once, by the file's name and the reason."""
    path = tmp_path / "my.toml"
    make(path)
    with pytest.raises(ScenarioError) as caught:
        read_file(path, Origin.USER)
    assert expected in caught.value.message
    assert caught.value.message.startswith(str(path))
    assert caught.value.hint


def test_a_take_keeps_its_own_copy(tmp_path: Path, good: str) -> None:
    """When the file is edited or removed, the text that the take keeps reads as the scenario of that day."""
    path = tmp_path / "my.toml"
    path.write_text(good)
    rehearsed = read_file(path, Origin.USER)
    path.write_text(good.replace("First drill", "Second drill"))
    edited = read_file(path, Origin.USER)
    path.unlink()
    kept = read_text(rehearsed.source_toml, Origin.TAKE, "take")
    assert (kept.title, kept.digest) == ("First drill", rehearsed.digest)
    assert (edited.title, edited.digest != kept.digest) == ("Second drill", True)


@pytest.mark.parametrize("expression", ["(a+)+$", ".*plan.*customer.*zebra", "(?:uh )+zebra"])
def test_expressions_that_ruin_others_are_data_here(good: str, expression: str) -> None:
    """Reading a scenario compiles no expression of its author's, so none can hold it up."""
    asking = good.replace('check = "another idea"', f"check = {{ re2 = '{expression}' }}")
    assert examine(asking, Origin.USER).scenario is not None


def _sound(reading: Reading, text: str) -> bool:
    """A reading is a scenario or mistakes, printable and at lines that exist."""
    last = text.count("\n") + 1
    lines = [mistake.line for mistake in reading.mistakes + reading.warnings]
    texts = [mistake.place + mistake.message for mistake in reading.mistakes + reading.warnings]
    return (
        (reading.scenario is None) == bool(reading.mistakes)
        and all(line is None or 1 <= line <= last for line in lines)
        and not any(set(text) & {"\x1b", "\x07", "\x9b", "\u202e"} for text in texts)
    )


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_reading(data: bytes) -> None:
    """No bytes bring anything but a scenario or its mistakes."""
    try:
        text = decode(data)
    except Refused:
        return
    assert _sound(examine(text, Origin.USER), text)


_PIECES = st.sampled_from(
    [
        *(
            "[",
            "]",
            "{",
            "}",
            "[[element]]\n",
            "[[cue]]\n",
            "[check]\n",
            '"',
            '"""',
            "'",
            "\n",
            "=",
            ".",
            ",",
            "#",
            "\\",
        ),
        *("\u001b", "\u202e", "\x9b", "\0", "\r", "nan", "inf", "-1", "0x" + "f" * 2000, "1979-05-27", "true", "[]"),
        *("at = 5\n", "on = 'x'\n", "id = 'a/b'\n", "seconds = 9\n", "check = { all = [1, {}] }\n", "format = 2\n"),
        *('"\\u001b]52;c;x"', "é", "\U0001f600", "{ re2 = 5 }", "{ first = 'a', words = 1e9 }", "'@nothing'"),
    ]
)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 40), _PIECES), min_size=1, max_size=6))
def test_a_good_file_broken_anywhere_ends_in_a_reading(good: str, edits: list[tuple[int, int, str]]) -> None:
    """Cuts and insertions in a scenario bring a scenario or mistakes at lines of the file, never another error."""
    text = good
    for at, n_cut, piece in edits:
        text = text[:at] + piece + text[at + n_cut :]
    assert _sound(examine(text, Origin.USER), text)
    assert _sound(examine(text, Origin.SHIPPED), text)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates() | st.times(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
_KEYS = ["format", "id", "seconds", "target", "phase", "element", "flag", "cue", "at", "on", "check", "met_by", "title"]


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=5),
    st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=5),
    st.sampled_from(["phase", "element", "flag", "cue"]),
)
def test_any_values_at_any_keys_end_in_a_reading(
    good: str, head: dict[str, object], table: dict[str, object], name: str
) -> None:
    """A value of any type at any key brings mistakes, never another error."""
    loads = tomllib.loads

    def meddled(text: str) -> dict[str, object]:
        tables = loads(text) | head
        return tables | {name: [table, *tables[name]]} if isinstance(tables.get(name), list) else tables

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tomllib, "loads", meddled)
        assert _sound(examine(good, Origin.USER), good)
