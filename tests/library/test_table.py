"""All takes as a table: what stands in it, and that no name in it is computed."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pmrehearse.checking.findings import Verdict
from pmrehearse.library.exports.table import COLUMNS, inert, takes_csv
from pmrehearse.library.rows import TakeRow, VerdictRow
from pmrehearse.library.take import TakeStatus
from tests.library.making import NOW

FIELD = re.compile(r'(?:"(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)')
"""A field of RFC 4180 with what ends it."""
HOSTILE = st.one_of(
    st.text(max_size=30),
    st.builds(
        "{}{}".format,
        st.sampled_from(
            ["=", "+", "-", "@", "\t=", "\r=", "\n@", " =", "＝", "﹢", "'", '"', '",=', "\x00=", "\u200b="]
        ),
        st.text(max_size=20),
    ),
)


def _row(**changes: object) -> TakeRow:
    known: dict[str, object] = {
        "take_id": "2026-11-22T09-31-05Z_lens_k3f9",
        "scenario_id": "writer/lens",
        "title": "Lens",
        "started_at": NOW,
        "status": TakeStatus.TRANSCRIBED,
    }
    return TakeRow(**{**known, **changes})  # type: ignore[arg-type]  # names and types are those of TakeRow


def _read(text: str) -> list[list[str]]:
    """The cells, by a reader of our own that takes nothing but RFC 4180."""
    lines: list[list[str]] = [[]]
    at = 0
    while at < len(text):
        found = FIELD.match(text, at)
        assert found is not None, text[at : at + 40]
        cell = found[0][: -len(found[1])]
        lines[-1].append(cell[1:-1].replace('""', '"') if cell.startswith('"') else cell)
        at = found.end()
        if found[1] == "\r\n":
            lines.append([])
    assert lines.pop() == []
    return lines


def test_a_take_is_a_line_with_its_figures() -> None:
    """One line a take under the names of the columns; lists are ids."""
    take = _row(
        name="the good one",
        tags=("calm", "early"),
        duration_s=171.04,
        planned_s=180.0,
        n_met=2,
        n_elements=3,
        n_raised=1,
        words_per_minute=128.06,
        n_fillers=0,
        raised=("idea-list",),
    )
    said = [
        VerdictRow(take.take_id, take.scenario_id, NOW, name, verdict, None)
        for name, verdict in (("a", Verdict.MET), ("b", Verdict.NEAR), ("c", Verdict.MET), ("d", Verdict.UNKNOWN))
    ]
    other = VerdictRow("other", take.scenario_id, NOW, "z", Verdict.MET, None)
    head, line = _read(takes_csv([take], [*said, other]))
    assert tuple(head) == COLUMNS
    assert dict(zip(head, line, strict=True)) == {
        "id": take.take_id,
        "date": NOW.astimezone().strftime("%Y-%m-%d %H:%M:%S"),
        "scenario": "writer/lens",
        "title": "Lens",
        "name": "the good one",
        "tags": "calm, early",
        "status": "transcribed",
        "seconds": "171.0",
        "target_seconds": "180.0",
        "coverage": "0.667",
        "words_per_minute": "128.1",
        "fillers": "0",
        "asked": "3",
        "met": "2",
        "elements_met": "a c",
        "elements_not_met": "b",
        "flags": "idea-list",
    }


def test_what_is_not_known_is_empty() -> None:
    """A take that waits has no coverage, and not one of 0; a damaged one says so."""
    waiting = _row(status=TakeStatus.RECORDED, duration_s=60.0, n_elements=3)
    damaged = _row(problem="its sound is missing")
    head, *lines = _read(takes_csv([waiting, damaged], []))
    at = [head.index(name) for name in ("status", "seconds", "coverage", "words_per_minute", "fillers", "met", "flags")]
    assert [[line[place] for place in at] for line in lines] == [
        ["recorded", "60.0", "", "", "", "", ""],
        ["damaged", "", "", "", "", "", ""],
    ]


def test_a_library_without_takes_is_a_line_of_names() -> None:
    """A spreadsheet can read it all the same."""
    assert takes_csv([], []) == ",".join(COLUMNS) + "\r\n"


def test_takes_keep_their_order() -> None:
    """The first that comes is the first line."""
    rows = [_row(take_id=f"take-{day}", started_at=NOW - timedelta(days=day)) for day in range(3)]
    assert [line[0] for line in _read(takes_csv(rows, []))[1:]] == ["take-0", "take-1", "take-2"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=HYPERLINK(A1)", "'=HYPERLINK(A1)"),
        ("+1", "'+1"),
        ("-2+3", "'-2+3"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        ("  =1", "'=1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_a_formula_becomes_a_text(text: str, shown: str) -> None:
    """Signs that begin one get an apostrophe; in the middle they are left alone."""
    assert inert(text) == shown


@given(st.lists(st.tuples(HOSTILE, HOSTILE, HOSTILE, HOSTILE), max_size=5))
@example([("=cmd|' /C calc'!A0", '",=1+1', "\t@x\r\n=2", '";=3')])
def test_no_name_is_computed_and_every_line_has_its_cells(names: list[tuple[str, str, str, str]]) -> None:
    """Whatever takes, scenarios, titles and tags are called: RFC 4180, and no cell begins a formula."""
    rows = [
        _row(take_id=one, scenario_id=other, title=title, name=title, tags=(tag, one), raised=(tag, other))
        for one, other, title, tag in names
    ]
    said = [VerdictRow(one, other, NOW, tag, Verdict.MET, None) for one, other, _, tag in names]
    text = takes_csv(rows, said)
    lines = _read(text)
    assert lines == list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert [len(line) for line in lines] == [len(COLUMNS)] * (len(rows) + 1)
    cells = [cell for line in lines for cell in line]
    assert not [cell for cell in cells if cell.lstrip().startswith(tuple("=+-@\t\r\n＝＋－＠﹢"))]
    assert not [cell for cell in cells if re.search(r"[\x00-\x1f\x7f]", cell)]
