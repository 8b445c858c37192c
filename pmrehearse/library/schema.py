"""What tables has the index, and how does an older one become a newer one?

Each step is one transaction of single statements with the version inside it: `executescript` commits on its own and
left half-made tables under a new version when it was killed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

APPLICATION_ID = 0x706D7265
"""What SQLite's header calls the file: "pmre"."""

Migrations = Sequence[Sequence[str]]

MIGRATIONS: Migrations = (
    (
        """CREATE TABLE takes (
            id INTEGER PRIMARY KEY,
            take_id TEXT NOT NULL UNIQUE,
            scenario_id TEXT NOT NULL,
            title TEXT NOT NULL,
            started_us INTEGER NOT NULL,
            status TEXT NOT NULL,
            duration_s REAL NOT NULL,
            planned_s REAL NOT NULL,
            n_met INTEGER,
            n_elements INTEGER NOT NULL,
            n_raised INTEGER,
            words_per_minute REAL,
            name TEXT NOT NULL,
            tags TEXT NOT NULL,
            problem TEXT NOT NULL,
            stamp INTEGER,
            marked_by TEXT
        )""",
        "CREATE INDEX takes_by_time ON takes (started_us, take_id)",
        "CREATE INDEX takes_by_scenario ON takes (scenario_id, started_us)",
        "CREATE INDEX takes_unread ON takes (started_us) WHERE stamp IS NULL",
        """CREATE TABLE verdicts (
            take INTEGER NOT NULL REFERENCES takes (id) ON DELETE CASCADE,
            element_id TEXT NOT NULL,
            verdict TEXT NOT NULL,
            at_s REAL,
            PRIMARY KEY (take, element_id)
        ) WITHOUT ROWID""",
        "CREATE TABLE times (take INTEGER PRIMARY KEY REFERENCES takes (id) ON DELETE CASCADE, starts BLOB NOT NULL)",
        "CREATE VIRTUAL TABLE said USING fts5 (text, name, tokenize = 'unicode61 remove_diacritics 2')",
    ),
    (
        "ALTER TABLE takes ADD COLUMN n_fillers INTEGER",
        "ALTER TABLE takes ADD COLUMN raised TEXT NOT NULL DEFAULT '[]'",
        "UPDATE takes SET marked_by = NULL",  # every take is read again, a little at a time
    ),
    (
        # What `verdicts` says of a take, as one text: records over ten thousand takes read it three times as fast.
        "ALTER TABLE takes ADD COLUMN marks TEXT NOT NULL DEFAULT ''",
        """UPDATE takes SET marks = (
            SELECT coalesce(group_concat(element_id || '=' || verdict, ' '), '')
            FROM (SELECT element_id, verdict FROM verdicts WHERE take = takes.id ORDER BY element_id)
        )""",
    ),
)
"""The statements that lead from each version to the next; version 0 is an empty file."""

TABLES = frozenset(("takes", "verdicts", "times", "said"))
"""What must be there after the last step."""


def version_of(connection: sqlite3.Connection) -> int:
    """How far the file has come."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(
    connection: sqlite3.Connection,
    migrations: Migrations = MIGRATIONS,
    before: Callable[[str], None] = lambda _: None,
) -> None:
    """Bring the file to the newest version, a step at a time; killed anywhere, it is of one version or the next.

    Args:
        connection: In autocommit mode; its version is not above the newest.
        migrations: The steps.
        before: Called with each statement before it is executed.

    Raises:
        sqlite3.Error: A step failed and left no trace.
    """
    while (version := version_of(connection)) < len(migrations):
        steps = (
            "BEGIN IMMEDIATE",
            *migrations[version],
            f"PRAGMA user_version = {version + 1}",
            f"PRAGMA application_id = {APPLICATION_ID}",
            "COMMIT",
        )
        try:
            for statement in steps:
                before(statement)
                connection.execute(statement)
                if statement == steps[0] and version_of(connection) != version:
                    break  # another program took this step while we waited
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
