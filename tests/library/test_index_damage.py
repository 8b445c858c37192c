"""Whatever happens to the index's file, the takes are listed and searched again; none is lost.

The long form is `python -m tests.soak.index_damages`.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmrehearse.checking.findings import Verdict
from pmrehearse.errors import LibraryError
from pmrehearse.library import database as databases
from pmrehearse.library.database import open_database
from pmrehearse.library.indexhealth import NewerIndexError
from pmrehearse.library.library import Library
from pmrehearse.library.schema import MIGRATIONS, migrate, version_of
from pmrehearse.library.take import TakeStatus
from pmrehearse.scenario.model import Scenario
from tests.library.making import NOW, HandChecks, spoken
from tests.rigs.index_damage import (
    DAMAGES,
    another_program,
    garbage,
    is_whole,
    make_library,
    opened,
    overwrite,
    truncate,
    zero_a_page,
)

if TYPE_CHECKING:
    from multiprocessing.synchronize import Event


@pytest.fixture
def root(tmp_path: Path, scenario: Scenario) -> Path:
    """A library of three marked takes, closed."""
    return make_library(tmp_path / "recordings", scenario)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_index_is_made_again(root: Path, damage: Callable[[Path], None]) -> None:
    """After any damage all takes are listed, marked and searched, and stay so at the next start."""
    damage(root / "library.db")
    for _ in range(2):
        with opened(root) as library:
            assert is_whole(library)
            assert library.notice == ""


def test_any_page_may_break(root: Path, tmp_path: Path) -> None:
    """Whichever page of the file becomes zeros or noise, all takes are listed, marked and searched."""
    n_pages = (root / "library.db").stat().st_size // 4096
    for page in range(n_pages):
        for content in (bytes(4096), b"\xa5\x13" * 2048):
            broken = tmp_path / f"{page}-{content[0]}"
            shutil.copytree(root, broken)
            overwrite(broken / "library.db", page * 4096, content)
            with opened(broken) as library:
                assert (page, is_whole(library), library.notice) == (page, True, "")


@pytest.mark.parametrize("damage", [garbage, truncate, zero_a_page, another_program])
def test_what_was_damaged_is_kept_aside(root: Path, damage: Callable[[Path], None]) -> None:
    """The damaged file stands beside the new one, one at most."""
    for _ in range(2):
        damage(root / "library.db")
        before = (root / "library.db").read_bytes()
        with opened(root) as library:
            assert is_whole(library)
        assert (root / "library.db.damaged").read_bytes() == before
    assert len(list(root.glob("library.db.damaged"))) == 1


def test_damage_that_shows_while_the_program_runs(root: Path) -> None:
    """Pages that break under an open index are met by the next question, which is answered."""
    with opened(root) as library:
        assert library.count() == 3
        path = root / "library.db"
        size = path.stat().st_size
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint (TRUNCATE)")
        overwrite(path, 4096, b"\xa5" * (size - 4096))
        with contextlib.closing(sqlite3.connect(path)) as connection, contextlib.suppress(sqlite3.DatabaseError):
            connection.execute("PRAGMA user_version = 1")  # the open connection's pages are no longer current
        assert is_whole(library)


def test_a_later_index_is_left_alone(root: Path) -> None:
    """An index of a later version is not touched; takes are listed and marked without it, and the user is told."""
    with contextlib.closing(sqlite3.connect(root / "library.db")) as connection:
        connection.execute("CREATE TABLE later (x)")
        connection.execute("PRAGMA user_version = 99")
        connection.commit()
    before = (root / "library.db").read_bytes()
    with pytest.raises(NewerIndexError):
        open_database(root / "library.db")
    with opened(root) as library:
        assert is_whole(library)
        assert "later version" in library.notice
    assert (root / "library.db").read_bytes() == before


def test_a_library_that_cannot_be_written_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a read-only disk the takes are listed from their files, and the user is told."""

    def refuse(_: Path) -> sqlite3.Connection:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(databases, "_connect", refuse)
    with opened(root) as library:
        assert is_whole(library)
        assert "Read-only file system" in library.notice


def _kill_in_migration(path: str, nth: int) -> None:
    """Migrate, and die before the nth statement."""
    connection = sqlite3.connect(path, isolation_level=None)
    left = nth

    def before(_: str) -> None:
        nonlocal left
        if not left:
            os._exit(9)
        left -= 1

    migrate(connection, (*MIGRATIONS, NEXT), before)
    os._exit(0)


NOW_AT = len(MIGRATIONS)
"""The version of the newest index."""
NEXT = ("ALTER TABLE takes ADD COLUMN mood TEXT", "CREATE TABLE moods (x)", "DROP INDEX takes_by_time")


def test_killed_in_a_migration_an_index_is_old_or_new(tmp_path: Path) -> None:
    """Killed before any statement of the step to the next version, the file is wholly of one version."""
    made = tmp_path / "made.db"
    open_database(made).close()
    context = multiprocessing.get_context("fork")
    versions = []
    for nth in range(len(NEXT) + 5):
        path = tmp_path / f"{nth}.db"
        shutil.copy(made, path)
        child = context.Process(target=_kill_in_migration, args=(str(path), nth))
        child.start()
        child.join(30)
        with contextlib.closing(sqlite3.connect(path)) as connection:
            version = version_of(connection)
            names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            columns = {row[1] for row in connection.execute("PRAGMA table_info (takes)")}
        is_new = version == NOW_AT + 1
        assert ({"moods"} <= names, "mood" in columns, "takes_by_time" not in names) == (is_new, is_new, is_new)
        versions.append((child.exitcode, version))
    assert versions == [(9, NOW_AT)] * (len(NEXT) + 4) + [(0, NOW_AT + 1)]


def test_killed_while_it_is_made_an_index_is_made_again(tmp_path: Path) -> None:
    """Killed before any statement of any step, it is made whole at the next opening."""
    context = multiprocessing.get_context("fork")
    for nth in range(sum(len(step) + 4 for step in MIGRATIONS)):
        path = tmp_path / f"{nth}.db"
        path.touch()
        child = context.Process(target=_kill_in_migration, args=(str(path), nth))
        child.start()
        child.join(30)
        assert child.exitcode == 9
        open_database(path).close()


def test_an_index_with_content_is_kept_until_its_migration_is_seen_to_be_right(root: Path) -> None:
    """Before a step from one version to the next the index is copied; the copy goes when the new one is sound."""
    path = root / "library.db"
    failing = (*MIGRATIONS, ("CREATE TABLE moods (x)", "CREATE TABLE moods (x)"))
    with pytest.raises(LibraryError):
        open_database(path, migrations=failing)
    backup = root / f"library.db.before-{NOW_AT + 1}"
    with contextlib.closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("SELECT count(*) FROM takes").fetchone() == (3,)
    assert (backup.stat().st_mode & 0o777) == 0o600
    open_database(path, migrations=(*MIGRATIONS, NEXT)).close()
    assert not backup.exists()
    with opened(root) as library:
        assert len(library.rows()) == 3
        assert "later version" in library.notice


def test_an_index_of_the_first_version_learns_what_later_ones_hold(root: Path) -> None:
    """Takes stay listed; fillers and flags come with the marks, which are made again."""
    path = root / "library.db"
    path.unlink()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, MIGRATIONS[:1])
        for take_id in sorted(one.name for one in root.iterdir() if one.is_dir()):
            connection.execute(
                "INSERT INTO takes (take_id, scenario_id, title, started_us, status, duration_s, planned_s, n_met, "
                "n_elements, n_raised, name, tags, problem, stamp, marked_by) "
                "VALUES (?, 'mine/first-drill', 'Old title', 0, 'transcribed', 2, 120, 1, 2, 0, '', '[]', '', 1, 'x')",
                (take_id,),
            )
    with opened(root) as library:
        assert [(row.title, row.n_fillers, row.raised) for row in library.rows()] == [("Old title", None, ())] * 3
        library.catch_up()
        assert is_whole(library)
        assert [row.n_fillers is None for row in library.rows()] == [row.n_met is None for row in library.rows()]


def test_an_index_of_an_earlier_version_says_the_same_after_its_step(root: Path) -> None:
    """What was marked before is counted as it would be if every take were marked now."""
    path = root / "library.db"
    with opened(root) as library:
        before = library.marked()
    assert [take.verdicts for take in before][1] == (("metric", Verdict.MISSING), ("test", Verdict.MET))
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("ALTER TABLE takes DROP COLUMN marks")
        connection.execute("PRAGMA user_version = 2")
    with opened(root) as library:
        assert library.marked() == before
        assert library.notice == ""


def test_a_backup_is_a_whole_index(root: Path, tmp_path: Path) -> None:
    """A copy that was made while the index is in use opens as an index, private, with every row."""
    target = tmp_path / "copy.db"
    with opened(root) as library:
        library.rows()
        library._keeper.backup(target)
        library._keeper.backup(target)
    assert (target.stat().st_mode & 0o777) == 0o600
    database = open_database(target, is_suspected=True)
    assert database.rows("SELECT count(*) FROM takes") == [(3,)]
    database.close()
    assert [path.name for path in tmp_path.glob(".copy*")] == []


def _write_slowly(path: str, begun: Event, release: Event) -> None:
    """Another program: holds a write transaction open until it is released."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE takes SET name = name || '!'")
    begun.set()
    release.wait(30)
    connection.execute("COMMIT")
    connection.close()


def test_writing_waits_for_another_program(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program writes, reading goes on and writing waits; too long a wait says who is in the way."""
    context = multiprocessing.get_context("spawn")
    begun, release = context.Event(), context.Event()
    child = context.Process(target=_write_slowly, args=(str(root / "library.db"), begun, release))
    monkeypatch.setattr(databases, "BUSY_S", 0.2)
    with opened(root) as library:
        assert library.count() == 3
        child.start()
        assert begun.wait(30)
        assert {row.name for row in library.rows()} == {""}
        database = open_database(root / "library.db")
        with pytest.raises(LibraryError, match="Another program has been writing"), database.writing():
            pass
        release.set()
        child.join(30)
        with database.writing() as connection:
            connection.execute("UPDATE takes SET name = name || '?'")
        database.close()
        assert {row.name for row in library.rows()} == {"!?"}


def _add_takes(root: str, toml: str, n_takes: int) -> None:
    """Another program: adds typed takes and marks them."""
    from pmrehearse.scenario.model import Origin  # noqa: PLC0415 - in the child
    from pmrehearse.scenario.reader import read_text  # noqa: PLC0415 - in the child

    library = Library(Path(root), HandChecks, "1")
    scenario = read_text(toml, Origin.USER, "first.toml")
    for _ in range(n_takes):
        take = library.store.create(scenario, "", None, NOW, status=TakeStatus.TRANSCRIBED)
        library.store.append_segment(take.id, spoken("our metric is retention"))
        library.report(take.id)
    library.close()


def test_two_programs_keep_one_index(root: Path, scenario: Scenario) -> None:
    """Three programs that add takes at the same time lose none, in the list and in the search."""
    context = multiprocessing.get_context("spawn")
    args = (str(root), scenario.source_toml, 8)
    children = [context.Process(target=_add_takes, args=args) for _ in range(2)]
    for child in children:
        child.start()
    _add_takes(*args)
    for child in children:
        child.join(60)
    assert [child.exitcode for child in children] == [0, 0]
    with opened(root) as library:
        assert (library.count(), library.count_found("retention")) == (27, 25)
        assert len(library.verdicts()) == 54
