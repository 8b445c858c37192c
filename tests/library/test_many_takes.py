"""The benchmark of a library with many takes, with few."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from benchmarks.made_library import MARKED_BY, N_WAITING, DrawnChecks, MadeLibrary
from benchmarks.many_takes import WAITING, measure
from pmrehearse.library.library import Library

if TYPE_CHECKING:
    from pathlib import Path

N_TAKES = 30


def test_made_takes_are_takes_like_any_other(tmp_path: Path) -> None:
    """The index that was made with them knows all of them as they are, and their files are in order."""
    root = tmp_path / "takes"
    MadeLibrary(root, N_TAKES).make()
    library = Library(root, DrawnChecks, MARKED_BY)
    assert library.catch_up() == 0, "the index knows them already, marks and all"
    assert (library.count(), len(library.rows(WAITING))) == (N_TAKES, N_WAITING)
    assert len(library.marked()) == N_TAKES - N_WAITING
    assert library.verify() == ()
    assert {row.problem for row in library.rows()} == {""}
    before = [row.n_met for row in library.rows()]
    library.rebuild()
    assert [row.n_met for row in library.rows()] == before
    library.close()
    assert stat.S_IMODE(root.stat().st_mode) == 0o700


def test_every_question_of_the_benchmark_is_answered(tmp_path: Path) -> None:
    """Each is asked, and takes some time."""
    root = tmp_path / "takes"
    MadeLibrary(root, N_TAKES).make()
    asked, memory = measure(root, 1)
    assert all(each.median_ms > 0 for each in asked)
    assert len({each.what for each in asked}) == len(asked) > 15
    assert memory["after"] > 0
