"""Which words do not count: denied, put off, asked, other people's, read back, taken back, said of everybody?

The cues are phrases of the lexicons named `scope-…` (NegEx: Chapman et al. 2001, "A simple algorithm for identifying
negated findings"); how far each reaches is decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pmrehearse.checking.normalise import CLAUSE, COMMA
from pmrehearse.checking.spoken import Block, Spoken
from pmrehearse.scenario.rule_kinds import Scope

CUE_LEXICONS = {
    "scope-negation": "what denies the words after it",
    "scope-negation-not": "what looks like a denial and is none",
    "scope-negation-after": "what denies the words before it",
    "scope-wish": "what wishes or puts off",
    "scope-condition": "what leaves open",
    "scope-others": "other people's work",
    "scope-others-not": "what looks like other people's work and is none",
    "scope-elsewhere": "own work in another job",
    "scope-generic": "what is said of everybody",
    "scope-read-back": "the question read back",
    "scope-retracted": "what takes back the words before it",
    "scope-quotation": "other people's words",
}
"""The lexicons that the engine itself asks for, and what they hold; one that is missing cancels nothing."""

NEGATION_REACH = 9
"""A denial reaches so many words at most."""
LONGEST_ASIDE = 4
"""An aside between commas has so many words at most: "we don't, at this point, have one"."""
LONGEST_TERM = 4
"""A term in a row of terms has so many words at most."""
FEWEST_TERMS = 4
"""So many terms in a row, with nothing said of them, are a bare list."""
PROMPT_GRAM = 4
"""So many words in a row that stand in the prompt are the prompt read back."""

_OWN = frozenset("i we my our us ours mine me let".split())
_THEY = frozenset("they them their theirs he his she her those".split())
_BOTH = frozenset("but however before until till unless if so instead yet because except though although".split())
_TURNS = frozenset(("but", "so", "however", "here", "now", "anyway", "okay"))
_SAYING = frozenset(
    "i we you they he she it us our my your their them me is are was were be do does did have has had will would can "
    "could should gets get goes go comes come says say who which what if when then so because but that this not".split()
)
"""Words by which something is said; a row of terms has none of them."""
_NO_TERM_BEGINS = frozenset("in on at for from with by to of and or no yes right yeah well just so always".split())
_NO_TERM_ENDS = frozenset("the a an and or to of for with in on at".split())
"""A stretch between commas that begins or ends with one of these is speech that halts, not a term in a row."""
_WH = frozenset(
    "what who how why when where which do does did is are can could should would will shall have has am was were "
    "whose whom isn't".split()
)

Cues = Callable[[int, str], list[tuple[int, int]]]
"""The hits of a cue lexicon in a block, as (start, end) of tokens."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A stretch of tokens that does not count.

    Attributes:
        scope: Why.
        start: Its first token.
        end: The index after its last token.
        cue_start: The first token of what cancels it.
        cue_end: The index after the last of these.
    """

    scope: Scope
    start: int
    end: int
    cue_start: int
    cue_end: int


class ScopeFinder:
    """Finds what does not count, block by block."""

    def __init__(self, prompt_stems: list[str]) -> None:
        """Take the scenario's prompt, as stems."""
        self._grams = {tuple(prompt_stems[at : at + PROMPT_GRAM]) for at in range(len(prompt_stems) - PROMPT_GRAM + 1)}

    def in_block(self, spoken: Spoken, number: int, cues: Cues, carried: bool) -> tuple[list[Cancelled], bool]:  # noqa: FBT001
        """What a block cancels in itself.

        Args:
            spoken: The transcript.
            number: The block.
            cues: Finds cue phrases.
            carried: True when the block before ended in other people's work.

        Returns:
            The stretches, and whether this block ends in other people's work.
        """
        block = spoken.blocks[number]
        found = [
            *self._negations(spoken, block, cues, number),
            *_whole_clauses(spoken, block, cues(number, "scope-wish"), Scope.WISH),
            *_to_the_turn(spoken, block, cues(number, "scope-generic"), Scope.GENERIC),
            *_to_the_turn(spoken, block, cues(number, "scope-elsewhere"), Scope.ELSEWHERE),
            *_to_the_turn(spoken, block, cues(number, "scope-read-back"), Scope.READ_BACK),
            *_to_the_clause(spoken, block, cues(number, "scope-condition"), Scope.CONDITION),
            *_to_the_clause(spoken, block, cues(number, "scope-quotation"), Scope.QUOTATION),
            *self._read_back(spoken, block),
            *_questions(spoken, block),
            *_bare_lists(spoken, block),
        ]
        others = _others(spoken, block, cues, number, carried=carried)
        found.extend(others)
        ends_in_others = any(stretch.end == block.end for stretch in others)
        return found, ends_in_others

    def _negations(self, spoken: Spoken, block: Block, cues: Cues, number: int) -> list[Cancelled]:
        """Denials, forward and backward."""
        pseudo = cues(number, "scope-negation-not")
        found = []
        for start, end in cues(number, "scope-negation"):
            if any(one_start <= start < one_end for one_start, one_end in pseudo):
                continue
            if spoken.texts[start] == "no" and (end == block.end or spoken.cuts[end] or end in spoken.quantities):
                continue  # "no, sorry", "ten, no, twelve": it corrects, and denies nothing that follows
            found.append(Cancelled(Scope.NEGATION, start, _negation_end(spoken, block, end), start, end))
        for start, end in cues(number, "scope-negation-after"):
            first = start
            while first > max(block.start, start - NEGATION_REACH) and spoken.cuts[first] < CLAUSE:
                first -= 1
            found.append(Cancelled(Scope.NEGATION, first, end, start, end))
        return found

    def _read_back(self, spoken: Spoken, block: Block) -> list[Cancelled]:
        """Words in a row that stand in the prompt."""
        found: list[Cancelled] = []
        for at in range(block.start, block.end - PROMPT_GRAM + 1):
            if tuple(spoken.stems[at : at + PROMPT_GRAM]) not in self._grams:
                continue
            if found and found[-1].end >= at:
                found[-1] = Cancelled(Scope.READ_BACK, found[-1].start, at + PROMPT_GRAM, at, at)
            else:
                found.append(Cancelled(Scope.READ_BACK, at, at + PROMPT_GRAM, at, at))
        return found


def _negation_end(spoken: Spoken, block: Block, end: int) -> int:
    """How far a denial reaches whose cue ends before token `end`.

    A comma right behind the cue ends it ("the others do not, twenty thousand in all"), unless it opens an aside ("we
    don't, at this point, have one"); later a comma ends it where more than two words have come.
    """
    first = end
    if end < block.end and spoken.cuts[end]:
        closing = range(end + 1, min(end + LONGEST_ASIDE + 1, block.end))
        first = next((at for at in closing if spoken.cuts[at] == COMMA), end)
        if first == end:
            return end
    at = first
    while at < min(block.end, first + NEGATION_REACH):
        if at > first and (spoken.cuts[at] >= CLAUSE or spoken.texts[at] in _BOTH):
            break
        if spoken.cuts[at] == COMMA and at - first > 2:  # noqa: PLR2004 - "we don't have, well, one"
            break
        at += 1
    return at


def _whole_clauses(spoken: Spoken, block: Block, hits: list[tuple[int, int]], scope: Scope) -> list[Cancelled]:
    """The clause of each cue, before it and after it."""
    found = []
    for start, end in hits:
        first, last = spoken.clause(start, end)
        found.append(Cancelled(scope, max(first, block.start), min(last, block.end), start, end))
    return found


def _to_the_clause(spoken: Spoken, block: Block, hits: list[tuple[int, int]], scope: Scope) -> list[Cancelled]:
    """From each cue to the end of its clause."""
    return [Cancelled(scope, start, min(spoken.clause(start, end)[1], block.end), start, end) for start, end in hits]


def _to_the_turn(spoken: Spoken, block: Block, hits: list[tuple[int, int]], scope: Scope) -> list[Cancelled]:
    """From each cue to where the speaker turns to their own answer, or the end of the sentence."""
    return [Cancelled(scope, start, _turn(spoken, block, end), start, end) for start, end in hits]


def _turn(spoken: Spoken, block: Block, at: int) -> int:
    """Where, from token `at` on, the speaker turns to "so we", "but I", "here"."""
    while at < block.end:
        following = spoken.texts[at + 1] if at + 1 < block.end else ""
        turns = spoken.texts[at] in _TURNS and (following in _OWN or spoken.texts[at] == "here")
        if turns or (spoken.cuts[at] == CLAUSE and spoken.texts[at] in {"i", "we", "our", "my"}):
            return at
        at += 1
    return block.end


def _others(spoken: Spoken, block: Block, cues: Cues, number: int, *, carried: bool) -> list[Cancelled]:
    """Other people's work: from the cue (or the sentence's start) to the turn; carried on while it is about them."""
    pseudo = cues(number, "scope-others-not")
    found = []
    for start, end in cues(number, "scope-others"):
        if any(one_start <= start < one_end for one_start, one_end in pseudo):
            continue
        first = block.start if _OWN.isdisjoint(spoken.texts[block.start : start]) else start
        found.append(Cancelled(Scope.OTHERS, first, _turn(spoken, block, end), start, end))
    if found or not carried:
        return found
    texts = spoken.texts[block.start : block.end]
    own = next((at for at, text in enumerate(texts) if text in _OWN), len(texts))
    if own and not _THEY.isdisjoint(texts[:own]):
        found.append(Cancelled(Scope.OTHERS, block.start, block.start + own, block.start, block.start))
    return found


def _questions(spoken: Spoken, block: Block) -> list[Cancelled]:
    """The part of a sentence that asks."""
    if not block.asked:
        return []
    for at in range(block.start, block.end):
        if (at == block.start or spoken.cuts[at]) and spoken.texts[at] in _WH:
            return [Cancelled(Scope.QUESTION, at, block.end, at, at)]
        if at <= block.start + 1 and at + 1 < block.end and spoken.texts[at + 1] in _WH:
            return [Cancelled(Scope.QUESTION, block.start, block.end, at, at)]
    return []


def _bare_lists(spoken: Spoken, block: Block) -> list[Cancelled]:
    """Terms in a row between commas with no verb among them: "offline, online, BLEU, perplexity, drift detection"."""
    starts = [block.start, *(at for at in range(block.start + 1, block.end) if spoken.cuts[at])]
    ends = [*starts[1:], block.end]
    bare = [_is_term(spoken.texts[start:end]) for start, end in zip(starts, ends, strict=True)]
    found = []
    at = 0
    while at < len(bare):
        last = at
        while last < len(bare) and bare[last]:
            last += 1
        if last - at >= FEWEST_TERMS:
            found.append(Cancelled(Scope.BARE_LIST, starts[at], ends[last - 1], starts[at], starts[at]))
        at = max(last, at + 1)
    return found


def _is_term(texts: Sequence[str]) -> bool:
    """True for words between commas that only name something."""
    if not 0 < len(texts) <= LONGEST_TERM or texts[0] in _NO_TERM_BEGINS or texts[-1] in _NO_TERM_ENDS:
        return False
    return _SAYING.isdisjoint(texts)
