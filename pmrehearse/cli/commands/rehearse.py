"""`rehearse`: one run of a scenario, on the screen or without one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmrehearse.audio.events import FileSource
from pmrehearse.cli.answering import Outcome, command
from pmrehearse.cli.carrying import carried_through, own_end_s, source_of
from pmrehearse.cli.headless import RunPlan
from pmrehearse.cli.invocation import Invocation, ScreenStart, pass_invocation
from pmrehearse.cli.params import ScenarioName
from pmrehearse.cli.reporting import judged
from pmrehearse.session.live import LiveDetail

if TYPE_CHECKING:
    from pmrehearse.scenario.model import Scenario


@command("rehearse")
@click.argument("scenario", type=ScenarioName())
@click.option("--audio", type=click.Path(path_type=Path), help="A sound file that stands in for the microphone.")
@click.option(
    "--speed", type=click.FloatRange(min=0, min_open=True), help="How fast the file is played; 1 is real time."
)
@click.option("--device", metavar="NAME", help="The microphone, as `pmrehearse devices` names it.")
@click.option("--checkpoint", metavar="NAME", help="The Whisper checkpoint to recognise with.")
@click.option(
    "--live",
    type=click.Choice([each.value for each in LiveDetail]),
    help="What is shown of recognition while you speak: off, a sparse cue about every 20 s, or full.",
)
@click.option("--no-screen", is_flag=True, help="Tell on stderr what happens, draw no screen.")
@click.option("--minutes", type=click.FloatRange(min=0, min_open=True), help="Finish after so many minutes.")
@click.option("--phases-at", metavar="S,S,…", help="Seconds at which the phases after the first begin (45,120).")
@click.option("--transcript", is_flag=True, help="Show all that was said, with the evidence marked.")
@pass_invocation
def rehearse(  # noqa: PLR0913  one a word of the command line
    invocation: Invocation,
    *,
    scenario: str,
    audio: Path | None,
    speed: float | None,
    device: str | None,
    checkpoint: str | None,
    live: str | None,
    no_screen: bool,
    minutes: float | None,
    phases_at: str | None,
    transcript: bool,
) -> Outcome:
    """Rehearse a scenario aloud.

    SCENARIO is an id as `pmrehearse scenario list` shows it. With --no-screen, lines typed at a terminal lead the run
    (Enter finishes, n goes on to the next phase), and Ctrl-C stops it and keeps the take; where there is no terminal it
    runs to the end of the file, to the limit or the planned length. Ends with 1 when the answer falls short.
    """
    usual = invocation.settings.values
    source = source_of(audio, speed, device, usual.microphone)
    if not no_screen:
        if device is not None or minutes is not None or phases_at is not None or transcript:
            raise click.UsageError("--device, --minutes, --phases-at and --transcript go with --no-screen.")
        file = source if isinstance(source, FileSource) else None
        start = ScreenStart(scenario_id=scenario, source=file, checkpoint=checkpoint, live=live)
        return Outcome(None, invocation.screens(lambda: invocation.program, start))
    program = invocation.program
    chosen = program.packs.find(scenario)
    stop_at_s = minutes * 60 if minutes is not None else own_end_s(chosen, is_file=audio is not None)
    plan = RunPlan(source, _seconds(phases_at, chosen), stop_at_s, live=LiveDetail(live or usual.live))
    take_id = carried_through(program, chosen, plan, program.speech_options(checkpoint))
    return judged(program, take_id, with_transcript=transcript)


def _seconds(text: str | None, scenario: Scenario) -> tuple[float, ...]:
    if text is None:
        return ()
    try:
        starts = tuple(float(part) for part in text.split(","))
    except ValueError:
        raise click.UsageError(f"--phases-at takes seconds with commas between them, not {text!r}.") from None
    rising = all(0 < at_s < float("inf") for at_s in starts) and list(starts) == sorted(set(starts))
    if not rising or len(starts) > len(scenario.phases) - 1:
        most = len(scenario.phases) - 1
        raise click.UsageError(f"--phases-at takes rising seconds, at most {most} for this scenario.")
    return starts
