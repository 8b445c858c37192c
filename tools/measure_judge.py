"""From which scores on should the judge overrule the rules, and what does that bring?

    python -m tools.measure_judge [--write] [--unseen FILE ...]

How far each rule can be trusted is counted on answers that nobody read who wrote rules; how far the judge can be, on
those of them that it was not taught (`tools.judge_bars`). `--write` puts the bars beside the
shipped model. The figures on kept answers are reached by bars that the other kept answers chose (five folds).
`--unseen` measures once more, on answers by which nothing is chosen.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pmrehearse.checking.agreement import Confusion
from pmrehearse.checking.checker import Checker
from pmrehearse.checking.contradicting import contradicted
from pmrehearse.checking.findings import Judge, Verdict
from pmrehearse.checking.judging import Bars, PassageJudge
from pmrehearse.checking.second_look import Question
from pmrehearse.judging.card import BARS
from pmrehearse.judging.onnx_judge import OnnxJudge
from pmrehearse.scenario import packs
from pmrehearse.speech.segments import words_of_text
from tools import judge_pairs
from tools.judge_bars import Judged, JudgedFlag, Ruled, Trust, bars, flag_bar, weighed

FOLDS = 5
NEVER = 2.0
"""No score is so high."""
RULES_ALONE = Bars(NEVER, NEVER, 0.0, NEVER)
"""The judge is never believed."""


@dataclass(frozen=True)
class Scored:
    """One element of one answer as rules and judge see it.

    Attributes:
        answer: The answer's number.
        element: The element.
        judged: The rule's verdict, with the judge's score that counts beside it: after "met" that of the best passage
            of all, else that of the best one that it may call met.
    """

    answer: int
    element: str
    judged: Judged

    def found(self, given: Bars) -> bool:
        """What rules and judge say together."""
        bar = given.absurd if self.judged.verdict is Verdict.MET else given.sure(self.judged.verdict)
        return self.judged.score >= bar


@dataclass(frozen=True)
class WithBars:
    """A judge with other bars than are shipped.

    Attributes:
        judge: What scores.
        given: The bars by criterion.
    """

    judge: OnnxJudge
    given: Mapping[str, Bars]

    def score(self, criterion: str, passages: Sequence[str]) -> Sequence[float]:
        """As the judge does."""
        return self.judge.score(criterion, passages)

    def bars(self, criterion: str) -> Bars:
        """Those that are given."""
        return self.given.get(criterion, self.given[""])


class Scales:
    """Weighs answers with rules and judge."""

    def __init__(self, judge: PassageJudge) -> None:
        self._judge, self._lexicons = judge, packs.lexicons()
        self._checkers: dict[tuple[str, bool], Checker] = {}

    def ruled(self, answers: Iterable[dict[str, object]]) -> Iterator[Ruled]:
        """What the rules alone say."""
        for answer in answers:
            checker = self._checker(str(answer["scenario"]), judged=False)
            for one in checker.check(words_of_text(str(answer["text"]))).elements:
                yield Ruled(self._criterion(checker, one.element_id), answer["elements"][one.element_id], one.verdict)  # type: ignore[index]

    def scored(self, answers: Iterable[dict[str, object]]) -> Iterator[Scored]:
        """What rules and judge say, one beside the other."""
        for number, answer in enumerate(answers):
            rules = self._checker(str(answer["scenario"]), judged=False)
            checker = self._checker(str(answer["scenario"]), judged=True)
            words = words_of_text(str(answer["text"]))
            checker.check(words)
            for one in rules.check(words).elements:
                met, criterion = bool(answer["elements"][one.element_id]), self._criterion(checker, one.element_id)  # type: ignore[index]
                question = checker._second_look._elements[one.element_id]  # type: ignore[union-attr]  # noqa: SLF001
                score = _score(checker, question, met=one.verdict is Verdict.MET)
                yield Scored(number, one.element_id, Judged(criterion, met, one.verdict, score))

    def flags(self, answers: Iterable[dict[str, object]]) -> Iterator[JudgedFlag]:
        """What rules and judge say of flags; one that an element clears, by rule or judge, is not raised."""
        for answer in answers:
            checker = self._checker(str(answer["scenario"]), judged=True)
            found = checker.check(words_of_text(str(answer["text"])))
            for one in found.flags:
                question = checker._second_look._flags[one.flag_id]  # type: ignore[union-attr]  # noqa: SLF001
                is_off = contradicted(checker._scenario.flag(one.flag_id), found.elements)  # noqa: SLF001
                score = 0.0 if is_off else _score(checker, question, met=False)
                raised = bool(answer["flags"][one.flag_id])  # type: ignore[index]
                is_ruled = one.raised and one.judge is Judge.RULES
                yield JudgedFlag(question.asked.criterion, raised, is_ruled, score)

    def _criterion(self, checker: Checker, element_id: str) -> str:
        return checker._scenario.element(element_id).criterion  # noqa: SLF001

    def _checker(self, scenario: str, *, judged: bool) -> Checker:
        if (scenario, judged) not in self._checkers:
            judge = self._judge if judged else None
            self._checkers[scenario, judged] = Checker(packs.find(scenario), self._lexicons, judge)
        return self._checkers[scenario, judged]


def _score(checker: Checker, question: Question, *, met: bool) -> float:
    """The judge's score that decides about one element or flag of the answer that was checked last."""
    look, run = checker._second_look, checker._run  # noqa: SLF001
    assert look is not None  # noqa: S101  for the type
    passages = question.passages.cut(run)
    if met:
        return 1.0 if question.whole else max(look._scores(question, passages), default=1.0)  # noqa: SLF001
    for score, passage in look._scored(run, question, passages):  # noqa: SLF001
        if not question.passages.is_denied(run, look._narrowed(run, question, passage)):  # noqa: SLF001
            return score
    return 0.0


def counted(decided: Iterable[tuple[bool, bool]]) -> Confusion:
    """How often marker and checks said what.

    Args:
        decided: What the marker says and what the checks found, a pair a verdict.
    """
    counts = Counter(decided)
    return Confusion(counts[True, True], counts[False, True], counts[True, False], counts[False, False])


def elements(scored: Iterable[tuple[Scored, Bars]]) -> Confusion:
    """The verdicts on elements, each with the bars that it is given."""
    return counted((one.judged.met, one.found(given)) for one, given in scored)


def flags(judged: Iterable[JudgedFlag], bar: float) -> Confusion:
    """The verdicts on flags."""
    return counted((one.raised, one.found(bar)) for one in judged)


def told(title: str, counts: Confusion) -> str:
    """One line of figures."""
    return (
        f"{title:<44} n {counts.n:>4}  precision {counts.precision or 0:.3f}  recall {counts.recall or 0:.3f}  "
        f"kappa {counts.kappa or 0:.3f}"
    )


def folded(scored: Sequence[Scored], trust: Trust) -> Iterator[tuple[Scored, Bars]]:
    """Each with bars that other answers chose."""
    for fold in range(FOLDS):
        others = [one.judged for one in scored if one.answer % FOLDS != fold]
        chosen = bars(trust, weighed(others, trust))
        yield from ((one, chosen.get(one.judged.criterion, chosen[""])) for one in scored if one.answer % FOLDS == fold)


def main() -> None:
    """Choose bars, and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the bars beside the shipped model")
    parser.add_argument("--unseen", type=Path, nargs="*", default=[], help="labelled answers to measure on")
    options = parser.parse_args()
    judge = OnnxJudge()
    scales = Scales(judge)
    unread = judge_pairs.answers(examined=False, unread=True)
    trust = Trust(scales.ruled(unread))
    kept = list(scales.scored(judge_pairs.answers(examined=True, unread=True)))
    weights = weighed([one.judged for one in kept], trust)
    chosen = bars(trust, weights)
    print(f"{len(unread)} answers tell how far {len(trust.criteria)} rules can be trusted; {weights}")
    print(told("kept answers: rules", elements((one, RULES_ALONE) for one in kept)))
    print(told("kept answers: rules and judge, one bar for all", elements((one, chosen[""]) for one in kept)))
    print(told("kept answers: rules and judge, in folds", elements(folded(kept, trust))))
    decided = Scales(WithBars(judge, chosen))
    judged = list(decided.flags(judge_pairs.answers(examined=True)))
    bar = flag_bar(judged)
    print(told("kept answers: flags by rules", flags(judged, NEVER)))
    print(told(f"kept answers: flags, the judge from {bar} on", flags(judged, bar)))
    if options.write:
        of_flags = {one.criterion: Bars(bar, NEVER, 0.0, bar) for one in judged}
        rows = {**chosen, **dict(sorted(of_flags.items()))}
        lines = [f"{json.dumps(key)}: {json.dumps(_row(value))}" for key, value in rows.items()]
        BARS.write_text("{\n  " + ",\n  ".join(lines) + "\n}\n", encoding="utf-8")
    for path in options.unseen:
        unseen = list(scales.scored(judge_pairs.read_lines(path)))
        given = [(one, chosen.get(one.judged.criterion, chosen[""])) for one in unseen]
        print(told(f"{path.name}: rules", elements((one, RULES_ALONE) for one in unseen)))
        print(told(f"{path.name}: rules and judge", elements(given)))
        of_it = list(decided.flags(judge_pairs.read_lines(path)))
        print(told(f"{path.name}: flags by rules", flags(of_it, NEVER)))
        print(told(f"{path.name}: flags by rules and judge", flags(of_it, bar)))


def _row(given: Bars) -> list[float]:
    return [given.missing, given.near, given.absurd, given.unruled]


if __name__ == "__main__":
    main()
