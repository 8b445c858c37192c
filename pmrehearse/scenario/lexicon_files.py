"""What do all lexicon files say together, and what remains when one of the user's is broken?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pmrehearse.cleaning import clean_line
from pmrehearse.errors import ScenarioError
from pmrehearse.scenario import shelf
from pmrehearse.scenario.document import parse_file
from pmrehearse.scenario.lexicon import Lexicons, parse_lexicons
from pmrehearse.scenario.mistakes import told
from pmrehearse.scenario.prescan import Refused
from pmrehearse.scenario.rule_kinds import RuleMistakes
from pmrehearse.scenario.shelf import BrokenFile, NamedStamp


@dataclass(frozen=True, slots=True)
class SharedWords:
    """What scenarios share.

    Attributes:
        lexicons: The shipped lexicons, and those of the user's that can be used.
        broken: The user's that cannot.
    """

    lexicons: Lexicons
    broken: tuple[BrokenFile, ...] = ()


@lru_cache(maxsize=4)
def read(files: tuple[NamedStamp, ...]) -> SharedWords:
    """All lexicons of these files.

    Raises:
        ScenarioError: A shipped lexicon cannot be used.
    """
    tables: dict[str, dict[str, object]] = {}
    broken: dict[str, str] = {}
    for name, file in files:
        try:
            tables[name] = parse_file(file.path).tables
        except Refused as refused:
            _give_up(broken, {name: told(name, (refused.mistake,))})
    while True:
        try:
            lexicons = parse_lexicons(tables)
            break
        except RuleMistakes as wrong:
            unusable = _by_file(wrong, tables)
            _give_up(broken, unusable)
            tables = {name: table for name, table in tables.items() if name not in unusable}
    paths = {name: file.path for name, file in files}
    return SharedWords(lexicons, tuple(BrokenFile(paths[name], message) for name, message in broken.items()))


def _by_file(wrong: RuleMistakes, tables: dict[str, dict[str, object]]) -> dict[str, str]:
    """The files with mistakes, with what is said of each; the user's alone when there is one of them."""
    told_of: dict[str, str] = {}
    for place, message in wrong.mistakes:
        name = next((name for name in tables if place.startswith(f"{name}:")), place)
        line = clean_line(f"{place}: {message}")
        told_of[name] = f"{told_of[name]}\n{line}" if name in told_of else line
    return {name: said for name, said in told_of.items() if name.startswith(shelf.OWN)} or told_of


def _give_up(broken: dict[str, str], unusable: dict[str, str]) -> None:
    """Note the user's files that cannot be used; a shipped one is a fault of the program."""
    if not all(name.startswith(shelf.OWN) for name in unusable):
        raise ScenarioError("\n".join(unusable.values()), "A lexicon of the program itself is broken: install it anew.")
    broken.update(unusable)
