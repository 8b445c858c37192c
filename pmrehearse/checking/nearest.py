"""What came nearest to a rule that does not hold, and what did it lack?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pmrehearse.checking.leaves import Hit
from pmrehearse.checking.matchers import fits
from pmrehearse.checking.nodes import Node, SayNode
from pmrehearse.checking.running import Run
from pmrehearse.checking.whole_nodes import AnyNode, BeforeNode, FirstNode, InOrderNode, OwnPastNode
from pmrehearse.checking.window_nodes import DistinctNode, WindowNode
from pmrehearse.checking.wording import CANCELLED, bounds_missed, but, joined

NEAR_ENOUGH = 0.6
"""A score from which on something counts as near: more than half of what was asked, or all of it but cancelled."""
TOLD = 0.8
"""A part of at least this score is told in its own words: it was cancelled, or its number missed the bound."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """What came nearest.

    Attributes:
        score: How near, in [0, 1).
        start: Its first token.
        end: The index after its last token; equal to `start` when no words came near.
        lacked: What was lacking, for the speaker.
        label: The pattern that came nearest, or "".
    """

    score: float
    start: int
    end: int
    lacked: str
    label: str = ""


def lacked_by(node: Node) -> str:
    """What is said of a rule of which nothing was found."""
    rule = node.rule
    if rule.lacked:
        return rule.lacked
    if rule.name:
        return f"no {rule.name}" if not rule.name.startswith(("a ", "an ")) else f"no {rule.name.split(' ', 1)[1]}"
    if isinstance(node, AnyNode):
        return next((text for part in node.parts if (text := lacked_by(part))), "")
    if isinstance(node, WindowNode):
        return joined([text for part in (*node.parts, *node.conditions) if (text := lacked_by(part))])
    return ""


def nearest(run: Run, node: Node) -> Nearest:
    """What came nearest to a node that has no hit."""
    best = Nearest(0.0, 0, 0, lacked_by(node))
    found = _over_blocks(run, node, best) if node.windowed else _in_answer(run, node)
    if found is None or found.score <= best.score:
        return best
    return found if found.lacked else replace(found, lacked=best.lacked)


def _over_blocks(run: Run, node: Node, best: Nearest) -> Nearest:
    """The nearest of all blocks, or `best`; what can no longer change is not looked at again."""
    looked, kept = run.so_far.get(("nearest", node), (0, best))
    best = kept if isinstance(kept, Nearest) else best
    for number in range(looked, len(run.memo)):
        if number == run.settled:
            run.so_far["nearest", node] = (number, best)
        found = _in_block(run, node, number)
        if found is not None and found.score > best.score:
            best = found
    return best


def _in_block(run: Run, node: Node, number: int) -> Nearest | None:
    """What came nearest in one block; kept."""
    memo = run.memo[number]
    if node.nearest_key not in memo:
        memo[node.nearest_key] = _sought(run, node, number)
    return memo[node.nearest_key]  # type: ignore[return-value]


def _sought(run: Run, node: Node, number: int) -> Nearest | None:  # noqa: PLR0911 - one a kind
    if isinstance(node, SayNode):
        return _cancelled(run, node, number) or out_of_bounds(run, node, number)
    if isinstance(node, AnyNode):
        return _best([_in_block(run, part, number) for part in node.parts])
    if isinstance(node, WindowNode):
        return _incomplete(run, node, number)
    if isinstance(node, DistinctNode):
        return _too_few(node, node.most_in_block(run, number)) or _in_block(run, node.part, number)
    if isinstance(node, OwnPastNode):
        hits = node.part.in_block(run, number)
        if hits:
            return Nearest(0.7, hits[0].start, hits[0].end, "it was not told as something that you did", hits[0].label)
        return _in_block(run, node.part, number)
    return None


def _best(found: list[Nearest | None]) -> Nearest | None:
    """The nearest of several; the first of equals."""
    return max((one for one in found if one is not None), key=lambda one: one.score, default=None)


def _cancelled(run: Run, node: SayNode, number: int) -> Nearest | None:
    """A match that did not count."""
    for match in node.dead(run, number):
        why = run.cancels(number, match, node.say.allow)
        if why is not None:
            return Nearest(0.85, match.start, match.end, CANCELLED[why.scope], node.labels[match.pattern])
    return None


def out_of_bounds(run: Run, node: SayNode, number: int) -> Nearest | None:
    """A number of the right kind that is too small or too large."""
    if node.unbounded is None:
        return None
    leaf, slots = node.unbounded
    for match in run.matches(number, leaf):
        for at in range(match.start, match.end):
            for quantity in run.spoken.quantities.get(at, ()):
                slot = next((one for one in slots if fits(one, quantity) and not one.holds(quantity.value)), None)
                if slot is not None and run.cancels(number, match, node.say.allow) is None:
                    return Nearest(0.8, match.start, match.end, bounds_missed(slot, quantity))
    return None


def _incomplete(run: Run, node: WindowNode, number: int) -> Nearest | None:
    """Some parts, but not enough of them."""
    block = run.spoken.blocks[number]
    if block.start == block.end:
        return None
    begun = any(part.in_block(run, number) for part in node.parts)
    if not begun and all(_in_block(run, part, number) is None for part in node.parts):
        return None
    hits = node.gathered(run, number)
    limit = node.limit(run, block.start)
    found = [next((hit for hit in part if hit.start < limit), None) for part in hits]
    present = [hit for hit in found if hit is not None]
    near = [
        None if hit is not None else _in_block(run, part, number) for part, hit in zip(node.parts, found, strict=True)
    ]
    score = len(present) + sum(0.5 * one.score for one in near if one is not None)
    if not score:
        return None
    n_parts = len(node.parts) + len(node.conditions)
    names = [part.rule.name for part, hit in zip(node.parts, found, strict=True) if hit is not None and part.rule.name]
    missing = [
        one.lacked if one is not None and one.score >= TOLD else lacked_by(part)
        for part, hit, one in zip(node.parts, found, near, strict=True)
        if hit is None
    ]
    spans: list[Hit | Nearest] = [*present, *(one for one in near if one is not None)]
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    lacked = but(names, [text for text in missing if text]) or lacked_by(node)
    return Nearest(min(score / max(n_parts, node.least), 0.95), start, end, lacked, spans[0].label)


def _in_answer(run: Run, node: Node) -> Nearest | None:
    """What came nearest to a node that looks at the whole answer."""
    if isinstance(node, AnyNode):
        return _best([nearest(run, part) for part in node.parts])
    if isinstance(node, DistinctNode):
        return _too_few(node, node.part.in_answer(run)[: node.least - 1]) or nearest(run, node.part)
    if isinstance(node, FirstNode | BeforeNode):
        hits = node.part.in_answer(run)
        return (
            Nearest(0.7, hits[0].start, hits[0].end, "it came too late", hits[0].label)
            if hits
            else nearest(run, node.part)
        )
    if isinstance(node, InOrderNode):
        return _out_of_order(run, node)
    if isinstance(node, WindowNode):
        return _incomplete_answer(run, node)
    return None


def _too_few(node: DistinctNode, chosen: list[Hit]) -> Nearest | None:
    """Some of so many."""
    if not chosen:
        return None
    score = 0.9 * len(chosen) / node.least
    return Nearest(score, chosen[0].start, chosen[-1].end, f"{len(chosen)} of {node.least}", chosen[0].label)


def _out_of_order(run: Run, node: InOrderNode) -> Nearest:
    """Which elements are missing, or come too early."""
    firsts = node.firsts(run)
    missing = [name for name, hit in zip(node.ids, firsts, strict=True) if hit is None]
    present = [hit for hit in firsts if hit is not None]
    score = 0.9 * len(present) / len(node.ids)
    start, end = (min(hit.start for hit in present), max(hit.end for hit in present)) if present else (0, 0)
    if missing:
        return Nearest(score, start, end, "no " + joined(missing))
    pairs = zip(node.ids, node.ids[1:], present, present[1:], strict=False)
    late = next((f"{second} came before {first}" for first, second, one, two in pairs if two.start <= one.start), "")
    return Nearest(score, start, end, late or "they came out of order")


def _incomplete_answer(run: Run, node: WindowNode) -> Nearest | None:
    """Some parts of the whole answer."""
    parts = [*node.parts, *node.conditions]
    firsts = [part.first(run) for part in parts]
    present = [hit for hit in firsts if hit is not None and hit.start < hit.end]
    if not present:
        return None
    names = [part.rule.name for part, hit in zip(parts, firsts, strict=True) if hit is not None and part.rule.name]
    missing = [text for part, hit in zip(parts, firsts, strict=True) if hit is None and (text := lacked_by(part))]
    score = 0.95 * sum(hit is not None for hit in firsts) / len(parts)
    return Nearest(score, present[0].start, present[0].end, but(names, missing) or lacked_by(node), present[0].label)
