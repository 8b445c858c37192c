"""Do other programs read a file that we left?"""

from __future__ import annotations

import shutil
import subprocess
import wave
from pathlib import Path

import soundfile


def lengths(path: Path) -> dict[str, int]:
    """How many samples each program finds in a WAV: `wave`, soundfile, and ffmpeg and SoX where they are installed."""
    with wave.open(str(path)) as take:
        found = {"wave": len(take.readframes(take.getnframes())) // 2}
    found["soundfile"] = len(soundfile.read(path, dtype="int16")[0])
    for name, command in (
        ("ffmpeg", ["ffmpeg", "-v", "error", "-i", str(path), "-f", "s16le", "-"]),
        ("sox", ["sox", "-V1", str(path), "-t", "raw", "-"]),
    ):
        if shutil.which(name):
            found[name] = len(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout) // 2
    return found
