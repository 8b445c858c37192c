"""A scenario, takes and reports that the screen tests show: fixed to the second, so that pictures stay the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pmrehearse.checking.delivery import Delivery, Filler, LongPause
from pmrehearse.checking.findings import ElementFinding, Evidence, Findings, FlagFinding, Verdict
from pmrehearse.library.report import CueAnswer, MissedMoment, PhaseTime, Report
from pmrehearse.library.take import Take, TakeStatus
from pmrehearse.scenario.ids import drill_id
from pmrehearse.scenario.model import Cue, Element, Flag, Loop, Origin, Phase, Scenario
from pmrehearse.scenario.packs import Listed
from pmrehearse.scenario.rule_kinds import Rule
from pmrehearse.speech.segments import Segment, Span, Transcript, TranscriptSource, Word, typed_transcript

LENS = "writer/three-phase-lens"
TAKE = "2026-11-22T09-31-05Z_writer_three-phase-lens_k3f9"
WAITING = "2026-11-21T18-02-44Z_writer_whiteboard_a1b2"
WHEN = datetime(2026, 11, 22, 9, 31, 5, tzinfo=UTC)


def _element(name: str, title: str, phase: str, criterion: str, hint: str) -> Element:
    return Element(name, title, criterion, hint, phase, Rule())


LENS_SCENARIO = Scenario(
    id=LENS,
    title="Three-Phase Impact Lens",
    prompt="Take one AI writing feature. State the hypothesis, the experiment and the iteration, "
    "in under three minutes.",
    seconds=180,
    hard_limit=True,
    target_min_s=120,
    target_max_s=180,
    phases=(
        Phase("hypothesis", "Hypothesis", 45, "Name the change, the metric, the direction and the size."),
        Phase("experiment", "Experiment", 75, "Say how you would find out, and with how many people."),
        Phase("iteration", "Iteration", 60, "Say what you do with the result."),
    ),
    elements=(
        _element(
            "lift-hypothesis",
            "Hypothesis with a number",
            "hypothesis",
            "One sentence names a change, a metric that it moves, the direction, and a number for the lift.",
            "If we put a first draft on the blank page, completion goes from 24% to 27%.",
        ),
        _element(
            "primary-metric",
            "One primary metric",
            "hypothesis",
            "Says outright which single product metric decides success.",
            "Our primary metric is first-week completion, and it alone decides.",
        ),
        _element(
            "controlled-test",
            "Controlled comparison",
            "experiment",
            "Proposes a controlled comparison: A/B test, split test, randomised holdout.",
            "We run an A/B test: half of the new writers get it, half do not.",
        ),
        _element(
            "sample-size",
            "Sample of 10,000 or more",
            "experiment",
            "Gives a sample of at least 10,000 users, writers or accounts, in total or per arm.",
            "I want 24,000 writers, 12,000 in each group.",
        ),
        _element(
            "post-mortem",
            "Review of the result",
            "iteration",
            "Commits to a review of the result once the test is over.",
            "When the test is over, we hold a post-mortem within a week.",
        ),
        _element(
            "variance-quantified",
            "Predicted against observed",
            "iteration",
            "Says that the difference between the predicted and the observed effect is measured or explained.",
            "We predicted three points and saw 2.1, so where did the 0.9 go?",
        ),
        _element(
            "next-hypothesis",
            "What is learned shapes the next test",
            "iteration",
            "Says that what is learned shapes the next hypothesis or test.",
            "What we learn there becomes the next hypothesis.",
        ),
    ),
    flags=(
        Flag(
            "model-metric-only",
            "Success in model terms only",
            "Success is put in model or engineering terms and no user or business metric is named.",
            "Say what the user does more of, not what the model scores.",
            Rule(),
        ),
        Flag(
            "idea-list",
            "Lists ideas, settles on none",
            "Offers three or more different feature ideas and settles on none.",
            "Pick one and stay with it.",
            Rule(),
        ),
    ),
    cues=(Cue("That is a rollout plan. How are the model and the product coupled?", at_s=100),),
)

WHITEBOARD_SCENARIO = Scenario(
    id="writer/whiteboard",
    title="90-minute whiteboard: model-product integration",
    prompt="Here is a pretrained transformer that writes tone-specific suggestions. Integrate it into the product.",
    seconds=5400,
    hard_limit=False,
    target_min_s=4500,
    target_max_s=5400,
    phases=(
        Phase("frame", "Frame", 600, "Tie the model to what the user does."),
        Phase("data", "Data", 900, "Follow the data to the model."),
        Phase("inference", "Inference", 1200, "Trace one request, with its milliseconds."),
        Phase("trade-offs", "Trade-offs", 900, "Give something up, and say what it costs."),
        Phase("evaluation", "Evaluation", 900, "Set the model's score against what users do."),
        Phase("monitoring", "Monitoring", 600, "Say what is watched, and what happens then."),
        Phase("close", "Close", 300, "Sum up."),
    ),
    elements=(
        _element("coupling", "Model and product coupled", "frame", "Links output to behaviour.", "When it fires …"),
    ),
)


LOOP = Loop(
    "writer",
    "Writer AI PM: five rounds over 30 days",
    30,
    1,
    ((LENS, WHITEBOARD_SCENARIO.id), ("writer/metric-first-case", "writer/shipped-impact"), ("writer/bias-role-play",)),
    (60, 90),
)


def drill_of(scenario: Scenario, element_id: str, seconds: float = 45.0) -> Scenario:
    """The drill of one element."""
    element = scenario.element(element_id)
    phase = replace(scenario.phase(element.phase), seconds=seconds, prompt=element.criterion)
    return replace(
        scenario,
        id=drill_id(scenario.id, element_id),
        title=f"Drill: {element.title}",
        seconds=seconds,
        target_min_s=5,
        target_max_s=seconds,
        phases=(phase,),
        elements=(element,),
        flags=(),
        cues=(),
    )


def drill_report(take_id: str, element_id: str = "sample-size", verdict: Verdict = Verdict.NEAR) -> Report:
    """The report of a try."""
    scenario = drill_of(LENS_SCENARIO, element_id)
    finding = next(each for each in FINDINGS.elements if each.element_id == element_id)
    lacked = "" if verdict is Verdict.MET else finding.lacked
    findings = Findings(scenario.id, (replace(finding, verdict=verdict, lacked=lacked),), ())
    made = Take(take_id, scenario, WHEN, TakeStatus.TRANSCRIBED, "Built-in microphone", 8 * 16_000, ended="finished")
    return Report(made, HEARD, findings, replace(DELIVERY, duration_s=8.0), PHASES[1:2], ())


def board_report(take_id: str) -> Report:
    """The report of a whiteboard that met its one element."""
    scenario = WHITEBOARD_SCENARIO
    met = ElementFinding("coupling", Verdict.MET, evidence("I'd do an A/B test."), "coupling")
    made = Take(take_id, scenario, WHEN, TakeStatus.TRANSCRIBED, "Built-in microphone", 4800 * 16_000, ended="finished")
    return Report(made, HEARD, Findings(scenario.id, (met,), ()), replace(DELIVERY, duration_s=4800.0), (), ())


def listed(scenario: Scenario, origin: Origin = Origin.SHIPPED) -> Listed:
    """A scenario as the list of scenarios shows it."""
    return Listed(
        scenario.id,
        scenario.title,
        scenario.prompt,
        scenario.seconds,
        scenario.hard_limit,
        len(scenario.elements),
        len(scenario.flags),
        origin,
        Path(f"{scenario.id}.toml"),
    )


def _other(name: str, title: str, seconds: float, prompt: str, n_elements: int, n_flags: int) -> Listed:
    return Listed(name, title, prompt, seconds, False, n_elements, n_flags, Origin.SHIPPED, Path(f"{name}.toml"))  # noqa: FBT003  positional in this table


SCENARIOS: tuple[Listed, ...] = (
    listed(LENS_SCENARIO),
    _other("writer/metric-first-case", "Metric-First product case: improve auto-summarize", 600, "How?", 8, 2),
    listed(WHITEBOARD_SCENARIO),
    _other("writer/bias-role-play", "Bias role-play: a user reports a biased suggestion", 300, "What now?", 6, 2),
    _other("writer/shipped-impact", "Shipped impact", 180, "What have you shipped?", 5, 1),
    _other("medium/recruiter-call", "Round 1: recruiter call", 1200, "Why Medium?", 5, 2),
    _other("medium/decision-chain", "Decision chain drill", 300, "Walk me through one.", 5, 1),
)
BROKEN = Listed(
    "my-case",
    "my-case.toml",
    "",
    0,
    False,  # noqa: FBT003  a field of a value
    0,
    0,
    Origin.USER,
    Path("my-case.toml"),
    problem="my-case.toml:12: phases: 'second' is not known; did you mean 'seconds'?\n"
    "my-case.toml:20: element 'metric': needs at least three met_by; there are 2",
)

SENTENCES: tuple[tuple[float, float, str], ...] = (
    (0.8, 7.0, "Okay, so, I'd like to talk about tone check, the feature that tells you how your email will sound."),
    (8.2, 12.6, "A lot of our users have told us that they love it, and honestly, so do I."),
    (
        13.5,
        21.0,
        (
            "My hypothesis is that showing the tone next to the send button will increase the emails that people send "
            "with us by about 5%."
        ),
    ),
    (22.0, 29.0, "As for how we'd know, we could look at retention, or at weekly use."),
    (30.1, 34.0, "They're all useful, and I don't think we have to pick one today."),
    (38.2, 40.8, "For the experiment, I'd do an A/B test."),
    (41.5, 46.0, "Half of the people would see the tone check, and the other half wouldn't."),
    (47.0, 53.5, "We have 2,000 users who asked for early access, and that's a good group."),
    (54.4, 58.0, "I'd love to have more, but we can turn those on by Monday, so it's quick."),
    (62.0, 65.0, "And then, at the end, we'd look at the results."),
    (66.0, 70.5, "I'd expect us to land somewhere around that 5%, give or take."),
    (71.4, 76.0, "If it looks good, we ship it to everyone, and marketing writes the launch post."),
    (77.0, 80.5, "So yeah, I'm pretty confident that this one is a winner."),
)


def _segment(start_s: float, end_s: float, text: str) -> Segment:
    parts = text.split()
    step_s = (end_s - start_s) / len(parts)
    words = tuple(
        Word(part, start_s + number * step_s, start_s + (number + 1) * step_s, 0.9) for number, part in enumerate(parts)
    )
    return Segment(start_s, end_s, words, (Span(start_s, end_s),), "demo-voice")


HEARD = Transcript(tuple(_segment(*each) for each in SENTENCES), TranscriptSource.HEARD, complete=True)


def evidence(quote: str, transcript: Transcript = HEARD) -> Evidence:
    """The evidence whose words are these, in the transcript."""
    words, wanted = transcript.words, quote.split()
    first = next(
        start for start in range(len(words)) if [word.text for word in words[start : start + len(wanted)]] == wanted
    )
    last = first + len(wanted) - 1
    return Evidence(quote, first, last, words[first].start_s, words[last].end_s)


FINDINGS = Findings(
    LENS,
    (
        ElementFinding(
            "lift-hypothesis",
            Verdict.MET,
            evidence(
                "My hypothesis is that showing the tone next to the send button will increase the emails that people "
                "send with us by about 5%."
            ),
            "lift-hypothesis: change, metric, direction and number",
        ),
        ElementFinding(
            "primary-metric",
            Verdict.MISSING,
            evidence("we could look at retention, or at weekly use."),
            "",
            "two metrics, and neither of them is said to decide",
        ),
        ElementFinding("controlled-test", Verdict.MET, evidence("I'd do an A/B test."), "controlled-test: A/B test"),
        ElementFinding(
            "sample-size",
            Verdict.NEAR,
            evidence("We have 2,000 users who asked for early access,"),
            "sample-size",
            "2,000 users; at least 10,000 are asked",
        ),
        ElementFinding("post-mortem", Verdict.MISSING, None, "", "no review after the test"),
        ElementFinding("variance-quantified", Verdict.MISSING, None, "", "a prediction, but nothing set against it"),
        ElementFinding("next-hypothesis", Verdict.MISSING, None, "", "a rollout, but no next test"),
    ),
    (
        FlagFinding("model-metric-only", raised=False),
        FlagFinding("idea-list", raised=False),
    ),
)
DELIVERY = Delivery(
    duration_s=82.0,
    speech_s=66.0,
    n_words=len(HEARD.words),
    words_per_minute=134.0,
    articulation_per_minute=167.0,
    first_word_s=0.8,
    n_pauses=9,
    long_pauses=(LongPause(34.0, 38.2, "have to pick one today.", "For the experiment,"),),
    excursions=(),
    fillers=(Filler("okay", 1), Filler("so", 1)),
)
PHASES = (
    PhaseTime("hypothesis", "Hypothesis", 45.0, 36.0, 0.0),
    PhaseTime("experiment", "Experiment", 75.0, 25.0, 36.0),
    PhaseTime("iteration", "Iteration", 60.0, 21.0, 61.0),
)
MISSED = (
    MissedMoment("primary-metric", 36.0, "and I don't think we have to pick one today."),
    MissedMoment("sample-size", 61.0, "we can turn those on by Monday, so it's quick."),
    MissedMoment("post-mortem", 82.0, "this one is a winner."),
    MissedMoment("variance-quantified", 82.0, "this one is a winner."),
    MissedMoment("next-hypothesis", 82.0, ""),
)


def take(take_id: str = TAKE, status: TakeStatus = TakeStatus.TRANSCRIBED, n_samples: int = 82 * 16_000) -> Take:
    """A take of the lens."""
    return Take(take_id, LENS_SCENARIO, WHEN, status, "Built-in microphone", n_samples, ended="finished")


def report(transcript: Transcript = HEARD, findings: Findings = FINDINGS) -> Report:
    """The report of a weak answer to the lens."""
    cues = (CueAnswer("How are the model and the product coupled?", 50.0, 3.4, "rollout-first", 14.2),)
    return Report(take(), transcript, findings, DELIVERY, PHASES, MISSED, cues)


def silent_report() -> Report:
    """The report of a take in which nobody spoke."""
    unknown = tuple(ElementFinding(each.id, Verdict.UNKNOWN) for each in LENS_SCENARIO.elements)
    flags = tuple(FlagFinding(each.id, raised=False) for each in LENS_SCENARIO.flags)
    delivery = Delivery(20.0, 0.0, 0, None, None, None, 0, (), (), ())
    silence = Transcript((), TranscriptSource.HEARD, complete=True)
    return Report(take(n_samples=320_000), silence, Findings(LENS, unknown, flags), delivery, PHASES, ())


def waiting_report() -> Report:
    """What is known of a take without a transcript."""
    unknown = tuple(ElementFinding(each.id, Verdict.UNKNOWN) for each in LENS_SCENARIO.elements)
    delivery = Delivery(82.0, 0.0, 0, None, None, None, 0, (), (), ())
    waiting = take(WAITING, TakeStatus.RECORDED)
    return Report(waiting, Transcript(), Findings(LENS, unknown), delivery, PHASES, ())


def typed_report(text: str) -> Report:
    """The report of a text, in which everything but the words is unknown."""
    missing = tuple(ElementFinding(each.id, Verdict.MISSING) for each in LENS_SCENARIO.elements)
    delivery = Delivery(0.0, 0.0, len(text.split()), None, None, None, 0, (), (), ())
    return Report(take(n_samples=0), typed_transcript(text), Findings(LENS, missing), delivery, (), ())
