"""What has been read beside Home and the list of takes, and is told to them?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from textual.widgets.option_list import Option

    from pmrehearse.scenario.model import Scenario
    from pmrehearse.session.upkeep import Tidied
    from pmrehearse.ui.overview import Overview
    from pmrehearse.ui.widgets.takes_table import Found


class HomeLoaded(Message):
    """Scenarios and takes have been read."""

    def __init__(self, state: Overview) -> None:
        """Carry them.

        Args:
            state: What was read.
        """
        super().__init__()
        self.state = state


class HomeTidied(Message):
    """Something that could wait was done."""

    def __init__(self, done: Tidied) -> None:
        """Carry what.

        Args:
            done: What was done.
        """
        super().__init__()
        self.done = done


class ScenarioFound(Message):
    """A scenario has been read whole."""

    def __init__(self, scenario: Scenario) -> None:
        """Carry it.

        Args:
            scenario: The scenario.
        """
        super().__init__()
        self.scenario = scenario


class TakesRead(Message):
    """The takes have been read, or looked for."""

    def __init__(self, rows: tuple[Found, ...], asked: int) -> None:
        """Carry them.

        Args:
            rows: The newest first, or the best found.
            asked: The number of the question; only the last one's answer is shown.
        """
        super().__init__()
        self.rows = rows
        self.asked = asked


class FiltersRead(Message):
    """What takes can be filtered by is known."""

    def __init__(self, options: list[Option]) -> None:
        """Carry it.

        Args:
            options: What can be chosen.
        """
        super().__init__()
        self.options = options
