"""What does one call of the program carry from the command line to its commands?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import click

from pmrehearse.cli.complaints import complain
from pmrehearse.cli.recovered import tell_recovery
from pmrehearse.settings.chosen import settings_of

if TYPE_CHECKING:
    from pathlib import Path

    from pmrehearse.audio.events import FileSource
    from pmrehearse.cli.ports import Program
    from pmrehearse.settings.chosen import ChosenSettings
    from pmrehearse.speech.events import SpeechOptions
    from pmrehearse.speech.segments import Transcript


@dataclass(frozen=True, slots=True)
class ScreenStart:
    """Where the screens begin: at home unless a take or a scenario is named.

    Attributes:
        take_id: The take whose report is shown, or "".
        scenario_id: The scenario that is rehearsed, or whose progress is shown, or "".
        source: A file that stands in for the microphone, or None.
        checkpoint: The checkpoint that recognises; None for the usual one.
        live: What is shown of recognition while speaking ("off", "sparse", "full"); None for what is remembered.
        drills: The elements that are drilled one after another ("SCENARIO:ELEMENT"), or none.
        seconds: How long one try of a drill lasts; None for the usual length.
        round: The loop and the number of the round that is rehearsed, or None.
        progress: True to show how everything, or the scenario, went over the takes.
    """

    take_id: str = ""
    scenario_id: str = ""
    source: FileSource | None = None
    checkpoint: str | None = None
    live: str | None = None
    drills: tuple[str, ...] = ()
    seconds: float | None = None
    round: tuple[str, int] | None = None
    progress: bool = False


Screens = Callable[[Callable[[], "Program"], ScreenStart], int]
"""Shows the screens until the user leaves and gives the exit code; raises NotATerminalError before anything else."""


Transcribe = Callable[["Path", "SpeechOptions", Callable[[float, float], None]], "Transcript"]
"""Recognises a sound file, telling (done, total) in seconds of sound; waits."""


def transcribe_file(audio: Path, options: SpeechOptions, on_progress: Callable[[float, float], None]) -> Transcript:
    """Recognise a sound file by the same worker that follows takes; see `speech.transcribing.transcribe_file`."""
    from pmrehearse.speech import events, transcribing  # noqa: PLC0415  heavy, and few calls need it

    def tell(event: events.SpeechEvent) -> None:
        if isinstance(event, events.RecognisedTo):
            on_progress(event.done_s, event.total_s)

    return transcribing.transcribe_file(audio, options, tell)


class KeyProblemPort(Protocol):
    """Something wrong with a key that the user gave."""

    @property
    def name(self) -> str:
        """The action, as the user wrote it."""

    @property
    def message(self) -> str:
        """What is wrong, and what is allowed."""


class KeysPort(Protocol):
    """The keys of the screens."""

    def problems(self, keys: Mapping[str, str], /) -> Sequence[KeyProblemPort]:
        """What is wrong with keys that a user gives by the names of actions."""

    def usual(self) -> Mapping[str, tuple[str, str]]:
        """Every action by its name, with its usual keys and its meaning."""


class NoKeys:
    """Knows none: the screens are not there."""

    def problems(self, _keys: Mapping[str, str], /) -> tuple[KeyProblemPort, ...]:
        """None is known."""
        return ()

    def usual(self) -> Mapping[str, tuple[str, str]]:
        """None is known."""
        return {}


@dataclass
class Invocation:
    """One call.

    Attributes:
        open_program: Composes the program on a library folder (None: the usual one).
        screens: Shows the screens.
        transcribe: Recognises a sound file that does not become a take.
        keys: Knows the keys of the screens.
        library: The folder given with `--library`, or None.
        opened: The programs that were opened so far.
    """

    open_program: Callable[[Path | None], Program]
    screens: Screens
    transcribe: Transcribe = transcribe_file
    keys: Callable[[], KeysPort] = NoKeys
    library: Path | None = None
    opened: list[Program] = field(default_factory=list)

    @cached_property
    def settings(self) -> ChosenSettings:
        """What the user has set, and where."""
        return settings_of(self.library)

    @cached_property
    def program(self) -> Program:
        """The program on the library that the user named; what is wrong with the settings is told first."""
        for notice in self.settings.notices():
            complain(notice.message, notice.hint)
        return self.program_on(self.library)

    def program_on(self, library: Path | None) -> Program:
        """The program on another library; closed with the call."""
        self.opened.append(self.open_program(library))
        return self.opened[-1]

    def close(self) -> None:
        """Close what was opened, and tell which takes were found cut short."""
        while self.opened:
            program = self.opened.pop()
            program.close()
            tell_recovery(program.recovery)


pass_invocation = click.make_pass_decorator(Invocation)
"""Gives a command its `Invocation` as the first argument."""
