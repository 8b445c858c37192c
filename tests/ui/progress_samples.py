"""Two weeks of takes, as the screen of progress shows them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pmrehearse.checking.findings import Verdict
from pmrehearse.library.rows import VerdictRow
from tests.ui import samples
from tests.ui.fakes import FakeRow

if TYPE_CHECKING:
    from tests.ui.fakes import FakeProgram

_VERDICTS = {"m": Verdict.MET, "n": Verdict.NEAR, "x": Verdict.MISSING, "?": Verdict.UNKNOWN}
_ELEMENTS = tuple(each.id for each in samples.LENS_SCENARIO.elements)
_LENS = (
    # day, verdicts in the scenario's order, length in seconds, words a minute
    (0, "nxmxxxx", 214.0, 186.0),
    (1, "mnmnxxx", 201.0, 178.0),
    (1, "mxmnxxn", 96.0, 171.0),
    (3, "mnmmxxn", 168.0, 152.0),
    (5, "mmmmnxm", 175.0, 148.0),
    (8, "mmm?mxm", 171.0, 104.0),
    (11, "mmmmmnm", 177.0, 139.0),
    (12, "mmmmmmm", 173.0, 142.0),
)
_DRILLS = ((4, "sample-size", "m"), (6, "variance-quantified", "x"), (9, "variance-quantified", "n"))
_BOARD = ((2, "x", 4100.0, 121.0), (10, "n", 5310.0, 127.0))


def practise(program: FakeProgram, n_takes: int = len(_LENS)) -> None:
    """Give the library so many takes of the lens; all eight come with drills and with two whiteboards."""
    program.library.takes, program.library.said = [], []
    for number, (day, said, length_s, pace) in enumerate(_LENS[:n_takes]):
        _add(program, f"lens-{number}", samples.LENS, day, dict(zip(_ELEMENTS, said, strict=True)), (length_s, pace))
    if n_takes < len(_LENS):
        return
    for day, element_id, said in _DRILLS:
        _add(program, f"drill-{day}", f"{samples.LENS}:{element_id}", day, {element_id: said}, (20.0, 150.0))
    for day, said, length_s, pace in _BOARD:
        _add(program, f"board-{day}", samples.WHITEBOARD_SCENARIO.id, day, {"coupling": said}, (length_s, pace))


def _add(
    program: FakeProgram, take_id: str, scenario_id: str, day: int, said: dict[str, str], spoken: tuple[float, float]
) -> None:
    when = samples.WHEN + timedelta(days=day - 13, minutes=len(program.library.takes))
    length_s, pace = spoken
    planned_s = samples.WHITEBOARD_SCENARIO.seconds if "whiteboard" in scenario_id else samples.LENS_SCENARIO.seconds
    row = FakeRow(
        take_id, scenario_id, started_at=when, duration_s=length_s, planned_s=planned_s, words_per_minute=pace
    )
    program.library.takes.append(row)
    program.library.said += [
        VerdictRow(take_id, scenario_id, when, element_id, _VERDICTS[mark], None) for element_id, mark in said.items()
    ]
