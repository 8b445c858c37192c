"""`round`: the scenarios of a round, one after another, and the debrief."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmrehearse.audio.events import FileSource
from pmrehearse.cli.answering import DONE, FALLS_SHORT, Outcome, command
from pmrehearse.cli.carrying import carried_through, own_end_s, source_of
from pmrehearse.cli.complaints import complain
from pmrehearse.cli.headless import RunEndedError, RunPlan
from pmrehearse.cli.invocation import Invocation, ScreenStart, pass_invocation
from pmrehearse.cli.narration import Narrator
from pmrehearse.cli.params import RoundName
from pmrehearse.cli.practice_values import RoundShown
from pmrehearse.cli.recognising import required_options

if TYPE_CHECKING:
    from pmrehearse.audio.events import SoundSource


@command("round")
@click.argument("round_", metavar="LOOP/N", type=RoundName())
@click.option(
    "--audio",
    "files",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A sound file that stands in for the microphone; once for each scenario, in order.",
)
@click.option(
    "--speed", type=click.FloatRange(min=0, min_open=True), help="How fast the files are played; 1 is real time."
)
@click.option("--device", metavar="NAME", help="The microphone, as `pmrehearse devices` names it.")
@click.option("--checkpoint", metavar="NAME", help="The Whisper checkpoint to recognise with.")
@click.option("--no-screen", is_flag=True, help="Tell on stderr what happens, draw no screen.")
@pass_invocation
def round_(
    invocation: Invocation,
    *,
    round_: tuple[str, int],
    files: tuple[Path, ...],
    speed: float | None,
    device: str | None,
    checkpoint: str | None,
    no_screen: bool,
) -> Outcome:
    """Rehearse a round of a loop, with a debrief at the end.

    LOOP/N is a loop and the number of its round (writer/2). Its scenarios are rehearsed one after another, each led as
    `pmrehearse rehearse` leads it; the debrief shows all of them, what is missing over the round, and what to do next.
    Ends with 1 when something is missing.
    """
    planning = invocation.program.planning
    ids = planning.round(*round_)
    if not no_screen:
        if files or device is not None or speed is not None:
            raise click.UsageError("--audio, --speed and --device go with --no-screen.")
        return Outcome(
            None, invocation.screens(lambda: invocation.program, ScreenStart(round=round_, checkpoint=checkpoint))
        )
    if files and len(files) != len(ids):
        raise click.UsageError(f"This round has {len(ids)} scenarios ({', '.join(ids)}): --audio once for each.")
    usual = invocation.settings.values.microphone
    sources = [source_of(path, speed, device) for path in files] or [source_of(None, speed, device, usual)] * len(ids)
    take_ids, exit_code = _carried_through(invocation, ids, sources, checkpoint)
    if not take_ids:
        return Outcome(None, exit_code)
    debrief = planning.debrief(*round_, take_ids)
    return Outcome(RoundShown(debrief), exit_code or (FALLS_SHORT if debrief.falls_short else DONE))


def _carried_through(
    invocation: Invocation, ids: tuple[str, ...], sources: list[SoundSource], checkpoint: str | None
) -> tuple[list[str], int]:
    """The takes of the scenarios, in order; one that comes to no end ends the round, and its exit code is kept."""
    program = invocation.program
    options = required_options(program, checkpoint, invocation.settings.values.checkpoint)
    take_ids: list[str] = []
    for number, (name, source) in enumerate(zip(ids, sources, strict=True), 1):
        Narrator().say(f"Scenario {number} of {len(ids)}", "dim")
        scenario = program.packs.find(name)
        plan = RunPlan(source, (), own_end_s(scenario, is_file=isinstance(source, FileSource)))
        try:
            take_ids.append(carried_through(program, scenario, plan, options))
        except RunEndedError as end:
            complain(end.message, end.hint)
            return take_ids, end.exit_code
    return take_ids, DONE
