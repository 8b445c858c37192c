"""What can go wrong, as one tree.

    RehearsalError                 exit code 1
    ├── UsageError                 2  a wrong word on the command line, an unknown id
    │   ├── FileThereError         2  a file would be written over that is there
    │   ├── NotATerminalError      2  the screens need a terminal
    │   └── BadFileError           2  a file that cannot be used as it is
    │       ├── ScenarioError      2  a scenario file with mistakes (all of them listed)
    │       ├── SettingsError      2  a setting that there is not or that may not be so, a file that takes none
    │       └── AudioFileError     2  unreadable, empty or damaged sound
    ├── MachineError           3  something this machine lacks
    │   ├── MicrophoneError        3  no microphone, refused, busy, gone
    │   ├── AudioSystemError       3  no PortAudio library
    │   ├── CheckpointError        3  no checkpoint, or one that is not what it should be
    │   ├── JudgeError             3  no learned judge, or one that is not what it should be
    │   ├── SpeechWorkerError      3  the speech process died or hangs
    │   └── LibraryError           3  the library folder or its index cannot be used
    └── NoSpeechError              1  nothing was said

Every error says what happened (`message`), what to do (`hint`) and how a command ends (`exit_code`).
Adapters translate the errors of the libraries they stand before; nothing returns `None` or `False` for a failure.
"""

from __future__ import annotations


class RehearsalError(Exception):
    """The root: something expected went wrong, and there is something to do about it."""

    exit_code: int = 1
    """The process's exit code: 0 done, 1 the answer falls short, 2 usage, 3 environment, 130 interrupted."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Say what happened and what to do.

        Args:
            message: One sentence: what happened.
            hint: What the user can do next; empty when nothing can be done.
        """
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(RehearsalError):
    """The command or the id given cannot be used."""

    exit_code = 2


class FileThereError(UsageError):
    """A file that is there would be written over; it is, when that is asked for."""


class BadFileError(UsageError):
    """A file cannot be used as it is."""


class ScenarioError(BadFileError):
    """A scenario file has mistakes; `message` lists every one with its place."""


class SettingsError(BadFileError):
    """A setting is unknown or may not be what was asked, or the settings file cannot be changed."""


class AudioFileError(BadFileError):
    """A sound file is unreadable, empty or damaged."""


class NotATerminalError(UsageError):
    """The screens need a terminal, and standard input or output is none."""


class MachineError(RehearsalError):
    """This machine lacks something."""

    exit_code = 3


class MicrophoneError(MachineError):
    """No microphone, or it is refused, busy or gone."""


class AudioSystemError(MachineError):
    """The PortAudio library is missing or cannot be loaded."""


class CheckpointError(MachineError):
    """There is no checkpoint, or the file is not what it should be."""


class JudgeError(MachineError):
    """The learned judge's model is missing, damaged or cannot be run."""


class SpeechWorkerError(MachineError):
    """The speech process died, hangs or ran out of memory, and could not be started again."""


class LibraryError(MachineError):
    """The library folder or its index cannot be used."""


class NoSpeechError(RehearsalError):
    """Nothing was said in the recording."""
