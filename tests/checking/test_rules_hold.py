"""Where each kind of rule holds, what does not count, and what is said to be lacking."""

from __future__ import annotations

import sys

import pytest

from pmrehearse.checking.checker import Checker
from pmrehearse.checking.findings import ElementFinding, Findings, Verdict
from pmrehearse.errors import MachineError, ScenarioError
from pmrehearse.scenario import packs
from pmrehearse.scenario.lexicon import Lexicons
from pmrehearse.scenario.model import Element, Flag, Phase, Scenario
from pmrehearse.scenario.rules import parse_rule
from pmrehearse.speech.segments import Word, words_of_text


def _checker(*checks: object, flag: object = None, lexicons: Lexicons | None = None) -> Checker:
    elements = tuple(
        Element(f"e{number}", "", "", "", "p", parse_rule(check, "check")) for number, check in enumerate(checks)
    )
    flags = () if flag is None else (Flag("f", "It sinks.", "", "", parse_rule(flag, "check")),)
    prompt = "Take one AI writing feature. State the hypothesis and so on."
    scenario = Scenario("t/t", "", prompt, 60, False, 0, 60, (Phase("p", "", 60),), elements, flags)  # noqa: FBT003
    return Checker(scenario, packs.lexicons() if lexicons is None else lexicons)


def _find(check: object, text: str) -> ElementFinding:
    return _checker(check).check(words_of_text(text)).elements[0]


@pytest.mark.parametrize(
    ("check", "met", "missed"),
    [
        ("our primary metric", "So our primary metrics are clear.", "A primary thing, our metric."),
        ("=run tests", "We run tests.", "We ran tests."),
        ("increas* by <percent>", "It increased by 3 points.", "It increased by three users."),
        ("(a b|split) test", "We A/B test it.", "We test it."),
        ("hold .. meeting", "We hold a big meeting.", "We hold it. The meeting is off."),
        ("<count >= 10000> users", "With twelve thousand users.", "With nine thousand users."),
        ("<count 5..9> people", "We ask seven people.", "We ask ten people."),
        (
            {"all": ["metric", "users"], "within": 5},
            "A metric for users.",
            "A metric that is good and clear for users.",
        ),
        ({"all": ["metric", "users"], "within": "sentence"}, "The users, their metric.", "A metric. Then the users."),
        ({"all": ["a", "b"], "within": "answer"}, "A thing. Other things. Then b.", "A thing."),
        ({"all": ["a", "b"], "ordered": True, "within": 9}, "first a then b", "first b then a"),
        ({"any": ["x", "y"]}, "only y here", "only z here"),
        ({"none": ["x"]}, "only y here and there", "an x here and there"),
        ({"at_least": 2, "of": ["a", "b", "c"], "within": 9}, "we take c and a", "we take c and c"),
        (
            {"distinct": 2, "of": "=feature *", "within": 20},
            "feature one and feature two",
            "feature one and feature one",
        ),
        ({"first": "x", "words": 3}, "now x comes along", "now it comes along with x"),
        ({"before": ["x", "y"]}, "first x and then y", "first y and then x"),
        ({"own_past": "launch"}, "Last year we launched it.", "We would launch it."),
        (
            {"say": "gain", "unless": "weight .. gain", "unless_in": "words"},
            "We gain users.",
            "There was weight to gain.",
        ),
        (
            {"say": "gain", "unless": "weight", "unless_in": "sentence"},
            "They gain. Weight is off.",
            "They gain more weight.",
        ),
        ({"re2": "ten+ (users|writers)"}, "We ask ten writers.", "We ask nine writers."),
    ],
)
def test_kinds(check: object, met: str, missed: str) -> None:
    """Each kind of rule holds on what it asks for and not on what looks like it."""
    checker = _checker(check)
    assert checker.check(words_of_text(met)).elements[0].met
    assert not checker.check(words_of_text(missed)).elements[0].met


def test_elements_can_rest_on_elements() -> None:
    """An element that asks for others, or for their order, is met when they are, in whatever order they stand."""
    checker = _checker({"element": "e1"}, "alpha", "beta", {"in_order": ["e1", "e2"]})
    assert [one.met for one in checker.check(words_of_text("so alpha and then beta")).elements] == [True] * 4
    assert [one.met for one in checker.check(words_of_text("so beta and then alpha")).elements] == [
        True,
        True,
        True,
        False,
    ]


LIVE = "(primary metric|a b test)"


@pytest.mark.parametrize(
    "text",
    [
        "Our primary metric is retention.",
        "It's not only a primary metric, it's the one we trust.",
        "We never ship without an A/B test.",
        "If we show an outline, we run an A/B test on it.",
        "I don't like dashboards, but I like our primary metric.",
        "Half get it, the others don't, an A/B test with twenty thousand people.",
        "So, retention, the, the primary metric, in the app, for the, the writers.",
        "We'd run it on ten thousand. Scratch that, twenty thousand. And an A/B test.",
    ],
)
def test_said_live(text: str) -> None:
    """What is said of one's own answer counts."""
    assert _find(LIVE, text).met


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("We don't have a primary metric.", "denied"),
        ("A primary metric is not decided.", "denied"),
        ("We don't, at this point, have a primary metric.", "denied"),
        ("There'd be no A/B test.", "denied"),
        ("At some point we'd find a primary metric.", "wished"),
        ("It would be great to run an A/B test.", "wished"),
        ("What would the primary metric be?", "asked"),
        ("It depends on whether an A/B test fits.", "left open"),
        ("A friend at a bank told me about their A/B test.", "other people"),
        ("Great teams always have a primary metric.", "in general"),
        ("We'd run an A/B test. Hmm, no, scrap that, legal wants parity for everybody here.", "taken back"),
        ("Retention, churn, primary metric, activation, NPS.", "row of terms"),
    ],
)
def test_not_said_live(text: str, why: str) -> None:
    """What is denied, wished for, asked, others' or taken back does not count, and the speaker is told so."""
    finding = _find(LIVE, text)
    assert finding.verdict is Verdict.NEAR
    assert why in finding.lacked
    assert finding.evidence is not None


def test_the_prompt_read_back_does_not_count() -> None:
    """Words in a row that stand in the prompt are the question, not the answer."""
    assert not _find("hypothesis", "So, state the hypothesis and so on, right.").met
    assert _find("hypothesis", "Here is my hypothesis, then.").met


def test_scopes_can_be_let_through() -> None:
    """A rule that allows a scope counts what others leave out."""
    text = "What would the primary metric be?"
    assert _find({"say": LIVE, "allow": ["question"]}, text).met
    assert _find({"say": LIVE, "live": False}, text).met


def test_a_missed_bound_is_told_with_the_number_heard() -> None:
    """Where only the bound is missed, the finding names the number and what is asked."""
    finding = _find("<count >= 10000> users", "We take nine thousand users.")
    assert (finding.verdict, finding.lacked) == (Verdict.NEAR, "9,000; at least 10,000 is asked")


def test_what_is_there_and_what_is_not_is_told() -> None:
    """Of several parts the found ones and the lacking ones are named."""
    check = {
        "all": [
            {"say": "test", "name": "an experiment"},
            {"say": "control", "name": "a control group"},
            {"say": "<count> users", "name": "a number of users"},
        ],
        "within": 20,
    }
    assert (
        _find(check, "We test it with a control.").lacked == "an experiment and a control group, but no number of users"
    )


def test_evidence_has_words_and_times() -> None:
    """Evidence is the words with their place and time, short ones with their clause."""
    said = words_of_text("So yes, we would run an A/B test soon. Fine.")
    words = tuple(Word(word.text, at * 1.0, at + 0.5) for at, word in enumerate(said))
    evidence = _checker("a b test").check(words).elements[0].evidence
    assert evidence is not None
    assert (evidence.quote, evidence.start_s, evidence.end_s) == ("we would run an A/B test soon.", 2.0, 8.5)


@pytest.mark.parametrize("words", [(), words_of_text("well yes"), tuple(Word("x", 0, 1, 0.1) for _ in range(20))])
def test_too_little_is_unknown(words: tuple[Word, ...]) -> None:
    """Few words, or words heard badly, leave an element unknown and raise no flag."""
    findings: Findings = _checker("alpha", flag={"none": ["alpha"]}).check(words)
    assert findings.elements[0].verdict is Verdict.UNKNOWN
    assert findings.raised == ()


def test_a_flag_raised_by_absence_has_no_words() -> None:
    """A flag that is raised by what was never said shows no words, and says why."""
    flag = _checker(flag={"none": ["alpha"], "lacked": "Nothing of it."}).check(words_of_text("so we go on")).flags[0]
    assert (flag.raised, flag.evidence, flag.why) == (True, None, "Nothing of it.")


def test_a_wrong_expression_is_an_error() -> None:
    """An RE2 expression that is none is told when the checks are compiled."""
    with pytest.raises(ScenarioError):
        _checker({"re2": "(unclosed"})


def test_without_re2_no_expression_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where google-re2 is missing the error says what to install; nothing slower takes its place."""
    monkeypatch.setitem(sys.modules, "re2", None)
    with pytest.raises(MachineError, match="google-re2 is not installed") as caught:
        _checker({"re2": "ten+ (users|writers)"})
    assert "pip install google-re2" in caught.value.hint


def test_checks_work_without_any_lexicon() -> None:
    """A scenario that needs no shared words works where there are none."""
    checker = _checker("alpha", lexicons=Lexicons())
    assert checker.check(words_of_text("so alpha it is")).elements[0].met
