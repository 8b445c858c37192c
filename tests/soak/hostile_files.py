"""How soon, and with how little memory, is a hostile scenario file refused?

    python -m tests.soak.hostile_files [--rounds 20]

Each text and each file of `tests/rigs/hostile.py` is read in a process of its own, so often in a row. Quoted are the
quickest reading in milliseconds of processor time and by how much the process grew; a reading must end in a
`ScenarioError`.
"""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from pmrehearse.errors import ScenarioError
from pmrehearse.scenario.model import Origin
from pmrehearse.scenario.reader import read_file, read_text
from tests.rigs.hostile import BOMBS, CROWDS, FILES, HEAVY
from tests.scenario.conftest import GOOD
from tests.soak.long_run import Outcome, main

ROUNDS = 20
WITHIN_MS = 50.0
WITHIN_MB = 50.0


def run(rounds: int, folder: Path) -> Outcome:
    """Read each so often."""
    rows: list[tuple[object, ...]] = []
    faults: list[str] = []
    for number, (name, write) in enumerate(_kinds().items()):
        path = folder / f"{number}.toml"
        write(path)
        ms, grown_mb, answer = _in_a_process(path, rounds)
        rows.append((name, ms, grown_mb, answer))
        faults += [f"{name}: {ms:.0f} ms"] if ms > WITHIN_MS else []
        faults += [f"{name}: {grown_mb:.0f} MB"] if grown_mb > WITHIN_MB else []
        faults += [f"{name}: {answer}"] if not answer.startswith("refused") else []
    figures: dict[str, object] = {
        "files": len(rows),
        "slowest_ms": round(max(float(str(row[1])) for row in rows), 1),
        "largest_mb": round(max(float(str(row[2])) for row in rows), 1),
    }
    return Outcome(("file", "ms", "MB", "answer"), rows, figures, faults)


def _kinds() -> dict[str, Callable[[Path], object]]:
    """How each file is made."""
    texts = {name: _writer("format = 1\n" + text) for name, text in (BOMBS | CROWDS | HEAVY).items()}
    return texts | {name: make for name, (make, _) in FILES.items()}


def _writer(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text)


def _in_a_process(path: Path, rounds: int) -> tuple[float, float, str]:
    """Milliseconds of the quickest reading, megabytes by which the process grew, and what was told."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=_read, args=(path, rounds, theirs))
    child.start()
    theirs.close()
    try:
        answer: tuple[float, float, str] = ours.recv()
    except EOFError:
        child.join()
        answer = (float("inf"), float("inf"), f"the process ended with {child.exitcode}")
    child.join()
    return answer


def _read(path: Path, rounds: int, pipe: Connection) -> None:
    read_text(GOOD, Origin.USER, "good.toml")
    before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    quickest_s, answer = float("inf"), "taken as a scenario"
    for _ in range(rounds):
        began_s = time.process_time()
        try:
            read_file(path, Origin.USER)
        except ScenarioError as refusal:
            answer = f"refused: {refusal.message.splitlines()[0].removeprefix(str(path)).strip(': ')[:60]}"
        except Exception as fault:  # noqa: BLE001  whatever it is, it is what this run looks for
            answer = repr(fault)[:60]
        quickest_s = min(quickest_s, time.process_time() - began_s)
    grown_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb) / 1e3
    pipe.send((quickest_s * 1e3, grown_mb, answer))
    pipe.close()


if __name__ == "__main__":
    main("hostile_files", __doc__, run, ROUNDS)
