"""How does the text of a file of loops become loops?"""

from __future__ import annotations

from dataclasses import replace

from pmrehearse.cleaning import clean_line
from pmrehearse.errors import ScenarioError
from pmrehearse.scenario.document import parse
from pmrehearse.scenario.mistakes import place_in_words, told
from pmrehearse.scenario.model import Loop
from pmrehearse.scenario.outline import line_of
from pmrehearse.scenario.prescan import Refused
from pmrehearse.scenario.shape import LoopsFile, LoopTable, read_shape


def read_loops(text: str, name: str) -> tuple[Loop, ...]:
    """The loops of a text, in its order.

    Args:
        text: The file's text.
        name: What the file is called in messages.

    Raises:
        ScenarioError: It has mistakes; the message lists all of them, one a line.
    """
    try:
        document = parse(text)
    except Refused as refused:
        raise ScenarioError(told(name, (refused.mistake,))) from refused
    file, mistakes = read_shape(document.tables, LoopsFile)
    if file is None:
        lines = document.outline.index()
        placed = (
            replace(mistake, line=line_of(mistake.path, lines), place=place_in_words(mistake.path, {}))
            for mistake in mistakes
        )
        raise ScenarioError(told(name, tuple(placed)))
    return tuple(_loop(table) for table in file.loop)


def _loop(table: LoopTable) -> Loop:
    return Loop(
        id=table.id,
        title=clean_line(table.title),
        days=table.days,
        gap_days=table.gap_days,
        rounds=tuple(tuple(scenarios) for scenarios in table.rounds),
        round_minutes=(table.minutes[0], table.minutes[1]) if table.minutes else None,
    )
