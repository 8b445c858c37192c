"""Correcting and comparing takes on the command line: words, verdicts, notes, a guess, names and tags."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pmrehearse.checking.answers import LabelledAnswer
from pmrehearse.checking.findings import Verdict
from pmrehearse.library.cases import OverruledCase
from pmrehearse.library.corrections import Note
from tests.cli.fakes import SCENARIO, report, take, transcript

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from tests.cli.conftest import Caller

NEWEST = "2026-11-22T09-31-05Z_made"


def _words(call: Caller) -> str:
    return call.program.reviewer.report(NEWEST).transcript.text


def test_a_misheard_word_is_put_right(call: Caller) -> None:
    """The take is marked again, and the answer says which verdict is another one now."""
    called = call("correct", "last", "two thousand", "ten thousand", "--json")
    assert called.code == 0
    assert json.loads(called.out) == {
        "id": NEWEST,
        "met": 2,
        "of": 3,
        "changed": [{"element": "sample", "before": "near", "after": "met"}],
        "guess": None,
    }
    assert "ten thousand people" in _words(call)
    assert call("correct", "last", "Ten Thousand", "two thousand").out == "sample: met → near; 1 of 3 elements met.\n"


def test_words_at_several_places_are_asked_for(call: Caller) -> None:
    """Without --at or --all nothing is changed, and the moments are named; with them one or all are."""
    called = call("correct", "last", "we", "they")
    assert called.code == 2
    assert "stands at 2 places" in called.err
    assert "--at one of 2.5, 21.0 s" in called.err
    call("correct", "last", "we", "they", "--at", "20")
    assert _words(call).count("they") == 1
    assert "then they look" in _words(call)
    call("correct", "last", "--undo")
    assert "they" not in _words(call)
    call("correct", "last", "we", "they", "--all")
    assert _words(call).count("they") == 2


def test_what_cannot_be_corrected_is_told(call: Caller) -> None:
    """Words that nobody said, no words, and nothing to undo end with 2."""
    for arguments in (("nobody", "x"), ("we",), ("--undo",), ("we", "x", "--undo"), ()):
        assert call("correct", "last", *arguments).code == 2


def test_a_verdict_is_overruled_and_taken_back(call: Caller, snapshot: SnapshotAssertion) -> None:
    """The report counts it and says so; the passage is what the checks had found unless another is named."""
    called = call("overrule", "last", "sample", "met", "--note", "per arm")
    assert called.out == "sample: near → met; 2 of 3 elements met.\n"
    (ruling,) = call.program.reviewer.kept.verdicts
    assert (ruling.verdict, ruling.quote, ruling.note) == (Verdict.MET, "two thousand", "per arm")
    call("guess", "last", "metric", "sample")
    assert call("show", "last").out == snapshot
    assert call("overrule", "last", "sample", "checks").out.startswith("sample: met → near; 1 of 3")
    assert call.program.reviewer.kept.verdicts == ()


def test_an_unknown_element_is_told(call: Caller) -> None:
    """The message names those that there are."""
    called = call("overrule", "last", "nope", "met")
    assert (called.code, "metric, sample, review" in called.err) == (2, True)


def test_notes_are_kept_listed_and_removed(call: Caller, snapshot: SnapshotAssertion) -> None:
    """On the take or at a moment; in the report too; a moment after the end is refused."""
    call("note", "last", "slower here", "--at", "62")
    assert call("note", "last", "a good start").out == snapshot(name="list")
    assert "slower here" in call("show", "last").out
    assert json.loads(call("note", "last", "--json").out)["notes"][1] == {
        "number": 2,
        "text": "slower here",
        "at_s": 62.0,
    }
    assert call("note", "last", "x", "--at", "171.5").code == 2
    call("note", "last", "--remove", "1")
    assert call.program.reviewer.kept.notes == (Note("slower here", 62.0),)
    assert call("note", "last", "--remove", "2").code == 2
    assert call("note", "last", "x", "--remove", "1").code == 2


def test_a_guess_is_compared(call: Caller) -> None:
    """How many were guessed right, and in JSON which were not."""
    assert call("guess", "last", "metric", "review").out.endswith("your guess was right on 2 of 3.\n")
    guess = json.loads(call("guess", "last", "--json").out)["guess"]
    assert guess == {"right": 2, "of": 3, "over": [], "under": ["metric"]}


def test_takes_are_renamed_and_tagged(call: Caller) -> None:
    """A name and tags are kept, told and filtered by; tags are added, and taken away by name."""
    assert call("rename", "last", "the good one").out == f"{NEWEST} is called “the good one”.\n"
    assert "the good one ·" in call("takes").out
    assert call("rename", "last", "").out == f"{NEWEST} has no name.\n"
    call("tag", "last", "calm", "calm", "late")
    assert call("tag", "last", "good", "--remove", "late").out == f"{NEWEST}: calm, good\n"
    assert [one["id"] for one in json.loads(call("takes", "--tag", "calm", "--json").out)["takes"]] == [NEWEST]
    assert json.loads(call("tag", "last", "--json").out)["tags"] == ["calm", "good"]


@pytest.fixture
def cases(call: Caller) -> None:
    """Two takes in which verdicts were overruled, one on an element that is asked no more."""
    call.program.library.cases = (
        OverruledCase(
            LabelledAnswer(NEWEST, SCENARIO.id, "a sample of ten", {"sample": True}, {}), (("sample", "two"),)
        ),
        OverruledCase(LabelledAnswer("old", SCENARIO.id, "a metric", {"gone": True, "metric": True}, {}), ()),
    )


@pytest.mark.usefixtures("cases")
def test_overruled_verdicts_measure_the_checks(call: Caller, tmp_path: Path) -> None:
    """They are evaluated like any labelled answers, and written as a file that `evaluate` reads."""
    called = call("evaluate", "--overruled", "--json")
    found = json.loads(called.out)
    assert [(one["name"], one["labelled"], one["found"]) for one in found["decisions"]] == [
        ("sample", True, False),
        ("metric", True, True),
    ]
    assert "old: writer/three-phase-lens has no gone any more" in called.err
    written = call("evaluate", "--overruled", "--cases").out
    lines = [json.loads(line) for line in written.splitlines()]
    assert [(line["id"], line["evidence"]) for line in lines] == [(NEWEST, {"sample": "two"}), ("old", {})]
    (tmp_path / "cases.jsonl").write_text(written.splitlines()[0])
    again = json.loads(call("evaluate", str(tmp_path / "cases.jsonl"), "--json").out)
    assert again["decisions"] == found["decisions"][:1]
    assert call("evaluate", "--overruled", "--scenario", "medium/other").code == 2


def test_evaluate_wants_a_file_or_the_library(call: Caller, tmp_path: Path) -> None:
    """Neither, both, or a file to write without cases is wrong usage; so is a library without any."""
    for arguments in ((), (str(tmp_path), "--overruled"), (str(tmp_path), "--cases"), ("--overruled",)):
        assert call("evaluate", *arguments).code == 2


def test_two_takes_are_compared(call: Caller, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch) -> None:
    """Elements side by side with their seconds, phases and pace; JSON names what was gained and lost."""
    reviewer = call.program.reviewer
    better = report(
        take("2026-11-22T09-31-05Z_made"),
        transcript("our metric decides it", "then a review of twelve thousand people"),
    )
    reports = {"2026-11-21T09-31-05Z_older": report(take("2026-11-21T09-31-05Z_older"), reviewer.heard)}
    monkeypatch.setattr(reviewer, "report", lambda take_id: reports.get(take_id, better))
    assert call("compare", "2026-11-21T09-31-05Z_older", "last").out == snapshot
    found = json.loads(call("compare", "2026-11-21T09-31-05Z_older", "last", "--json").out)
    assert [one["id"] for one in found["elements"] if one["gained"]] == ["sample", "review"]
    assert [one["met"] for one in found["takes"]] == [1, 3]
    assert call("compare", "last", "last").code == 2
