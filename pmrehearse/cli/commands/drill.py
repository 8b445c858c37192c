"""`drill`: one element alone, again and again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmrehearse.audio.events import FileSource
from pmrehearse.cli.answering import DONE, FALLS_SHORT, Outcome, command
from pmrehearse.cli.carrying import source_of
from pmrehearse.cli.catching_up import caught_up
from pmrehearse.cli.drilling import DrillSitting
from pmrehearse.cli.invocation import Invocation, ScreenStart, pass_invocation
from pmrehearse.cli.params import ElementOfScenario
from pmrehearse.cli.practice_values import DrillShown
from pmrehearse.cli.recognising import required_options
from pmrehearse.cli.values import Done
from pmrehearse.scenario.model import LONGEST_DRILL_S, SHORTEST_DRILL_S, USUAL_DRILL_S

if TYPE_CHECKING:
    from pmrehearse.cli.ports import Program

MOST_AT_ONCE = 10
"""So many due elements make one sitting: some ten minutes."""


@command("drill")
@click.argument("element", type=ElementOfScenario(), default="")
@click.option(
    "--seconds",
    type=click.FloatRange(SHORTEST_DRILL_S, LONGEST_DRILL_S),
    default=USUAL_DRILL_S,
    show_default=True,
    help="How long one try lasts at most.",
)
@click.option("--times", type=click.IntRange(min=1), help="So many tries; without it, as many as you like.")
@click.option("--audio", type=click.Path(path_type=Path), help="A sound file that stands in for the microphone.")
@click.option(
    "--speed", type=click.FloatRange(min=0, min_open=True), help="How fast the file is played; 1 is real time."
)
@click.option("--device", metavar="NAME", help="The microphone, as `pmrehearse devices` names it.")
@click.option("--checkpoint", metavar="NAME", help="The Whisper checkpoint to recognise with.")
@click.option("--no-screen", is_flag=True, help="Tell on stderr what happens, draw no screen.")
@pass_invocation
def drill(  # noqa: PLR0913  one a word of the command line
    invocation: Invocation,
    *,
    element: str,
    seconds: float,
    times: int | None,
    audio: Path | None,
    speed: float | None,
    device: str | None,
    checkpoint: str | None,
    no_screen: bool,
) -> Outcome:
    """Say one element alone, again and again.

    ELEMENT is SCENARIO:ELEMENT as `pmrehearse due` shows it, or the id of an element that no other scenario has.
    Without it, what is due is drilled, one element after another. Each try is a take, marked at once, with the last
    verdicts in sight. Ends with 1 when the last try of an element did not meet it.
    """
    usual = invocation.settings.values
    source = source_of(audio, speed, device, usual.microphone)
    names = _names(invocation.program, element)
    if not names:
        return Outcome(Done("Nothing is due: `pmrehearse drill SCENARIO:ELEMENT` drills what you like.", (("due", 0),)))
    if not no_screen:
        if device is not None or times is not None:
            raise click.UsageError("--device and --times go with --no-screen.")
        file = source if isinstance(source, FileSource) else None
        start = ScreenStart(source=file, checkpoint=checkpoint, drills=names, seconds=seconds)
        return Outcome(None, invocation.screens(lambda: invocation.program, start))
    program = invocation.program
    sitting = DrillSitting(program, source, required_options(program, checkpoint, usual.checkpoint), times)
    drilled, exit_code = sitting.carry_through([program.packs.drill(name, seconds) for name in names])
    if not drilled:
        return Outcome(None, exit_code)
    stands = all(each.stands for each in drilled)
    return Outcome(DrillShown(drilled), exit_code or (DONE if stands else FALLS_SHORT))


def _names(program: Program, element: str) -> tuple[str, ...]:
    """The ids of what is drilled: the element that was named, else what is due."""
    if element:
        return (program.packs.drill(element).id,)
    return tuple(each.drill for each in caught_up(program).due()[:MOST_AT_ONCE])
