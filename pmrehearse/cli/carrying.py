"""What does a run without a screen listen to, how is it told, and when does it end?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pmrehearse.audio.events import FileSource, MicrophoneSource
from pmrehearse.cli.headless import HeadlessRun, RunPlan
from pmrehearse.cli.keys import HELP, can_lead
from pmrehearse.cli.narration import Narrator
from pmrehearse.cli.texts import figures

if TYPE_CHECKING:
    from pathlib import Path

    from pmrehearse.audio.events import SoundSource
    from pmrehearse.cli.ports import Program
    from pmrehearse.scenario.model import Scenario
    from pmrehearse.speech.events import SpeechOptions


def carried_through(
    program: Program, scenario: Scenario, plan: RunPlan, options: SpeechOptions | None, *, introduced: bool = False
) -> str:
    """Rehearse a scenario; the id of its take, which is transcribed.

    Args:
        program: What stands behind the commands.
        scenario: What is rehearsed.
        plan: How the run is led.
        options: How it is recognised.
        introduced: True when the speaker knows the question already.

    Raises:
        RunEndedError: It failed, waits for a checkpoint, or was stopped; the message says what was kept.
    """
    narrator = Narrator()
    if not introduced:
        _introduce(scenario, narrator)
    run = HeadlessRun(scenario, plan, narrator, lambda tell: program.conductor(scenario, options, tell))
    return run.carry_through()


def _introduce(scenario: Scenario, narrator: Narrator) -> None:
    limit = "it stops by itself" if scenario.hard_limit else "planned"
    narrator.say(f"{scenario.title} ({figures.clock(scenario.seconds)}, {limit})", "bold")
    narrator.say(figures.quoted(scenario.prompt, 2000))
    if can_lead():
        narrator.say(HELP, "dim")


def source_of(audio: Path | None, speed: float | None, device: str | None, usual: str = "") -> SoundSource:
    """What is listened to: a file in the place of the microphone, or a microphone.

    Args:
        audio: The file, or None.
        speed: How fast it is played; None for real time.
        device: The microphone that the command names, or None.
        usual: The microphone that is set, or "".

    Raises:
        click.UsageError: The words contradict one another.
    """
    if audio is None:
        if speed is not None:
            raise click.UsageError("--speed goes with --audio.")
        return MicrophoneSource(device or usual or None)
    if device is not None:
        raise click.UsageError("--audio and --device exclude each other.")
    return FileSource(audio, speed or 1.0)


def own_end_s(scenario: Scenario, *, is_file: bool) -> float | None:
    """When a run ends that nobody can end: at the planned length, unless a file or a hard limit ends it."""
    return None if is_file or scenario.hard_limit or can_lead() else scenario.seconds
