"""What does the sound server (PulseAudio, or PipeWire in its place) call the microphones?

PortAudio sees one device "pulse" for all of them; `PULSE_SOURCE` in the environment says which one it opens
(libpulse, "PULSE_SOURCE" in pulse-client.conf(5)).
"""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from typing import Any

ASK_S = 3.0
"""How long the server may take to answer; it answers in 10 ms."""
CHOSEN = "PULSE_SOURCE"
"""The variable that names the source to libpulse."""


@dataclass(frozen=True, slots=True)
class PulseSource:
    """A source of the sound server.

    Attributes:
        name: The server's name for it.
        description: What the desktop's settings show; not cleaned.
        is_default: Whether it is the server's default.
        rate_hz: Its own rate.
        n_channels: Its channels.
    """

    name: str
    description: str
    is_default: bool
    rate_hz: int
    n_channels: int


def pulse_sources() -> tuple[PulseSource, ...] | None:
    """The server's microphones, without the monitors of its outputs; None where there is no server or no `pactl`."""
    listed, default = _ask("--format=json", "list", "sources"), _ask("get-default-source").strip()
    try:
        sources = json.loads(listed)
    except ValueError:
        return None
    return tuple(_source(each, default) for each in sources if not each.get("monitor_source"))


def _ask(*arguments: str) -> str:
    pactl = shutil.which("pactl")
    if pactl is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603 - the program was found on the path by its fixed name
            [pactl, *arguments], capture_output=True, text=True, timeout=ASK_S, check=False, errors="replace"
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


def _source(listed: dict[str, Any], default: str) -> PulseSource:
    """One entry of `pactl --format=json list sources`; its sample_specification reads "s16le 2ch 48000Hz"."""
    _, channels, rate, *_ = [*str(listed.get("sample_specification", "")).split(), "", "", ""]
    name = str(listed.get("name", ""))
    return PulseSource(
        name,
        str(listed.get("description", "")),
        name == default,
        int(rate.removesuffix("Hz") or 0),
        int(channels.removesuffix("ch") or 0),
    )
