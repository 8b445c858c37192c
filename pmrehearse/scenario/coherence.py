"""Does a scenario file agree with itself: sums, references, unique ids, enough examples?

It looks at the tables as TOML gives them and passes over what has a wrong shape (`shape` tells that), so that all
mistakes of a file are told at once.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from pmrehearse.scenario.mistakes import Mistake, Path, nearest

FEWEST_EXAMPLES = 3
"""Passages that a check must meet, and as many that it must miss: fewer say little about it."""
MOST_TABLES = 200
"""Tables of an array that are looked at; `shape` refuses longer ones."""
MOST_NAMED = 12
"""Known ids that a message names."""
EXAMPLE_KEYS = {"element": ("met_by", "missed_by"), "flag": ("raised_by", "cleared_by")}
"""Where the passages of elements and of flags stand."""
_Table = Mapping[str, object]


def incoherent(document: _Table) -> Iterator[Mistake]:
    """Every place where one part of the file contradicts another."""
    for name in ("phase", "element", "flag"):
        yield from _repeated_ids(document, name)
    yield from _times(document)
    yield from _unknown_phases(document)
    yield from _unknown_elements(document)
    for index, cue in tables(document, "cue"):
        yield from _cue(document, index, cue)


def scarce_examples(document: _Table) -> Iterator[Mistake]:
    """Every list of example passages that is too short."""
    for name, keys in EXAMPLE_KEYS.items():
        for index, table in tables(document, name):
            for key in keys:
                passages = table.get(key, [])
                if isinstance(passages, list) and len(passages) < FEWEST_EXAMPLES:
                    has = f"has {len(passages)}" if passages else "has none"
                    yield Mistake((name, index), f"{key} {has}; at least {FEWEST_EXAMPLES} passages belong there")


def unchecked(document: _Table) -> Iterator[Mistake]:
    """Every element that has no check: only the learned judge could tell whether it is met."""
    for index, table in tables(document, "element"):
        if "check" not in table:
            yield Mistake(("element", index), "'check' is missing")


def checked_ids(document: _Table) -> Iterator[str]:
    """The ids of the elements that a rule can ask for: those that have a rule themselves."""
    known = ids(document, "element")
    for index, table in tables(document, "element"):
        if "check" in table and known.get(str(table.get("id"))) == index:
            yield str(table["id"])


def tables(document: _Table, name: str) -> Iterator[tuple[int, _Table]]:
    """The first tables of an array, with their indexes; what is no table is passed over."""
    array = document.get(name)
    for index, table in enumerate(array[:MOST_TABLES] if isinstance(array, list) else ()):
        if isinstance(table, Mapping):
            yield index, table


def ids(document: _Table, name: str) -> dict[str, int]:
    """The ids of an array's tables, with the index of the first that has it."""
    found: dict[str, int] = {}
    for index, table in tables(document, name):
        if isinstance(identifier := table.get("id"), str):
            found.setdefault(identifier, index)
    return found


def _repeated_ids(document: _Table, name: str) -> Iterator[Mistake]:
    first = ids(document, name)
    for index, table in tables(document, name):
        identifier = table.get("id")
        if isinstance(identifier, str) and first[identifier] != index:
            yield Mistake((name, index, "id"), f"{name} {first[identifier] + 1} has this id already")


def _times(document: _Table) -> Iterator[Mistake]:
    seconds = _number(document.get("seconds"))
    budgets = [_number(phase.get("seconds")) for _, phase in tables(document, "phase")]
    if seconds is None:
        return
    if budgets and None not in budgets:
        total = sum(budget for budget in budgets if budget is not None)
        if not math.isclose(total, seconds, abs_tol=1e-6):
            yield Mistake(("seconds",), f"the phases last {total:g} s together, and this says {seconds:g}")
    target = document.get("target")
    if isinstance(target, list) and len(target) == 2:  # noqa: PLR2004 - the shortest and the longest
        yield from _target(_number(target[0]), _number(target[1]), seconds, is_hard=document.get("hard_limit") is True)


def _target(shortest: float | None, longest: float | None, seconds: float, *, is_hard: bool) -> Iterator[Mistake]:
    if shortest is None or longest is None:
        return
    if not shortest < longest:
        yield Mistake(("target",), "the first number is the shortest answer, the second the longest")
    if shortest > seconds:
        yield Mistake(("target",), f"the shortest answer is longer than the scenario's {seconds:g} s")
    if is_hard and longest > seconds:
        yield Mistake(("target",), f"the longest answer is longer than the hard limit of {seconds:g} s")


def _unknown_phases(document: _Table) -> Iterator[Mistake]:
    known = ids(document, "phase")
    for index, element in tables(document, "element"):
        phase = element.get("phase")
        if isinstance(phase, str) and phase not in known:
            yield Mistake(("element", index, "phase"), _no_such("phase", phase, known))


def _unknown_elements(document: _Table) -> Iterator[Mistake]:
    known = ids(document, "element")
    for index, flag in tables(document, "flag"):
        unless = flag.get("unless")
        for element in unless if isinstance(unless, list) else ():
            if isinstance(element, str) and element not in known:
                yield Mistake(("flag", index, "unless"), _no_such("element", element, known))


def _cue(document: _Table, index: int, cue: _Table) -> Iterator[Mistake]:
    if ("at" in cue) == ("on" in cue):
        yield Mistake(("cue", index), "a cue has either 'at' (seconds) or 'on' (the id of a flag)")
    if "at" in cue and "holds" in cue:
        yield Mistake(("cue", index, "holds"), "only a flag holds: leave it out beside 'at'")
    at_s, seconds = _number(cue.get("at")), _number(document.get("seconds"))
    if at_s is not None and seconds is not None and at_s > seconds:
        yield Mistake(("cue", index, "at"), f"the scenario ends at {seconds:g} s")
    flag, known = cue.get("on"), ids(document, "flag")
    if isinstance(flag, str) and flag not in known:
        yield Mistake(("cue", index, "on"), _no_such("flag", flag, known))


def _no_such(kind: str, wanted: str, known: Mapping[str, int]) -> str:
    named = list(known)[:MOST_NAMED] + ["…"] * (len(known) > MOST_NAMED)
    there_are = f"; there are {', '.join(named)}" if known else ""
    return f"there is no {kind} '{wanted[:80]}'{nearest(wanted, known)}{there_are}"


def _number(value: object) -> float | None:
    """A finite number of at least 0 as such; None for anything else, truth values included."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if 0 <= value < math.inf else None
    except OverflowError:  # an integer beyond all floats
        return None


def path_ids(document: _Table) -> dict[Path, str]:
    """The id of each phase, element and flag that has one, by its path."""
    return {
        (name, index): identifier
        for name in ("phase", "element", "flag")
        for index, table in tables(document, name)
        if isinstance(identifier := table.get("id"), str)
    }
