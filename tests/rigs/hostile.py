"""Which scenario files does an attacker, or an accident, hand to the reader?"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from hypothesis import strategies as st

from pmrehearse.scenario.reader import Reading

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
CROWDS = {
    "deep headers": "\n".join(f"[x{number}.{DEEP[4:]}]" for number in range(900)),
    "deep keys": "\n".join(f"x{number}.{DEEP[6:]} = 1" for number in range(900)),
    "many tables": "[[element]]\n" * 5_300,
    "many keys": "\n".join(f"k{number} = 1" for number in range(6_500)),
    "many small tables": "element = [" + "{}," * 20_000 + "]",
    "many wrong cues": "cue = [" + "1," * 30_000 + "]",
    "a long list of names": "[[element]]\nphase = 'p'\n" + "".join(f"[[phase]]\nid = 'p{i}'\n" for i in range(2_500)),
}
"""What keeps the parser, or the search for mistakes, busy for a second by sheer number; refused unparsed."""
HEAVY = {
    "a large number": "seconds = 0x" + "f" * 60_000,
    "a long text": 'title = "' + "x" * 60_000 + '"',
    "a long key": "k" * 60_000 + " = 1",
    "one long id": "[[element]]\nid = '" + "x" * 60_000 + "'",
    "a deep check": "[[element]]\nid = 'x'\ncheck = " + "{ any = [" * 9 + "1" + "] }" * 9,
}
"""What is parsed, and wrong."""


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


def is_sound(reading: Reading, text: str) -> bool:
    """A reading is a scenario or mistakes, printable and at lines that exist."""
    last = text.count("\n") + 1
    lines = [mistake.line for mistake in reading.mistakes + reading.warnings]
    texts = [mistake.place + mistake.message for mistake in reading.mistakes + reading.warnings]
    return (
        (reading.scenario is None) == bool(reading.mistakes)
        and all(line is None or 1 <= line <= last for line in lines)
        and not any(set(text) & {"\x1b", "\x07", "\x9b", "\u202e"} for text in texts)
    )


PIECES = st.sampled_from(
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
"""What is put into a good file."""

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates() | st.times(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
KEYS = ["format", "id", "seconds", "target", "phase", "element", "flag", "cue", "at", "on", "check", "met_by", "title"]
