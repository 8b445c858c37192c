"""The library under the judge reports to its makers unless it is told not to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rigs.guard import SystemGuard

JUDGING = """
import time
from pmrehearse.judging.onnx_judge import OnnxJudge
OnnxJudge().score("Names one metric.", ["our metric is retention"])
time.sleep(1.0)
"""
"""The second is for threads of the library: with its reports on, they ask for an address within that time."""


def test_the_judge_reports_to_nobody(tmp_path: Path) -> None:
    """Loading and asking it opens no socket, even beneath Python, and leaves no device id and no events on the disk."""
    pytest.importorskip("onnxruntime")
    guard = SystemGuard(tmp_path / "guard")
    done = subprocess.run(
        [*(words := guard.words()), sys.executable, "-c", JUDGING],
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path / "home")},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert [path for path in tmp_path.rglob("*") if path.parent.name != "guard" and path.name != "guard"] == []
    if words:
        assert guard.sockets() == []
