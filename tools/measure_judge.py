"""From which scores on should the judge overrule the rules, and what does that bring?

    python -m tools.measure_judge [--unseen]

The rules were written towards the development answers and the validation passages, so what they reach there says
nothing of how far the judge should be believed. The scores there do: they tell how often the judge is wrong. Thresholds
are chosen for rules that are wrong as often as they are on answers that they do not know, as if the two erred
independently. `--unseen` then measures once more on the unseen answers; nothing is chosen by those.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from pmrehearse.checking.agreement import Confusion
from pmrehearse.checking.checker import Checker
from pmrehearse.checking.findings import Verdict
from pmrehearse.checking.judging import ABSURD, SURE
from pmrehearse.judging.onnx_judge import OnnxJudge
from pmrehearse.scenario import packs
from pmrehearse.speech.segments import words_of_text
from tools import judge_pairs

RULES_FIND, RULES_PASS = 0.81, 0.80
"""Of what is met the rules find so much, and of what is not they pass over so much: on answers unknown to them."""
STEPS = [number / 50 for number in range(1, 50)]


@dataclass(frozen=True)
class Weighed:
    """One element of one answer.

    Attributes:
        place: Where it stands.
        met: What the marker says.
        verdict: What the rules say.
        best: The judge's score of the best passage that it may call met.
        most: Its score of the best passage of all.
    """

    place: str
    met: bool
    verdict: Verdict
    best: float
    most: float

    def found(self, missing: float, near: float, absurd: float) -> bool:
        """What rules and judge say together."""
        if self.verdict is Verdict.MET:
            return self.most >= absurd
        return self.best >= (near if self.verdict is Verdict.NEAR else missing)


class Scales:
    """Weighs answers with rules and judge."""

    def __init__(self, judge: OnnxJudge) -> None:
        self._judge, self._lexicons = judge, packs.lexicons()
        self._checkers: dict[str, Checker] = {}
        self.known = frozenset(packs.list_ids())

    def weigh(self, scenario: str, text: str, labels: dict[str, bool], place: str) -> Iterator[Weighed]:
        """Each labelled element of an answer."""
        if scenario not in self._checkers:
            self._checkers[scenario] = Checker(packs.find(scenario), self._lexicons, self._judge)
        checker = self._checkers[scenario]
        look, checker._second_look = checker._second_look, None  # noqa: SLF001  the rules alone
        findings = {one.element_id: one for one in checker.check(words_of_text(text)).elements}
        checker._second_look = look  # noqa: SLF001
        assert look is not None  # noqa: S101  for the type
        run = checker._run  # noqa: SLF001
        for name, met in labels.items():
            question = look._questions[name]  # noqa: SLF001
            passages = question.passages.cut(run)
            scored = look._scored(run, question, passages)  # noqa: SLF001
            best = 0.0
            for score, passage in scored:
                quote = look._narrowed(run, question, passage)  # noqa: SLF001
                if not question.passages.is_denied(run, quote):
                    best = score
                    break
            scores = look._scores(question, passages)  # noqa: SLF001
            most = max(scores, default=1.0) if not question.whole else 1.0
            yield Weighed(f"{place}:{name}", met, findings[name].verdict, best, most)


def answers(scales: Scales, lines: Sequence[dict[str, object]]) -> list[Weighed]:
    """All elements of these answers, those of scenarios that have no rules yet left out."""
    return [
        weighed
        for line in lines
        if line["scenario"] in scales.known
        for weighed in scales.weigh(str(line["scenario"]), str(line["text"]), line["elements"], str(line["id"]))  # type: ignore[arg-type]
    ]


def passages(scales: Scales) -> list[Weighed]:
    """The validation passages, each for its own element."""
    found: list[Weighed] = []
    for number, pair in enumerate(judge_pairs.read_passages(judge_pairs.ANSWERS / "passages.jsonl")):
        scenario, _, name = pair.key.partition(":")
        if scenario in scales.known and not name.startswith("!"):
            found += scales.weigh(scenario, pair.text, {name: pair.met == 1.0}, f"passage {number}")
    return found


def counted(weighed: Sequence[Weighed], missing: float, near: float, absurd: float) -> Confusion:
    """How often marker and checks said what."""
    counts = {(True, True): 0, (False, True): 0, (True, False): 0, (False, False): 0}
    for one in weighed:
        counts[one.met, one.found(missing, near, absurd)] += 1
    return Confusion(counts[True, True], counts[False, True], counts[True, False], counts[False, False])


def share(weighed: Sequence[Weighed], name: str, threshold: float, *, met: bool) -> float:
    """How much of what is met, or is not, scores so high."""
    some: list[float] = [getattr(one, name) for one in weighed if one.met is met]
    return sum(score >= threshold for score in some) / max(len(some), 1)


def expected(weighed: Sequence[Weighed], sure: float, absurd: float) -> float:
    """The kappa that rules of the usual quality would reach together with the judge, were their errors independent."""
    n_met = sum(one.met for one in weighed) / len(weighed)
    found, raised = (
        rules * share(weighed, "most", absurd, met=met) + (1 - rules) * share(weighed, "best", sure, met=met)
        for rules, met in ((RULES_FIND, True), (1 - RULES_PASS, False))
    )
    size = 10_000
    return (
        Confusion(
            round(size * n_met * found),
            round(size * (1 - n_met) * raised),
            round(size * n_met * (1 - found)),
            round(size * (1 - n_met) * (1 - raised)),
        ).kappa
        or 0.0
    )


def told(title: str, counts: Confusion) -> str:
    """One line of figures."""
    return (
        f"{title:<34} n {counts.n:>4}  precision {counts.precision or 0:.3f}  recall {counts.recall or 0:.3f}  "
        f"kappa {counts.kappa or 0:.3f}"
    )


def report(title: str, weighed: Sequence[Weighed]) -> None:
    """Rules alone beside rules and judge."""
    print(told(f"{title}: rules", counted(weighed, 2, 2, 0)))
    chosen = (SURE[Verdict.MISSING], SURE[Verdict.NEAR], ABSURD)
    print(told(f"{title}: rules and judge", counted(weighed, *chosen)))


def main() -> None:
    """Choose thresholds, and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--unseen", action="store_true", help="measure on the unseen answers too")
    parser.add_argument("--keep", type=Path, help="write what was weighed as JSON lines")
    options = parser.parse_args()
    scales = Scales(OnnxJudge())
    sets = {"kept answers": answers(scales, judge_pairs.answers(examined=True)), "passages": passages(scales)}
    for title, weighed in sets.items():
        best = max(product(STEPS, (0.0, *STEPS)), key=lambda pair: expected(weighed, *pair))
        print(
            f"{title}: best sure {best[0]:.2f}, absurd {best[1]:.2f}: expected {expected(weighed, *best):.3f}, ", end=""
        )
        print(f"without a judge {expected(weighed, 2.0, 0.0):.3f}")
        for sure in (0.5, 0.6, 0.7, 0.8, 0.9):
            right, wrong = (share(weighed, "best", sure, met=met) for met in (True, False))
            print(f"  sure {sure:.2f}: of what is met {right:.2f}, of what is not {wrong:.2f}")
        for absurd in (0.02, 0.05, 0.1, 0.2, 0.3):
            right, wrong = (1 - share(weighed, "most", absurd, met=met) for met in (True, False))
            print(f"  absurd {absurd:.2f}: of what is met {right:.2f}, of what is not {wrong:.2f}")
        report(title, weighed)
    if options.unseen:
        sets["unseen"] = answers(scales, judge_pairs.read_lines(judge_pairs.ANSWERS / "unseen-writer.jsonl"))
        report("unseen", sets["unseen"])
    if options.keep:
        lines = [{"set": title, **one.__dict__} for title, weighed in sets.items() for one in weighed]
        options.keep.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
