"""Which of the interviewer's cards are due, and which one is up?

A card comes at its time on the take's clock, or when the flag it hangs on has held for a while; each at most once. A
sparse card helped speakers where a continuous display did not (Rhema, 30 speakers, a cue about every 20 s).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.rehearsal.log import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pmrehearse.rehearsal.log import CueShown
    from pmrehearse.scenario.model import Cue

CARD_S = 20.0
"""How long a card stays up on the take's clock: the interval of Rhema's cues, time to read it twice and begin."""


def due(
    cues: Sequence[Cue], clock_s: float, raised: Sequence[tuple[str, float]] = (), shown: Collection[int] = ()
) -> tuple[int, ...]:
    """The cards to show now, as indexes into `cues`.

    Args:
        cues: The scenario's cues.
        clock_s: The take's clock in seconds.
        raised: Ids of the flags that hold, each with the clock since when, in the order of their coming.
        shown: Indexes of the cards that came already.

    Returns:
        Cards with a time first, by their time; then those of flags, in the order in which the flags came. Cards of the
        same moment keep the file's order.
    """
    waiting = [index for index in range(len(cues)) if index not in shown]
    timed = [(at_s, index) for index in waiting if (at_s := cues[index].at_s) is not None and at_s <= clock_s]
    places = {flag: (place, since_s) for place, (flag, since_s) in enumerate(raised)}
    held = [(places[flag], index) for index in waiting if (flag := cues[index].on_flag) in places and flag]
    flagged = [(place, index) for (place, since_s), index in held if clock_s - since_s >= cues[index].holds_s]
    return tuple(index for _, index in sorted(timed)) + tuple(index for _, index in sorted(flagged))


def card_up(shown: Sequence[CueShown], clock_s: float) -> CueShown | None:
    """The card that is up: the last that came, for `CARD_S` seconds of the take's clock; None when none is up."""
    if not shown:
        return None
    last = shown[-1]
    return last if clock_s - last.at_sample / SAMPLE_RATE_HZ < CARD_S else None
