"""The machine is kept awake during a take, and only then."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from pmrehearse.audio.awake import KeepAwake, inhibitor

HELPER = "#!/bin/sh\necho $$ > {folder}/pid\nexec cat\n"


@pytest.fixture
def helper_pid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for systemd-inhibit that says its process id in a file and runs as long as the real one."""
    program = tmp_path / "systemd-inhibit"
    program.write_text(HELPER.format(folder=tmp_path))
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path / "pid"


def wait_until(path: Path, *, there: bool) -> None:
    """Wait until something is there or gone."""
    end_s = time.monotonic() + 20.0
    while path.exists() is not there:
        assert time.monotonic() < end_s
        time.sleep(0.01)


def process(pid_file: Path) -> Path:
    """The helper's entry in /proc."""
    wait_until(pid_file, there=True)
    while not (pid := pid_file.read_text().strip()):
        time.sleep(0.01)
    return Path("/proc") / pid


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_the_helper_lives_as_long_as_the_take(helper_pid: Path) -> None:
    """The inhibitor is held between begin and end, once, and can be held again."""
    awake = KeepAwake()
    awake.begin()
    awake.begin()
    wait_until(process(helper_pid), there=True)
    awake.end()
    wait_until(process(helper_pid), there=False)
    awake.end()


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_a_killed_recorder_leaves_no_helper(helper_pid: Path) -> None:
    """When the process that holds the inhibitor is killed, the inhibitor goes too, and the machine may sleep."""
    script = "import os, time; from pmrehearse.audio.awake import KeepAwake; a = KeepAwake(); a.begin(); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", script]) as holder:
        entry = process(helper_pid)
        holder.kill()
    wait_until(entry, there=False)


def test_without_a_helper_nothing_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has no such program, recording goes on without."""
    monkeypatch.setenv("PATH", str(tmp_path))
    for platform in ("linux", "darwin", "win32"):
        assert inhibitor(platform, 1) is None
    awake = KeepAwake()
    awake.begin()
    awake.end()


def test_each_platform_has_its_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On macOS caffeinate watches our process, on Linux systemd-inhibit holds sleep and idle."""
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("caffeinate", "systemd-inhibit"):
        (tmp_path / name).write_text("")
        (tmp_path / name).chmod(0o700)
    assert inhibitor("darwin", 77) == [str(tmp_path / "caffeinate"), "-i", "-w", "77"]
    linux = inhibitor("linux", 77)
    assert linux is not None
    assert linux[0] == str(tmp_path / "systemd-inhibit")
    assert "--what=sleep:idle" in linux
