"""How does a transcript get its findings, now and again later?"""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from pmrehearse.errors import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pmrehearse.checking.checker import Checker
    from pmrehearse.checking.findings import Findings
    from pmrehearse.checking.judging import PassageJudge
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


class Judging(Protocol):
    """The learned judge, where there is one."""

    def judge(self) -> PassageJudge | None:
        """The judge; None where the rules decide alone."""

    def state(self) -> JudgeState:
        """Why they do."""


class JudgeState(Protocol):
    """How it stands with the learned judge."""

    @property
    def why_not(self) -> str:
        """Why it does not judge, one sentence; "" when it does."""


class Marking:
    """Compiles the checks of scenarios. Any thread may call it."""

    def __init__(self, lexicons: Callable[[], Lexicons], judging: Judging | None = None) -> None:
        """Compile nothing yet.

        Args:
            lexicons: The lexicons that rules may ask for; asked when a scenario is compiled.
            judging: Reads what no rule understands; None to let the rules decide alone, without a word on it.
        """
        self._lexicons = lexicons
        self._judging = judging
        self._shared = lru_cache(maxsize=KEPT)(lambda scenario: SharedChecker(self.checker(scenario)))

    def checker(self, scenario: Scenario) -> Checker:
        """The checks of a scenario with the learned judge, compiled anew: for one thread, and one transcript.

        Raises:
            ScenarioError: A check cannot be used, or asks for a lexicon that is gone.
            MachineError: A check needs google-re2, and it is not installed.
        """
        if self._judging is None:
            return self._compiled(scenario, None, "")
        return self._compiled(scenario, self._judging.judge(), self._judging.state().why_not)

    def rules(self, scenario: Scenario) -> Checker:
        """The same without the judge, whom nobody need wait for; raises as `checker`."""
        return self._compiled(scenario, None, "")

    def _compiled(self, scenario: Scenario, judge: PassageJudge | None, note: str) -> Checker:
        from pmrehearse.checking.checker import Checker  # noqa: PLC0415  the rules' whole machinery: not for lists

        try:
            return Checker(scenario, self._lexicons(), judge, note)
        except KeyError as missing:
            raise ScenarioError(
                f"The checks of {scenario.id} ask for the lexicon {missing}, which is not there.",
                "Put the lexicon back, or change the check.",
            ) from missing

    def shared(self, scenario: Scenario) -> SharedChecker:
        """The checks of a scenario, compiled once for all whole transcripts; raises as `checker`."""
        return self._shared(scenario)
