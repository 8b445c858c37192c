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
"""`paInvalidChannelCount`."""
INVALID_RATE = -9997
"""`paInvalidSampleRate`: the device refuses the rate (sounddevice #124, #244)."""
UNAVAILABLE = -9985
"""`paDeviceUnavailable`: busy."""
BAD_COMBINATION = -9993
"""`paBadIODeviceCombination`: what ALSA's pulse plugin gives when the sound server died (measured)."""
_HINTS = {
    UNAVAILABLE: "Another program uses it: close that program, then try again.",
    BAD_COMBINATION: "The sound server does not answer: start it again (PulseAudio, PipeWire), then try again.",
}
_use = {"fresh": sounddevice is not None}
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

    The list of devices is the one of PortAudio's start (sounddevice #125, PortAudio #447). The first call after the
    import does nothing: the list is new.

    Raises:
        MachineError: PortAudio is not installed or does not start.
    """
    sd = library()
    if _use["fresh"]:
        _use["fresh"] = False
        return
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
    what = clean_line(str(error.args[0]) if error.args else str(error))
    return MicrophoneError(f"{device} cannot be used: {what}.", _HINTS.get(error_code(error), _ANY_HINT))


def error_code(error: Exception) -> int:
    """PortAudio's number of a PortAudioError, its second argument in sounddevice; 0 when it has none."""
    code = error.args[1] if len(error.args) > 1 else 0
    return code if isinstance(code, int) else 0


def install_hint(platform: str) -> str:
    """How PortAudio is installed on a platform (`sys.platform`)."""
    if platform.startswith("linux"):
        return "Install PortAudio: `apt install libportaudio2`, `dnf install portaudio` or `pacman -S portaudio`."
    if platform == "darwin":
        return "Install it with the package sounddevice itself: `pip install --force-reinstall sounddevice`."
    return "Install the package sounddevice anew: it brings PortAudio for Windows."
