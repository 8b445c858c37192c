"""Microphones by names that people know, each once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pmrehearse.audio import devices, portaudio, pulse
from pmrehearse.audio.devices import find, found_in, list_microphones
from pmrehearse.audio.pulse import PulseSource, pulse_sources
from pmrehearse.errors import AudioSystemError, MicrophoneError

ALSA, MME, DIRECT, WASAPI, WDM, CORE = range(6)
HOST_APIS = [
    {"name": name} for name in ("ALSA", "MME", "Windows DirectSound", "Windows WASAPI", "Windows WDM-KS", "Core Audio")
]


def listed(*rows: tuple[str, int, int]) -> list[dict[str, Any]]:
    """PortAudio's list from (name, host API, input channels)."""
    return [
        {
            "name": name,
            "index": index,
            "hostapi": host_api,
            "max_input_channels": channels,
            "default_samplerate": 44_100.0,
        }
        for index, (name, host_api, channels) in enumerate(rows)
    ]


def names(found: tuple[devices.Found, ...]) -> list[str]:
    """What is shown."""
    return [each.microphone.name for each in found]


def test_a_headset_on_windows_is_listed_once() -> None:
    """One headset in four host APIs, cut to 31 characters in one of them, is one entry: WASAPI's."""
    rows = listed(
        ("Microsoft Sound Mapper - Input", MME, 2),
        ("Headset Microphone (Jabra Evolv", MME, 1),
        ("Primary Sound Capture Driver", DIRECT, 2),
        ("Headset Microphone (Jabra Evolve 65)", DIRECT, 1),
        ("Headset Microphone (Jabra Evolve 65)", WASAPI, 1),
        ("Headset Microphone (Jabra Evolve 65)", WDM, 1),
        ("Speakers (Jabra Evolve 65)", WASAPI, 0),
        ("Line In (Realtek)", WASAPI, 2),
    )
    found = found_in(rows, HOST_APIS, default_index=1)
    assert names(found) == ["Headset Microphone (Jabra Evolve 65)", "Line In (Realtek)"]
    assert found[0].microphone.is_default
    assert found[0].microphone.host_api == "Windows WASAPI"
    assert found[0].index == 4


def test_alsa_plug_ins_are_no_microphones() -> None:
    """Without a sound server, cards are listed by their names and ALSA's converters are not."""
    rows = listed(
        ("Built-in Audio: ALC257 Analog (hw:0,0)", ALSA, 2),
        ("USB Audio Device: - (hw:1,0)", ALSA, 1),
        ("sysdefault", ALSA, 128),
        ("speexrate", ALSA, 128),
        ("samplerate", ALSA, 128),
        ("dmix", ALSA, 0),
        ("default", ALSA, 128),
    )
    found = found_in(rows, HOST_APIS, default_index=6)
    assert names(found) == ["default", "Built-in Audio: ALC257 Analog", "USB Audio Device"]
    assert find(found, "USB Audio Device").index == 1


def test_the_sound_servers_names_are_shown() -> None:
    """Behind ALSA's route to a sound server its sources are listed, and each is opened through that route."""
    rows = listed(("Card (hw:0,0)", ALSA, 2), ("pulse", ALSA, 32), ("default", ALSA, 32))
    sources = (
        PulseSource("alsa_input.usb", "Blue Yeti", is_default=False, rate_hz=48_000, n_channels=2),
        PulseSource("bluez_input.1", "WH-1000XM4", is_default=True, rate_hz=16_000, n_channels=1),
        PulseSource("alsa_input.usb2", "Blue Yeti", is_default=False, rate_hz=48_000, n_channels=2),
    )
    found = found_in(rows, HOST_APIS, 2, sources)
    assert names(found) == ["WH-1000XM4", "Blue Yeti", "Blue Yeti (2)"]
    assert [(each.index, each.pulse_source) for each in found] == [
        (1, "bluez_input.1"),
        (1, "alsa_input.usb"),
        (1, "alsa_input.usb2"),
    ]
    assert found_in(rows, HOST_APIS, 2, ()) == ()


def test_a_mac_is_listed_as_it_is() -> None:
    """Core Audio's names are people's names already; the default comes first."""
    rows = listed(("MacBook Pro Microphone", CORE, 1), ("AirPods", CORE, 1), ("MacBook Pro Speakers", CORE, 0))
    assert names(found_in(rows, HOST_APIS, 1)) == ["AirPods", "MacBook Pro Microphone"]


def test_names_are_clean() -> None:
    """Escape sequences in a device's name do not reach a screen."""
    [found] = found_in(listed(("\x1b[31mEvil\x07 Mic\n2", CORE, 1)), HOST_APIS, 0)
    assert "\x1b" not in found.microphone.name
    assert "\n" not in found.microphone.name


def test_a_name_that_is_not_there_lists_those_that_are() -> None:
    """Asking for an unknown microphone, or for any where there is none, says what there is."""
    found = found_in(listed(("AirPods", CORE, 1)), HOST_APIS, -1)
    assert find(found, None).microphone.name == "AirPods"
    with pytest.raises(MicrophoneError, match="no microphone called 'Yeti'") as caught:
        find(found, "Yeti")
    assert "AirPods" in caught.value.hint
    with pytest.raises(MicrophoneError, match="No microphone was found"):
        find((), None)


def test_without_portaudio_the_list_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The listing process hands the reason over, not a traceback."""
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(AudioSystemError, match="PortAudio library not found") as caught:
        list_microphones()
    assert "Install" in caught.value.hint


def test_a_listing_that_fails_or_hangs_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A listing process that dies or does not answer becomes an error with a hint."""
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(AudioSystemError, match="cannot be asked"):
        list_microphones()

    def hangs(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("devices", 20.0)

    monkeypatch.setattr(subprocess, "run", hangs)
    with pytest.raises(AudioSystemError, match="does not answer"):
        list_microphones()


def test_the_server_is_asked_through_pactl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sources are read from pactl's JSON without the monitors; a server that does not answer is no server."""
    answer = json.dumps(
        [
            {
                "name": "m",
                "description": "Monitor of X",
                "monitor_source": "sink",
                "sample_specification": "s16le 2ch 8Hz",
            },
            {"name": "a", "description": "Yeti", "monitor_source": "", "sample_specification": "s24le 2ch 48000Hz"},
            {"name": "b", "description": "Odd", "monitor_source": ""},
        ]
    )
    pactl = tmp_path / "pactl"
    pactl.write_text(f"#!/bin/sh\ncase $1 in get-default-source) echo a;; *) cat <<'X'\n{answer}\nX\n;; esac\n")
    pactl.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert pulse_sources() == (
        PulseSource("a", "Yeti", is_default=True, rate_hz=48_000, n_channels=2),
        PulseSource("b", "Odd", is_default=False, rate_hz=0, n_channels=0),
    )
    pactl.write_text("#!/bin/sh\necho 'Connection refused' >&2\nexit 1\n")
    assert pulse_sources() is None
    monkeypatch.setattr(pulse, "ASK_S", 0.1)
    pactl.write_text("#!/bin/sh\nexec sleep 5\n")
    assert pulse_sources() is None
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    assert pulse_sources() is None


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_each_platform_is_told_how_to_install(platform: str) -> None:
    """The hint for a missing PortAudio names what to install there."""
    assert "install" in portaudio.install_hint(platform).lower()


def test_listing_loads_no_portaudio_here() -> None:
    """The process that asks for the list does not import sounddevice itself."""
    script = "import sys, pmrehearse.audio.devices, pmrehearse.audio.recorder, pmrehearse.audio.player;"
    done = subprocess.run(
        [sys.executable, "-c", script + "print('sounddevice' in sys.modules, 'numpy' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False False\n"
