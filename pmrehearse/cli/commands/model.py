"""`model`: the Whisper checkpoints on this computer."""

from __future__ import annotations

from pathlib import Path

import click

from pmrehearse.cli.answering import Outcome, command
from pmrehearse.cli.invocation import Invocation, pass_invocation
from pmrehearse.cli.machine_values import CheckpointList
from pmrehearse.cli.narration import Narrator
from pmrehearse.cli.texts import figures
from pmrehearse.cli.values import Done
from pmrehearse.speech.official import BY_NAME, PUBLISHED


@click.group("model")
def model() -> None:
    """List, fetch, import and remove Whisper checkpoints."""


@command("list")
@pass_invocation
def list_(invocation: Invocation) -> Outcome:
    """List the checkpoints, and those that can be fetched.

    Nothing is looked up on the network.
    """
    program = invocation.program
    here = tuple(program.checkpoints.available())
    names = {checkpoint.name for checkpoint in here}
    rest = tuple((one.name, one.about_bytes) for one in PUBLISHED if one.name not in names)
    return Outcome(CheckpointList(here, rest, invocation.settings.values.checkpoint))


@command("fetch")
@click.argument("name", default="base.en")
@pass_invocation
def fetch(invocation: Invocation, *, name: str) -> Outcome:
    """Download a checkpoint that OpenAI published.

    NAME is base.en unless given. A download that was cut off goes on where it stopped; the file is used only when its
    SHA-256 is the published one.
    """
    narrator = Narrator()
    if name in BY_NAME:
        narrator.say(f"Fetching {name}, about {figures.size(BY_NAME[name].about_bytes)}; Ctrl-C stops, again goes on.")
    with narrator.bar() as draw:

        def on_progress(done: int, total: int) -> None:
            draw(name, done, total, f"{figures.size(done)} of {figures.size(total)}")

        got = invocation.program.checkpoints.fetch(name, on_progress)
    facts = (("name", got.name), ("path", str(got.path)), ("n_bytes", got.n_bytes))
    return Outcome(Done(f"{got.name} is ready: {got.path}, {figures.size(got.n_bytes)}.", facts))


@command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", help="What it is called here; the file's name unless given.")
@pass_invocation
def import_(invocation: Invocation, *, file: Path, name: str | None) -> Outcome:
    """Take a checkpoint file from this computer.

    FILE is a checkpoint in openai-whisper's format (.pt). It is copied.
    """
    got = invocation.program.checkpoints.import_file(file, name or file.stem)
    facts = (("name", got.name), ("path", str(got.path)), ("n_bytes", got.n_bytes))
    return Outcome(Done(f"{got.name} is ready: use it with --checkpoint {got.name}.", facts))


@command("remove")
@click.argument("name")
@pass_invocation
def remove(invocation: Invocation, *, name: str) -> Outcome:
    """Delete a checkpoint from this computer."""
    gone = invocation.program.checkpoints.remove(name)
    facts = (("name", gone.name), ("path", str(gone.path)), ("n_bytes", gone.n_bytes))
    return Outcome(Done(f"{gone.name} is deleted; {figures.size(gone.n_bytes)} are free.", facts))


for _each in (list_, fetch, import_, remove):
    model.add_command(_each)
