"""`demo`: a bundled spoken answer goes the whole way that an answer of yours would go."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

from pmrehearse import places
from pmrehearse.audio.events import FileSource
from pmrehearse.cli.answering import DONE, Outcome, command
from pmrehearse.cli.headless import HeadlessRun, RunPlan
from pmrehearse.cli.invocation import Invocation, ScreenStart, pass_invocation
from pmrehearse.cli.narration import Narrator
from pmrehearse.cli.reporting import shown
from pmrehearse.library.take import TakeStatus
from pmrehearse.practice.rehearsals import DEMO_TAG
from pmrehearse.session.demonstration import demonstration

if TYPE_CHECKING:
    from pathlib import Path

    from pmrehearse.cli.ports import Program
    from pmrehearse.session.demonstration import Demonstration

SPEED = 8.0
"""How many times faster than real time the answer is played unless said otherwise: three minutes in half a minute."""
KEPT = 4
"""So many demo takes stay in the demo's own folder."""


@command("demo")
@click.option("--weak", is_flag=True, help="Play the weak answer, which falls short.")
@click.option(
    "--speed",
    type=click.FloatRange(min=0, min_open=True, max=100),
    default=SPEED,
    show_default=True,
    help="How many times faster than real time; 1 is real time.",
)
@click.option("--screen", is_flag=True, help="Watch it on the screen.")
@click.option("--keep", is_flag=True, help="Put the take into your library, not into the demo's own folder.")
@click.option("--transcript", is_flag=True, help="Show all that was said, with the evidence marked.")
@pass_invocation
def demo(invocation: Invocation, *, weak: bool, speed: float, screen: bool, keep: bool, transcript: bool) -> Outcome:
    """Watch a bundled spoken answer go the whole way.

    A file stands in for the microphone; everything behind it is the real thing: the recorder, voice activity, Whisper
    with a small bundled checkpoint that knows the demo answers only, the checks, the report. No microphone, network or
    download is needed. Ends with 0 however the answer is marked.
    """

    def open_program() -> Program:
        return invocation.program if keep else _own_program(invocation)

    answer = demonstration(weak=weak)
    source = FileSource(answer.audio, speed)
    if screen:
        at = ScreenStart(scenario_id=answer.scenario_id, source=source, checkpoint=answer.checkpoint)
        return Outcome(None, invocation.screens(open_program, at))
    return _play(
        open_program(), answer, source, transcript=transcript, library=invocation.library if keep else _own_library()
    )


def _play(
    program: Program, answer: Demonstration, source: FileSource, *, transcript: bool, library: Path | None
) -> Outcome:
    narrator = Narrator()
    scenario = program.packs.find(answer.scenario_id)
    options = program.speech_options(answer.checkpoint)
    narrator.say(f"Demo: “{answer.title}” answers {scenario.title}.", "bold")
    narrator.say(f"{answer.audio.name} stands in for the microphone, at {source.speed:g} × real speed.")
    narrator.say(f"Whisper listens with the {program.checkpoints.find(answer.checkpoint).note}.")
    plan = RunPlan(source, answer.phases_at_s, tells_words=True)
    run = HeadlessRun(scenario, plan, narrator, lambda tell: program.conductor(scenario, options, tell))
    take_id = run.carry_through()
    program.library.tag(take_id, (DEMO_TAG,))
    onward = _onward(program.library.audio_path(take_id), library)
    return Outcome(shown(program, take_id, with_transcript=transcript), DONE, onward)


def _onward(audio: Path | None, library: Path | None) -> tuple[str, ...]:
    """Where the take stands, and the two things that come next.

    Args:
        audio: Its sound; None where it is gone.
        library: Where it is looked for; None for the user's usual library.
    """
    stands = ("", "Its take stands in", f"  {audio.parent}") if audio is not None else ()
    elsewhere = f"--library {shlex.quote(str(library))} " if library is not None else ""
    return (
        *stands,
        "",
        "To open this report on the screen and hear its evidence:",
        f"  pmrehearse {elsewhere}show last --screen",
        "To rehearse yourself, choose a scenario:",
        "  pmrehearse",
    )


def _own_library() -> Path:
    """Where the demo's takes stand unless they are to be kept."""
    return places.cache_dir() / "demo"


def _own_program(invocation: Invocation) -> Program:
    """The program on the demo's own library, where only the last takes stay."""
    program = invocation.program_on(_own_library())
    finished = [row for row in program.library.rows() if row.status is TakeStatus.TRANSCRIBED]
    for row in finished[KEPT:]:
        program.library.delete(row.take_id)
    return program
