"""In which words is a speaker told what was lacking?"""

from __future__ import annotations

from pmrehearse.checking.quantities import Quantity
from pmrehearse.scenario.patterns import Slot, SlotNode
from pmrehearse.scenario.rule_kinds import Scope

CANCELLED = {
    Scope.NEGATION: "it was denied",
    Scope.WISH: "it was only wished for or put off",
    Scope.QUESTION: "it was only asked",
    Scope.CONDITION: "it was left open",
    Scope.OTHERS: "it was about other people's work",
    Scope.ELSEWHERE: "it was about another job",
    Scope.READ_BACK: "it was the question read back",
    Scope.RETRACTED: "it was taken back",
    Scope.GENERIC: "it was said of teams in general, not of this answer",
    Scope.QUOTATION: "those were somebody else's words",
    Scope.BARE_LIST: "it was only named in a row of terms",
}
"""Why words that were said did not count."""


def bounds_missed(slot: SlotNode, quantity: Quantity) -> str:
    """The number heard and what is asked: "9,000; at least 10,000 is asked"."""
    heard = shown(quantity.slot, quantity.value)
    if slot.low is not None and slot.high is not None:
        return f"{heard}; between {shown(slot.slot, slot.low)} and {shown(slot.slot, slot.high)} is asked"
    if slot.low is not None:
        asked = "more than" if slot.low_open else "at least"
        return f"{heard}; {asked} {shown(slot.slot, slot.low)} is asked"
    asked = "less than" if slot.high_open else "at most"
    return f"{heard}; {asked} {shown(slot.slot, slot.high or 0.0)} is asked"


def shown(slot: Slot, value: float) -> str:
    """A quantity as people write it."""
    if slot is Slot.DURATION:
        units = ((604800.0, "weeks"), (86400.0, "days"), (3600.0, "hours"), (60.0, "minutes"), (1.0, "seconds"))
        for length, unit in units:
            if value >= length:
                return f"{value / length:,.4g} {unit}"
        return f"{value * 1000:,.4g} ms"
    text = f"{round(value):,}" if value >= 100 or value == int(value) else f"{value:.4g}"  # noqa: PLR2004 - no decimals
    return {Slot.PERCENT: f"{text}%", Slot.SHARE: f"{text}%", Slot.MONEY: f"${text}", Slot.TIMES: f"{text} times"}.get(
        slot, text
    )


def but(names: list[str], missing: list[str]) -> str:
    """What is there and what is missing: "an experiment, but no number of users"; "" when nothing is named."""
    if not missing:
        return "its parts stand too far apart" if names else ""
    if not names:
        return joined(missing)
    return f"{joined(names)}, but {joined(missing)}"


def joined(texts: list[str]) -> str:
    """At most three texts in a row, joined as people do."""
    texts = list(dict.fromkeys(texts))[:3]
    return texts[0] if len(texts) == 1 else ", ".join(texts[:-1]) + " and " + texts[-1] if texts else ""
