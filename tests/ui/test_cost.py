"""What is imported before Home stands on the screen, with everything read that it shows?"""

from __future__ import annotations

import json
import subprocess
import sys

HEAVY = {
    "torch",
    "whisper",
    "onnxruntime",
    "numpy",
    "soxr",
    "soundfile",
    "sounddevice",
    "pydantic",
    "tomlkit",
    "fsrs",
    "pmrehearse.checking.checker",
    "pmrehearse.ui.screens.report",
    "pmrehearse.ui.screens.briefing",
    "pmrehearse.ui.screens.progress",
    "pmrehearse.ui.screens.first_start",
}

_PROBE = """
import asyncio, json, sys, threading
from pmrehearse.bootstrap import program
from pmrehearse.remembered import FIRST_START
from pmrehearse.ui.shell import RehearsalApp

async def stand():
    opened = program()
    opened.remembered.set(FIRST_START, "seen")
    app = RehearsalApp(opened)
    async with app.run_test(size=(80, 24)) as pilot:
        while not app.query("#scenarios") or not app.screen.state or busy():
            await pilot.pause()

def busy():
    return any(thread.name == "screen work" for thread in threading.enumerate())

asyncio.run(stand())
print(json.dumps(sorted(sys.modules)))
"""


def test_home_imports_nothing_heavy() -> None:
    """No network, no numbers, no sound, none of the checks and no other page: they come when they are asked for.

    That holds when what stands beside Home (what is due, what can be packed) has been looked at, too.
    """
    done = subprocess.run([sys.executable, "-c", _PROBE], stdout=subprocess.PIPE, text=True, check=True, timeout=120)
    assert HEAVY.isdisjoint(json.loads(done.stdout.splitlines()[-1]))
