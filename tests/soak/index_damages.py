"""Is every take found again, whatever befalls the file of the index?

    python -m tests.soak.index_damages [--rounds 25]

A library of three marked takes; its index is damaged in each of the ways of `tests/rigs/index_damage.py`, and cut off,
zeroed and overwritten at random places; then the library is opened twice. All takes must be listed, marked and found
by their words, with nothing to complain of. One round is each kind once.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

from pmrehearse.scenario.model import Origin
from pmrehearse.scenario.reader import read_text
from tests.rigs.index_damage import DAMAGES, is_whole, make_library, opened, overwrite
from tests.scenario.conftest import GOOD
from tests.soak.long_run import Outcome, main

ROUNDS = 25
PAGE_BYTES = 4096


def run(rounds: int, folder: Path) -> Outcome:
    """Damage it, so often in each way."""
    made = make_library(folder / "made", read_text(GOOD, Origin.USER, "first.toml"))
    rows: list[tuple[object, ...]] = []
    faults: list[str] = []
    for name, damage in _kinds(random.Random(3)).items():
        found = 0
        for _ in range(rounds):
            root = folder / "damaged"
            shutil.copytree(made, root)
            damage(root / "library.db")
            fault = _looked_at(root)
            faults += [f"{name}: {fault}"] if fault else []
            found += not fault
            shutil.rmtree(root)
        rows.append((name, f"{found} of {rounds}"))
    figures: dict[str, object] = {"kinds": len(rows), "damages": len(rows) * rounds, "lost": len(faults)}
    return Outcome(("damage", "all takes found"), rows, figures, faults)


def _looked_at(root: Path) -> str:
    """What is wrong after two openings; nothing when all is found."""
    try:
        for _ in range(2):
            with opened(root) as library:
                if not is_whole(library):
                    return "not all takes were found"
                if library.notice:
                    return library.notice
    except Exception as fault:  # noqa: BLE001  whatever it is, it is what this run looks for
        return repr(fault)
    return ""


def _kinds(moments: random.Random) -> dict[str, Callable[[Path], None]]:
    """The damages by name, and some at random places."""

    def cut(path: Path) -> None:
        path.write_bytes(path.read_bytes()[: moments.randrange(path.stat().st_size)])

    def zero(path: Path) -> None:
        overwrite(path, moments.randrange(path.stat().st_size // PAGE_BYTES) * PAGE_BYTES, bytes(PAGE_BYTES))

    def scribble(path: Path) -> None:
        page = moments.randrange(path.stat().st_size // PAGE_BYTES)
        overwrite(path, page * PAGE_BYTES, moments.randbytes(PAGE_BYTES))

    named: dict[str, Callable[[Path], None]] = {damage.__name__.replace("_", " "): damage for damage in DAMAGES}
    return named | {"cut anywhere": cut, "any page zeroed": zero, "any page overwritten": scribble}


if __name__ == "__main__":
    main("index_damages", __doc__, run, ROUNDS)
