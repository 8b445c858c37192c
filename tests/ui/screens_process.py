"""The screens with fakes behind them, as a process of their own: what `test_terminal` starts inside a terminal.

Its word says what is special: "plain"; "noisy" (a library writes to descriptor 2 while recording); "spawning" (a
process is started while recording); "hostile" (all texts are an attacker's); "stubborn" (the screens never go by
themselves). When it ends it writes its conductor's story to standard output.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import sys
from dataclasses import replace

from pmrehearse.checking.findings import ElementFinding, Findings, FlagFinding, Verdict
from pmrehearse.errors import RehearsalError
from pmrehearse.ui.app import run_app
from pmrehearse.ui.shell import RehearsalApp
from tests.ui import samples
from tests.ui.fakes import FakeConductor, FakeDevice, FakeProgram, FakeRow

EVIL = "\x1b]52;c;RVZJTA==\x07 [red]b[/nope] [@click=app.quit]x[/] \x9b31m\x90 \u202e\u2066"
NOISE = b"ALSA lib pcm.c: NOISE"


class NoisyConductor(FakeConductor):
    """A sound library that writes where the screen is drawn."""

    def begin(self) -> None:
        """Record, noisily."""
        os.write(2, NOISE)
        super().begin()


class SpawningConductor(FakeConductor):
    """A run that starts a process by Python's own means, as the speech worker is started."""

    def begin(self) -> None:
        """Record, and keep how the process ended."""
        process = multiprocessing.get_context("spawn").Process(target=os.getpid)
        process.start()
        process.join()
        self.asked.append(f"spawned:{process.exitcode}")
        super().begin()


class SpawningProgram(FakeProgram):
    """Runs spawn."""

    def conductor(self, scenario, options, tell):  # type: ignore[no-untyped-def]  # noqa: ANN001, D102  as the fake
        del options
        self.conductors.append(SpawningConductor(scenario, tell))
        return self.conductors[-1]


class NoisyProgram(FakeProgram):
    """Runs are noisy."""

    def conductor(self, scenario, options, tell):  # type: ignore[no-untyped-def]  # noqa: ANN001, D102  as the fake
        del options
        self.conductors.append(NoisyConductor(scenario, tell))
        return self.conductors[-1]


def stubborn_program() -> FakeProgram:
    """The screens do not hear that they are to go."""

    async def hang(_app: RehearsalApp) -> None:
        await asyncio.Event().wait()

    RehearsalApp._on_exit_app = hang  # type: ignore[assignment]
    return FakeProgram()


def hostile_program() -> FakeProgram:
    """Every text that the screens show is an attacker's."""
    program = FakeProgram()
    lens = samples.LENS_SCENARIO
    evil = replace(
        lens,
        title=EVIL,
        prompt=EVIL,
        phases=tuple(replace(each, title=EVIL, prompt=EVIL) for each in lens.phases),
        elements=tuple(replace(each, title=EVIL, hint=EVIL, criterion=EVIL) for each in lens.elements),
        flags=tuple(replace(each, title=EVIL, hint=EVIL, criterion=EVIL) for each in lens.flags),
    )
    report = samples.typed_report(EVIL * 5)
    elements = tuple(ElementFinding(each.id, Verdict.MISSING, lacked=EVIL) for each in lens.elements)
    flags = tuple(FlagFinding(each.id, raised=True, why=EVIL) for each in lens.flags)
    findings = Findings(lens.id, elements, flags)
    program.reviewer.reports[samples.TAKE] = replace(
        report, take=replace(report.take, scenario=evil), findings=findings
    )
    program.packs.scenarios[lens.id] = evil
    program.packs.listed = (
        replace(samples.listed(lens), title=EVIL, prompt=EVIL),
        replace(samples.BROKEN, problem=EVIL),
    )
    program.library.takes = [FakeRow(samples.TAKE, title=EVIL)]
    program.microphones = (FakeDevice(EVIL),)
    program.remembered.kept["microphone"] = EVIL
    return program


PROGRAMS = {
    "plain": FakeProgram,
    "noisy": NoisyProgram,
    "spawning": SpawningProgram,
    "hostile": hostile_program,
    "stubborn": stubborn_program,
}


def main() -> int:
    """Run until the user, or a signal, ends it."""
    program = PROGRAMS[sys.argv[1]]()
    try:
        code = run_app(program)
    except RehearsalError as error:
        sys.stdout.write(f"{error.message}\n")
        return error.exit_code
    asked = program.conductors[-1].asked if program.conductors else []
    with contextlib.suppress(OSError):  # the terminal may be gone
        os.write(1, f"asked: {' '.join(asked)}\n".encode())
    return code


if __name__ == "__main__":
    sys.exit(main())
