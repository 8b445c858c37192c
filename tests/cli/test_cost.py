"""What is imported before a command is called?"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = (
    "pydantic",
    "torch",
    "onnxruntime",
    "numpy",
    "whisper",
    "textual",
    "rich",
    "sounddevice",
    "soundfile",
    "sqlite3",
    "asyncio",
)

_PROBE = """
import io, json, sys
from pmrehearse.__main__ import run
stdout, sys.stdout = sys.stdout, io.StringIO()
try:
    run(sys.argv[1:])
finally:
    sys.stdout = stdout
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def imported_by(*arguments: str) -> set[str]:
    """The top-level modules in a new interpreter after this call."""
    done = subprocess.run(
        [sys.executable, "-c", _PROBE, *arguments], stdout=subprocess.PIPE, text=True, check=True, timeout=60
    )
    return set(json.loads(done.stdout))


def test_help_imports_nothing_heavy() -> None:
    """`--help` comes at once: no framework, no numbers, no sound, no database, no event loop."""
    assert imported_by("--help").isdisjoint(HEAVY)


@pytest.mark.parametrize(
    "command", ["demo", "rehearse", "check", "doctor", "model", "takes", "plan", "drill", "round", "due", "scenario"]
)
def test_a_command_s_help_loads_no_model_and_no_screen(command: str) -> None:
    """The help of one command may know rich, but neither torch nor textual nor pydantic nor numpy."""
    assert imported_by(command, "--help").isdisjoint(
        {"torch", "onnxruntime", "textual", "pydantic", "whisper", "numpy", "sqlite3"}
    )
