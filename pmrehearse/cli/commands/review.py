"""`review`: an existing recording becomes a take and is reviewed."""

from __future__ import annotations

from pathlib import Path

import click

from pmrehearse.cli.answering import Outcome, command
from pmrehearse.cli.invocation import Invocation, pass_invocation
from pmrehearse.cli.params import ScenarioName
from pmrehearse.cli.recognising import narrated, required_options
from pmrehearse.cli.reporting import judged
from pmrehearse.errors import UsageError
from pmrehearse.library.imports.reading import SUFFIXES, is_transcript
from pmrehearse.userfiles import opened


@command("review")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--scenario", "scenario_id", type=ScenarioName(), required=True, help="What the recording answers.")
@click.option("--checkpoint", metavar="NAME", help="The Whisper checkpoint to recognise with.")
@click.option("--audio", type=click.Path(path_type=Path), help="The sound that a transcript belongs to.")
@click.option("--transcript", is_flag=True, help="Show all that was said, with the evidence marked.")
@pass_invocation
def review(
    invocation: Invocation,
    *,
    file: Path,
    scenario_id: str,
    checkpoint: str | None,
    audio: Path | None,
    transcript: bool,
) -> Outcome:
    """Make a take of an existing recording or transcript and review it.

    FILE is sound (WAV, FLAC, OGG, Opus, MP3 or AIFF, or M4A where ffmpeg is installed), or a transcript made elsewhere
    (text, SRT, VTT, or the JSON of a Whisper program), then with its sound as --audio where there is one. Files are
    copied, not changed. Ends with 1 when the answer falls short.
    """
    program = invocation.program
    scenario = program.packs.find(scenario_id)
    if is_transcript(file):
        take = program.reviewer.import_transcript(file, scenario, audio)
        return judged(program, take.id, with_transcript=transcript)
    if audio is not None:
        raise UsageError("--audio goes with a transcript.", f"A transcript ends in {', '.join(SUFFIXES)}.")
    with opened(file):  # a name that was mistyped is told before a checkpoint is asked for
        pass
    options = required_options(program, checkpoint, invocation.settings.values.checkpoint)
    with narrated(options, program) as on_progress:
        take = program.reviewer.review_file(file, scenario, options, on_progress)
    return judged(program, take.id, with_transcript=transcript)
