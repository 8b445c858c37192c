"""What does an answer contain of what a scenario asks?"""

from __future__ import annotations

from collections.abc import Sequence

from pmrehearse.checking.compiling import RuleCompiler
from pmrehearse.checking.contradicting import contradicted
from pmrehearse.checking.findings import ElementFinding, Evidence, Findings, FlagFinding, Verdict
from pmrehearse.checking.judging import PassageJudge
from pmrehearse.checking.leaves import Hit, Leaves
from pmrehearse.checking.matching import PatternCompiler
from pmrehearse.checking.nearest import NEAR_ENOUGH, nearest
from pmrehearse.checking.nodes import Node
from pmrehearse.checking.normalise import SoundAlikes, normalise
from pmrehearse.checking.ordering import ordered
from pmrehearse.checking.running import Run
from pmrehearse.checking.scopes import CUE_LEXICONS, ScopeFinder
from pmrehearse.checking.second_look import NOTHING_LIKE_IT, SecondLook
from pmrehearse.checking.whole_nodes import InOrderNode
from pmrehearse.checking.window_nodes import tightness
from pmrehearse.scenario.lexicon import Lexicons
from pmrehearse.scenario.model import Element, Flag, Scenario
from pmrehearse.speech.segments import Word

FEWEST_WORDS = 3
"""An answer of fewer words tells nothing: its elements are unknown."""
HEARD_BADLY = 0.25
"""A word of less probability was heard badly."""
MOSTLY = 0.5
"""Where more than this share of all words was heard badly, what is missing is unknown."""
UNRULED = "it has no check, and the learned judge, which could tell, is not there"
"""Why nothing can be said of an element that has a criterion alone."""


class Checker:
    """The checks of one scenario, compiled once.

    It keeps what it found in the last transcript and goes on from there when the next one begins with the same words,
    so asking again while a transcript grows costs milliseconds. What it finds depends on the words alone. One thread
    at a time may use it.
    """

    def __init__(
        self, scenario: Scenario, lexicons: Lexicons, judge: PassageJudge | None = None, note: str = ""
    ) -> None:
        """Compile the checks.

        Args:
            scenario: What is asked.
            lexicons: What its checks refer to.
            judge: Reads what no rule understands; None to let the rules decide alone. It takes some milliseconds for
                each new passage, so whoever must not wait gives none.
            note: Stands on the findings: what must be known of who found them, or "".

        Raises:
            MachineError: A check needs google-re2, and it is not installed.
            ScenarioError: A check cannot be used.
            KeyError: A check asks for a lexicon that does not exist (`lexicon.check_references` tells them all).
        """
        self._scenario = scenario
        self._note = note
        sound_alikes = SoundAlikes(lexicons.sound_alikes)
        self._patterns = PatternCompiler(lexicons.phrases, sound_alikes)
        self._leaves = leaves = Leaves()
        rules = RuleCompiler(lexicons, self._patterns, leaves)
        for element in scenario.elements:
            if element.check is not None:
                rules.elements[element.id] = rules.compile(element.check)
        self._elements = [(element, rules.elements.get(element.id)) for element in scenario.elements]
        self._flags = [(flag, rules.compile(flag.check)) for flag in scenario.flags]
        cues = {
            name: leaves.add(self._patterns.phrases(lexicons.phrases[name]))
            for name in CUE_LEXICONS
            if name in lexicons.phrases
        }
        prompt = normalise(scenario.prompt.split(), sound_alikes)
        self._run = Run(leaves, cues, ScopeFinder(list(prompt.stems)), sound_alikes)
        nodes = [node for _, node in (*self._elements, *self._flags) if node is not None]
        self._reach = max((node.reach for node in nodes), default=0)
        self._second_look = None if judge is None else SecondLook(judge, self._elements, self._flags, lexicons)
        if self._second_look is not None:
            self._reach = max(self._reach, self._second_look.reach)
        self._words: Sequence[Word] = ()
        self._n_badly = 0

    @property
    def steps(self) -> int:
        """How many patterns were tried so far; what tests of linear work count."""
        return self._patterns.steps + self._leaves.steps

    def check(self, words: Sequence[Word]) -> Findings:
        """The findings on these words.

        Args:
            words: The whole transcript so far, words that are no evidence left out.
        """
        words = tuple(words)
        n_same = _n_same(self._words, words)
        grown = n_same == len(self._words)
        self._n_badly = (self._n_badly if grown else 0) + _n_badly(words[n_same:] if grown else words)
        self._run.follow(words, n_same, self._reach)
        self._words = words
        unknown = len(words) < FEWEST_WORDS or self._n_badly > MOSTLY * len(words)
        elements = self._ordered(
            tuple(self._element(element, node, unknown=unknown) for element, node in self._elements)
        )
        return Findings(
            scenario_id=self._scenario.id,
            elements=elements,
            flags=tuple(
                self._flag(flag, node, off=unknown or contradicted(flag, elements)) for flag, node in self._flags
            ),
            note=self._note,
        )

    def _element(self, element: Element, node: Node | None, *, unknown: bool) -> ElementFinding:
        """The verdict on one element."""
        finding = self._by_rules(element, node, unknown=unknown)
        if self._second_look is None or (unknown and not finding.met):
            return finding
        return self._second_look.over(self._run, finding)

    def _ordered(self, found: tuple[ElementFinding, ...]) -> tuple[ElementFinding, ...]:
        """The same, orders seen anew in the light of what the judge found."""
        if self._second_look is None:
            return found
        by_id = {finding.element_id: finding for finding in found}
        return tuple(
            ordered(self._run, node, finding, by_id) if isinstance(node, InOrderNode) else finding
            for finding, (_, node) in zip(found, self._elements, strict=True)
        )

    def _by_rules(self, element: Element, node: Node | None, *, unknown: bool) -> ElementFinding:
        """What the rules say of one element."""
        hit = None if node is None else self._best(node)
        if node is not None and hit is not None:
            evidence = self._evidence(hit.start, hit.end) or self._anything()
            if evidence is not None:
                return ElementFinding(element.id, Verdict.MET, evidence, _rule(node, hit.label))
        if unknown:
            lacked = "too little was heard to tell" if self._words else "nothing was heard"
            return ElementFinding(element.id, Verdict.UNKNOWN, lacked=lacked)
        if node is None:
            return ElementFinding(element.id, Verdict.UNKNOWN, lacked=UNRULED)
        near = nearest(self._run, node)
        lacked = near.lacked or NOTHING_LIKE_IT
        if near.score < NEAR_ENOUGH:
            return ElementFinding(element.id, Verdict.MISSING, lacked=lacked)
        evidence = self._evidence(near.start, near.end)
        return ElementFinding(element.id, Verdict.NEAR, evidence, _rule(node, near.label), lacked)

    def _best(self, node: Node) -> Hit | None:
        """Of all places where a rule holds the one that makes the best quote; None when it holds nowhere."""
        run = self._run
        if not node.windowed:
            return min(node.in_answer(run), key=lambda hit: tightness(run, hit), default=None)
        looked, kept = run.so_far.get(("best", node), (0, None))
        best = kept if isinstance(kept, Hit) else None
        for number in range(looked, len(run.memo)):
            if number == run.settled:
                run.so_far["best", node] = (number, best)
            for hit in node.in_block(run, number):
                if best is None or tightness(run, hit) < tightness(run, best):
                    best = hit
        return best

    def _flag(self, flag: Flag, node: Node, *, off: bool) -> FlagFinding:
        """Whether one flag is raised; `off` says that it cannot be."""
        silent = FlagFinding(flag.id, raised=False)
        if off:
            return silent
        why = node.rule.lacked or flag.title
        if (hit := self._best(node)) is not None:
            evidence = self._evidence(hit.start, hit.end)
            return FlagFinding(flag.id, raised=True, evidence=evidence, rule=_rule(node, hit.label), why=why)
        return silent if self._second_look is None else self._second_look.over_flag(self._run, silent, why)

    def _evidence(self, start: int, end: int) -> Evidence | None:
        """The words of a stretch of tokens; None for an empty one."""
        return self._run.spoken.evidence(start, end) if start < end else None

    def _anything(self) -> Evidence | None:
        """The first words of the answer: the evidence of what is met by what was never said."""
        blocks = self._run.spoken.blocks
        return self._evidence(blocks[0].start, blocks[0].end) if blocks else None


def _n_same(before: Sequence[Word], now: Sequence[Word]) -> int:
    """How many first words two transcripts share."""
    most = min(len(before), len(now))
    if before[:most] == now[:most]:
        return most
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if before[:middle] == now[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _n_badly(words: Sequence[Word]) -> int:
    """How many words were heard badly."""
    return sum(word.probability is not None and word.probability < HEARD_BADLY for word in words)


def _rule(node: Node, label: str) -> str:
    """The rule in words that a reader of the scenario file recognises."""
    name = node.rule.name or getattr(node.rule, "check", "")
    return f"{name}: {label}" if name and label else name or label
