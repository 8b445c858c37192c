"""Do lists, searches and what is due come without a wait, ten years on?

    python -m benchmarks.many_takes [--quick] [--takes N] [--folder FOLDER]

A library of 10,000 takes is made (`benchmarks.made_library`; about a minute and half a gigabyte, removed at the end
unless a folder is named), and everything that Home, History and the commands ask of it is asked again and again. Each
figure is processor time at the library's port; takes are marked by lot, since what checks cost is measured elsewhere
(`benchmarks.marking`). "First" is what is due as a program asks that has just been started or a take been made, but for
what FSRS makes of tries that have not changed; the scenarios are read before. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import machine
from benchmarks.made_library import MARKED_BY, NEWEST, RARE, DrawnChecks, MadeLibrary
from pmrehearse.library.library import Library
from pmrehearse.library.rows import TakeFilter
from pmrehearse.scenario import packs
from pmrehearse.session.practising import Practice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pmrehearse.practice.records import Records

TAKES, QUICK_TAKES = 10_000, 500
LENS = "writer/three-phase-lens"
PAGE, FOUND = 200, 100
"""Takes that a screen asks for at a time, and finds in a search."""
WAITING = TakeFilter(is_waiting=True)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, asked again and again.

    Attributes:
        what: The question.
        taken_s: Processor time of each time, in seconds.
    """

    what: str
    taken_s: tuple[float, ...]

    @property
    def median_ms(self) -> float:
        """The middle one, in milliseconds."""
        return round(1000 * statistics.median(self.taken_s), 2)

    @property
    def worst_ms(self) -> float:
        """The longest, in milliseconds."""
        return round(1000 * max(self.taken_s), 2)


def questions(library: Library, practice: Callable[[], Practice]) -> Iterator[tuple[str, Callable[[], object]]]:
    """What Home, History and the commands ask.

    Args:
        library: The takes.
        practice: Practice over them that has read nothing yet.
    """
    pages = iter(range(PAGE, 10**9, PAGE))
    lens, pack, warm = TakeFilter(scenario_id=LENS), TakeFilter(pack="medium"), practice()
    newest = library.rows(limit=1)[0].take_id
    yield "Home: the last takes, and those that wait", lambda: (library.rows(limit=5), library.rows(WAITING))
    yield "Home: what is due, first", lambda: practice().due()
    yield "Home: what is due, again", warm.due
    yield "trends: records of all takes", lambda: _looked_at(practice().records())
    yield "History: the first page", lambda: (library.rows(limit=PAGE), library.count())
    yield "History: the next page", lambda: library.rows(limit=PAGE, offset=next(pages))
    yield "History: takes of a scenario", lambda: (library.rows(lens, PAGE), library.count(lens))
    yield "History: takes of a pack", lambda: (library.rows(pack, PAGE), library.count(pack))
    yield "History: takes with a tag", lambda: library.rows(TakeFilter(tag="good"), PAGE)
    yield "search: a rare word", lambda: library.search(RARE, limit=FOUND)
    yield "search: two words", lambda: library.search("retention metric", limit=FOUND)
    yield "search: words in a row", lambda: library.search('"in each group"', limit=FOUND)
    yield "search: a beginning", lambda: library.search("wri", limit=FOUND)
    yield "search: the commonest word", lambda: library.search("the", limit=FOUND)
    yield "search: the next page", lambda: library.search("retention", limit=FOUND, offset=FOUND)
    yield "search: how many", lambda: library.count_found("the")
    yield "which take is meant", lambda: library.resolve(newest[-14:])


def _looked_at(known: Records) -> object:
    """What the command shows of them."""
    shown = [(each.last, each.best, len(each.takes), each.takes[-5:]) for each in known.scenarios]
    return shown, [(each.n_met, each.verdicts[-10:]) for each in known.weakest]


def measure(root: Path, times: int) -> tuple[list[Asked], dict[str, float]]:
    """Each question so many times, and the memory of this process."""
    for scenario in packs.scenarios():
        packs.find(scenario.id)  # read once a start, and no matter of how many takes there are
    before_mb = machine.resident_mb(os.getpid())
    asked = [Asked("opening, and the first list", tuple(_opened(root) for _ in range(min(5, times))))]
    library = Library(root, DrawnChecks, MARKED_BY)
    ways = list(questions(library, lambda: Practice(lambda: library, packs, lambda: NEWEST + timedelta(days=1))))
    for what, question in ways:
        asked.append(Asked(what, tuple(_taken(question) for _ in range(times))))
    once_mb = machine.resident_mb(os.getpid())
    for _, question in ways * times:
        question()
    library.close()
    megabytes = {"before": before_mb, "after": once_mb, "after asking all again": machine.resident_mb(os.getpid())}
    return asked, {when: round(mb, 1) for when, mb in megabytes.items()}


def _opened(root: Path) -> float:
    began_s = time.process_time()
    library = Library(root, DrawnChecks, MARKED_BY)
    library.rows(limit=8)
    taken_s = time.process_time() - began_s
    library.close()
    return taken_s


def _taken(question: Callable[[], object]) -> float:
    began_s = time.process_time()
    question()
    return time.process_time() - began_s


def main() -> None:
    """Make, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_TAKES} takes, each question three times")
    parser.add_argument("--takes", type=int, default=0, help="another number of takes")
    parser.add_argument("--folder", type=Path, help="where the library is made, or stands already; it is kept")
    chosen = parser.parse_args()
    n_takes = chosen.takes or (QUICK_TAKES if chosen.quick else TAKES)
    with tempfile.TemporaryDirectory() as scratch:
        root = chosen.folder or Path(scratch) / "takes"
        began_s = time.process_time()
        if not root.exists():
            MadeLibrary(root, n_takes).make()
        made_s = time.process_time() - began_s
        asked, memory = measure(root, 3 if chosen.quick else 15)
    rows: list[tuple[object, ...]] = [(each.what, each.median_ms, each.worst_ms) for each in asked]
    print(f"{machine.name()}; load {machine.load()}; {n_takes:,} takes, made in {made_s:.0f} s of processor time")
    print(machine.table(("asked", "median ms", "worst ms"), rows))
    print("memory, MB: " + ", ".join(f"{mb} {when}" for when, mb in memory.items()))
    figures = {each.what: {"median_ms": each.median_ms, "worst_ms": each.worst_ms} for each in asked}
    print(json.dumps({"takes": n_takes, "ms": figures, "mb": memory, "load": machine.load()}))


if __name__ == "__main__":
    main()
