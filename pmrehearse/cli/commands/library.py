"""`library`: the takes' folder as a whole."""

from __future__ import annotations

from pathlib import Path

import click

from pmrehearse.cli.answering import MACHINE, Outcome, command
from pmrehearse.cli.invocation import Invocation, pass_invocation
from pmrehearse.cli.narration import Narrator
from pmrehearse.cli.texts import figures
from pmrehearse.cli.values import Done, LibraryVerified


@click.group("library")
def library() -> None:
    """Rebuild, verify, pack and back up the takes."""


@command("rebuild")
@pass_invocation
def rebuild(invocation: Invocation) -> Outcome:
    """Make the index again from the takes' files.

    The files are the truth; nothing of them is changed.
    """
    with Narrator().bar() as draw:
        n_takes = invocation.program.library.rebuild(lambda done, total: draw("Reading", done, total, f"{done} takes"))
    return Outcome(Done(f"The index is made anew: {figures.count(n_takes, 'take')}.", (("n_takes", n_takes),)))


@command("verify")
@pass_invocation
def verify(invocation: Invocation) -> Outcome:
    """Look at every take's files.

    Ends with 3 when something is wrong with one; nothing is changed or deleted.
    """
    kept = invocation.program.library
    with Narrator().bar() as draw:
        troubles = kept.verify(lambda done, total: draw("Reading", done, total, f"{done} of {total} takes"))
    found = LibraryVerified(invocation.settings.library_dir, kept.count(), tuple(troubles), kept.notice)
    return Outcome(found, MACHINE if troubles else 0)


@command("pack")
@pass_invocation
def pack(invocation: Invocation) -> Outcome:
    """Keep the sound of all takes as FLAC, in half the room.

    A WAV goes only after its FLAC was decoded and compared with it, sample for sample. Takes that wait for their
    transcript stay WAV. The program does this by itself, a take at a time, while the home screen is shown;
    PMREHEARSE_KEEP_WAV=1 keeps it from that. Ends with 3 when the sound of a take could not be packed.
    """
    with Narrator().bar() as draw:
        packed = invocation.program.library.pack(
            lambda done, total: draw("Packing", done, total, f"{done} of {total} takes")
        )
    saved = packed.n_bytes_before - packed.n_bytes_after
    said = f"{figures.count(len(packed.take_ids), 'take')} packed, {saved / 1e6:.1f} MB saved."
    for trouble in packed.troubles:
        said += f"\n{trouble.take_id}: {trouble.message} {trouble.hint}".rstrip()
    facts = (
        ("n_packed", len(packed.take_ids)),
        ("n_bytes_before", packed.n_bytes_before),
        ("n_bytes_after", packed.n_bytes_after),
        ("troubles", [[each.take_id, each.message] for each in packed.troubles]),
    )
    return Outcome(Done(said, facts), MACHINE if packed.troubles else 0)


@command("backup")
@click.argument("target", type=click.Path(path_type=Path))
@pass_invocation
def backup(invocation: Invocation, *, target: Path) -> Outcome:
    """Copy the whole library: every take, and the index.

    TARGET is a new folder, or a new archive when its name ends in .zip; nothing is ever written over. Each file is read
    back and compared before the copy gets its name. The folder is a library: `pmrehearse --library TARGET takes`.
    """
    with Narrator().bar() as draw:
        done = invocation.program.library.backup(
            target, lambda so_far, total: draw("Copying", so_far, total, f"{so_far} of {total} takes")
        )
    said = f"{figures.count(done.n_takes, 'take')}, {done.n_bytes / 1e6:.1f} MB, copied to {done.path} and compared."
    facts = (("path", str(done.path)), ("n_takes", done.n_takes), ("n_files", done.n_files), ("n_bytes", done.n_bytes))
    return Outcome(Done(said, facts))


for _each in (rebuild, verify, pack, backup):
    library.add_command(_each)
