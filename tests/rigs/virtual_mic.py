"""How does a test speak into a microphone on a machine that has none?

A PulseAudio daemon of the test's own: what is played into the null sink `vspk` is heard by the source `vmic`, to which
PortAudio comes through ALSA's pulse plugin. Works as root and without sound hardware. Daemon and player stand for
hardware, which no load keeps from its work: where the system allows it they run before everything else (`SCHED_FIFO`).
"""

from __future__ import annotations

import contextlib
import ctypes.util
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

START_S = 20.0
HARDWARE_PRIORITY = 10
"""Of 1 to 99; whatever is not real-time comes after it."""
_SCRIPT = """\
load-module module-native-protocol-unix socket={rig}/native
load-module module-null-sink sink_name=vspk rate=48000 channels=1
load-module module-remap-source source_name=vmic master=vspk.monitor source_properties=device.description=VirtualMic
set-default-source vmic
"""
_ASOUNDRC = "pcm.!default { type pulse }\npcm.pulse { type pulse }\nctl.!default { type pulse }\n"


def missing() -> str | None:
    """What the rig lacks on this machine, as a reason to skip; None when it can run."""
    lacking = [name for name in ("pulseaudio", "pactl", "paplay", "parec") if shutil.which(name) is None]
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
        self._clients: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start the daemon and wait until the microphone is there."""
        (self.rig / "rt" / "pid").unlink(missing_ok=True)  # a killed daemon leaves it: "Daemon already running"
        (self.rig / "native").unlink(missing_ok=True)
        command = ["pulseaudio", "-n", "-F", str(self.rig / "file.pa"), "--exit-idle-time=-1", "--daemonize=no"]
        log = (self.rig / "log").open("ab")
        self._daemon = subprocess.Popen(command, env=self._environ(), stdout=log, stderr=log)
        log.close()
        self.wait_until(lambda: "vmic" in self._names("sources"), START_S)
        _as_hardware(self._daemon.pid)
        self._keep_running()

    def restore(self) -> None:
        """Make it as it is after `start`: quiet, awake, unmuted, with its two sources; started anew if need be."""
        self._end_clients()
        running = self._daemon is not None and self._daemon.poll() is None
        if not running or self._names("sources") != ["vspk.monitor", "vmic"] or self._names("sinks") != ["vspk"]:
            self.kill()
            self.start()
            return
        self.suspend(on=False)
        self.mute(on=False)
        self._keep_running()

    def kill(self) -> None:
        """End the daemon as a crash would."""
        if self._daemon is not None:
            self._daemon.kill()
            self._daemon.wait()

    def close(self) -> None:
        """End the daemon and all that uses it."""
        self._end_clients()
        self.kill()

    def play(self, path: Path, *, steadily: bool = False, ahead_ms: int = 0) -> subprocess.Popen[bytes]:
        """Play a WAV into the microphone; comes back at once.

        Args:
            path: The file.
            steadily: The player fills the server's buffer of 2 s, so that the player itself makes no break on a busy
                machine; otherwise it is heard after 50 ms.
            ahead_ms: The player is so far ahead of what is heard (at most 40 s of 48 kHz): a very busy machine keeps
                a player from its work for more than 2 s at times. 0: as `steadily` says.
        """
        pace = [f"--latency-msec={ahead_ms}"] if ahead_ms else [] if steadily else ["--latency-msec=50"]
        command = ["paplay", "--device=vspk", *pace, str(path)]
        player = subprocess.Popen(command, env=self._environ(), stderr=subprocess.DEVNULL)
        _as_hardware(player.pid)
        self._clients.append(player)
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

    def _keep_running(self) -> None:
        """Read the microphone all the time: a null sink that nobody reads sleeps in turns of 2 s."""
        command = ["parec", "--latency-msec=20", "--device=vmic"]
        quiet = subprocess.DEVNULL
        self._clients.append(subprocess.Popen(command, env=self._environ(), stdout=quiet, stderr=quiet))

    def _end_clients(self) -> None:
        for client in self._clients:
            client.kill()
            client.wait()
        self._clients.clear()

    def _names(self, kind: str) -> list[str]:
        listed = self.pactl("list", "short", kind, check=False).splitlines()
        return [line.split("\t")[1] for line in listed]

    def _environ(self) -> dict[str, str]:
        return {**os.environ, **self.environment}


def _as_hardware(pid: int) -> None:
    """Let every thread of a process run before all others; without leave for it they run as before."""
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(PermissionError, ProcessLookupError):
            os.sched_setscheduler(int(thread.name), os.SCHED_FIFO, os.sched_param(HARDWARE_PRIORITY))


@pytest.fixture(scope="session")
def virtual_mic_daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VirtualMic | None]:
    """One daemon for all tests that want a microphone; None where the rig cannot run."""
    if missing() is not None:
        yield None
        return
    mic = VirtualMic(tmp_path_factory.mktemp("mic"))
    yield mic
    mic.close()


@pytest.fixture
def virtual_mic(virtual_mic_daemon: VirtualMic | None, monkeypatch: pytest.MonkeyPatch) -> VirtualMic:
    """A virtual microphone, in this process's environment too; the test is skipped where it cannot run."""
    if virtual_mic_daemon is None:
        pytest.skip(missing() or "the virtual microphone cannot run")
    for name, value in virtual_mic_daemon.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PULSE_SOURCE", raising=False)
    virtual_mic_daemon.restore()
    return virtual_mic_daemon
