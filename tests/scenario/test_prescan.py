"""What is refused before it is parsed."""

from __future__ import annotations

import os
import socket
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmrehearse.scenario import prescan
from pmrehearse.scenario.outline import line_of
from pmrehearse.scenario.prescan import LARGEST_BYTES, Refused, decode, read_safely, scan


def _refusal(text: str) -> tuple[str, int | None]:
    with pytest.raises(Refused) as caught:
        scan(text)
    return caught.value.mistake.message, caught.value.mistake.line


@pytest.mark.parametrize(
    ("text", "expected", "line"),
    [
        ("", "the file is empty", None),
        (" \n\t\r\n", "the file is empty", None),
        ("a = 1\nb = '\0'\n", "the file holds a NUL character: it is no text", 2),
        ("a = 1\n" + ".".join("a" * 20_000) + " = 1", "there are more than 32 dots outside quotes on one line", 2),
        ("[" + " . ".join("a" * 40) + "]", "there are more than 32 dots outside quotes on one line", 1),
        ("\n\na = " + "[" * 60_000, "brackets stand more than 20 deep in one another", 3),
        ("a = " + "[{a=" * 20, "brackets stand more than 20 deep in one another", 1),
        ("a = [\n" + "[\n" * 30, "brackets stand more than 20 deep in one another", 21),
        ('"""\n\n""" = [' + "[" * 30, "brackets stand more than 20 deep in one another", 3),
        ("a = 1\nb = " + "9" * 5000, "a number has more than 1,000 digits", 2),
        ("x" * (LARGEST_BYTES + 1), "the text has 65,537 characters; such a file has at most 65,536", None),
    ],
)
def test_shapes_that_parsers_choke_on_are_refused(text: str, expected: str, line: int | None) -> None:
    """Each is refused with its reason, and with its line where it has one."""
    assert _refusal(text) == (expected, line)


@pytest.mark.parametrize(
    "text",
    [
        'a = "' + "." * 100 + '"',
        "a = '" + "[" * 100 + "'",
        'a = """\n' + "[.." * 50 + '"""',
        'a = """' + '"' * 2 + "[" * 30 + '"""""',
        "a = '''" + "'" * 2 + "[" * 30 + "'''''",
        "a = 1 # " + "[." * 100,
        'a = "\\"' + "[" * 50 + '"',
        "a = '\\'\nb = 1",
        "a.b.c = [1.5, 2.5]\n" * 50,
        "a = [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]",
        "a = [1]\n" * 50,
    ],
)
def test_quotes_and_comments_hide_signs(text: str) -> None:
    """Dots and brackets in texts and comments are no shape, and brackets that close are no depth."""
    assert scan(text).text == text


_HOSTILE = [
    ".".join("a" * 20_000) + " = 1",
    "[" * 60_000,
    "a = " + "[" * 60_000,
    "a = " + "{a=" * 20_000,
    '"' * 60_000,
    "'" * 60_000,
    '"' + "\\" * 60_000,
    "[]" * 30_000,
    "\n" * 60_000 + "a",
    " " * 60_000 + "a",
    "a " * 30_000,
    '"a" ' * 15_000,
    "'a\n" * 20_000,
    ".a\n" * 20_000,
    "9_" * 30_000,
    ("9" * 998 + "a") * 60,
    "[[a]]\n" * 10_000,
    '"""' + 'a""' * 20_000,
]


@pytest.mark.parametrize("text", _HOSTILE, ids=range(len(_HOSTILE)))
def test_looking_is_cheap_whatever_stands_there(text: str) -> None:
    """Scanning and outlining 60 KB needs less than 50 MB, and far less work than steps in the square of its length."""
    tracemalloc.start()
    begun_s = time.process_time()
    try:
        outline = scan(text)
        outline.head()
        outline.index()
    except Refused:
        pass
    spent_s = time.process_time() - begun_s
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak_bytes < 50_000_000
    assert spent_s < 5.0  # of the processor, under tracemalloc: 0.8 s at most; the square of 60,000 takes minutes


@settings(deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    """Decoding and scanning end in an outline or in a refusal, and an outline gives back every line's beginning."""
    try:
        outline = scan(decode(data))
    except Refused:
        return
    for line, offset in outline.lines:
        assert outline.text.count("\n", 0, offset) == line - 1
        assert offset == 0 or outline.text[offset - 1] == "\n"
    assert outline.text.startswith(outline.head())


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("format = 1".encode("utf-16"), "the file is written in UTF-16; save it as UTF-8"),
        (b'a = 1\nb = "\xff\xfe"\n', "the file is no UTF-8 text; save it as UTF-8"),
        (bytes(range(128, 256)) * 9, "the file is no UTF-8 text; save it as UTF-8"),
    ],
)
def test_other_encodings_are_refused(data: bytes, expected: str) -> None:
    """Only UTF-8 is read."""
    with pytest.raises(Refused, match=expected):
        decode(data)


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    """Editors on Windows write one before UTF-8."""
    assert decode(b"\xef\xbb\xbfa = 1") == "a = 1"


def test_only_small_regular_files_are_opened(tmp_path: Path) -> None:
    """A pipe, a socket, a folder, a loop of links, a missing file and a path with NUL are refused, without waiting."""
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "loop.toml").symlink_to(tmp_path / "loop.toml")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s.toml"))
        for name in ("pipe.toml", "s.toml", "loop.toml", ".", "missing.toml", "nul\0.toml"):
            with pytest.raises(Refused):
                read_safely(tmp_path / name)


def test_a_pipe_put_in_a_files_place_keeps_nobody_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was a file when it was looked at and is a pipe when it is opened reads as empty."""
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "file.toml").write_text("a = 1")
    looked_at = (tmp_path / "file.toml").stat()
    monkeypatch.setattr(Path, "stat", lambda _self, **_options: looked_at)
    assert read_safely(tmp_path / "pipe.toml") == ""


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    """Settings that are kept elsewhere and linked are read."""
    (tmp_path / "there.toml").write_text("a = 1")
    (tmp_path / "here.toml").symlink_to(tmp_path / "there.toml")
    assert read_safely(tmp_path / "here.toml") == "a = 1"


def test_of_a_huge_file_little_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of a gigabyte is refused by its size, with no more memory than a small one takes."""
    with (tmp_path / "huge.toml").open("wb") as file:
        file.truncate(1_000_000_000)
    monkeypatch.setattr(prescan, "decode", lambda _data: pytest.fail("the file was taken"))
    tracemalloc.start()
    with pytest.raises(Refused, match="the file has 1,000,000,000 bytes; such a file has at most 65,536"):
        read_safely(tmp_path / "huge.toml")
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak_bytes < 1_000_000


OUTLINED = '''\
format = 1
prompt = """
[[element]]
id = "no"
"""
[[ phase ]]
id = "a"
[[element]]
'id' = "b"
check = { any = [
  "x",
] }
[[element.check2.all]]
say = 1
[[element]]
[element.check]
"b.c" . d = 2 # [[element]]
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("format",), 1),
        (("prompt",), 2),
        (("phase", 0), 6),
        (("phase", 0, "seconds"), 6),
        (("element",), 8),
        (("element", 0, "id"), 9),
        (("element", 0, "check", "any", 3), 10),
        (("element", 0, "check2", "all", 0, "say"), 14),
        (("element", 1, "check", "b.c", "d"), 17),
        (("element", 1, "phase"), 15),
        (("element", 2), 8),
        (("nothing",), None),
        ((), None),
    ],
)
def test_tables_and_keys_have_lines(path: tuple[str | int, ...], line: int | None) -> None:
    """A path has the line of its key, or of the nearest thing around it that stands in the file."""
    assert line_of(path, scan(OUTLINED).index()) == line


def test_an_outline_counts_tables() -> None:
    """Tables of an array are counted; what looks like one in a text or a comment is not."""
    assert scan(OUTLINED).counts() == {"element": 2, "phase": 1}


def test_the_head_ends_at_the_first_table() -> None:
    """The head holds the keys of the file itself, texts of many lines included."""
    assert scan(OUTLINED).head() == OUTLINED[: OUTLINED.index("[[ phase")]
