"""Which takes are not finished, and why could some not be made whole?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.library.rows import TakeFilter
from pmrehearse.library.take import TakeStatus

if TYPE_CHECKING:
    from pmrehearse.ui.ports import ProgramPort
    from pmrehearse.ui.take_ports import RecoveryPort, TakeRowPort

NO_ROOM = "needs room"
"""What a list says of a take whose disk is full: it waits until there is room."""
CUT_SHORT = "! cut short"
"""What it says of a take that cannot be made whole for another reason."""
WAITING = TakeFilter(is_waiting=True)
"""Takes that can be finished."""


def unfinished(program: ProgramPort) -> tuple[TakeRowPort, ...]:
    """The takes that wait, the newest first; those whose program died are made whole first, where that can be. Waits.

    Args:
        program: Has the takes.
    """
    library = program.library  # opening it finds what was cut short
    rows = tuple(library.rows(WAITING))
    if any(row.status is TakeStatus.RECORDING for row in rows):
        program.recover()  # the program that recorded it may have died since
        rows = tuple(library.rows(WAITING))
    return rows


def refusals(recovery: RecoveryPort) -> dict[str, str]:
    """Why takes that were cut short could not be made whole, in a word or two, by id."""
    return {each.take_id: NO_ROOM if each.needs_room else CUT_SHORT for each in recovery.troubles}
