"""Which take does the user mean?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.cleaning import clean_line
from pmrehearse.cli.params import LAST
from pmrehearse.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmrehearse.cli.ports import TakeRowPort

MOST_NAMED = 3
"""So many of the takes that could be meant are named."""


def chosen(rows: Sequence[TakeRowPort], name: str) -> TakeRowPort:
    """The take of an id, of the beginning of one, or the newest ("last").

    Args:
        rows: All takes, the newest first.
        name: What the user typed.

    Raises:
        UsageError: There is none, or more than one could be meant.
    """
    if not rows:
        raise UsageError(
            "There is no take yet.", "`pmrehearse rehearse SCENARIO` makes one; `pmrehearse demo` shows how."
        )
    if name == LAST:
        return rows[0]
    meant = [row for row in rows if row.take_id == name] or [
        row for row in rows if name and row.take_id.startswith(name)
    ]
    if len(meant) == 1:
        return meant[0]
    if not meant:
        raise UsageError(
            f"There is no take {clean_line(name, 100)!r}.", "`pmrehearse takes` lists them; `last` is the newest."
        )
    named = ", ".join(row.take_id for row in meant[:MOST_NAMED]) + (", …" if len(meant) > MOST_NAMED else "")
    raise UsageError(f"{len(meant)} takes begin with {clean_line(name, 100)!r}: {named}", "Type more of the id.")
