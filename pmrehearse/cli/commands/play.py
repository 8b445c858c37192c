"""`play`: a take, or the words that an element rests on."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import click

from pmrehearse.audio.playback import FASTEST, SLOWEST
from pmrehearse.cli.answering import Outcome, command
from pmrehearse.cli.invocation import Invocation, pass_invocation
from pmrehearse.cli.params import TakeName
from pmrehearse.cli.values import Done
from pmrehearse.errors import UsageError

if TYPE_CHECKING:
    from pmrehearse.checking.findings import Evidence
    from pmrehearse.library.report import Report
    from pmrehearse.session.controls import Playing

POLL_S = 0.1
"""How often it is looked at whether it still plays."""


@command("play")
@click.argument("take", type=TakeName())
@click.option("--element", metavar="ID", help="Only the words that this element rests on.")
@click.option("--from", "from_s", type=click.FloatRange(min=0), metavar="SECONDS", help="From this moment on.")
@click.option("--speed", type=click.FloatRange(SLOWEST, FASTEST), default=1.0, help="0.5 to 2; the pitch stays.")
@click.option("--loop", is_flag=True, help="Again and again, until Ctrl-C.")
@pass_invocation
def play(
    invocation: Invocation, *, take: str, element: str | None, from_s: float | None, speed: float, loop: bool
) -> Outcome:
    """Play a take, or one piece of evidence.

    TAKE is an id, a part that names one, or `last`; Ctrl-C stops.
    """
    program = invocation.program
    take_id = program.library.resolve(take)
    audio = program.library.audio_path(take_id)
    if audio is None:
        raise UsageError(f"The take {take_id} has no sound: it was typed.", f"`pmrehearse show {take_id}`")
    if element is not None and from_s is not None:
        raise click.UsageError("--element and --from exclude each other.")
    whole: tuple[float, float | None] = (from_s or 0.0, None)
    start_s, end_s = whole if element is None else _stretch(program.reviewer.report(take_id), element)
    player = program.player()
    player.play(audio, start_s, end_s, speed=speed, again=loop)
    _wait(player)
    facts = (("id", take_id), ("start_s", start_s), ("end_s", end_s), ("speed", speed))
    return Outcome(Done("Played.", facts))


def _stretch(report: Report, element: str) -> tuple[float, float]:
    evidence = _evidence(report, element)
    if evidence is None or evidence.heard_s is None:
        raise UsageError(f"Nothing in the sound stands for {element!r}.", "Leave --element out to play all.")
    return evidence.heard_s


def _evidence(report: Report, element: str) -> Evidence | None:
    for finding in report.findings.elements:
        if finding.element_id == element:
            return finding.evidence
    known = ", ".join(finding.element_id for finding in report.findings.elements)
    raise UsageError(f"The scenario of this take has no element {element!r}.", f"It has {known}.")


def _wait(player: Playing) -> None:
    between = threading.Event()
    try:
        while player.position_s is not None:
            between.wait(POLL_S)
    finally:
        player.close()
