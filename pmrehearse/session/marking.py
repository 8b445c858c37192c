"""How does a transcript get its findings, now and again later?"""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from pmrehearse.checking.checker import Checker
from pmrehearse.errors import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pmrehearse.checking.findings import Findings
    from pmrehearse.scenario.lexicon import Lexicons
    from pmrehearse.scenario.model import Scenario
    from pmrehearse.speech.segments import Word

KEPT = 32
"""Compiled scenarios that are kept: all shipped ones and some of the user's."""


class SharedChecker:
    """The checks of a scenario for any thread: one transcript at a time."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._guard = threading.Lock()

    def check(self, words: Sequence[Word]) -> Findings:
        """The findings on a whole transcript."""
        with self._guard:
            return self._checker.check(words)


class Marking:
    """Compiles the checks of scenarios. Any thread may call it."""

    def __init__(self, lexicons: Callable[[], Lexicons]) -> None:
        """Compile nothing yet.

        Args:
            lexicons: The lexicons that rules may ask for; asked when a scenario is compiled.
        """
        self._lexicons = lexicons
        self._shared = lru_cache(maxsize=KEPT)(lambda scenario: SharedChecker(self.checker(scenario)))

    def checker(self, scenario: Scenario) -> Checker:
        """The checks of a scenario, compiled anew: for one thread, and one transcript that grows.

        Raises:
            ScenarioError: A check cannot be used, or asks for a lexicon that is gone.
            MachineError: A check needs google-re2, and it is not installed.
        """
        try:
            return Checker(scenario, self._lexicons())
        except KeyError as missing:
            raise ScenarioError(
                f"The checks of {scenario.id} ask for the lexicon {missing}, which is not there.",
                "Put the lexicon back, or change the check.",
            ) from missing

    def shared(self, scenario: Scenario) -> SharedChecker:
        """The checks of a scenario, compiled once for all whole transcripts; raises as `checker`."""
        return self._shared(scenario)
