"""Which scenarios are there, and which one is meant?

Shipped ones and the user's own stand side by side. For a list, of a shipped file only what stands before its first
table is read (tests read them whole). A file is read whole when it is asked for, and again only when it has changed.
A file of the user's with mistakes takes no other down.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pmrehearse.cleaning import clean_line
from pmrehearse.errors import ScenarioError, UsageError
from pmrehearse.scenario import shelf
from pmrehearse.scenario.document import parse_head
from pmrehearse.scenario.ids import scenario_and_element
from pmrehearse.scenario.mistakes import told
from pmrehearse.scenario.model import USUAL_DRILL_S, Loop, Origin, Scenario
from pmrehearse.scenario.prescan import Refused, read_safely
from pmrehearse.scenario.shelf import BrokenFile, NamedStamp, Stamp

if TYPE_CHECKING:
    from pmrehearse.scenario.lexicon import Lexicons
    from pmrehearse.scenario.lexicon_files import SharedWords


@dataclass(frozen=True, slots=True)
class Listed:
    """A scenario as a list shows it.

    Attributes:
        id: Its id; the file's name when the file does not say.
        title: Its title.
        prompt: What the interviewer asks.
        seconds: Its planned length; 0 when the file does not say.
        hard_limit: True when the recording stops by itself at `seconds`.
        n_elements: How many elements it has.
        n_flags: How many flags it has.
        origin: Where it comes from.
        path: Its file.
        problem: Why it cannot be rehearsed, every mistake on a line; "" when it can.
    """

    id: str
    title: str
    prompt: str
    seconds: float
    hard_limit: bool
    n_elements: int
    n_flags: int
    origin: Origin
    path: Path
    problem: str = ""

    @property
    def pack(self) -> str:
        """The part of the id before the slash ("writer"); "" when it has none."""
        return self.id.rpartition("/")[0]


def all_scenarios() -> tuple[Listed, ...]:
    """Every scenario as a list shows it: the shipped ones pack by pack, the shortest first, then the user's."""
    shipped = [_listed(shelf.stamp(path), Origin.SHIPPED) for path in shelf.shipped().values()]
    shipped.sort(key=lambda listed: (_place_of(listed.pack), listed.seconds, listed.title))
    return (*shipped, *_own({listed.id for listed in shipped}))


def scenarios() -> tuple[Scenario, ...]:
    """Every scenario that can be rehearsed, whole, in the order of `all_scenarios`."""
    return tuple(_read(listed.path, listed.origin) for listed in all_scenarios() if not listed.problem)


def broken() -> tuple[BrokenFile, ...]:
    """The files that cannot be used: scenarios, then lexicons of the user's."""
    unusable = (BrokenFile(listed.path, listed.problem) for listed in all_scenarios() if listed.problem)
    return (*unusable, *_shared_words(shelf.lexicon_stamps()).broken)


def list_ids() -> tuple[str, ...]:
    """The ids of the scenarios that can be rehearsed."""
    return tuple(listed.id for listed in all_scenarios() if not listed.problem)


def find(wanted: str) -> Scenario:
    """The scenario of an id, or of a `.toml` file; "SCENARIO:ELEMENT" is the drill of one element.

    Raises:
        UsageError: There is none of this id; the hint names the nearest.
        ScenarioError: Its file has mistakes.
    """
    if scenario_and_element(wanted)[1] and not wanted.endswith(".toml"):
        return drill(wanted)
    if wanted in (shipped := shelf.shipped()):
        return _read(shipped[wanted], Origin.SHIPPED)
    if wanted.endswith(".toml"):
        return load(Path(wanted))
    listed = {scenario.id: scenario for scenario in reversed(all_scenarios())}
    if wanted not in listed:
        raise UsageError(f"There is no scenario '{clean_line(wanted, 100)}'.", _nearest(wanted, list(listed)))
    if listed[wanted].problem:
        raise ScenarioError(listed[wanted].problem, "Correct the file, or choose another scenario.")
    return _read(listed[wanted].path, listed[wanted].origin)


def drill(wanted: str, seconds: float | None = None) -> Scenario:
    """One element as a scenario of its own: "SCENARIO:ELEMENT", or the id of an element that no other scenario has.

    Args:
        wanted: The element.
        seconds: How long a try lasts; None for the usual length.

    Raises:
        UsageError: There is no such scenario or element, or several have it; the hint names the nearest.
        ScenarioError: The scenario's file has mistakes.
    """
    from pmrehearse.scenario import drills  # noqa: PLC0415 - it imports pydantic, which lists do without

    scenario_id, element_id = scenario_and_element(wanted)
    if element_id:
        scenario = find(scenario_id)
    else:
        scenario, element_id = drills.element_meant(wanted, scenarios())
    return drills.drill_of(scenario, element_id, USUAL_DRILL_S if seconds is None else seconds)


def load(path: Path) -> Scenario:
    """The scenario of a file, wherever it stands.

    Raises:
        ScenarioError: It cannot be read, or has mistakes.
    """
    return _read(path.expanduser(), Origin.USER)


def lexicons() -> Lexicons:
    """The lexicons that rules may ask for: the shipped ones, and those of the user's that can be used.

    Raises:
        ScenarioError: A shipped lexicon cannot be used.
    """
    return _shared_words(shelf.lexicon_stamps()).lexicons


def loops() -> tuple[Loop, ...]:
    """The loops, whether or not all their scenarios are there (`practice.plan` says what is missing).

    Raises:
        ScenarioError: The file of loops has mistakes.
    """
    return _loops(shelf.stamp(shelf.loops()))


def _place_of(pack: str) -> tuple[int, str]:
    """Where a shipped pack stands in lists."""
    return (shelf.PACKS.index(pack) if pack in shelf.PACKS else len(shelf.PACKS), pack)


def _own(taken: set[str]) -> list[Listed]:
    """The user's scenarios; of two with one id the second is told to choose another."""
    found = []
    for path in shelf.own():
        listed = _listed(shelf.stamp(path), Origin.USER)
        if listed.id in taken and not listed.problem:
            problem = f"{clean_line(str(path))}: id: there is another scenario '{listed.id}'; choose another id"
            listed = replace(listed, problem=problem)
        taken.add(listed.id)
        found.append(listed)
    return found


def _listed(file: Stamp, origin: Origin) -> Listed:
    """A file as a list shows it; one of the user's is read whole, so that its mistakes show before it is chosen."""
    head = _head(file, origin)
    if origin is Origin.SHIPPED and not head.problem:
        return head
    try:
        return _whole(_read(file.path, origin), file.path)
    except ScenarioError as error:
        return replace(head, problem=error.message)


def _whole(scenario: Scenario, path: Path) -> Listed:
    return Listed(
        id=scenario.id,
        title=scenario.title,
        prompt=scenario.prompt,
        seconds=scenario.seconds,
        hard_limit=scenario.hard_limit,
        n_elements=len(scenario.elements),
        n_flags=len(scenario.flags),
        origin=scenario.origin,
        path=path,
    )


@lru_cache(maxsize=512)
def _head(file: Stamp, origin: Origin) -> Listed:
    """What stands before the first table of a file."""
    try:
        document = parse_head(read_safely(file.path))
    except Refused as refused:
        return _unusable(file.path, origin, refused.mistake.message)
    head, counts = document.tables, document.outline.counts()
    texts = {key: text for key in ("id", "title", "prompt") if isinstance(text := head.get(key), str)}
    seconds = head.get("seconds")
    is_number = isinstance(seconds, int | float) and 0 < seconds < float("inf")
    return Listed(
        id=clean_line(texts.get("id", file.path.name)),
        title=clean_line(texts.get("title", file.path.name)),
        prompt=texts.get("prompt", ""),
        seconds=float(seconds) if isinstance(seconds, int | float) and is_number else 0.0,
        hard_limit=head.get("hard_limit") is True,
        n_elements=counts["element"],
        n_flags=counts["flag"],
        origin=origin,
        path=file.path,
        problem="" if len(texts) == 3 and is_number else "its first keys are not those of a scenario",  # noqa: PLR2004
    )


def _unusable(path: Path, origin: Origin, problem: str) -> Listed:
    name = clean_line(path.name)
    return Listed(name, name, "", 0.0, False, 0, 0, origin, path, problem)  # noqa: FBT003 - nothing is known of it


def _read(path: Path, origin: Origin) -> Scenario:
    return _read_now(shelf.stamp(path), origin, shelf.lexicon_stamps())


@lru_cache(maxsize=512)
def _read_now(file: Stamp, origin: Origin, words: tuple[NamedStamp, ...]) -> Scenario:
    from pmrehearse.scenario.reader import read_file  # noqa: PLC0415 - it imports pydantic, which lists do without

    return read_file(file.path, origin, _shared_words(words).lexicons)


def _shared_words(files: tuple[NamedStamp, ...]) -> SharedWords:
    from pmrehearse.scenario import lexicon_files  # noqa: PLC0415 - it imports all that rules are made of

    return lexicon_files.read(files)


@lru_cache(maxsize=4)
def _loops(file: Stamp) -> tuple[Loop, ...]:
    from pmrehearse.scenario.loops import read_loops  # noqa: PLC0415 - the same

    try:
        return read_loops(read_safely(file.path), str(file.path))
    except Refused as refused:
        raise ScenarioError(told(str(file.path), (refused.mistake,))) from refused


def _nearest(wanted: str, known: list[str]) -> str:
    """What to do about an id that there is not."""
    same_name = [identifier for identifier in known if identifier.rpartition("/")[2] == wanted]
    near = list(dict.fromkeys(same_name + get_close_matches(wanted[:100], known, n=3)))
    advice = "`pmrehearse scenario list` shows all of them."
    return f"Did you mean {' or '.join(near)}? {advice}" if near else advice
