"""How does the learned judge read along while somebody speaks, without anybody waiting for it?

On a thread of its own, the newest words only: what came while it was reading is read in one go. So when the take ends
most passages have their scores already, and the report comes at once.
"""

from __future__ import annotations

import logging
import queue
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from pmrehearse.checking.contradicting import contradicted
from pmrehearse.checking.findings import FlagFinding, Judge

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pmrehearse.checking.findings import ElementFinding, Findings
    from pmrehearse.scenario.model import Flag
    from pmrehearse.session.ports import Checking
    from pmrehearse.speech.segments import Word

_log = logging.getLogger(__name__)


class ReadingAlong:
    """The judge beside one take. No method waits."""

    def __init__(self, checking: Callable[[], Checking | None], tell: Callable[[Findings], None]) -> None:
        """Start nothing yet.

        Args:
            checking: Loads the judge and compiles the checks for it, on the thread; None where there is no judge.
            tell: Called on the thread with what was found in the newest words.
        """
        self._checking = checking
        self._tell = tell
        self._mailbox: queue.SimpleQueue[Sequence[Word] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def read(self, words: Sequence[Word]) -> None:
        """Judge these words when there is time, unless newer ones come before."""
        self._mailbox.put(words)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="judge", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Judge nothing more."""
        self._mailbox.put(None)

    def _work(self) -> None:
        try:
            checking = self._checking()
            while checking is not None and (words := self._newest()) is not None:
                self._tell(checking.check(words))
        except Exception:  # noqa: BLE001  the session goes on whatever breaks beside it; the log tells what
            _log.exception("the learned judge stumbled; the rules go on alone")

    def _newest(self) -> Sequence[Word] | None:
        words = self._mailbox.get()
        while words is not None and not self._mailbox.empty():
            words = self._mailbox.get()
        return words


def joined(rules: Findings, read: Findings | None, flags: Sequence[Flag] = ()) -> Findings:
    """What the rules find now, with what the judge said of the words before.

    Args:
        rules: The findings of the rules on all words so far.
        read: The findings of rules and judge on fewer words or as many; None before the first.
        flags: The scenario's flags. The rules alone raise them meanwhile, but what the judge found can clear them.
    """
    if read is None:
        return rules
    pairs = zip(rules.elements, read.elements, strict=True)
    elements = tuple(_joined(now, then) for now, then in pairs)
    cleared = {flag.id for flag in flags if contradicted(flag, elements)}
    raised = (FlagFinding(one.flag_id, raised=False) if one.flag_id in cleared else one for one in rules.flags)
    return replace(rules, elements=elements, flags=tuple(raised))


def _joined(now: ElementFinding, then: ElementFinding) -> ElementFinding:
    """What the judge added stays; what it took away stays away while the rules have nothing else."""
    if then.judge is not Judge.LEARNED:
        return now
    if now.met:
        return then if not then.met and then.evidence == now.evidence else now
    return then if then.met else now
