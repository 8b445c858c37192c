"""What does the learned judge make of what the rules found?

The rules decide first. The judge is asked where it can change a verdict: it can call met what the rules overlooked, and
not met what they took for it. What it says is weighed against what they say (`judging.Weighing`). What only rules can
tell (`demands`) it never overrules, and it hears only words that the scopes let through (`windows`). A passage keeps
its score, so in a transcript that grows only new passages are judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pmrehearse.checking.demands import NOTHING, Demand, DemandReader, allowed_by
from pmrehearse.checking.findings import ElementFinding, Evidence, FlagFinding, Judge, Verdict
from pmrehearse.checking.judging import ALMOST, EVEN, PassageJudge, Signs, Weights, share
from pmrehearse.checking.nodes import Node
from pmrehearse.checking.running import Run
from pmrehearse.checking.whole_nodes import WholeNode
from pmrehearse.checking.windows import Passage, Passages
from pmrehearse.scenario.lexicon import Lexicons
from pmrehearse.scenario.model import Element, Flag
from pmrehearse.scenario.rule_kinds import Scope

MOST_KEPT = 50_000
"""Scores that are kept: all passages of a 90-minute answer for thirty elements, several times over."""
QUOTED = 0.7
"""From which score on one sentence of a passage is quoted alone."""
DOUBTED = "its words are there, but what is said around them does not say it"
"""Why something that a rule called met is not."""
NOTHING_LIKE_IT = "nothing like it was said"
HALF_SAID = "something like it was said, but not all that is asked"


@dataclass(frozen=True, slots=True)
class Question:
    """One element or flag as the judge is asked for it.

    Attributes:
        asked: The element or flag.
        passages: Cuts the transcript for it.
        demand: What a passage must hold before the judge is asked.
        whole: True when the rule looks at the whole answer, so that no passage can show it wrong.
    """

    asked: Element | Flag
    passages: Passages
    demand: Demand
    whole: bool


class SecondLook:
    """The learned judge beside the rules of one scenario."""

    def __init__(
        self,
        judge: PassageJudge,
        elements: Sequence[tuple[Element, Node | None]],
        flags: Sequence[tuple[Flag, Node]],
        lexicons: Lexicons,
    ) -> None:
        """Read what each element's rule insists on.

        Args:
            judge: Scores passages.
            elements: The scenario's elements with their compiled checks; None where there is none.
            flags: Its flags with theirs.
            lexicons: What the checks refer to.
        """
        self._judge = judge
        self._kept: dict[tuple[str, str], float] = {}
        reader = DemandReader(lexicons.phrases)
        self._cutters: dict[tuple[frozenset[Scope], bool], Passages] = {}
        self._elements: dict[str, Question] = {}
        for element, node in elements:
            demand = NOTHING if node is None else reader.of(node)
            self._elements[element.id] = self._question(element, node, demand, lexicons)
        self._flags = {flag.id: self._question(flag, node, NOTHING, lexicons) for flag, node in flags}

    def _question(self, asked: Element | Flag, node: Node | None, demand: Demand, lexicons: Lexicons) -> Question:
        some, every = allowed_by(asked.check, lexicons.checks)
        key = (some, Scope.NEGATION in every)
        cutter = self._cutters.setdefault(key, Passages(some, denials=key[1]))
        return Question(asked, cutter, demand, isinstance(node, WholeNode))

    @property
    def reach(self) -> int:
        """So many tokens behind a sentence can change what is judged of it."""
        return max((cutter.reach for cutter in self._cutters.values()), default=0)

    def over(self, run: Run, finding: ElementFinding) -> ElementFinding:
        """The finding on one element after the judge was asked, where it can change something."""
        question = self._elements[finding.element_id]
        if finding.met:
            return self._doubted(run, question, finding)
        weights = self._judge.weighing.beside(finding.verdict)
        found = self._overlooked(run, question, finding.evidence, weights)
        if found is not None:
            evidence, how = found
            return ElementFinding(finding.element_id, Verdict.MET, evidence, how, judge=Judge.LEARNED)
        return finding if question.asked.check is not None else self._unruled(run, question)

    def over_flag(self, run: Run, silent: FlagFinding, why: str) -> FlagFinding:
        """What the judge says of a flag that no rule raised.

        Args:
            run: The transcript.
            silent: The finding: not raised.
            why: What it means for the speaker when it is.
        """
        found = self._overlooked(run, self._flags[silent.flag_id], None, self._judge.weighing.flag)
        if found is None:
            return silent
        evidence, how = found
        return replace(silent, raised=True, evidence=evidence, rule=how, why=why, judge=Judge.LEARNED)

    def signs(self, run: Run, finding: ElementFinding | FlagFinding) -> Signs | None:
        """What is weighed against a finding of the rules; None where the judge may not change it, or hears nothing.

        Args:
            run: The transcript that the finding is about.
            finding: What the rules alone found.
        """
        if isinstance(finding, FlagFinding):
            return next((signs for signs, _ in self._unmet(run, self._flags[finding.flag_id], None)), None)
        question = self._elements[finding.element_id]
        if finding.met:
            return None if finding.evidence is None or question.whole else self._met(run, question, finding.evidence)
        return next((signs for signs, _ in self._unmet(run, question, finding.evidence)), None)

    def _overlooked(
        self, run: Run, question: Question, quoted: Evidence | None, weights: Weights
    ) -> tuple[Evidence, str] | None:
        """The words that most likely meet it though no rule holds, and how likely; None when none do."""
        for signs, quote in self._unmet(run, question, quoted, weights):
            if (certainty := weights.certainty(signs)) >= EVEN:
                return _evidence(run, question.passages, quote), f"read as said ({share(certainty):.2f})"
        return None

    def _unmet(
        self, run: Run, question: Question, quoted: Evidence | None, weights: Weights | None = None
    ) -> Iterator[tuple[Signs, Passage]]:
        """What speaks for each passage that may meet what no rule found, and what of it is quoted; the best first.

        Args:
            run: The transcript.
            question: What is asked.
            quoted: What a rule quotes as coming near, if any.
            weights: Passages that cannot come to even by these are left out.
        """
        passages = question.passages.cut(run)
        near = [] if quoted is None else [one for one in passages if _holds(run, one, quoted)]
        quoted_scores = self._scores(question, near)
        for best, passage in self._scored(run, question, passages):
            here = max(quoted_scores, default=best)
            if weights is not None and weights.most(best, here) < EVEN:
                break
            quote = self._narrowed(run, question, passage)
            if not question.passages.is_denied(run, quote):
                (alone,) = self._scores(question, [quote])
                yield Signs(best, alone, here), quote

    def _doubted(self, run: Run, question: Question, finding: ElementFinding) -> ElementFinding:
        """What a rule calls met, unless the judge finds too little of it there, and anywhere."""
        if finding.evidence is None or question.whole:
            return finding
        weights = self._judge.weighing.met
        for anywhere in (False, True):
            signs = self._met(run, question, finding.evidence, anywhere=anywhere)
            if signs is None or weights.certainty(signs) >= EVEN:
                return finding
        return replace(finding, verdict=Verdict.NEAR, lacked=DOUBTED, judge=Judge.LEARNED)

    def _met(self, run: Run, question: Question, quoted: Evidence, *, anywhere: bool = True) -> Signs | None:
        """What speaks for something that a rule quotes; None where no passage holds it.

        Args:
            run: The transcript.
            question: What is asked.
            quoted: What the rule quotes.
            anywhere: False for a first look, at the passages that hold it alone.
        """
        passages = question.passages.cut(run)
        near = [one for one in passages if _holds(run, one, quoted)]
        if not near:
            return None
        here = max(self._scores(question, near))
        own = [one for one in self._alone(run, question, quoted) if one.text]
        alone = max(self._scores(question, own), default=here)
        return Signs(max(self._scores(question, passages)) if anywhere else here, alone, here)

    def _alone(self, run: Run, question: Question, evidence: Evidence) -> list[Passage]:
        """The sentence in which some evidence begins, by itself."""
        begins = (block.first_word <= evidence.first_word < block.end_word for block in run.spoken.blocks)
        return [question.passages.passage(run, at, at + 1) for at, holds in enumerate(begins) if holds]

    def _unruled(self, run: Run, question: Question) -> ElementFinding:
        """The verdict on an element without a check that the judge does not call met."""
        name, weights = question.asked.id, self._judge.weighing.unruled
        best = next(self._unmet(run, question, None), None)
        if best is None or weights.certainty(best[0]) < ALMOST:
            return ElementFinding(name, Verdict.MISSING, lacked=NOTHING_LIKE_IT, judge=Judge.LEARNED)
        evidence = _evidence(run, question.passages, best[1])
        return ElementFinding(name, Verdict.NEAR, evidence, lacked=HALF_SAID, judge=Judge.LEARNED)

    def _scored(self, run: Run, question: Question, passages: Sequence[Passage]) -> list[tuple[float, Passage]]:
        """The passages that hold what is demanded with their scores, the best first, of equals the earlier."""
        blocks = run.spoken.blocks
        held = [one for one in passages if question.demand.holds(run, blocks[one.first].start, blocks[one.end - 1].end)]
        return sorted(zip(self._scores(question, held), held, strict=True), key=lambda scored: -scored[0])

    def _narrowed(self, run: Run, question: Question, passage: Passage) -> Passage:
        """The one sentence of a passage that says it best, or the passage where no sentence does alone."""
        singles = [question.passages.passage(run, at, at + 1) for at in range(passage.first, passage.end)]
        scored = self._scored(run, question, [one for one in singles if one.text])
        return scored[0][1] if scored and scored[0][0] >= QUOTED else passage

    def _scores(self, question: Question, passages: Sequence[Passage]) -> list[float]:
        """A score a passage; those that were judged before are not judged again."""
        criterion, kept = question.asked.criterion, self._kept
        new = list(dict.fromkeys(one.text for one in passages if (criterion, one.text) not in kept))
        if len(kept) + len(new) > MOST_KEPT:
            kept.clear()
            new = list(dict.fromkeys(one.text for one in passages))
        if new:
            kept.update(zip(((criterion, text) for text in new), self._judge.score(criterion, new), strict=True))
        return [kept[criterion, one.text] for one in passages]


def _holds(run: Run, passage: Passage, evidence: Evidence) -> bool:
    """True when the words of some evidence begin in a passage."""
    blocks = run.spoken.blocks
    return blocks[passage.first].first_word <= evidence.first_word < blocks[passage.end - 1].end_word


def _evidence(run: Run, passages: Passages, passage: Passage) -> Evidence:
    """The words of a passage as a quote, from the first to the last that counts."""
    live = passages.live(run, passage)
    return run.spoken.quote(live[0], live[-1])
