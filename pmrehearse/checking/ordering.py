"""Do elements come in the order that is asked, when the learned judge had a say in them?

Where the rules found an element, its place is where it was first said in full. Where the judge did, it is anywhere in
the words that the judge quotes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pmrehearse.checking.findings import ElementFinding, Judge, Verdict
from pmrehearse.checking.leaves import Hit
from pmrehearse.checking.running import Run
from pmrehearse.checking.whole_nodes import InOrderNode

IN_ORDER = "each after the one before it"
NOT_IN_ORDER = "not all of it was said, each after the one before it"

Place = tuple[int, int]
"""The first and the last word between which something can be said to stand."""


def ordered(
    run: Run, node: InOrderNode, finding: ElementFinding, found: Mapping[str, ElementFinding]
) -> ElementFinding:
    """The finding on an order, after the judge was asked for the elements in it.

    Args:
        run: The transcript.
        node: The order.
        finding: What the rules alone find.
        found: What was found of the elements, by their ids.
    """
    parts = [found[name] for name in node.ids]
    if all(part.judge is Judge.RULES for part in parts):
        return finding
    places = [_place(run, part, hit) for part, hit in zip(parts, node.firsts(run), strict=True)]
    known = [place for place in places if place is not None]
    if len(known) == len(places) and _ascending(known):
        evidence = run.spoken.quote(known[0][0], known[-1][1])
        return ElementFinding(finding.element_id, Verdict.MET, evidence, IN_ORDER, judge=Judge.LEARNED)
    if not finding.met:
        return finding
    return replace(finding, verdict=Verdict.NEAR, lacked=NOT_IN_ORDER, judge=Judge.LEARNED)


def _place(run: Run, part: ElementFinding, hit: Hit | None) -> Place | None:
    """Where an element stands; None when it is not met, or by no words."""
    if not part.met or part.evidence is None:
        return None
    if part.judge is Judge.LEARNED:
        return part.evidence.first_word, part.evidence.last_word
    if hit is None or hit.start == hit.end:
        return None
    last = run.spoken.last_word[hit.end - 1]
    return last, last


def _ascending(places: Sequence[Place]) -> bool:
    """True when a word can be chosen in each place so that none comes before the one chosen in the place before."""
    reached = -1
    for first, last in places:
        reached = max(reached, first)
        if reached > last:
            return False
    return True
