"""Marking written answers: one, and many in lines."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from tests.cli.fakes import ANSWER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller

LENS = "writer/three-phase-lens"
WHOLE = "our metric and ten thousand people and a review"


def test_an_answer_that_lacks_nothing_ends_with_0(call: Caller) -> None:
    """Every element met and no flag raised: 0."""
    called = call("check", LENS, "--text", WHOLE)
    assert called.code == 0
    assert called.out.startswith("Three-Phase Impact Lens")
    assert "3 of 3 elements" in called.out


@pytest.mark.parametrize("text", [ANSWER, f"{WHOLE} ideas"])
def test_an_answer_that_falls_short_ends_with_1(call: Caller, text: str) -> None:
    """An element that is not met, or a flag: 1, and the report is whole."""
    called = call("check", LENS, "--text", text, "--json")
    assert called.code == 1
    assert {element["id"] for element in json.loads(called.out)["elements"]} == {"metric", "sample", "review"}


def test_the_answer_comes_from_a_file_or_standard_input(call: Caller, tmp_path: Path) -> None:
    """FILE, - and nothing give the same verdicts; a byte order mark and CR LF do not matter."""
    file = tmp_path / "answer.txt"
    file.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace(" and", "\r\nand").encode())
    from_file = call("check", LENS, str(file))
    assert from_file.code == 0
    assert call("check", LENS, "-", stdin=WHOLE.encode()) == from_file
    assert call("check", LENS, stdin=WHOLE.encode()) == from_file


def test_an_answer_can_be_kept_as_a_take(call: Caller) -> None:
    """`--keep` makes a take, and its report is the answer."""
    called = call("check", LENS, "--keep", "--text", WHOLE)
    assert called.code == 0
    assert call.program.library.takes[0].take_id in call("takes", "--json").out
    assert "2026-11-22T11-00-00Z_typed" in called.out


def unusable(kind: str, folder: Path) -> Path:
    """A file that is no answer."""
    path = folder / kind
    match kind:
        case "directory":
            path.mkdir()
        case "fifo":
            os.mkfifo(path)
        case "loop":
            path.symlink_to(path)
        case "utf-16":
            path.write_bytes("our metric".encode("utf-16"))
        case "binary":
            path.write_bytes(b"our metric\0\0")
        case "huge":
            path.write_bytes(b"word " * 1_000_001)
        case "empty":
            path.write_bytes(b"  \n")
    return path


@pytest.mark.parametrize("kind", ["missing", "directory", "fifo", "loop", "utf-16", "binary", "huge", "empty"])
def test_a_file_that_is_no_text_ends_with_2(call: Caller, tmp_path: Path, kind: str) -> None:
    """Each is refused without hanging, with a message and what to do, and no traceback."""
    called = call("check", LENS, str(unusable(kind, tmp_path)))
    assert (called.code, called.out) == (2, "")
    message, hint = called.err.splitlines()
    assert message.startswith("pmrehearse: ")
    assert hint.startswith("            ")


@pytest.mark.parametrize("kind", ["missing", "directory", "fifo"])
def test_a_file_of_lines_that_cannot_be_read_ends_with_2(call: Caller, tmp_path: Path, kind: str) -> None:
    """The same for --jsonl."""
    called = call("check", "--jsonl", str(unusable(kind, tmp_path)))
    assert (called.code, called.out) == (2, "")
    assert len(called.err.splitlines()) == 2


def lines(*answers: object) -> bytes:
    """Answers, one a line."""
    return b"".join(json.dumps(answer).encode() + b"\n" for answer in answers)


def test_many_answers_are_marked_line_by_line(call: Caller) -> None:
    """Each line's verdicts come out as one line, with its id, and the checks are compiled once a scenario."""
    answers = lines(
        {"id": "a", "scenario": LENS, "text": WHOLE},
        {"id": 7, "scenario": LENS, "text": ANSWER, "elements": {"metric": True}},
        {"id": "c", "scenario": LENS, "text": ""},
    )
    called = call("check", "--jsonl", "-", stdin=answers)
    assert (called.code, called.err) == (0, "")
    assert [json.loads(line) for line in called.out.splitlines()] == [
        {"id": "a", "elements": {"metric": "met", "sample": "met", "review": "met"}, "flags": {"ideas": False}},
        {"id": 7, "elements": {"metric": "met", "sample": "met", "review": "missing"}, "flags": {"ideas": False}},
        {
            "id": "c",
            "elements": {"metric": "unknown", "sample": "unknown", "review": "unknown"},
            "flags": {"ideas": False},
        },
    ]
    assert call.program.packs.n_asked == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "the line is no JSON"),
        (b"\xff\xfe", "the line is no JSON: it is no UTF-8 text"),
        (b"[" * 100_000, "the line is no JSON"),
        (b"3", "the line is no JSON object"),
        (lines({"id": "x", "text": "t"}), '"scenario" is missing or no string'),
        (lines({"id": "x", "scenario": LENS, "text": 3}), '"text" is missing or no string'),
        (lines({"scenario": LENS, "text": "t"}), '"id" is missing'),
        (lines({"id": [], "scenario": LENS, "text": "t"}), '"id" is missing, or neither'),
        (lines({"id": "x", "scenario": "../../etc", "text": "t"}), "There is no scenario '../../etc'"),
        (b'{"id": "x", "text": "' + b"a" * 8_000_001 + b'"}', "the line is longer than 8,000,000 bytes"),
    ],
)
def test_a_bad_line_is_told_by_its_number_and_the_others_are_marked(call: Caller, line: bytes, reason: str) -> None:
    """The rest goes on, and the end is 2."""
    good = lines({"id": "good", "scenario": LENS, "text": WHOLE})
    called = call("check", "--jsonl", "-", stdin=b"\n" + line.rstrip() + b"\n" + good)
    assert called.code == 2
    assert [json.loads(each)["id"] for each in called.out.splitlines()] == ["good"]
    assert f"pmrehearse: -:2: {reason}" in called.err
    assert "A line is a JSON object" in called.err or "Nearest" in called.err


@pytest.mark.parametrize(("options", "verdict"), [((), "met"), (("--no-judge",), "missing")])
def test_the_judge_reads_what_no_rule_understands(call: Caller, options: tuple[str, ...], verdict: str) -> None:
    """A line that the judge is sure of is met, and missing when the judge is left out."""
    line = json.dumps({"id": 1, "scenario": LENS, "text": "We all go by one yardstick here."}).encode()
    called = call("check", "--jsonl", "-", *options, stdin=line)
    assert json.loads(called.out)["elements"]["metric"] == verdict
