"""What befalls the file of a library's index, and is everything found again?"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from pmrehearse.library.library import Library
from pmrehearse.library.take import TakeStatus
from pmrehearse.scenario.model import Scenario
from tests.library.making import NOW, HandChecks, spoken

TEXTS = ("our metric is retention", "we split them in half", "another idea is a newsletter")


def make_library(root: Path, scenario: Scenario) -> Path:
    """A library of three marked takes, closed."""
    library = Library(root, HandChecks, "1")
    for day, text in enumerate(TEXTS):
        take = library.store.create(scenario, "Yeti", None, NOW + timedelta(days=day), status=TakeStatus.RECORDED)
        library.store.append_segment(take.id, spoken(" ".join([text] * 40)))
        library.save(replace(take, status=TakeStatus.TRANSCRIBED))
    library.catch_up()
    library.close()
    return library.root


@contextlib.contextmanager
def opened(root: Path) -> Iterator[Library]:
    """The library, open while this lasts."""
    library = Library(root, HandChecks, "1")
    try:
        yield library
    finally:
        library.close()


def is_whole(library: Library) -> bool:
    """Whether everything is found: three takes, their marks after catching up, and their words."""
    listed = len(library.rows())
    library.catch_up()
    met = [row.n_met for row in library.rows()]
    return (listed, met, library.count_found("newsletter")) == (3, [0, 1, 1], 1)


def truncate(path: Path) -> None:
    """The second half is gone."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def truncate_oddly(path: Path) -> None:
    """A thousand bytes are left."""
    path.write_bytes(path.read_bytes()[:1000])


def zero_a_page(path: Path) -> None:
    """The page that holds the takes' rows becomes zeros."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'takes'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    overwrite(path, (page - 1) * size, bytes(size))


def zero_the_words(path: Path) -> None:
    """A page of the full-text index becomes zeros."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'said_data'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    overwrite(path, (page - 1) * size, bytes(size))


def overwrite(path: Path, at: int, data: bytes) -> None:
    """Put these bytes there."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def garbage(path: Path) -> None:
    """Another content altogether."""
    path.write_bytes(b"corrupted data " * 5000)


def garbage_header(path: Path) -> None:
    """The first hundred bytes are wrong."""
    overwrite(path, 0, b"\xff" * 100)


def empty(path: Path) -> None:
    """No byte is left."""
    path.write_bytes(b"")


def missing(path: Path) -> None:
    """There is no file."""
    path.unlink()


def stale_wal(path: Path) -> None:
    """The log of another database stands beside the file."""
    other = path.with_name("other.db")
    with contextlib.closing(sqlite3.connect(other)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE strange (x)")
        connection.execute("INSERT INTO strange VALUES (zeroblob (50000))")
        connection.commit()
        shutil.copy(other.with_name("other.db-wal"), path.with_name(f"{path.name}-wal"))
    for left in path.parent.glob("other.db*"):
        left.unlink()


def garbage_wal(path: Path) -> None:
    """The log beside the file is none."""
    path.with_name(f"{path.name}-wal").write_bytes(b"corrupted data " * 900)


def another_program(path: Path) -> None:
    """A database of another program stands in its place."""
    path.unlink()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE takes (something TEXT)")
        connection.commit()


def a_table_is_gone(path: Path) -> None:
    """One of its tables is missing."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE verdicts")
        connection.commit()


def a_value_is_wrong(path: Path) -> None:
    """Values that this program never writes."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE takes SET status = 'dancing', tags = '['")
        connection.commit()


def text_is_no_text(path: Path) -> None:
    """Bytes that are no UTF-8."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE takes SET title = CAST (x'fffefd' AS TEXT)")
        connection.commit()


DAMAGES = (
    truncate,
    truncate_oddly,
    zero_a_page,
    zero_the_words,
    garbage,
    garbage_header,
    empty,
    missing,
    stale_wal,
    garbage_wal,
    another_program,
    a_table_is_gone,
    a_value_is_wrong,
    text_is_no_text,
)
