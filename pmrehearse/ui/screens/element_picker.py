"""Which element of a scenario is drilled?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.scenario.ids import drill_id
from pmrehearse.ui.screens.pick import Pick
from pmrehearse.ui.widgets.menu import choice

if TYPE_CHECKING:
    from pmrehearse.scenario.model import Scenario


def element_picker(scenario: Scenario) -> Pick:
    """Ask for one; gives back "SCENARIO:ELEMENT", None when none was chosen.

    Args:
        scenario: Whose elements.
    """
    options = [choice(drill_id(scenario.id, each.id), each.title, indent=2) for each in scenario.elements]
    return Pick("Drill one element", options, detail=scenario.title, keys="enter drills it · esc leaves")
