"""How are a scenario's checks compiled once, however often they are asked for?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.checking.checker import Checker

if TYPE_CHECKING:
    from pmrehearse.cli.ports import PacksPort


class Checkers:
    """The compiled checks of scenarios, by id."""

    def __init__(self, packs: PacksPort) -> None:
        """Nothing is compiled yet."""
        self._packs = packs
        self._compiled: dict[str, Checker] = {}

    def of(self, scenario_id: str) -> Checker:
        """The checks of one scenario.

        Raises:
            UsageError: There is no such scenario.
        """
        if scenario_id not in self._compiled:
            self._compiled[scenario_id] = Checker(self._packs.find(scenario_id), self._packs.lexicons())
        return self._compiled[scenario_id]
