"""In which words do exports tell how the speaker answered one of the interviewer's cards?"""

from __future__ import annotations

from collections.abc import Callable

from pmrehearse.library.report import CueAnswer
from pmrehearse.scenario.model import Scenario


def answered(cue: CueAnswer, scenario: Scenario, inert: Callable[[str], str]) -> str:
    """When speech began again and, after a card that a flag brought, when the speaker had recovered.

    Args:
        cue: The card.
        scenario: What was rehearsed.
        inert: Makes a text from outside one that means nothing in the format.
    """
    said = "no answer" if cue.resumed_after_s is None else f"answered after {cue.resumed_after_s:.1f} s"
    if cue.on_flag is None:
        return said
    if cue.recovered_after_s is None:
        return f"{said}; not recovered"
    by = f" with “{inert(scenario.element(cue.recovered_by).title)}”" if cue.recovered_by else ""
    return f"{said}; recovered after {cue.recovered_after_s:.0f} s{by}"
