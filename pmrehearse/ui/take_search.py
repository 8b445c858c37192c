"""What is looked for among the takes, and what is found?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmrehearse.library.rows import EVERY, TakeFilter
from pmrehearse.session.exporting import Wanted
from pmrehearse.ui.keymap import with_keys
from pmrehearse.ui.library_requests import ExportedTable
from pmrehearse.ui.unfinished import refusals
from pmrehearse.ui.widgets.takes_table import Found
from pmrehearse.ui.wording import count

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from textual.app import App

    from pmrehearse.ui.ports import ProgramPort

MOST_FOUND = 100
"""Takes that a search shows."""
LIST_IS_EMPTY = "No take yet. Rehearse a scenario, or watch the demo, and it stands here."
NONE_FOUND = " was not said in these takes, and none is called so. {page.back} leaves the search."
NONE_LEFT = "No such take. {page.back} leads back to all takes."


@dataclass(frozen=True, slots=True)
class TakeSearch:
    """What is looked for.

    Attributes:
        text: Words that were said, or by which a take is called; "" for no search.
        among: The takes that are looked through.
    """

    text: str = ""
    among: TakeFilter = EVERY

    @property
    def is_for_all(self) -> bool:
        """Whether every take is wanted."""
        return not self.text and self.among == EVERY

    def found(self, program: ProgramPort) -> tuple[Found, ...]:
        """The takes, the newest first. Waits.

        Args:
            program: Has them.
        """
        library = program.library
        if self.text:
            hits = library.search(self.text, self.among, MOST_FOUND)
            return tuple(Found(hit.row, hit.snippet, hit.at_s) for hit in hits)
        refused = refusals(program.recovery)
        return tuple(Found(row, refused=refused.get(row.take_id, "")) for row in library.rows(self.among))

    def remark(self, found: Sequence[Found]) -> str:
        """The filter and how many takes there are, as the page's title has them.

        Args:
            found: The takes.
        """
        title = found[0].take.title if found else self.among.scenario_id
        about = title if self.among.scenario_id else f"#{self.among.tag}" if self.among.tag else ""
        return " · ".join(part for part in (about, count(len(found), "take")) if part)

    def none(self, app: App[Any]) -> str:
        """What is said in the place of an empty list.

        Args:
            app: Knows the keys that hold.
        """
        if self.text:
            return f"“{self.text}”{with_keys(app, NONE_FOUND)}"
        return LIST_IS_EMPTY if self.among == EVERY else with_keys(app, NONE_LEFT)

    def table(self, found: Sequence[Found]) -> ExportedTable:
        """The takes as a table that can be written for others.

        Args:
            found: The takes.
        """
        ids = frozenset(each.take.take_id for each in found) if self.text else None
        takes = count(len(found), "take")
        return ExportedTable(
            Wanted(self.among, only=ids), f"All {takes}" if self.is_for_all else f"The {takes} of this list"
        )
