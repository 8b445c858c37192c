"""Looking back: lists of takes, choosing one, playing and deleting."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pmrehearse.checking.findings import Verdict
from pmrehearse.cli.invocation import ScreenStart
from pmrehearse.library.packing import Packed
from pmrehearse.library.recovery import Recovery, Trouble
from pmrehearse.library.rows import VerdictRow
from pmrehearse.library.take import TakeStatus
from tests.cli.fakes import BEGUN, row

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from tests.cli.conftest import Caller

NEWEST, OLDER = "2026-11-22T09-31-05Z_made", "2026-11-21T09-31-05Z_older"


def test_takes_are_listed(call: Caller, snapshot: SnapshotAssertion) -> None:
    """The newest first, with what names them, their result, and whether they wait or are typed."""
    call.program.library.takes += [
        row("2026-11-20T09-31-05Z_a", status=TakeStatus.RECORDED, n_met=None),
        row("2026-11-20T09-31-05Z_b", status=TakeStatus.RECORDING, n_met=None),
        row("2026-11-19T09-31-05Z_c", duration_s=0.0),
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


def test_takes_are_a_table_for_a_spreadsheet(call: Caller, tmp_path: Path) -> None:
    """`takes --csv`: all of them, or those of a filter, to stdout or into a file of the user's own."""
    library = call.program.library
    library.takes = [row(f"2026-11-{day:02}T09-31-05Z_a", name="=1+1", n_fillers=3) for day in range(28, 3, -1)]
    library.takes[1] = replace(library.takes[1], scenario_id="medium/kpi-sheet")
    library.said = [VerdictRow(library.takes[1].take_id, "", BEGUN, "funnel", Verdict.MET, None)]
    lines = call("takes", "--csv").out.split("\r\n")
    assert lines[0].startswith("id,date,scenario,title,name,")
    assert len(lines) == 1 + 25 + 1
    assert "'=1+1" in lines[1]
    only = call("takes", "--csv", "--scenario", "medium/kpi-sheet").out.split("\r\n")
    assert only[1].endswith(",171.0,,0.333,,3,3,1,funnel,,")
    assert len(call("takes", "--csv", "--limit", "2").out.split("\r\n")) == 1 + 2 + 1
    path = tmp_path / "mine.csv"
    assert call("takes", "--csv", "--output", str(path)).out == f"25 takes written to {path}.\n"
    assert path.read_bytes().decode() == "\r\n".join(lines)
    assert path.stat().st_mode & 0o777 == 0o600
    assert call("takes", "--csv", "--output", str(path)).code == 2
    call("takes", "--csv", "--output", str(tmp_path))
    assert (tmp_path / "takes.csv").is_file()
    assert "--csv" in call("takes", "--output", str(path)).err


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


def test_a_take_is_played_from_a_moment_slower_and_again(call: Caller) -> None:
    """Where to begin, how fast and how often can be said; an element says itself where it begins."""
    assert call("play", "last", "--from", "62", "--speed", "0.75", "--loop").code == 0
    assert call.program.the_player.played[-1][1:] == (62.0, None)
    assert call.program.the_player.speeds[-1] == (0.75, True)
    for wrong in (("--speed", "3"), ("--from", "1", "--element", "metric")):
        assert call("play", "last", *wrong).code == 2


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


def test_what_was_said_is_found(call: Caller, snapshot: SnapshotAssertion) -> None:
    """Each take with the moment and the words around it; how many more there are."""
    assert call("search", "metric").out == snapshot
    assert "1 take more: --limit." in call("search", "metric", "--limit", "1").out
    found = json.loads(call("search", "metric", "--json").out)
    assert (found["n_found"], found["hits"][0]["take"]["id"], found["hits"][0]["at_s"]) == (2, NEWEST, 65.0)


def test_nothing_found_is_an_answer(call: Caller) -> None:
    """It is said, and the end is 0; an empty word is wrong usage."""
    called = call("search", "bananas")
    assert (called.code, called.out) == (0, "Nothing was found for “bananas”.\n")
    assert call("search", " ").code == 2


def test_the_index_is_made_anew(call: Caller, tmp_path: Path) -> None:
    """`library rebuild` says how many takes there are; `backup` never replaces a file."""
    assert call("library", "rebuild").out == "The index is made anew: 2 takes.\n"
    assert json.loads(call("library", "rebuild", "--json").out) == {"n_takes": 2}
    said = call("library", "backup", str(tmp_path / "copy"))
    assert (said.code, said.out) == (0, f"2 takes, 0.0 MB, copied to {tmp_path / 'copy'} and compared.\n")
    assert call.program.library.backups == [tmp_path / "copy"]
    assert call("library", "backup", str(tmp_path)).code == 2


def test_sound_is_packed(call: Caller) -> None:
    """`library pack` says what it saved, and ends with 3 when the sound of a take could not be packed."""
    call.program.library.packed = Packed(("one",), 4_000_000, 1_500_000)
    assert call("library", "pack").out == "1 take packed, 2.5 MB saved.\n"
    call.program.library.packed = Packed((), 0, 0, (Trouble("one", "Its FLAC is not the same sound."),))
    said = call("library", "pack", "--json")
    assert (said.code, json.loads(said.out)["troubles"]) == (3, [["one", "Its FLAC is not the same sound."]])


def test_a_damaged_take_is_named(call: Caller) -> None:
    """`library verify` ends with 3 when something is wrong with one, and the list says so too."""
    assert call("library", "verify").out == "All takes are well.\n"
    call.program.library.troubles = (Trouble(OLDER, "take.json is no JSON.", "Put it back from a copy."),)
    called = call("library", "verify")
    assert called.code == 3
    assert called.out == (
        f"✗ wrong  {OLDER}\n         take.json is no JSON.\n         Put it back from a copy.\n"
        "2 takes, 1 with something wrong.\n"
    )
    rows = call.program.library.takes
    rows[1] = replace(rows[1], problem="take.json is no JSON.", n_met=None)
    assert "damaged" in call("takes").out


def test_a_take_whose_disk_is_full_is_listed_so(call: Caller) -> None:
    """It needs room, and is not said to be recorded; one that cannot be made whole otherwise was cut short."""
    rows = call.program.library.takes
    rows[1] = replace(rows[1], status=TakeStatus.RECORDING, n_met=None)
    assert "recording" in call("takes").out
    for needs_room, said in ((True, "needs room"), (False, "cut short")):
        call.program.recovery = Recovery(troubles=(Trouble(rows[1].take_id, "It refuses.", "", needs_room),))
        out = call("takes").out
        assert said in out
        assert "recording" not in out


def test_a_take_that_was_cut_short_is_told(call: Caller) -> None:
    """On stderr, after the answer, with the way on; and why one could not be looked after."""
    call.program.recovery = Recovery((NEWEST,), (), (Trouble(OLDER, "Its sound is damaged.", "Put it back."),))
    called = call("takes", "--json")
    assert json.loads(called.out)["n_all"] == 2
    assert called.err == (
        f"A take that was cut short is whole: `pmrehearse transcribe {NEWEST}` goes on with it.\n"
        f"The take {OLDER}: Its sound is damaged.\n  Put it back.\n"
    )
