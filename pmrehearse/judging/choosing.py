"""Is there a learned judge for this run, and if not, why?"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmrehearse.errors import JudgeError
from pmrehearse.judging import card

if TYPE_CHECKING:
    from pmrehearse.judging.onnx_judge import OnnxJudge

SWITCHED_OFF = "The learned judge is switched off: the rules decide alone."


@dataclass(frozen=True, slots=True)
class JudgeState:
    """How it stands with the learned judge.

    Attributes:
        name: The model's name; "" when it does not judge.
        why_not: Why it does not judge, one sentence; "" when it does.
        remedy: What to do about that, or "".
    """

    name: str = ""
    why_not: str = ""
    remedy: str = ""


def load_shipped() -> OnnxJudge:
    """The shipped judge.

    Raises:
        JudgeError: It cannot be used.
    """
    from pmrehearse.judging.onnx_judge import OnnxJudge  # noqa: PLC0415  loaded when the first answer is marked

    return OnnxJudge()


class ChosenJudge:
    """The judge of this run, loaded when it is first asked for; for any thread."""

    def __init__(self, *, wanted: bool = True, load: Callable[[], OnnxJudge] = load_shipped) -> None:
        """Nothing is loaded yet.

        Args:
            wanted: False where the rules shall decide alone.
            load: Loads it.
        """
        self._wanted = wanted
        self._load = load
        self._guard = threading.Lock()
        self._found: tuple[OnnxJudge | None, JudgeState] | None = None

    def switch_off(self) -> None:
        """Let the rules decide alone from here on."""
        with self._guard:
            self._wanted, self._found = False, None

    def judge(self) -> OnnxJudge | None:
        """The judge, or None where the rules decide alone; `state` says why."""
        return self._loaded()[0]

    def state(self) -> JudgeState:
        """How it stands with the judge."""
        return self._loaded()[1]

    def fingerprint(self) -> str:
        """A word that changes with the judge, without loading it; "rules" where they decide alone."""
        if not self._wanted:
            return "rules"
        try:
            return card.fingerprint()
        except JudgeError:
            return "rules"

    def _loaded(self) -> tuple[OnnxJudge | None, JudgeState]:
        with self._guard:
            if self._found is None:
                self._found = self._looked_for()
            return self._found

    def _looked_for(self) -> tuple[OnnxJudge | None, JudgeState]:
        if not self._wanted:
            return None, JudgeState(why_not=SWITCHED_OFF)
        try:
            judge = self._load()
        except JudgeError as error:
            return None, JudgeState(why_not=error.message, remedy=error.hint)
        return judge, JudgeState(judge.name)
