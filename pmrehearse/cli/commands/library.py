"""`library`: the takes' folder as a whole."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmrehearse.cli.answering import MACHINE, Outcome, command
from pmrehearse.cli.invocation import Invocation, pass_invocation
from pmrehearse.cli.narration import Narrator
from pmrehearse.cli.values import Done, LibraryVerified

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pmrehearse.session.upkeep import Tended


@click.group("library")
def library() -> None:
    """Rebuild, verify, pack and back up the takes."""


@command("rebuild")
@pass_invocation
def rebuild(invocation: Invocation) -> Outcome:
    """Make the index again from the takes' files.

    The files are the truth; nothing of them is changed.
    """
    with _told("Reading") as told:
        return _outcome(invocation.program.upkeep.rebuild(told))


@command("verify")
@pass_invocation
def verify(invocation: Invocation) -> Outcome:
    """Look at every take's files.

    Ends with 3 when something is wrong with one; nothing is changed or deleted.
    """
    program = invocation.program
    with _told("Reading") as told:
        tended = program.upkeep.verify(told)
    notice = program.library.notice
    found = LibraryVerified(invocation.settings.library_dir, program.library.count(), tended, notice)
    return Outcome(found, MACHINE if tended.troubles else 0)


@command("pack")
@pass_invocation
def pack(invocation: Invocation) -> Outcome:
    """Keep the sound of all takes as FLAC, in half the room.

    A WAV goes only after its FLAC was decoded and compared with it, sample for sample. Takes that wait for their
    transcript stay WAV. The program does this by itself, a take at a time, while the home screen is shown;
    PMREHEARSE_KEEP_WAV=1 keeps it from that. Ends with 3 when the sound of a take could not be packed.
    """
    with _told("Packing") as told:
        return _outcome(invocation.program.upkeep.pack(told))


@command("backup")
@click.argument("target", type=click.Path(path_type=Path))
@pass_invocation
def backup(invocation: Invocation, *, target: Path) -> Outcome:
    """Copy the whole library: every take, and the index.

    TARGET is a new folder, or a new archive when its name ends in .zip; nothing is ever written over. Each file is read
    back and compared before the copy gets its name. The folder is a library: `pmrehearse --library TARGET takes`.
    """
    with _told("Copying") as told:
        return _outcome(invocation.program.upkeep.backup(target, told))


@contextmanager
def _told(doing: str) -> Iterator[Callable[[int, int], None]]:
    """A bar that grows with the takes."""
    with Narrator().bar() as draw:
        yield lambda done, total: draw(doing, done, total, f"{done} of {total} takes")


def _outcome(tended: Tended) -> Outcome:
    """What came of it, with what is wrong with some takes, one a line."""
    troubles = (f"{one.take_id}: {one.message} {one.hint}".rstrip() for one in tended.troubles)
    return Outcome(Done("\n".join((tended.sentence, *troubles)), tended.facts), MACHINE if tended.troubles else 0)


for _each in (rebuild, verify, pack, backup):
    library.add_command(_each)
