"""Which microphones are there, by names that people know, each once?

PortAudio lists one headset once for each host API and ALSA plug-in (whisper-writer #95: eight times). Where PulseAudio
or PipeWire stands behind ALSA, its own sources are listed instead: they are what the desktop's settings show.

Run as `python -m pmrehearse.audio.devices` it prints the list as JSON: PortAudio is only ever loaded in processes that
do nothing else.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from pmrehearse.audio.child import child_environment
from pmrehearse.audio.pulse import PulseSource, pulse_sources
from pmrehearse.cleaning import clean_line
from pmrehearse.errors import AudioSystemError, MachineError, MicrophoneError

LIST_S = 20.0
"""How long the listing process may take; probing ALSA takes 0.1 to 2 s."""
_HOST_APIS = ("Windows WASAPI", "Core Audio", "ALSA", "JACK Audio Connection Kit", "Windows DirectSound", "MME")
"""Of the names of one device the one in the earliest of these is kept; MME cuts names to 31 characters."""
_CUT_NAME = 31
_ROUTES = ("default", "pulse", "pipewire")
"""ALSA's names for "whatever the sound server says"."""
_PLUGINS = re.compile(
    r"(sysdefault|samplerate|speex|speexrate|lavrate|a52|upmix|vdownmix|dmix|dsnoop|jack|oss|null|surround\d*|front)\b.*"
    r"|Microsoft Sound Mapper.*|Primary Sound Capture Driver.*|.*\bMonitor of\b.*",
    re.IGNORECASE,
)
_HARDWARE = re.compile(r"\s*(:\s*-)?\s*\(hw:\d+,\d+\)$")


@dataclass(frozen=True, slots=True)
class Microphone:
    """A device that sound can be recorded from.

    Attributes:
        name: What to show, and what `MicrophoneSource.device` takes; each name once, clean for a screen.
        host_api: Through what it is reached ("ALSA", "Core Audio", "Windows WASAPI", "PulseAudio").
        is_default: Whether the system takes it when none is named; at most one is.
        rate_hz: The rate it likes best; recordings are 16 kHz whatever it is.
        n_channels: How many channels it has.
    """

    name: str
    host_api: str
    is_default: bool
    rate_hz: int
    n_channels: int


@dataclass(frozen=True, slots=True)
class Found:
    """A microphone and how PortAudio opens it.

    Attributes:
        microphone: What it is to people.
        index: PortAudio's number for it, until PortAudio is started anew.
        pulse_source: The sound server's name for it; None where there is no server.
    """

    microphone: Microphone
    index: int
    pulse_source: str | None = None


def list_microphones() -> tuple[Microphone, ...]:
    """The microphones of this moment, the default first, then by name; empty when there are none.

    Takes 0.3 to 3 s, in a process of its own.

    Raises:
        AudioSystemError: PortAudio is missing or hangs.
    """
    command = [sys.executable, "-m", "pmrehearse.audio.devices"]
    try:
        done = subprocess.run(  # noqa: S603 - this interpreter, a module of ours
            command, capture_output=True, timeout=LIST_S, check=False, env=child_environment()
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise AudioSystemError(
            "The sound system does not answer.", "Start the sound server or the machine anew."
        ) from error
    except ValueError as error:
        raise AudioSystemError(
            "The sound system cannot be asked for its devices.", "Run `pmrehearse doctor`."
        ) from error
    if "error" in answer:
        raise AudioSystemError(answer["error"], answer["hint"])
    return tuple(Microphone(**values) for values in answer["microphones"])


def find(found: Sequence[Found], name: str | None) -> Found:
    """The microphone of that name, or the default one.

    Args:
        found: What there is.
        name: A name as listed, or None.

    Raises:
        MicrophoneError: There is no such microphone, or none at all.
    """
    if not found:
        raise MicrophoneError(
            "No microphone was found.", "Plug one in, or start the sound server; see `pmrehearse doctor`."
        )
    if name is None:
        return next((each for each in found if each.microphone.is_default), found[0])
    for each in found:
        if each.microphone.name == name:
            return each
    names = ", ".join(each.microphone.name for each in found)
    raise MicrophoneError(f"There is no microphone called {clean_line(name)!r}.", f"There are: {names}.")


def found_in(
    devices: Sequence[Mapping[str, Any]],
    host_apis: Sequence[Mapping[str, Any]],
    default_index: int,
    sources: Sequence[PulseSource] | None = None,
) -> tuple[Found, ...]:
    """PortAudio's list as microphones, each once.

    Args:
        devices: `sounddevice.query_devices()`.
        host_apis: `sounddevice.query_hostapis()`.
        default_index: PortAudio's default input, -1 for none.
        sources: What the sound server has; None where there is no server.
    """
    inputs = [
        Found(_microphone(device, host_apis, device["index"] == default_index), device["index"])
        for device in devices
        if device["max_input_channels"] > 0
    ]
    route = _route(inputs)
    if route is not None and sources is not None:
        return _sorted(_numbered([_through(route, source) for source in sources]))
    real = [each for each in inputs if not _PLUGINS.fullmatch(each.microphone.name)]
    return _sorted(_once([each for each in real if each is route or each.microphone.name not in _ROUTES]))


def _microphone(device: Mapping[str, Any], host_apis: Sequence[Mapping[str, Any]], is_default: bool) -> Microphone:  # noqa: FBT001
    name = _HARDWARE.sub("", clean_line(str(device["name"]), 200)) or "unnamed"
    host_api = clean_line(str(host_apis[device["hostapi"]]["name"]), 80)
    return Microphone(name, host_api, is_default, round(device["default_samplerate"]), device["max_input_channels"])


def _route(inputs: Sequence[Found]) -> Found | None:
    """ALSA's device that leads to the sound server, the one that is the default before others."""
    routes = [each for each in inputs if each.microphone.name in _ROUTES and each.microphone.host_api == "ALSA"]
    return min(routes, key=lambda each: (_ROUTES[1:] + _ROUTES[:1]).index(each.microphone.name), default=None)


def _through(route: Found, source: PulseSource) -> Found:
    name = clean_line(source.description, 200) or source.name
    shown = Microphone(name, "PulseAudio", source.is_default, source.rate_hz, source.n_channels)
    return Found(shown, route.index, source.name)


def _once(found: Sequence[Found]) -> list[Found]:
    """Of each device the entry in the best host API; the default keeps its mark."""
    best: dict[str, Found] = {}
    for each in sorted(found, key=_rank):
        key = each.microphone.name[:_CUT_NAME].strip().casefold()
        kept = best.setdefault(key, each)
        if each.microphone.is_default and not kept.microphone.is_default:
            best[key] = replace(kept, microphone=replace(kept.microphone, is_default=True))
    return list(best.values())


def _rank(found: Found) -> int:
    host_api = found.microphone.host_api
    return _HOST_APIS.index(host_api) if host_api in _HOST_APIS else len(_HOST_APIS)


def _numbered(found: Sequence[Found]) -> list[Found]:
    """Two microphones of one name become "name" and "name (2)"."""
    seen: dict[str, int] = {}
    named = []
    for each in found:
        name = each.microphone.name
        seen[name] = seen.get(name, 0) + 1
        shown = name if seen[name] == 1 else f"{name} ({seen[name]})"
        named.append(replace(each, microphone=replace(each.microphone, name=shown)))
    return named


def _sorted(found: Sequence[Found]) -> tuple[Found, ...]:
    return tuple(sorted(found, key=lambda each: (not each.microphone.is_default, each.microphone.name.casefold())))


def look() -> tuple[Found, ...]:
    """The microphones of this moment; only in a process that is alone with PortAudio.

    Raises:
        MachineError: PortAudio is missing or broken.
    """
    from pmrehearse.audio import portaudio  # noqa: PLC0415 - importing it starts PortAudio

    sd = portaudio.library()
    try:
        devices, host_apis, default = sd.query_devices(), sd.query_hostapis(), sd.default.device[0]
    except sd.PortAudioError as error:
        raise portaudio.translate(error, "The sound system") from error
    return found_in(devices, host_apis, default, pulse_sources())


def main() -> None:
    """Print the list, or why there is none, as one JSON object."""
    try:
        answer: dict[str, object] = {"microphones": [asdict(each.microphone) for each in look()]}
    except MachineError as error:
        answer = {"error": error.message, "hint": error.hint}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
