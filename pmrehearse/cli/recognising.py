"""With which checkpoint is a recording recognised, and how is that told while it lasts?"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from pmrehearse.cli.narration import Narrator
from pmrehearse.cli.texts import figures
from pmrehearse.errors import CheckpointError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pmrehearse.cli.ports import Program
    from pmrehearse.speech.events import SpeechOptions


def required_options(program: Program, checkpoint: str | None, usual: str) -> SpeechOptions:
    """How to recognise.

    Args:
        program: What stands behind the commands.
        checkpoint: The one that the command names; None for the usual one.
        usual: The name of the usual one.

    Raises:
        CheckpointError: There is none on this computer.
    """
    options = program.speech_options(checkpoint)
    if options is None:
        raise CheckpointError(
            f"The Whisper checkpoint {usual} is not on this computer.",
            f"`pmrehearse model fetch {usual}` downloads it; `pmrehearse model import FILE` takes one from a disk.",
        )
    return options


@contextmanager
def narrated(options: SpeechOptions, program: Program) -> Iterator[Callable[[float, float], None]]:
    """Tell which checkpoint listens, and how far it has come.

    Yields:
        What is told (done, total) in seconds of sound.
    """
    narrator = Narrator()
    note = program.checkpoints.find(options.checkpoint).note
    narrator.say(f"Whisper listens with {options.checkpoint}{f' ({note})' if note else ''}.")
    with narrator.bar() as draw:

        def on_progress(done_s: float, total_s: float) -> None:
            draw("Recognising", done_s, total_s, f"{figures.clock(done_s)} of {figures.clock(total_s)}")

        yield on_progress
