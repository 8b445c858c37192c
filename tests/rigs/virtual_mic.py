"""How does a test speak into a microphone on a machine that has none?

A PulseAudio daemon of the test's own: what is played into the null sink `vspk` is heard by the source `vmic`, to which
PortAudio comes through ALSA's pulse plugin. Works as root and without sound hardware.
"""

from __future__ import annotations

import ctypes.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

START_S = 20.0
_SCRIPT = """\
load-module module-native-protocol-unix socket={rig}/native
load-module module-null-sink sink_name=vspk rate=48000 channels=1
load-module module-remap-source source_name=vmic master=vspk.monitor source_properties=device.description=VirtualMic
set-default-source vmic
"""
_ASOUNDRC = "pcm.!default { type pulse }\npcm.pulse { type pulse }\nctl.!default { type pulse }\n"


def missing() -> str | None:
    """What the rig lacks on this machine, as a reason to skip; None when it can run."""
    lacking = [name for name in ("pulseaudio", "pactl", "paplay") if shutil.which(name) is None]
    if ctypes.util.find_library("portaudio") is None:
        lacking.append("libportaudio2")
    return f"the virtual microphone needs {', '.join(lacking)}" if lacking else None


class VirtualMic:
    """A running daemon with a microphone that hears what is played.

    Attributes:
        environment: What a process needs to use it, beside its own environment.
    """

    def __init__(self, rig: Path) -> None:
        """Prepare the folder; `start` starts the daemon.

        Args:
            rig: An empty folder with a short path (a socket's path has at most 107 bytes).
        """
        self.rig = rig
        home = rig / "home"
        home.mkdir()
        (home / ".asoundrc").write_text(_ASOUNDRC)
        (rig / "rt").mkdir(mode=0o700)
        (rig / "file.pa").write_text(_SCRIPT.format(rig=rig))
        self.environment = {
            "HOME": str(home),
            "PULSE_SERVER": f"unix:{rig}/native",
            "PULSE_RUNTIME_PATH": str(rig / "rt"),
        }
        self._daemon: subprocess.Popen[bytes] | None = None
        self._players: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start the daemon and wait until the microphone is there."""
        (self.rig / "rt" / "pid").unlink(missing_ok=True)  # a killed daemon leaves it: "Daemon already running"
        (self.rig / "native").unlink(missing_ok=True)
        command = ["pulseaudio", "-n", "-F", str(self.rig / "file.pa"), "--exit-idle-time=-1", "--daemonize=no"]
        log = (self.rig / "log").open("ab")
        self._daemon = subprocess.Popen(command, env=self._environ(), stdout=log, stderr=log)
        log.close()
        self.wait_until(lambda: "vmic" in self.pactl("list", "short", "sources", check=False), START_S)

    def kill(self) -> None:
        """End the daemon as a crash would."""
        if self._daemon is not None:
            self._daemon.send_signal(signal.SIGKILL)
            self._daemon.wait()

    def close(self) -> None:
        """End the daemon and all that plays."""
        for player in self._players:
            player.kill()
            player.wait()
        if self._daemon is not None:
            self._daemon.kill()
            self._daemon.wait()

    def play(self, path: Path) -> subprocess.Popen[bytes]:
        """Play a WAV into the microphone; comes back at once."""
        player = subprocess.Popen(["paplay", "--device=vspk", str(path)], env=self._environ())
        self._players.append(player)
        return player

    def pactl(self, *arguments: str, check: bool = True) -> str:
        """Ask the daemon something."""
        done = subprocess.run(
            ["pactl", *arguments], env=self._environ(), check=check, capture_output=True, text=True, timeout=START_S
        )
        return done.stdout

    def suspend(self, *, on: bool) -> None:
        """Suspend the source that everything hears, as a sleeping machine does; or wake it."""
        self.pactl("suspend-sink", "vspk", str(int(on)))
        self.pactl("suspend-source", "vmic", str(int(on)))

    def mute(self, *, on: bool) -> None:
        """Mute the microphone: it gives exact zeros."""
        self.pactl("set-source-mute", "vmic", str(int(on)))

    def unload(self, *modules: str) -> None:
        """Unplug: unload modules by name."""
        for module in modules:
            self.pactl("unload-module", module)

    @staticmethod
    def wait_until(holds: Callable[[], bool], deadline_s: float = START_S) -> None:
        """Wait until something holds.

        Raises:
            AssertionError: It did not come to hold in time.
        """
        end_s = time.monotonic() + deadline_s
        while not holds():
            if time.monotonic() > end_s:
                raise AssertionError("the virtual microphone did not come to be as it should")
            time.sleep(0.05)

    def _environ(self) -> dict[str, str]:
        return {**os.environ, **self.environment}


@pytest.fixture
def virtual_mic(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualMic]:
    """A virtual microphone, in this process's environment too; the test is skipped where it cannot run."""
    if (reason := missing()) is not None:
        pytest.skip(reason)
    mic = VirtualMic(tmp_path_factory.mktemp("mic"))
    for name, value in mic.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PULSE_SOURCE", raising=False)
    try:
        mic.start()
        yield mic
    finally:
        mic.close()
