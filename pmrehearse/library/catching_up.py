"""Which takes does the index not know as they are now, and how is it told?

A take changed when its folder's time of change is another one than when it was read: files of a take are replaced as a
whole, which changes the folder. The files are read outside of any transaction, so that nobody waits for them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar

from pmrehearse.errors import UsageError
from pmrehearse.library.entries import Checks, Entry, read_entry, row_of_files, row_of_name
from pmrehearse.library.indexing import TakeIndex
from pmrehearse.library.naming import is_take_id
from pmrehearse.library.reading import TakeReader, told

BATCH = 50
"""Takes a transaction: another program that wants to write waits a tenth of a second at most."""
MARKED_AT_ONCE = 5
"""Takes that are marked between two looks at whether to go on."""
SEEN_AT_ONCE = 200
"""Takes of a lost index that are looked into before anything is answered: a tenth of a second, some screens full."""

Progress = Callable[[int, int], None]
"""Told (done, total) in takes; what it raises ends the work and passes through."""
Answer = TypeVar("Answer")


class Asking(Protocol):
    """Something that answers questions about an index."""

    def __call__(self, question: Callable[[TakeIndex], Answer]) -> Answer:
        """The answer."""


def silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def catch_up(
    reader: TakeReader, asked: Asking, checks: Checks | None, marked_by: str, on_progress: Progress = silent
) -> int:
    """Read the takes that the index does not know as they are, and mark those that have no marks of these checks.

    Args:
        reader: The library.
        asked: Answers from the index.
        checks: What takes are marked with; None to leave marks for later.
        marked_by: The name of these checks.
        on_progress: Told how far it has come.

    Returns:
        How many takes were read.
    """
    on_disk = _on_disk(reader.root)
    known = asked(lambda index: index.stamps())
    gone = [take_id for take_id in known if take_id not in on_disk]
    if gone:
        _drop(asked, gone)
    stale = {take_id for take_id, stamp in on_disk.items() if known.get(take_id) != stamp}
    if checks is not None:
        stale.update(asked(lambda index: index.unmarked(marked_by)))
    wanted = sorted(stale & on_disk.keys(), reverse=True)
    n_done = 0
    for batch in _batches(wanted, BATCH if checks is None else MARKED_AT_ONCE):
        on_progress(n_done, len(wanted))
        _put(asked, list(_read(reader, batch, checks)), marked_by)
        n_done += len(batch)
    on_progress(n_done, len(wanted))
    return n_done


def note_changes(reader: TakeReader, asked: Asking) -> None:
    """List the takes that came or changed behind the index's back, and forget those that went.

    Only what lists show is read of them; words and marks, which take ten times as long, are left for later.
    """
    on_disk = _on_disk(reader.root)
    known = asked(lambda index: index.stamps())
    gone = [take_id for take_id in known if take_id not in on_disk]
    if gone:
        _drop(asked, gone)
    changed = sorted(
        take_id
        for take_id, stamp in on_disk.items()
        if take_id not in known or (known[take_id] is not None and known[take_id] != stamp)
    )
    for batch in _batches(changed):
        rows = [row_of_files(reader, take_id) for take_id in batch]
        asked(lambda index, some=rows: index.note(some))  # type: ignore[misc]


def read_words(reader: TakeReader, asked: Asking) -> None:
    """Read the newest takes of which only what lists show is known, so that a search finds them.

    They are few, but after the index was lost: then a search answers from what is known, and the rest is read beside.
    """
    unread = asked(lambda index: index.unread())[:BATCH]
    if unread:
        entries = list(_read(reader, unread, None))
        asked(lambda index: index.put_words(entries))
        gone = set(unread) - {entry.row.take_id for entry in entries}
        if gone:
            _drop(asked, gone)


def fill(reader: TakeReader, index: TakeIndex) -> None:
    """Let a new index list every take at once: the newest as their files say, the others by their names alone."""
    newest_first = reader.take_ids()[::-1]
    rows = [row_of_files(reader, take_id) for take_id in newest_first[:SEEN_AT_ONCE]]
    rows += [row_of_name(take_id) for take_id in newest_first[SEEN_AT_ONCE:]]
    index.put(Entry(row) for row in reversed(rows))


def _put(asked: Asking, entries: Sequence[Entry], marked_by: str) -> None:
    asked(lambda index: index.put(entries, marked_by))


def _drop(asked: Asking, take_ids: Iterable[str]) -> None:
    asked(lambda index: index.drop(take_ids))


def _read(reader: TakeReader, take_ids: Iterable[str], checks: Checks | None) -> Iterator[Entry]:
    for take_id in take_ids:
        try:
            yield read_entry(reader, take_id, checks)
        except UsageError:
            continue  # deleted meanwhile


def _on_disk(root: Path) -> dict[str, int]:
    """Every take and its folder's state, as `entries.stamp_of` has it."""
    if not root.is_dir():
        return {}
    with told("The library cannot be read:", root), os.scandir(root) as entries:
        return {
            entry.name: entry.stat(follow_symlinks=False).st_mtime_ns
            for entry in entries
            if is_take_id(entry.name) and entry.is_dir(follow_symlinks=False)
        }


def _batches(take_ids: Iterable[str], size: int = BATCH) -> Iterator[list[str]]:
    rest = iter(take_ids)
    while batch := list(islice(rest, size)):
        yield batch
