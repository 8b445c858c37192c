"""Where is PortAudio called, and what do its errors mean to the user?

Only the recorder's, the player's and the device list's own processes import this module: importing sounddevice starts
PortAudio, which writes on descriptor 2 (PortAudio #163, #555) and does not survive a fork (sounddevice #120).
"""

from __future__ import annotations

import sys
from typing import Any

from pmrehearse.cleaning import clean_line
from pmrehearse.errors import AudioSystemError, MachineError, MicrophoneError

try:
    import sounddevice
except OSError as error:  # "PortAudio library not found": https://python-sounddevice.readthedocs.io, Installation
    sounddevice = None
    _MISSING = clean_line(str(error))

INVALID_CHANNELS = -9998
INVALID_RATE = -9997
"""`paInvalidSampleRate`: the device refuses the rate (sounddevice #124, #244)."""
UNAVAILABLE = -9985
BAD_COMBINATION = -9993
"""`paBadIODeviceCombination`: what ALSA's pulse plugin gives when the sound server died (measured)."""
_HINTS = {
    UNAVAILABLE: "Another program uses it: close that program, then try again.",
    BAD_COMBINATION: "The sound server does not answer: start it again (PulseAudio, PipeWire), then try again.",
}
_ANY_HINT = "See `pmrehearse devices`; plug the device in again or choose another."


def library() -> Any:
    """The sounddevice module.

    Raises:
        AudioSystemError: PortAudio is not installed.
    """
    if sounddevice is None:
        raise AudioSystemError(f"Sound cannot be used: {_MISSING}.", install_hint(sys.platform))
    return sounddevice


def restart() -> None:
    """Start PortAudio anew, so that it sees the devices of this moment; every open stream dies.

    Its list of devices is frozen when it starts (sounddevice #125, PortAudio #447).

    Raises:
        MachineError: PortAudio is not installed or does not start.
    """
    sd = library()
    try:
        sd._terminate()  # noqa: SLF001 - there is no public way (sounddevice #125)
        sd._initialize()  # noqa: SLF001 - the same
    except sd.PortAudioError as error:
        raise translate(error, "The sound system") from error


def translate(error: Exception, device: str) -> MachineError:
    """What an error of sounddevice means.

    Args:
        error: A PortAudioError, or the ValueError for an unknown name.
        device: What was to be opened, for the message.
    """
    arguments = error.args
    code = arguments[1] if len(arguments) > 1 and isinstance(arguments[1], int) else None
    what = clean_line(str(arguments[0]) if arguments else str(error))
    return MicrophoneError(f"{device} cannot be used: {what}.", _HINTS.get(code or 0, _ANY_HINT))


def install_hint(platform: str) -> str:
    """How PortAudio is installed on a platform (`sys.platform`)."""
    if platform.startswith("linux"):
        return "Install PortAudio: `apt install libportaudio2`, `dnf install portaudio` or `pacman -S portaudio`."
    if platform == "darwin":
        return "Install it with the package sounddevice itself: `pip install --force-reinstall sounddevice`."
    return "Install the package sounddevice anew: it brings PortAudio for Windows."
