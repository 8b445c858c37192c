"""Looking back: lists of takes, choosing one, playing and deleting."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pmrehearse.cli.choosing import chosen
from pmrehearse.cli.invocation import ScreenStart
from pmrehearse.errors import UsageError
from pmrehearse.library.take import TakeStatus
from tests.cli.fakes import Row

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from tests.cli.conftest import Caller

NEWEST, OLDER = "2026-11-22T09-31-05Z_made", "2026-11-21T09-31-05Z_older"


def test_takes_are_listed(call: Caller, snapshot: SnapshotAssertion) -> None:
    """The newest first, with what names them, their result, and whether they wait or are typed."""
    call.program.library.takes += [
        Row("2026-11-20T09-31-05Z_a", status=TakeStatus.RECORDED, n_met=None),
        Row("2026-11-20T09-31-05Z_b", status=TakeStatus.RECORDING, n_met=None),
        Row("2026-11-19T09-31-05Z_c", duration_s=0.0),
    ]
    called = call("takes")
    assert called.code == 0
    assert called.out == snapshot


def test_takes_can_be_chosen_and_limited(call: Caller) -> None:
    """By scenario and by number; the list says how many are left out."""
    rows = call.program.library.takes
    rows[1] = replace(rows[1], scenario_id="medium/kpi-sheet")
    assert [row["id"] for row in json.loads(call("takes", "--limit", "1", "--json").out)["takes"]] == [NEWEST]
    only = json.loads(call("takes", "--scenario", "medium/kpi-sheet", "--json").out)
    assert ([row["id"] for row in only["takes"]], only["n_all"]) == ([OLDER], 1)
    assert "1 take more: --limit 0 lists all." in call("takes", "--limit", "1").out


def test_an_empty_library_says_where_it_is(call: Caller) -> None:
    """No takes: a sentence and the folder, and an empty list as JSON."""
    call.program.library.takes.clear()
    assert call("takes").out.startswith("No takes.\nThey are kept in ")
    assert json.loads(call("takes", "--json").out)["takes"] == []


@pytest.mark.parametrize(("name", "meant"), [("last", NEWEST), (NEWEST, NEWEST), ("2026-11-21", OLDER)])
def test_a_take_is_meant_by_its_id_a_beginning_or_last(name: str, meant: str) -> None:
    """An id, the beginning of one, or the word for the newest."""
    assert chosen([Row(NEWEST), Row(OLDER)], name).take_id == meant


def test_an_id_that_begins_another_is_meant_itself() -> None:
    """A whole id names its take although another begins with it."""
    assert chosen([Row("one-two"), Row("one")], "one").take_id == "one"


@pytest.mark.parametrize(
    ("names", "name", "message"),
    [
        ([], "last", "There is no take yet."),
        ([NEWEST], "2027", "There is no take '2027'."),
        ([NEWEST], "", "There is no take ''."),
        ([NEWEST, OLDER], "2026", f"2 takes begin with '2026': {NEWEST}, {OLDER}"),
        (list("abcd"), "", "There is no take ''."),
    ],
)
def test_what_means_no_take_or_several_is_told(names: list[str], name: str, message: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(UsageError) as caught:
        chosen([Row(one) for one in names], name)
    assert caught.value.message == message


def test_a_report_can_be_opened_on_the_screen(call: Caller) -> None:
    """`show --screen` begins there."""
    assert call("show", "last", "--screen").code == 0
    assert call.screens == [ScreenStart(take_id=NEWEST)]


def test_evidence_is_played_from_a_second_before(call: Caller) -> None:
    """From a second before its first word, but not before the beginning, to half a second after its last."""
    assert call("play", "last", "--element", "sample").code == 0
    ((audio, start_s, end_s),) = call.program.the_player.played
    assert audio.name == NEWEST
    assert start_s == pytest.approx(2.5)
    assert end_s == pytest.approx(4.9)
    call("play", "last", "--element", "metric")
    assert call.program.the_player.played[-1][1] == 0.0
    call("play", "last")
    assert call.program.the_player.played[-1][1:] == (0.0, None)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--element", "review"], "Nothing in the sound stands for 'review'."),
        (["--element", "x"], "The scenario of this take has no element 'x'."),
    ],
)
def test_what_cannot_be_played_is_told(call: Caller, arguments: list[str], message: str) -> None:
    """A missing element and an unknown one end with 2."""
    called = call("play", "last", *arguments)
    assert called.code == 2
    assert message in called.err


def test_a_typed_take_cannot_be_played(call: Caller) -> None:
    """It has no sound: 2."""
    call.program.library.sound = None
    called = call("play", "last")
    assert called.code == 2
    assert "has no sound: it was typed" in called.err


def test_a_take_is_deleted_only_on_the_user_s_word(call: Caller) -> None:
    """Where nobody can be asked --yes must be said; then it is gone."""
    refused = call("delete", "last")
    assert refused.code == 2
    assert "Say --yes." in refused.err
    assert len(call.program.library.takes) == 2
    assert json.loads(call("delete", "last", "--yes", "--json").out) == {"deleted": True, "id": NEWEST}
    assert [row.take_id for row in call.program.library.takes] == [OLDER]


def test_an_export_goes_to_stdout_as_it_is(call: Caller) -> None:
    """The format's own text, Markdown unless another is asked for."""
    assert call("export", "last").out.startswith("# Three-Phase Impact Lens\n")
    whole = json.loads(call("export", "last", "--format", "json").out)
    assert whole["format"] == "pmrehearse-report/1"
    assert call("export", "last", "--format", "doc").code == 2


def test_an_export_is_a_file_of_the_user_s_own(call: Caller, tmp_path: Path) -> None:
    """Mode 0600; a folder takes a file named after the take; what is there stays unless --force is said."""
    path = tmp_path / "report.md"
    assert call("export", "last", "--output", str(path)).out == f"Written to {path}.\n"
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_text("mine")
    refused = call("export", "last", "--output", str(path))
    assert (refused.code, path.read_text()) == (2, "mine")
    assert "is there already" in refused.err
    written = json.loads(call("export", "last", "--output", str(path), "--force", "--json").out)
    assert written == {"id": NEWEST, "format": "md", "path": str(path)}
    assert path.read_text() != "mine"
    call("export", "last", "--output", str(tmp_path))
    assert (tmp_path / f"{NEWEST}.md").is_file()


def test_an_export_into_nowhere_is_told(call: Caller, tmp_path: Path) -> None:
    """A folder that is not there: 2, and what to do."""
    called = call("export", "last", "--output", str(tmp_path / "gone" / "report.md"))
    assert called.code == 2
    assert "cannot be written" in called.err
