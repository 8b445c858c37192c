"""`doctor`: what works here, and what to do about the rest."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from pmrehearse import places
from pmrehearse.cli.answering import MACHINE, Outcome, command
from pmrehearse.cli.invocation import Invocation, pass_invocation
from pmrehearse.cli.narration import Narrator
from pmrehearse.errors import MachineError
from pmrehearse.session import diagnosis, examining
from pmrehearse.session.diagnosis import Diagnosis, Health

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pmrehearse.cli.ports import Program
    from pmrehearse.session.diagnosis import Examined


@command("doctor")
@click.option("--device", metavar="NAME", help="The microphone to listen to, as `pmrehearse devices` names it.")
@pass_invocation
def doctor(invocation: Invocation, *, device: str | None) -> Outcome:
    """Find out what works here and what to do about the rest.

    Looks at the software, the sound system, the checkpoint, the learned judge, the disk, the library's folder and the
    terminal, and listens to the microphone for two seconds: say something meanwhile. Ends with 3 when something does
    not work.
    """
    found = Diagnosis(tuple(_examine(invocation.program, device, places.library_dir(invocation.library))))
    return Outcome(found, MACHINE if found.count(Health.FAULT) else 0)


def _examine(program: Program, device: str | None, folder: Path) -> Iterator[Examined]:
    yield diagnosis.software(sys.version_info[:3], examining.versions())
    yield from _examine_sound(program, device)
    options = program.speech_options(None)
    yield diagnosis.checkpoint(program.checkpoints.available(), options.checkpoint if options else None)
    judge = program.judging.state()
    yield diagnosis.learned_judge(judge.name, judge.why_not, judge.remedy)
    yield diagnosis.disk(examining.room_for_s(folder), folder)
    yield diagnosis.library_folder(folder, examining.writing_problem(folder))
    yield diagnosis.terminal(examining.terminal())


def _examine_sound(program: Program, device: str | None) -> Iterator[Examined]:
    try:
        microphones = [one.name for one in program.devices()]
    except MachineError as error:
        yield diagnosis.sound_system(error)
        return
    yield diagnosis.sound_system(microphones)
    if microphones:
        Narrator().say("Listening to the microphone for two seconds: say something.")
        failures = examining.Failures()
        scenario = program.packs.find(program.packs.all_scenarios()[0].id)
        conductor = program.conductor(scenario, None, failures.tell)
        yield diagnosis.microphone(examining.listened(conductor, failures, program.clock, device))
