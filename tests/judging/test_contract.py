"""What every judge keeps to: those that stand in for it and the trained one."""

from __future__ import annotations

from functools import cache

import pytest

from pmrehearse.checking.judging import PassageJudge, Signs
from pmrehearse.judging.onnx_judge import OnnxJudge
from tests.checking.judges import WhimsicalJudge, WordJudge

CRITERION = "Proposes a controlled comparison: A/B test, split test, randomised holdout, control against treatment."
PASSAGES = (
    "Every other shop that signs up gets the helper, the rest keep the empty page, and after a month we compare them.",
    "We won't be comparing anybody with anybody.",
    "Our A/B test? We never ran one.",
    "",
    "word " * 400,
    "naïve café – ½ 🙂 \u200b\x00",
)


@cache
def _trained() -> OnnxJudge:
    return OnnxJudge()


@pytest.fixture(params=["words", "whim", "trained"])
def judge(request: pytest.FixtureRequest) -> PassageJudge:
    """Each of the judges."""
    if request.param == "trained":
        return _trained()
    return WordJudge({"other": 0.9}) if request.param == "words" else WhimsicalJudge()


def test_scores_are_shares(judge: PassageJudge) -> None:
    """One in [0, 1] for each passage, whatever stands in it, and none for none."""
    scores = judge.score(CRITERION, PASSAGES)
    assert len(scores) == len(PASSAGES)
    assert all(0.0 <= score <= 1.0 for score in scores)
    assert list(judge.score(CRITERION, ())) == []


def test_a_higher_score_never_makes_it_less_certain(judge: PassageJudge) -> None:
    """Beside every verdict; and the better the rules' verdict, the less the judge needs to find."""
    weighing = judge.weighing
    rows = (weighing.missing, weighing.near, weighing.met, weighing.unruled, weighing.flag)
    for weights in rows:
        lowest, middle, highest = (weights.certainty(Signs(score, score, score)) for score in (0.0, 0.5, 1.0))
        assert lowest <= middle <= highest
        assert weights.most(0.5, 0.5) >= middle
    missing, near, met, *_ = (weights.certainty(Signs(0.5, 0.5, 0.5)) for weights in rows)
    assert missing < near < met


def test_a_score_depends_on_the_pair_alone(judge: PassageJudge) -> None:
    """Asked again, alone, or in another order, a passage has the same score to the last bit."""
    together = judge.score(CRITERION, PASSAGES)
    assert list(judge.score(CRITERION, PASSAGES[::-1]))[::-1] == list(together)
    assert [judge.score(CRITERION, (passage,))[0] for passage in PASSAGES] == list(together)


def test_another_load_gives_the_same_scores() -> None:
    """Two processes, or the same one later, judge alike."""
    assert OnnxJudge().score(CRITERION, PASSAGES) == _trained().score(CRITERION, PASSAGES)


def test_the_trained_judge_tells_a_thing_described_from_a_thing_denied() -> None:
    """A controlled test without a word of the trade scores high, the term in a denial low."""
    described, *denied = _trained().score(CRITERION, PASSAGES[:3])
    assert described > 0.5 > max(denied)
