"""Is what is written for others whole, and does it stand in nobody's way?"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from pmrehearse.errors import FileThereError, UsageError
from pmrehearse.library.rows import TakeFilter
from pmrehearse.session.exporting import Exporter, Wanted
from tests.cli.fakes import FakeProgram, row

if TYPE_CHECKING:
    from pathlib import Path

NEWEST, OLDER = "2026-11-22T09-31-05Z_made", "2026-11-21T09-31-05Z_older"


@pytest.fixture
def program() -> FakeProgram:
    """Two takes."""
    return FakeProgram()


@pytest.fixture
def exporter(program: FakeProgram) -> Exporter:
    """The real one over them."""
    return program.exporter


def _ignore(_done: int, _total: int) -> None:
    pass


def test_a_folder_takes_a_file_named_after_the_take(exporter: Exporter, tmp_path: Path) -> None:
    """For its owner alone; a name of one's own stands, too."""
    path = exporter.write(NEWEST, "srt", tmp_path)
    assert path == tmp_path / f"{NEWEST}.srt"
    assert path.read_text() == exporter.text(NEWEST, "srt")
    assert path.stat().st_mode & 0o777 == 0o600
    assert exporter.write(NEWEST, "md", tmp_path / "mine") == tmp_path / "mine"


def test_a_file_that_is_there_is_replaced_only_on_purpose(exporter: Exporter, tmp_path: Path) -> None:
    """What stands there is told by an error of its own, and stays."""
    path = tmp_path / "mine.md"
    path.write_text("mine")
    with pytest.raises(FileThereError):
        exporter.write(NEWEST, "md", path)
    assert path.read_text() == "mine"
    exporter.write(NEWEST, "md", path, replace=True)
    assert path.read_text() == exporter.text(NEWEST, "md")


def test_nothing_is_left_of_a_file_that_cannot_be_written(
    exporter: Exporter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills up leaves no half of a report; a folder that is not there is named."""

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(UsageError, match="cannot be written"):
        exporter.write(NEWEST, "md", tmp_path / "gone" / "mine.md")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match="No space left"):
        exporter.write(NEWEST, "md", tmp_path / "mine.md")
    assert list(tmp_path.iterdir()) == []


def test_the_sound_of_a_page_can_be_left_out(exporter: Exporter) -> None:
    """With it, the page plays."""
    assert "<audio" in exporter.text(NEWEST, "html")
    assert "<audio" not in exporter.text(NEWEST, "html", with_sound=False)


def test_a_table_holds_the_wanted_takes(program: FakeProgram, exporter: Exporter, tmp_path: Path) -> None:
    """Those of a filter, or of these only those that were found."""
    program.library.takes.append(row("2026-11-20T09-31-05Z_other", scenario_id="medium/kpi-sheet"))
    assert exporter.write_table(tmp_path, Wanted(), _ignore) == (tmp_path / "takes.csv", 3)
    assert exporter.table(Wanted(TakeFilter(scenario_id="medium/kpi-sheet")), _ignore).n_takes == 1
    found = exporter.table(Wanted(only={OLDER}), _ignore)
    assert (found.n_takes, OLDER in found.text, NEWEST in found.text) == (1, True, False)
