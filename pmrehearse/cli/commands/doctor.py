"""`doctor`: what works here, and what to do about the rest."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from pmrehearse.cli.answering import MACHINE, Outcome, command
from pmrehearse.cli.invocation import Invocation, pass_invocation
from pmrehearse.cli.narration import Narrator
from pmrehearse.errors import MachineError, SpeechWorkerError
from pmrehearse.session import diagnosis, examining
from pmrehearse.session.diagnosis import Diagnosis, Health

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pmrehearse.cli.ports import Program
    from pmrehearse.session.diagnosis import Examined


@command("doctor")
@click.option("--device", metavar="NAME", help="The microphone to listen to, as `pmrehearse devices` names it.")
@click.option("--measure", is_flag=True, help="Measure anew how fast this machine recognises.")
@pass_invocation
def doctor(invocation: Invocation, *, device: str | None, measure: bool) -> Outcome:
    """Find out what works here and what to do about the rest.

    Looks at the software, the sound system, the checkpoint, how fast this machine recognises (measured once, and
    remembered), the learned judge, the disk, the library's folder and the terminal, and listens to the microphone for
    two seconds: say something meanwhile. Ends with 3 when something does not work.
    """
    folder = invocation.settings.library_dir
    usual = invocation.settings.values
    found = Diagnosis(
        tuple(_examine(invocation.program, device or usual.microphone or None, usual.checkpoint, folder, anew=measure))
    )
    return Outcome(found, MACHINE if found.count(Health.FAULT) else 0)


def _examine(program: Program, device: str | None, checkpoint: str, folder: Path, *, anew: bool) -> Iterator[Examined]:
    yield diagnosis.software(sys.version_info[:3], examining.versions())
    yield from _examine_sound(program, device)
    yield diagnosis.checkpoint(program.checkpoints.available(), checkpoint)
    yield _examine_speed(program, anew=anew)
    judge = program.judging.state()
    yield diagnosis.learned_judge(judge.name, judge.why_not, judge.remedy)
    yield diagnosis.disk(examining.room_for_s(folder), folder)
    yield diagnosis.library_folder(folder, examining.writing_problem(folder))
    yield diagnosis.terminal(examining.terminal())


def _examine_speed(program: Program, *, anew: bool) -> Examined:
    known = None if anew else program.speeds.known()
    if known is None:
        Narrator().say("Measuring how fast this machine recognises: some ten seconds, once.")
        try:
            known = program.measured_speed()
        except SpeechWorkerError as error:
            return diagnosis.speed(error)
    return diagnosis.speed(known or SpeechWorkerError("The speed of this machine could not be measured."))


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
