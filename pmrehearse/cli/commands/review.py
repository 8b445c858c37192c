"""`review`: an existing recording becomes a take and is reviewed."""

from __future__ import annotations

from pathlib import Path

import click

from pmrehearse.cli.answering import Outcome, command
from pmrehearse.cli.invocation import Invocation, pass_invocation
from pmrehearse.cli.params import ScenarioName
from pmrehearse.cli.recognising import narrated, required_options
from pmrehearse.cli.reporting import judged


@command("review")
@click.argument("audio", type=click.Path(path_type=Path))
@click.option("--scenario", "scenario_id", type=ScenarioName(), required=True, help="What the recording answers.")
@click.option("--checkpoint", metavar="NAME", help="The Whisper checkpoint to recognise with.")
@click.option("--transcript", is_flag=True, help="Show all that was said, with the evidence marked.")
@pass_invocation
def review(
    invocation: Invocation, *, audio: Path, scenario_id: str, checkpoint: str | None, transcript: bool
) -> Outcome:
    """Make a take of an existing recording and review it.

    AUDIO is a WAV, FLAC, OGG, Opus, MP3 or AIFF file; it is copied, not changed. Ends with 1 when the answer falls
    short.
    """
    program = invocation.program
    scenario = program.packs.find(scenario_id)
    options = required_options(program, checkpoint)
    with narrated(options, program) as on_progress:
        take = program.reviewer.review_file(audio, scenario, options, on_progress)
    return judged(program, take.id, with_transcript=transcript)
