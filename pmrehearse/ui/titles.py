"""What are the scenarios called?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmrehearse.ui.ports import PacksPort


def titles_of(packs: PacksPort) -> dict[str, str]:
    """The titles of the scenarios that can be rehearsed, by id. Reads files."""
    return {each.id: each.title for each in packs.all_scenarios() if not each.problem}
