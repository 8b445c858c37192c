"""How is the judge weighed against the rules, and what do both bring together?

    python -m tools.measure_judge [--write] [--unseen FILE ...]

The weights are learned from answers that neither taught the judge nor were read by those who write rules
(`judge_data/weighing-N.jsonl`, and of the kept ones every second). `--write` puts them beside the shipped model. The
figures on these answers are reached by weights that the others of them taught (five folds). `--unseen` measures once
more, on answers by which nothing is chosen.
"""

from __future__ import annotations

import argparse
import multiprocessing
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pmrehearse.checking.agreement import Confusion
from pmrehearse.checking.checker import Checker
from pmrehearse.checking.findings import ElementFinding, FlagFinding, Verdict
from pmrehearse.checking.judging import PassageJudge, Weighing
from pmrehearse.judging.card import write_weights
from pmrehearse.judging.onnx_judge import OnnxJudge
from pmrehearse.scenario import packs
from pmrehearse.speech.segments import Word, words_of_text
from tools import judge_pairs
from tools.judge_weights import Heard, weighed

FOLDS = 5
A_TIME = 10
"""So many answers a process takes at a time."""


@dataclass(frozen=True)
class Marked:
    """What rules and judge say of one answer.

    Attributes:
        elements: Of each element.
        flags: Of each flag.
    """

    elements: tuple[Heard, ...]
    flags: tuple[Heard, ...]


class Scales:
    """Puts rules and judge side by side."""

    def __init__(self, judge: PassageJudge) -> None:
        self._judge, self._lexicons = judge, packs.lexicons()
        self._checkers: dict[tuple[str, bool], Checker] = {}

    def marked(self, answers: Iterable[dict[str, object]]) -> Iterator[Marked]:
        """What they say of each answer."""
        for answer in answers:
            rules = self._checker(str(answer["scenario"]), judged=False)
            both = self._checker(str(answer["scenario"]), judged=True)
            words = words_of_text(str(answer["text"]))
            elements = dict(_elements(rules, both, words, answer))
            yield Marked(tuple(elements.values()), tuple(_flags(both, elements, answer)))

    def _checker(self, scenario: str, *, judged: bool) -> Checker:
        if (scenario, judged) not in self._checkers:
            judge = self._judge if judged else None
            self._checkers[scenario, judged] = Checker(packs.find(scenario), self._lexicons, judge)
        return self._checkers[scenario, judged]


def _elements(
    rules: Checker, both: Checker, words: Sequence[Word], answer: dict[str, object]
) -> Iterator[tuple[str, Heard]]:
    """Each element by the rules alone, with what the judge makes of it."""
    both.check(words)
    look, run = both._second_look, both._run  # noqa: SLF001
    assert look is not None  # noqa: S101  for the type
    for one in rules.check(words).elements:
        unruled = look.signs(run, ElementFinding(one.element_id, Verdict.MISSING))
        met = bool(answer["elements"][one.element_id])  # type: ignore[index]
        verdict = Verdict.MISSING if one.verdict is Verdict.UNKNOWN else one.verdict
        yield one.element_id, Heard(met, verdict, look.signs(run, one), unruled)


def _flags(both: Checker, elements: Mapping[str, Heard], answer: dict[str, object]) -> Iterator[Heard]:
    """Each flag of the answer that was checked last, with the elements that clear it."""
    look, run = both._second_look, both._run  # noqa: SLF001
    assert look is not None  # noqa: S101  for the type
    for flag, node in both._flags:  # noqa: SLF001
        verdict = Verdict.MISSING if both._best(node) is None else Verdict.MET  # noqa: SLF001
        signs = None if verdict is Verdict.MET else look.signs(run, FlagFinding(flag.id, raised=False))
        raised = bool(answer["flags"][flag.id])  # type: ignore[index]
        yield Heard(raised, verdict, signs, unless=tuple(elements[name] for name in flag.unless))


def side_by_side(answers: Sequence[dict[str, object]]) -> list[Marked]:
    """What rules and judge say of each answer; on every core."""
    some = [answers[at : at + A_TIME] for at in range(0, len(answers), A_TIME)]
    with multiprocessing.get_context("spawn").Pool() as pool:
        return [one for marked in pool.imap(_some, some) for one in marked]


def _some(answers: Sequence[dict[str, object]]) -> list[Marked]:
    return list(_scales().marked(answers))


@cache
def _scales() -> Scales:
    return Scales(OnnxJudge())


def counted(decided: Iterable[tuple[bool, bool]]) -> Confusion:
    """How often marker and checks said what.

    Args:
        decided: What the marker says and what the checks found, a pair a verdict.
    """
    counts = Counter(decided)
    return Confusion(counts[True, True], counts[False, True], counts[True, False], counts[False, False])


def told(title: str, decided: Iterable[tuple[bool, bool]]) -> str:
    """One line of figures."""
    counts = counted(decided)
    return (
        f"{title:<44} n {counts.n:>4}  precision {counts.precision or 0:.3f}  recall {counts.recall or 0:.3f}  "
        f"kappa {counts.kappa or 0:.3f}"
    )


def by_rules(marked: Iterable[Marked]) -> Iterator[tuple[bool, bool]]:
    """Elements as the rules alone find them."""
    return ((one.met, one.verdict is Verdict.MET) for each in marked for one in each.elements)


def together(marked: Iterable[Marked], weighing: Weighing) -> Iterator[tuple[bool, bool]]:
    """Elements as rules and judge find them."""
    return ((one.met, one.found(weighing)) for each in marked for one in each.elements)


def flags_by_rules(marked: Iterable[Marked]) -> Iterator[tuple[bool, bool]]:
    """Flags as the rules alone raise them."""
    for one in (one for each in marked for one in each.flags):
        yield one.met, one.verdict is Verdict.MET and all(each.verdict is not Verdict.MET for each in one.unless)


def flags_together(marked: Iterable[Marked], weighing: Weighing) -> Iterator[tuple[bool, bool]]:
    """Flags as rules and judge raise them."""
    return ((one.met, one.raised(weighing)) for each in marked for one in each.flags)


def learned(marked: Sequence[Marked]) -> Weighing:
    """The weights that these answers teach."""
    return weighed([one for each in marked for one in each.elements], [one for each in marked for one in each.flags])


def folded(marked: Sequence[Marked]) -> Iterator[tuple[Weighing, Sequence[Marked]]]:
    """Weights that the others taught, with the answers of each fold."""
    for fold in range(FOLDS):
        yield (
            learned([one for number, one in enumerate(marked) if number % FOLDS != fold]),
            [one for number, one in enumerate(marked) if number % FOLDS == fold],
        )


def main() -> None:
    """Learn the weights, and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the weights beside the shipped model")
    parser.add_argument("--unseen", type=Path, nargs="*", default=[], help="labelled answers to measure on")
    options = parser.parse_args()
    answers = [*judge_pairs.answers(examined=True, unread=True), *judge_pairs.weighing()]
    marked = side_by_side(answers)
    weighing = learned(marked)
    print(f"{len(answers)} answers; {weighing}")
    print(told("elements: rules", by_rules(marked)))
    folds = list(folded(marked))
    print(
        told(
            "elements: rules and judge, in folds", (pair for weights, some in folds for pair in together(some, weights))
        )
    )
    print(told("flags: rules", flags_by_rules(marked)))
    print(
        told(
            "flags: rules and judge, in folds",
            (pair for weights, some in folds for pair in flags_together(some, weights)),
        )
    )
    if options.write:
        write_weights(weighing)
    for path in options.unseen:
        unseen = side_by_side(judge_pairs.read_lines(path))
        print(told(f"{path.name}: rules", by_rules(unseen)))
        print(told(f"{path.name}: rules and judge", together(unseen, weighing)))
        print(told(f"{path.name}: flags by rules", flags_by_rules(unseen)))
        print(told(f"{path.name}: flags by rules and judge", flags_together(unseen, weighing)))


if __name__ == "__main__":
    main()
