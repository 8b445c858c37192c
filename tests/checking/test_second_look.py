"""What the learned judge may change, and what stays with the rules."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from pmrehearse.checking.checker import UNRULED, Checker
from pmrehearse.checking.findings import ElementFinding, Findings, FlagFinding, Judge, Verdict
from pmrehearse.checking.judging import Weighing, Weights
from pmrehearse.checking.ordering import NOT_IN_ORDER
from pmrehearse.checking.second_look import DOUBTED, HALF_SAID
from pmrehearse.scenario import packs
from pmrehearse.scenario.model import Element, Flag, Phase, Scenario
from pmrehearse.scenario.rules import parse_rule
from pmrehearse.speech.segments import Word, words_of_text
from tests.checking.judges import SURE, WEIGHING, CriterionJudge, WhimsicalJudge, WordJudge

YARDSTICK = WordJudge({"yardstick": 0.97, "stick": 0.5, "metric": 0.6})
FILLING = (
    "The office has a kitchen where people meet and talk about the weather, the trains and what they had for lunch. "
    "Some of them bring cake on Fridays, and the one with plums is gone before ten o'clock in the morning, always."
)


def _scenario(*checks: object) -> Scenario:
    elements = tuple(
        Element(f"e{at}", "", f"Criterion {at}.", "", "p", None if check is None else parse_rule(check, "check"))
        for at, check in enumerate(checks)
    )
    prompt = "Take one writing feature and state the one number that decides."
    return Scenario("t/t", "", prompt, 60, False, 0, 60, (Phase("p", "", 60),), elements)  # noqa: FBT003


def _find(check: object, text: str, judge: WordJudge = YARDSTICK) -> ElementFinding:
    return Checker(_scenario(check), packs.lexicons(), judge).check(words_of_text(text)).elements[0]


def _flagged(text: str, judge: WordJudge | None, *unless: str) -> FlagFinding:
    flag = Flag("only", "Only a stick", "Names only a stick.", "", parse_rule("a broomstick", "check"), unless)
    scenario = replace(_scenario("our primary metric"), flags=(flag,))
    return Checker(scenario, packs.lexicons(), judge).check(words_of_text(text)).flags[0]


@pytest.mark.parametrize("judge", [None, YARDSTICK])
def test_a_flag_is_cleared_by_an_element_that_contradicts_it(judge: WordJudge | None) -> None:
    """What the element says counts, whatever the flag's own rule finds; another element, or none, changes nothing."""
    said = "I have a broomstick here, people. Our primary metric is weekly writers."
    assert _flagged(said, judge).raised
    assert not _flagged(said, judge, "e0").raised
    assert _flagged("I have a broomstick here, people.", judge, "e0").raised


def test_the_judge_raises_what_no_rule_knows() -> None:
    """A flag is raised by a passage that the judge is sure of, unless an element that the judge finds clears it."""
    finding = _flagged(f"{FILLING} A matchstick is all I have.", WordJudge({"matchstick": 0.97}))
    assert (finding.raised, finding.judge, finding.why) == (True, Judge.LEARNED, "Only a stick")
    assert finding.evidence is not None
    assert finding.evidence.quote == "A matchstick is all I have."
    assert not _flagged("A matchstick is all I have, people.", WordJudge({"matchstick": 0.8})).raised
    assert not _flagged("The yardstick settles it for me.", YARDSTICK, "e0").raised
    assert not _flagged("A matchstick is all I have, people.", None).raised


def test_what_no_rule_knows_is_met_by_the_judge() -> None:
    """Words that no rule knows meet an element when the judge is sure; the sentence that says it is the quote."""
    finding = _find("our primary metric", f"{FILLING} One yardstick settles it for me. {FILLING}")
    assert (finding.verdict, finding.judge) == (Verdict.MET, Judge.LEARNED)
    assert finding.evidence is not None
    assert finding.evidence.quote == "One yardstick settles it for me."


def test_evidence_of_the_judge_has_its_place_and_times() -> None:
    """The quote lies where the words are in the transcript, with the times of its first and last word."""
    said = words_of_text(f"{FILLING} One yardstick settles it for me.")
    words = tuple(Word(word.text, at * 1.0, at + 0.5) for at, word in enumerate(said))
    evidence = Checker(_scenario("our primary metric"), packs.lexicons(), YARDSTICK).check(words).elements[0].evidence
    assert evidence is not None
    assert " ".join(word.text for word in words[evidence.first_word : evidence.last_word + 1]) == evidence.quote
    assert (evidence.start_s, evidence.end_s) == (evidence.first_word, evidence.last_word + 0.5)


def test_an_unsure_judge_changes_nothing() -> None:
    """A score under what is asked leaves the finding of the rules as it is."""
    text = "A stick is all I have for this, people."
    rules = Checker(_scenario("our primary metric"), packs.lexicons()).check(words_of_text(text)).elements[0]
    assert _find("our primary metric", text) == rules


def test_what_is_nearly_there_needs_less() -> None:
    """Where some of it was found by rules, the judge needs to be less sure than where nothing was."""
    check = {"all": ["our metric", "is a", "that decides"], "within": 20}
    judge = WordJudge({"yardstick": (SURE["near"] + SURE["missing"]) / 2})
    assert _find(check, "Our metric is a yardstick, I say.", judge).met
    assert not _find(check, "The office has a yardstick, I say.", judge).met


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("The yardstick covers nine thousand people in all.", False),
        ("The yardstick covers twelve thousand people in all.", True),
        ("The yardstick covers a great many people in all.", False),
        ("The yardstick does not cover twelve thousand people in all.", False),
    ],
)
def test_numbers_stay_with_the_rules(text: str, met: bool) -> None:  # noqa: FBT001
    """Where every way of a check asks for a number in bounds, the judge meets it only beside such a number, live."""
    check = {"all": ["<count >= 10000>", "the sample"], "within": 20}
    assert _find(check, text).met is met


def test_a_number_out_of_its_bounds_is_not_overlooked() -> None:
    """Where only one way of a check has a number, one that misses its bounds keeps the judge from calling it met."""
    check = {"any": ["huge sample", "<count >= 10000> people"]}
    finding = _find(check, "The yardstick covers nine thousand people in all.")
    assert (finding.verdict, finding.lacked) == (Verdict.NEAR, "9,000; at least 10,000 is asked")
    assert _find(check, "The yardstick covers everybody in all.").met


@pytest.mark.parametrize(
    "text",
    [
        "We don't have any yardstick here at all.",
        "A friend at a bank told me about their yardstick and what it did.",
        "At some point we'd find a yardstick.",
        "What would the yardstick be?",
        "We take a yardstick. Hmm, no, scrap that, legal wants parity for everybody here.",
        "Great teams always have a yardstick.",
    ],
)
def test_what_the_scopes_cancel_is_not_met(text: str) -> None:
    """What is denied, others', wished for, asked, taken back or said of everybody is no more met by the judge."""
    assert not _find("our primary metric", text).met


def test_a_denial_inside_a_sentence_does_not_hide_the_rest() -> None:
    """Words around a short denial count: "the other half does not"."""
    assert _find("our primary metric", "The yardstick is whether half of them stay and the other half does not.").met


def test_order_stays_with_the_rules() -> None:
    """An element that asks for an order is met by its order alone."""
    judge = WordJudge({"yardstick": 0.97})
    checker = Checker(_scenario("alpha", "beta", {"in_order": ["e0", "e1"]}), packs.lexicons(), judge)
    found = checker.check(words_of_text("So beta is a yardstick. And then alpha comes.")).elements
    assert [one.met for one in found] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("So first comes alpha. After that comes a broomstick. Then gamma is there.", True),
        ("First I speak of a broomstick. After that comes alpha here. Then gamma is there.", False),
        ("So first comes alpha. Then gamma is there. After that comes a broomstick.", False),
        ("So first comes alpha. Then gamma is there. After that comes nothing else.", False),
    ],
)
def test_an_order_counts_what_the_judge_found(text: str, met: bool) -> None:  # noqa: FBT001
    """An element that only the judge understood stands in an order where it was said, before or after the others."""
    rules = ("alpha", "beta", "gamma", {"in_order": ["e0", "e1", "e2"]})
    scenario = _scenario(*rules)
    judge = CriterionJudge({"Criterion 0.": "alpha", "Criterion 1.": "broomstick", "Criterion 2.": "gamma"})
    found = Checker(scenario, packs.lexicons(), judge).check(words_of_text(text)).elements[3]
    assert found.met is met
    assert (found.judge is Judge.LEARNED) is met


def test_an_order_lacks_what_the_judge_doubts() -> None:
    """Elements that rules found in their order are not in order when the judge finds nothing like one of them."""
    judge = CriterionJudge({"Criterion 0.": "alpha", "Criterion 1.": "broomstick"})
    checker = Checker(_scenario("alpha", "beta", {"in_order": ["e0", "e1"]}), packs.lexicons(), judge)
    found = checker.check(words_of_text("So alpha comes first here. And then beta comes.")).elements
    assert [one.met for one in found] == [True, False, False]
    assert found[2].lacked == NOT_IN_ORDER


@pytest.mark.parametrize(("worth", "met"), [(SURE["met"] + 0.01, True), (SURE["met"] - 0.01, False)])
def test_what_is_absurd_is_not_met(worth: float, met: bool) -> None:  # noqa: FBT001
    """What a rule found is not met when the judge finds nothing like it anywhere."""
    finding = _find("our primary metric", "Our primary metric is a song, I say.", WordJudge({"metric": worth}))
    assert finding.met is met
    assert met or (finding.lacked, finding.judge) == (DOUBTED, Judge.LEARNED)


def _weighed(**rows: Weights) -> Weighing:
    return replace(WEIGHING, **rows)


def test_a_sentence_that_says_it_alone_counts_beside_its_passage() -> None:
    """Of two passages of one score, that one is met in which a sentence alone says it as well."""
    weights = Weights(offset=-4.0, best=1.0, alone=1.0, here=0.0)
    judge = WordJudge({"yardstick": 0.97, "stick": 0.6}, weighing=_weighed(missing=weights))
    assert _find("our primary metric", f"{FILLING} One yardstick settles it for me.", judge).met
    judge = WordJudge({"stick": 0.6, "yardstick": 0.6}, weighing=_weighed(missing=weights))
    assert not _find("our primary metric", f"{FILLING} One yardstick settles it for me.", judge).met


def test_what_a_rule_quotes_is_weighed_with_its_own_words() -> None:
    """Words that a rule took for it, and that say nothing, are not made good by a likelier passage elsewhere."""
    weights = Weights(offset=0.0, best=0.5, alone=1.0, here=0.0)
    judge = WordJudge({"metric": 0.1, "yardstick": 0.8}, weighing=_weighed(met=weights))
    text = f"Our primary metric is a song, I say. {FILLING} {FILLING} {FILLING} A yardstick settles it."
    assert _find("our primary metric", text, judge).verdict is Verdict.NEAR
    judge = WordJudge({"metric": 0.4, "yardstick": 0.8}, weighing=_weighed(met=weights))
    assert _find("our primary metric", text, judge).met


def test_what_comes_near_is_weighed_where_it_was_said() -> None:
    """Beside something that rules found in part, the passage that holds that part counts."""
    check = {"all": ["our metric", "is a", "that decides"], "within": 20}
    weights = Weights(offset=-0.5, best=0.0, alone=0.0, here=1.0)
    text = f"Our metric is a song, I say. {FILLING} {FILLING} {FILLING} A yardstick settles it."
    for worth, met in ((0.7, True), (0.5, False)):
        judge = WordJudge({"metric": worth, "yardstick": 0.8}, weighing=_weighed(near=weights))
        assert _find(check, text, judge).met is met


def test_the_judge_is_asked_only_where_it_can_change_something() -> None:
    """A passage is asked once for each element, and of one that is plainly met only what holds the quote: twice."""
    judge = WordJudge({"metric": 0.9})
    checker = Checker(_scenario("our primary metric"), packs.lexicons(), judge)
    text = f"Our primary metric is retention. {FILLING} {FILLING} {FILLING}"
    checker.check(words_of_text(text))
    checker.check(words_of_text(text))
    assert len(judge.asked) == 2
    assert all("Our primary metric" in passage for _, passage in judge.asked)


def test_without_a_check_the_judge_decides_alone() -> None:
    """An element with a criterion alone is met, near or missing as the judge says."""
    assert _find(None, "One yardstick settles it.").met
    near = _find(None, "A stick is all I have.")
    assert (near.verdict, near.lacked, near.judge) == (Verdict.NEAR, HALF_SAID, Judge.LEARNED)
    assert _find(None, "Nothing of the kind here.").verdict is Verdict.MISSING


def test_without_check_and_judge_nothing_can_be_told() -> None:
    """An element with a criterion alone is unknown where there is no judge, and the finding says why."""
    finding = Checker(_scenario(None), packs.lexicons()).check(words_of_text("One yardstick settles it.")).elements[0]
    assert (finding.verdict, finding.lacked) == (Verdict.UNKNOWN, UNRULED)


def test_too_little_is_unknown_to_the_judge_too() -> None:
    """Two words tell nothing."""
    assert _find("our primary metric", "yardstick yardstick").verdict is Verdict.UNKNOWN


def _answer(scenario: str, seed: int) -> tuple[Word, ...]:
    """Sentences of a scenario's examples in random order, some of them without punctuation."""
    chance = random.Random(seed)  # noqa: S311  no secret
    texts = [text for element in packs.find(scenario).elements for text in (*element.met_by, *element.missed_by)]
    chosen = [text if chance.random() < 0.7 else text.lower().replace(".", "") for text in chance.sample(texts, 12)]
    return words_of_text(" ".join(chosen))


@pytest.mark.parametrize("scenario", packs.list_ids())
def test_going_on_finds_what_starting_anew_finds(scenario: str) -> None:
    """However a transcript came, the same words give the same findings, and passages that stay are not asked again."""
    words, lexicons = _answer(scenario, 7), packs.lexicons()
    growing_judge, fresh_judge = WhimsicalJudge(), WhimsicalJudge()
    growing = Checker(packs.find(scenario), lexicons, growing_judge)
    found: list[Findings] = [growing.check(words[:end]) for end in (*range(25, len(words), 25), len(words))]
    fresh = Checker(packs.find(scenario), lexicons, fresh_judge)
    assert found[-1] == fresh.check(words)
    n_asked = growing_judge.n_asked
    assert growing.check(words) == found[-1]
    assert growing_judge.n_asked == n_asked
