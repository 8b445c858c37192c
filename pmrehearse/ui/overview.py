"""What does the home screen show, and how is it read?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pmrehearse.library.take import TakeStatus
from pmrehearse.ui.unfinished import refusals, unfinished

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pmrehearse.scenario.packs import Listed
    from pmrehearse.ui.ports import ProgramPort
    from pmrehearse.ui.take_ports import TakeRowPort

N_LAST = 5
"""How many of the last takes are shown."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What the home screen shows.

    Attributes:
        scenarios: All of them, broken ones too.
        takes: The last ones, the newest first.
        waiting: Takes that have no transcript and can have one, the newest first.
        cut_short: The ids of takes whose program had died.
        elsewhere: Takes that another program records just now.
        refused: Why takes could not be made whole, by id.
    """

    scenarios: tuple[Listed, ...] = ()
    takes: tuple[TakeRowPort, ...] = ()
    waiting: tuple[TakeRowPort, ...] = ()
    cut_short: tuple[str, ...] = ()
    elsewhere: tuple[TakeRowPort, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)


def read_overview(program: ProgramPort) -> Overview:
    """Read scenarios and takes. Waits.

    Args:
        program: Has them.
    """
    waiting, recovery = unfinished(program), program.recovery
    refused = refusals(recovery)
    live = {row.take_id for row in waiting if row.status is TakeStatus.RECORDING and row.take_id not in refused}
    return Overview(
        scenarios=tuple(program.packs.all_scenarios()),
        takes=tuple(program.library.rows(limit=N_LAST)),
        waiting=tuple(row for row in waiting if row.take_id not in live),
        cut_short=recovery.finished,
        elsewhere=tuple(row for row in waiting if row.take_id in live),
        refused=refused,
    )
