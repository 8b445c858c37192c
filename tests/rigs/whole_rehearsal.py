"""What does a whole rehearsal leave behind: recorded, recognised, marked, exported, practised, deleted?"""

from __future__ import annotations

import os
import subprocess
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import soundfile

from pmrehearse import places
from pmrehearse.audio.importing import read_audio
from pmrehearse.library.export import FORMATS
from tests.rigs.real_program import LENS, Home, command

WITHIN_S = 1_800.0
MORE = (
    ("show", "last", "--json"),
    ("search", "metric", "--json"),
    ("takes", "--json"),
    ("note", "last", "Slower next time."),
    ("scenario", "new", "mine/case"),
    ("scenario", "list"),
    ("model", "list"),
    ("devices",),
    ("trends",),
    ("due",),
    ("plan", "writer", "--interview", "2030-12-26", "--keep"),
    ("library", "verify"),
    ("library", "rebuild"),
    ("doctor",),
    ("paths",),
)
"""What is done with a take and around it."""
EXPORTS = tuple(one.name for one in FORMATS)


@dataclass(frozen=True)
class Call:
    """One call of the program.

    Attributes:
        words: Its command line.
        code: Its exit code.
        out: Its standard output.
        err: Its standard error.
    """

    words: tuple[str, ...]
    code: int
    out: str
    err: str


class WholeRehearsal:
    """The commands of one rehearsal, one after another, in places of their own.

    Attributes:
        home: The places.
        calls: What was called so far.
    """

    def __init__(self, home: Home, env: Mapping[str, str], before: Sequence[str] = ()) -> None:
        """Stand ready.

        Args:
            home: Places without takes.
            env: Variables beside those of the places.
            before: Words before each command (`unshare -n`, `strace …`).
        """
        self.home = home
        self.calls: list[Call] = []
        self._env = {**os.environ, **home.env, **env}
        self._before = tuple(before)

    @property
    def exports(self) -> Path:
        """The folder of the exported files, the user's own."""
        return self.home.root / "exports"

    def call(self, *words: str, umask: int = -1) -> Call:
        """Call the program."""
        done = subprocess.run(
            [*self._before, *command(*words)],
            env=self._env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=WITHIN_S,
            check=False,
            umask=umask,
        )
        self.calls.append(Call(words, done.returncode, done.stdout, done.stderr))
        return self.calls[-1]

    def until_export(self, sound: Path, *, thoroughly: bool) -> None:
        """Everything up to the exports, under a umask that takes nothing away; thoroughly: every kind of command."""
        self.exports.mkdir(mode=0o700)
        rehearse = ("rehearse", LENS, "--no-screen", "--audio", str(sound), "--speed", "20")
        self.call(*rehearse, "--checkpoint", "demo-voice", umask=0)
        for words in MORE if thoroughly else ():
            self.call(*words, umask=0)
        for name in EXPORTS if thoroughly else ("html",):
            self.call("export", "last", "--format", name, "--output", str(self.exports / f"e.{name}"), umask=0)

    def delete(self) -> None:
        """Delete the take."""
        self.call("delete", "last", "--yes", umask=0)

    def files(self) -> list[Path]:
        """All that stands in the places, folders too."""
        return sorted(self.home.root.rglob("*"))

    def too_open(self) -> list[str]:
        """Files and folders that others may read or write, with their modes."""
        modes = {path: path.lstat().st_mode & 0o777 for path in self.files() if not path.is_symlink()}
        return [
            f"{path.relative_to(self.home.root)} {mode:04o}"
            for path, mode in modes.items()
            if mode != (0o700 if path.is_dir() else 0o600)
        ]

    def files_with(self, text: str) -> list[str]:
        """Files in which these words stand, in UTF-8 or UTF-16."""
        wanted = (text.encode(), text.encode("utf-16-le"))
        return [
            str(path.relative_to(self.home.root))
            for path in self.files()
            if path.is_file() and any(each in path.read_bytes() for each in wanted)
        ]


def opening(folder: Path) -> Path:
    """The first phase of the bundled answer, in a WAV of its own."""
    answer = tomllib.loads((places.demo_dir() / "strong.toml").read_text())
    end_s = float(answer["phase"][1]["sentence"][0]["start_s"])
    path = folder / "opening.wav"
    soundfile.write(path, read_audio(places.demo_dir() / "strong.ogg")[: round(end_s * 16_000)], 16_000)
    return path
