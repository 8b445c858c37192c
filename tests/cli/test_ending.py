"""The process ends with its own code, whatever its threads are at."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

READING = """
import threading
from pmrehearse.cli.ending import end_process
from pmrehearse.judging.onnx_judge import OnnxJudge

judge, begun = OnnxJudge(), threading.Event()

def read():
    for number in range(1_000_000):
        judge.score("Names one metric.", [f"our metric is retention, number {number} " * 8])
        begun.set()

threading.Thread(target=read, daemon=True).start()
begun.wait()
end_process(129)
"""
LEAVING = """
import atexit, sys
from pmrehearse.cli.ending import end_process

class Last:
    def __del__(self):
        sys.stderr.write("taken apart")

last = Last()
atexit.register(lambda: sys.stdout.write("tidied"))
sys.stdout.write("answered, ")
end_process(4)
"""


def _ended(script: str, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[bytes]:
    """Run it with streams that keep what is printed until they are told, as usual."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.run([sys.executable, "-c", script], stdout=stdout, stderr=subprocess.PIPE, env=env, check=False)


def test_leaving_while_the_judge_reads_ends_with_the_exit_code() -> None:
    """A thread inside onnxruntime neither aborts the process nor holds it; nothing is written on the terminal."""
    pytest.importorskip("onnxruntime")
    done = _ended(READING)
    assert (done.returncode, done.stdout, done.stderr) == (129, b"", b"")


def test_the_end_is_tidy_and_the_interpreter_is_not_taken_apart() -> None:
    """What is printed comes out, what asked for a moment at the end has it, and no object is looked at again."""
    done = _ended(LEAVING)
    assert (done.returncode, done.stdout, done.stderr) == (4, b"answered, tidied", b"")


def test_an_answer_that_cannot_be_written_is_no_success() -> None:
    """Text that is left for a full disk at the end makes 3 of 0."""
    with open("/dev/full", "wb") as full:  # noqa: PTH123  a device
        done = _ended("from pmrehearse.cli.ending import end_process\nprint('answer')\nend_process(0)", full.fileno())
    assert (done.returncode, done.stderr) == (3, b"")


def test_the_program_ends_so() -> None:
    """The command `pmrehearse` and `python -m pmrehearse` end by `end_process`, not by the interpreter's own way."""
    probe = (
        "import sys\nimport pmrehearse.__main__ as program\n"
        "class Last:\n    def __del__(self): sys.stderr.write('taken apart')\n"
        "last = Last()\nsys.argv = ['pmrehearse', '--version']\nprogram.main()"
    )
    done = _ended(probe)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"pmrehearse ")
