"""What does "scrap that" take back?"""

from __future__ import annotations

from pmrehearse.checking.scopes import Cancelled, Cues
from pmrehearse.checking.spoken import Block, Spoken
from pmrehearse.scenario.rule_kinds import Scope

RETRACTION_REACH = 45
"""What is taken back began so many words before at most."""
REPLACEMENT = 4
"""So few words after "scrap that" replace what was taken back."""
_CORRECTING = frozenset("no well actually wait hm sorry then okay so please just now on oh right yeah i we".split())
_STARTING = frozenset("i we you they he she it that there this".split())
"""A sentence that begins so says something new; it does not replace a word."""


def retractions(spoken: Spoken, number: int, cues: Cues) -> list[Cancelled]:
    """What "scrap that" in a block takes back, in this block and the one before."""
    block = spoken.blocks[number]
    found = []
    for start, end in cues(number, "scope-retracted"):
        if not _opens(spoken, block, start) or _is_replaced(spoken, block, end):
            continue
        first = block.start
        back = number
        while back and start - first < RETRACTION_REACH and _reaches_back(spoken, back, start):
            back -= 1
            first = spoken.blocks[back].start
        found.append(Cancelled(Scope.RETRACTED, max(first, start - RETRACTION_REACH), start, start, end))
    return found


def _opens(spoken: Spoken, block: Block, start: int) -> bool:
    """True when a cue begins a clause or follows a word of correction; "a filter drops the rude ones" is none."""
    return start == block.start or spoken.cuts[start] > 0 or spoken.texts[start - 1] in _CORRECTING


def _reaches_back(spoken: Spoken, number: int, cue_start: int) -> bool:
    """True when what a cue takes back began before this block."""
    block = spoken.blocks[number]
    if not spoken.blocks[number - 1].hard:
        return True
    return cue_start - block.start <= 6 and _has_cue(block, cue_start)  # noqa: PLR2004 - "well, actually, no, scrap that"


def _has_cue(block: Block, cue_start: int) -> bool:
    """True when the cue lies in this very block: only one sentence is taken back."""
    return block.start <= cue_start < block.end


def _is_replaced(spoken: Spoken, block: Block, end: int) -> bool:
    """True when a few words after the cue replace what was taken back ("scratch that, twenty thousand")."""
    rest = spoken.texts[end : block.end]
    if not 0 < len(rest) <= REPLACEMENT or rest[0] in _STARTING:
        return False
    return {"not", "no", "none", "nothing", "wrong", "idea"}.isdisjoint(rest)
