"""What do all long runs have in common: so many rounds, a table, what is wrong, and one line of JSON?"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import machine


@dataclass(frozen=True)
class Outcome:
    """What a long run came to.

    Attributes:
        head: Names of the table's columns.
        rows: The table.
        figures: What `docs/reliability.md` quotes.
        faults: What was not as it must be; none when all is well.
        skipped: Why nothing could be tried here; empty when it was.
    """

    head: tuple[str, ...]
    rows: list[tuple[object, ...]]
    figures: dict[str, object]
    faults: list[str] = field(default_factory=list)
    skipped: str = ""


Run = Callable[[int, Path], Outcome]
"""A long run: so many rounds, in a folder of its own."""


def carry_out(name: str, run: Run, rounds: int) -> Outcome:
    """Run it and print what came of it; the last line is one JSON object."""
    began_s = time.monotonic()
    print(f"== {name}, {rounds} rounds; {machine.name()}; load {machine.load()}", flush=True)
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        outcome = run(rounds, Path(folder))
    if outcome.skipped:
        print(f"not tried: {outcome.skipped}")
    elif outcome.rows:
        print(machine.table(outcome.head, outcome.rows))
    for fault in outcome.faults[:50]:
        print(f"FAULT: {fault}")
    known = {
        "run": name,
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine.name(),
        "load": machine.load(),
        "rounds": rounds,
        "took_s": round(time.monotonic() - began_s),
        "faults": len(outcome.faults),
        "skipped": outcome.skipped,
    }
    print(json.dumps(known | outcome.figures), flush=True)
    return outcome


def main(name: str, description: str | None, run: Run, rounds: int) -> None:
    """The command of one long run; exits with 1 when something was not as it must be.

    Args:
        name: Its name.
        description: Its module's docstring.
        run: It.
        rounds: The count that is published.
    """
    parser = argparse.ArgumentParser(
        prog=f"python -m tests.soak.{name}",
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rounds", type=int, default=rounds, help=f"how many (published: {rounds})")
    sys.exit(1 if carry_out(name, run, parser.parse_args().rounds).faults else 0)
