"""On which days are the rounds of a loop rehearsed, so that all stand on the day of the interview?

The rounds are spread over the days that are left, the first today, with the loop's days between them and before the
interview where there is room. More time than the loop asks for goes to the weakest rounds again; with less, rounds that
stand already are left out, then the days between, and at last rounds share a day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice, pairwise

from pmrehearse.errors import UsageError
from pmrehearse.scenario.model import Loop

STANDS = 0.8
"""A round stands when every scenario of it had this coverage in its last take; a rehearsal fewer is no loss then."""
USUAL_MINUTES = 90.0
"""Most minutes of speaking on one day for a loop that does not say how long a round lasts."""
MUCH_SHORTER = 0.9
"""With at most this share of the loop's days it is said that the rounds stand closer together."""
WARM_UP_S = 20 * 60.0
"""On the day itself: at most so much, of what is short."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a plan must know of a scenario that can be rehearsed.

    Attributes:
        title: How it is shown.
        seconds: Its planned length.
        coverage: That of its last take, in [0, 1]; None when it was never rehearsed.
    """

    title: str
    seconds: float
    coverage: float | None = None

    @property
    def strength(self) -> float:
        """Its coverage, 0 when it was never rehearsed."""
        return self.coverage or 0.0


@dataclass(frozen=True, slots=True)
class Sitting:
    """One rehearsal of a round.

    Attributes:
        day: When.
        number: The round, counted from 1.
        scenarios: The ids of what is rehearsed, in the loop's order.
        is_repeat: True when the round stands on an earlier day, too.
    """

    day: date
    number: int
    scenarios: tuple[str, ...]
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The days of a loop.

    Attributes:
        sittings: In the order of their days.
        left_out: Ids of scenarios that are not rehearsed, in the loop's order.
        remarks: What should be known of it, each a sentence.
    """

    sittings: tuple[Sitting, ...]
    left_out: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


_Round = tuple[int, tuple[str, ...]]


def lay_out(loop: Loop, interview: date, today: date, known: Mapping[str, Known]) -> Layout:
    """The rehearsals of a loop up to the interview.

    Args:
        loop: The loop.
        interview: Its day; what is rehearsed is rehearsed before it.
        today: The first day that can be used.
        known: The scenarios that can be rehearsed.

    Raises:
        UsageError: The interview is over, or none of the loop's scenarios can be rehearsed.
    """
    days = (interview - today).days
    if days < 0:
        ago = "yesterday" if days == -1 else f"{-days} days ago"
        raise UsageError(f"{interview.isoformat()} was {ago}.", "Name the day of an interview that is still to come.")
    rounds = [(number, _usable(ids, known)) for number, ids in enumerate(loop.rounds, 1) if _usable(ids, known)]
    if not rounds:
        raise UsageError(f"No scenario of the loop '{loop.id}' can be rehearsed.", "`pmrehearse scenario list`.")
    if days == 0:
        return _warm_up(rounds, today, known)
    standing = [one for one in rounds if days < loop.days and _stands(one, known)]
    wanted = [one for one in rounds if one not in standing] or rounds
    aside = [one for one in standing if one not in wanted]
    fits = days >= len(wanted)
    layout = _spread(loop, wanted, today, days, known) if fits else _crowd(loop, wanted, today, days, known)
    return Layout(
        layout.sittings,
        (*(name for _, ids in aside for name in ids), *layout.left_out),
        (*_time_left(days, loop, layout), *_aside(aside), *layout.remarks),
    )


def _usable(ids: Sequence[str], known: Mapping[str, Known]) -> tuple[str, ...]:
    return tuple(name for name in ids if name in known)


def _stands(one: _Round, known: Mapping[str, Known]) -> bool:
    return all(known[name].strength >= STANDS for name in one[1])


def _strength(one: _Round, known: Mapping[str, Known]) -> float:
    return sum(known[name].strength for name in one[1]) / len(one[1])


def _time_left(days: int, loop: Loop, layout: Layout) -> Iterator[str]:
    there_are = f"{'1 day' if days == 1 else f'{days} days'} for a loop of {loop.days}"
    if any(sitting.is_repeat for sitting in layout.sittings):
        yield f"{there_are}: rounds come again, the weakest first."
    elif days <= MUCH_SHORTER * loop.days:
        yield f"{there_are}: the rounds stand closer together."


def _aside(rounds: Sequence[_Round]) -> Iterator[str]:
    if rounds:
        names = ", ".join(str(number) for number, _ in rounds)
        does = f"Round {names} stands" if len(rounds) == 1 else f"Rounds {names} stand"
        yield f"{does} already ({STANDS:.0%} and more in the last takes) and is left out."


def _spread(loop: Loop, rounds: Sequence[_Round], today: date, days: int, known: Mapping[str, Known]) -> Layout:
    """A day for each round, evenly; where time is left, rounds again."""
    step = loop.gap_days + 1
    n_slots = max(len(rounds), int(days * len(rounds) / loop.days))
    while n_slots > len(rounds) and (n_slots - 1) * step > days - 1:
        n_slots -= 1
    has_gaps = (n_slots - 1) * step <= days - 1
    last = days - 1 - loop.gap_days if (n_slots - 1) * step <= days - 1 - loop.gap_days else days - 1
    weakest = sorted(rounds, key=lambda one: (_strength(one, known), one[0]))
    order = [*rounds, *islice(cycle(weakest), n_slots - len(rounds))]
    sittings = tuple(
        Sitting(today + timedelta(days=_offset(slot, n_slots, last)), *one, is_repeat=slot >= len(rounds))
        for slot, one in enumerate(order)
    )
    tight = () if has_gaps or not loop.gap_days else ("There is no room for the days between the rounds.",)
    return Layout(sittings, (), tight)


def _offset(slot: int, n_slots: int, last: int) -> int:
    """The day of a slot, counted from 0: the first at 0, the last at `last`, the others evenly between."""
    return (2 * slot * last + n_slots - 1) // (2 * (n_slots - 1)) if n_slots > 1 else 0


def _crowd(loop: Loop, rounds: Sequence[_Round], today: date, days: int, known: Mapping[str, Known]) -> Layout:
    """Several rounds a day; each day what is weakest, as far as the minutes of a round go."""
    most_s = 60 * (loop.round_minutes[1] if loop.round_minutes else USUAL_MINUTES)
    sittings: list[Sitting] = []
    left_out: list[str] = []
    for index, here in enumerate(_grouped(rounds, days, known)):
        chosen = _fitting([name for _, ids in here for name in ids], known, most_s)
        for number, ids in here:
            taken = tuple(name for name in ids if name in chosen)
            left_out += [name for name in ids if name not in chosen]
            if taken:
                sittings.append(Sitting(today + timedelta(days=index), number, taken))
    remarks = ["Rounds share days."]
    if left_out:
        remarks.append(f"What does not fit into {most_s / 60:.0f} minutes a day is left out, what went best first.")
    return Layout(tuple(sittings), tuple(left_out), tuple(remarks))


def _grouped(rounds: Sequence[_Round], days: int, known: Mapping[str, Known]) -> list[list[_Round]]:
    """The rounds of each day: the two neighbours that take least time share one, until there are days enough."""
    groups = [[one] for one in rounds]
    while len(groups) > days:
        lengths = [_length_s([*first, *second], known) for first, second in pairwise(groups)]
        shortest = lengths.index(min(lengths))
        groups[shortest : shortest + 2] = [[*groups[shortest], *groups[shortest + 1]]]
    return groups


def _length_s(rounds: Sequence[_Round], known: Mapping[str, Known]) -> float:
    return sum(known[name].seconds for _, ids in rounds for name in ids)


def _fitting(ids: Sequence[str], known: Mapping[str, Known], most_s: float) -> frozenset[str]:
    """The weakest that fit; at least one."""
    chosen: list[str] = []
    for name in sorted(ids, key=lambda name: known[name].strength):
        if not chosen or sum(known[one].seconds for one in chosen) + known[name].seconds <= most_s:
            chosen.append(name)
    return frozenset(chosen)


def _warm_up(rounds: Sequence[_Round], today: date, known: Mapping[str, Known]) -> Layout:
    short = [name for _, ids in rounds for name in ids if known[name].seconds <= WARM_UP_S]
    chosen = _fitting(short, known, WARM_UP_S) if short else frozenset()
    picked = [(number, tuple(name for name in ids if name in chosen)) for number, ids in rounds]
    sittings = tuple(Sitting(today, number, ids) for number, ids in picked if ids)
    left_out = tuple(name for _, ids in rounds for name in ids if name not in chosen)
    return Layout(sittings, left_out, ("The interview is today: only what is short, to warm up.",))
