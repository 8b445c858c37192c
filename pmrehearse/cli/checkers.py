"""How are a scenario's checks compiled once, however often they are asked for?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.session.marking import Marking

if TYPE_CHECKING:
    from pmrehearse.checking.checker import Checker
    from pmrehearse.cli.ports import PacksPort
    from pmrehearse.session.marking import Judging


class Checkers:
    """The compiled checks of scenarios, by id."""

    def __init__(self, packs: PacksPort, judging: Judging | None) -> None:
        """Nothing is compiled yet; `judging` None lets the rules decide alone."""
        self._packs = packs
        self._marking = Marking(packs.lexicons, judging)
        self._compiled: dict[str, Checker] = {}

    def of(self, scenario_id: str) -> Checker:
        """The checks of one scenario.

        Raises:
            UsageError: There is no such scenario, or its checks cannot be used.
        """
        if scenario_id not in self._compiled:
            self._compiled[scenario_id] = self._marking.checker(self._packs.find(scenario_id))
        return self._compiled[scenario_id]
