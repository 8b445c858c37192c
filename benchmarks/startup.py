"""How soon do `--help` and Home stand there, beside the best terminal programs of this kind?

    python -m benchmarks.startup [--quick] [--peers FOLDER]

Posting, Harlequin and Toolong (programs on Textual that are known to be well made) are installed by pip, each into an
environment of its own under FOLDER (a temporary one unless it is named; about a minute and the package registry are
needed). Then every program is started in turn in a terminal of 100x30, again and again, and it is measured how long it
takes until its help has ended, and until the words that only its first whole screen has are written: for Home that is
the list of scenarios, read from the disk. Programs start with folders of their own. The first start of each is not
counted: Python compiles then. "First start" is this program where nobody has used it, with its page of first steps. The
last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks import machine
from pmrehearse.remembered import FIRST_START, Remembered
from tests.rigs.terminal import Terminal

TIMES, QUICK_TIMES = 15, 3
SIZE = (100, 30)
OURS, NEW = "pmrehearse", "first start"


@dataclass(frozen=True, slots=True)
class Started:
    """A program that is started.

    Attributes:
        name: Its name.
        helps: The call that tells its help and ends.
        shows: The call that draws its screen.
        words: What only the first whole screen has.
        leaves: The keys that end it.
    """

    name: str
    helps: tuple[str, ...]
    shows: tuple[str, ...]
    words: bytes
    leaves: bytes


@dataclass(frozen=True, slots=True)
class Peer:
    """Another program, as pip installs it.

    Attributes:
        name: Its name.
        requirements: What pip is asked for; versions are those that ran when this was written.
        command: Its command.
        arguments: What it is given to show; "FILE" stands for a file with one line.
        words: What only the first whole screen has.
        leaves: The keys that end it.
    """

    name: str
    requirements: tuple[str, ...]
    command: str
    arguments: tuple[str, ...]
    words: bytes
    leaves: bytes

    def installed(self, folder: Path) -> Started:
        """Install it where it is not yet."""
        environment = folder / self.name
        command = environment / "bin" / self.command
        if not command.is_file():
            subprocess.run([sys.executable, "-m", "venv", environment], check=True)
            subprocess.run([environment / "bin" / "pip", "install", "--quiet", *self.requirements], check=True)
        file = folder / "file.log"
        file.write_text(f"{LINE}\n", encoding="utf-8")
        arguments = (str(file) if each == "FILE" else each for each in self.arguments)
        return Started(self.name, (str(command), "--help"), (str(command), *arguments), self.words, self.leaves)


LINE = "the only line of a file"
PEERS = (
    # Its syntax colours end in a segmentation fault with newer tree-sitters, and are missing with older ones.
    Peer("posting", ("posting==2.11.1", "tree-sitter==0.25.2"), "posting", (), b"Collection is empty", b"\x03"),
    Peer("harlequin", ("harlequin==2.17.0",), "harlequin", (), b"Query Results", b"\x11"),
    Peer("toolong", ("toolong==1.5.0",), "tl", ("FILE",), LINE.encode(), b"\x03"),
)


def ours() -> tuple[Started, Started]:
    """This program, and the same where nobody has used it."""
    command = (sys.executable, "-m", "pmrehearse")
    helps = (*command, "--help")
    return (
        Started(OURS, helps, command, b"Three-Phase Impact Lens", b"q"),
        Started(NEW, helps, command, b"choose a scenario", b"\x11"),
    )


@dataclass(frozen=True, slots=True)
class Took:
    """What one start took.

    Attributes:
        wall_s: Seconds that somebody waits.
        work_s: Seconds of processor time, which a busy machine falsifies less.
    """

    wall_s: float
    work_s: float


def helped(program: Started, env: dict[str, str]) -> Took:
    """From the call until the help has been told."""
    before, began_s = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(program.helps, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **env})
    wall_s, after = time.perf_counter() - began_s, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Took(wall_s, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def shown(program: Started, env: dict[str, str]) -> Took:
    """From the call until the first whole screen is written."""
    began_s = time.perf_counter()
    terminal = Terminal(program.shows, size=SIZE, env=env)
    try:
        terminal.until(program.words)
        took = Took(time.perf_counter() - began_s, machine.processor_s(terminal.process.pid))
        terminal.type(program.leaves)
        return took
    finally:
        terminal.kill()


def places(folder: Path, program: Started) -> dict[str, str]:
    """Variables that lead a program to folders of its own, which are new where the first start is measured."""
    own = Path(tempfile.mkdtemp(dir=folder)) if program.name == NEW else folder / program.name
    if program.name == OURS:
        Remembered(own / "state").set(FIRST_START, "seen")
    names = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "PMREHEARSE_LIBRARY", "HOME")
    found = {name: str(own / name.lower()) for name in names}
    (own / "home").mkdir(parents=True, exist_ok=True)
    return found | {"PMREHEARSE_STATE_DIR": str(own / "state"), "LANG": "C.UTF-8"}


def measure(programs: list[Started], times: int, folder: Path) -> dict[str, dict[str, list[Took]]]:
    """What each program's help and screen took; programs take turns, so that all meet the same machine."""
    taken: dict[str, dict[str, list[Took]]] = {each.name: {"help": [], "screen": []} for each in programs}
    for turn in range(times + 1):
        for program in programs:
            env = places(folder, program)
            found = {"help": helped(program, env), "screen": shown(program, env)}
            for what, took in found.items():
                if turn:
                    taken[program.name][what].append(took)
    return taken


def medians(taken: dict[str, dict[str, list[Took]]]) -> dict[str, dict[str, float]]:
    """The middle one of each figure of each program."""
    return {
        name: {
            f"{what} {figure}": statistics.median(getattr(took, figure) for took in took_each)
            for what, took_each in found.items()
            for figure in ("wall_s", "work_s")
        }
        for name, found in taken.items()
    }


def main() -> None:
    """Install, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_TIMES} starts of each")
    parser.add_argument("--peers", type=Path, help="where the other programs are installed, or stand already")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.peers or Path(scratch) / "peers"
        folder.mkdir(parents=True, exist_ok=True)
        programs = [*ours(), *(peer.installed(folder) for peer in PEERS)]
        taken = measure(programs, QUICK_TIMES if chosen.quick else TIMES, Path(scratch))
    found = medians(taken)
    rows: list[tuple[object, ...]] = [
        (name, *(part for what, value in each.items() for part in (value, value / found[OURS][what])))
        for name, each in found.items()
    ]
    head = [part for what in found[OURS] for part in (what, "times ours")]
    print(f"{machine.name()}; load {machine.load()}; medians of {len(taken[OURS]['help'])} starts")
    print(machine.table(("program", *head), rows))
    figures = {name: {what: round(value, 3) for what, value in each.items()} for name, each in found.items()}
    worst = {what: round(max(took.wall_s for took in each), 2) for what, each in taken[OURS].items()}
    print(json.dumps({"medians": figures, "worst_wall_s_ours": worst, "load": machine.load()}))


if __name__ == "__main__":
    main()
