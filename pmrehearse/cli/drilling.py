"""How is a drill carried through without a screen: try after try, each told with the verdicts before it?"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pmrehearse.audio.events import FileSource
from pmrehearse.cli.answering import DONE
from pmrehearse.cli.carrying import carried_through, own_end_s
from pmrehearse.cli.complaints import complain
from pmrehearse.cli.headless import RunEndedError, RunPlan
from pmrehearse.cli.keys import can_lead
from pmrehearse.cli.narration import Narrator
from pmrehearse.cli.texts.practice import strip, try_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pmrehearse.audio.events import SoundSource
    from pmrehearse.cli.ports import Program
    from pmrehearse.practice.drilling import Drilled
    from pmrehearse.scenario.model import Scenario
    from pmrehearse.speech.events import SpeechOptions

QUESTION = "Enter: again; n: the next element; q: enough. "
"""What is asked after a try, where somebody can answer."""


def asked() -> str:
    """What somebody at the keyboard types after a try: "" for another one; "q" when there is nobody any more."""
    sys.stderr.write(QUESTION)
    sys.stderr.flush()
    line = sys.stdin.readline()
    return line.strip().lower()[:1] if line else "q"


class DrillSitting:
    """Elements, one after another, each as often as it is wanted."""

    def __init__(
        self,
        program: Program,
        source: SoundSource,
        options: SpeechOptions,
        times: int | None,
        ask: Callable[[], str] | None = None,
    ) -> None:
        """Nothing is opened yet.

        Args:
            program: What stands behind the commands.
            source: What each try listens to.
            options: How it is recognised.
            times: Tries of each element; None to ask after each, and for one where nobody can be asked.
            ask: Asks after a try; None for the keyboard, if somebody is there.
        """
        self._program = program
        self._source = source
        self._options = options
        self._times = times
        self._ask = ask or (asked if can_lead() else lambda: "n")
        self._narrator = Narrator()
        self._take_ids: list[str] = []

    def carry_through(self, drills: Sequence[Scenario]) -> tuple[tuple[Drilled, ...], int]:
        """Drill them.

        Args:
            drills: The elements as scenarios of their own.

        Returns:
            What came of those that were tried, and the exit code of a try that came to no end, else 0.
        """
        tried: list[Drilled] = []
        for drill in drills:
            try:
                goes_on = self._drill(drill)
            except (RunEndedError, KeyboardInterrupt) as end:
                exit_code = self._told(end)
                return (*tried, *self._shown(drill)), exit_code
            tried += self._shown(drill)
            if not goes_on:
                break
        return tuple(tried), DONE

    def _drill(self, drill: Scenario) -> bool:
        """One element, as often as it is wanted; False when the next one is not wanted."""
        n_tries = 0
        while True:
            plan = RunPlan(self._source, (), own_end_s(drill, is_file=isinstance(self._source, FileSource)))
            self._narrator.say(f"Last verdicts: {strip(self._program.practice.drilled(drill.id, self._take_ids))}")
            again = n_tries > 0
            self._take_ids.append(carried_through(self._program, drill, plan, self._options, introduced=again))
            n_tries += 1
            self._narrator.say(try_line(self._program.practice.drilled(drill.id, self._take_ids).tries[-1]))
            if self._times is not None and n_tries < self._times:
                continue
            answer = "n" if self._times is not None else self._ask()
            if answer != "":
                return answer != "q"

    def _shown(self, drill: Scenario) -> tuple[Drilled, ...]:
        """What came of an element; nothing when it was not tried."""
        drilled = self._program.practice.drilled(drill.id, self._take_ids)
        return (drilled,) if drilled.tries else ()

    @staticmethod
    def _told(end: BaseException) -> int:
        """The exit code; Ctrl-C between two tries is a way to say that it is enough."""
        if not isinstance(end, RunEndedError):
            return DONE
        complain(end.message, end.hint)
        return end.exit_code
