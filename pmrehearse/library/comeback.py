"""How long did the speaker take to recover when the interviewer interrupted? Pure.

A card that hangs on a flag comes while the flag holds. The speaker has recovered when the flag no longer holds on what
was said up to then. A flag that can never fall again (a thing that was said stays said) leaves the other way back: the
first element met by words behind the card.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pmrehearse.checking.findings import ElementFinding, Findings
from pmrehearse.speech.segments import Word

Check = Callable[[Sequence[Word]], Findings]
"""The checks of the take's scenario."""
FIRST_STRIDE = 4
"""Words behind the card after which the flag is asked for first; then twice as many, and so on."""


@dataclass(frozen=True, slots=True)
class Comeback:
    """The speaker recovered.

    Attributes:
        after_s: Seconds from the card to the end of the words that did it.
        element_id: The element that was met, while the flag still holds; "" when the flag no longer held.
    """

    after_s: float
    element_id: str = ""


def comeback(flag_id: str, at_s: float, words: Sequence[Word], findings: Findings, check: Check) -> Comeback | None:
    """When the speaker recovered after a card; None when that never was.

    Args:
        flag_id: The flag on which the card hangs.
        at_s: When the card came, in seconds of the take's sound.
        words: All words that can be evidence, with times.
        findings: What the checks found in them.
        check: The checks.
    """
    if any(flag.flag_id == flag_id for flag in findings.raised):
        return _by_element(at_s, findings)
    heard = [word for word in words if word.end_s is not None]
    n_before = sum(_end_s(word) <= at_s for word in heard)

    def holds(n_words: int) -> bool:
        return any(flag.flag_id == flag_id for flag in check(heard[:n_words]).raised)

    if not holds(n_before):
        return None
    n_words = _first_without(holds, n_before, len(heard))
    return Comeback(max(0.0, _end_s(heard[n_words - 1]) - at_s))


def _by_element(at_s: float, findings: Findings) -> Comeback | None:
    found = [(end_s, one.element_id) for one in findings.elements if (end_s := _met_behind(one, at_s)) is not None]
    if not found:
        return None
    end_s, element_id = min(found)
    return Comeback(end_s - at_s, element_id)


def _met_behind(finding: ElementFinding, at_s: float) -> float | None:
    """Where the words end that met the element; None unless they were said behind the card."""
    evidence = finding.evidence if finding.met else None
    if evidence is None or evidence.start_s is None or evidence.end_s is None or evidence.start_s < at_s:
        return None
    return evidence.end_s


def _first_without(holds: Callable[[int], bool], n_held: int, n_words: int) -> int:
    """The fewest words on which the flag does not hold, looked for from `n_held` on, where it does; it falls once."""
    stride, low, high = FIRST_STRIDE, n_held, n_words
    while low + stride < high:
        if not holds(low + stride):
            high = low + stride
            break
        low, stride = low + stride, 2 * stride
    while low + 1 < high:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return high


def _end_s(word: Word) -> float:
    return word.end_s or 0.0
