"""A report in every format, and hostile text in all of them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pmrehearse.checking.findings import ElementFinding, Evidence, Findings, FlagFinding, Verdict
from pmrehearse.cleaning import clean
from pmrehearse.errors import UsageError
from pmrehearse.library.export import FORMATS, format_named
from pmrehearse.library.exports.captions import LINE, LONGEST_MS, captions_in
from pmrehearse.library.exports.markdown import inert
from pmrehearse.library.jsonview import findings_document, report_document, take_document, transcript_document
from pmrehearse.library.report import Report
from pmrehearse.library.reporting import make_report
from pmrehearse.library.take import Take, TakeStatus
from pmrehearse.rehearsal.log import CueShown, PhaseStart, RunLog
from pmrehearse.scenario.model import Origin, Scenario
from pmrehearse.scenario.reader import read_text
from pmrehearse.speech.events import SpeechOptions
from pmrehearse.speech.segments import Segment, Span, Transcript, Word, typed_transcript
from tests.library.conftest import TOML
from tests.library.making import NOW, RATE, heard, render, spoken

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

SCENARIO = read_text(TOML, Origin.USER, "first.toml")
TAKE = Take(
    "2026-11-22T09-31-05Z_mine_first-drill_k3f9",
    SCENARIO,
    NOW,
    TakeStatus.TRANSCRIBED,
    "Yeti (USB)",
    100 * RATE,
    RunLog((PhaseStart("open", 0), PhaseStart("close", 40 * RATE)), (CueShown("And then?", 60 * RATE),)),
    (),
    SpeechOptions("base.en"),
    "finished",
    "Third try",
    ("mock",),
)
TRANSCRIPT = heard(
    spoken("Um, our metric is weekly retention of new writers. It is, like, the one that moves first.", 1.5),
    spoken("And another idea is a newsletter that nobody asked for", 30.0),
    spoken("mumble mumble", 50.0, unsure=True),
    spoken("So we ship it, and we look at it every Monday with the team.", 63.25),
)


def _found(transcript: Transcript, text: str = "weekly retention") -> Findings:
    words = transcript.words
    evidence = Evidence(text, 4, 5, words[4].start_s, words[5].end_s) if len(words) > 5 else None
    return Findings(
        "mine/first-drill",
        (
            ElementFinding("metric", Verdict.MET if evidence else Verdict.UNKNOWN, evidence, "metric: our metric is"),
            ElementFinding("test", Verdict.NEAR, evidence, "test: half", f"an idea, but no test of it: {text}"),
        ),
        (FlagFinding("ideas", raised=True, evidence=evidence, rule="ideas: another idea", why=f"two ideas: {text}"),),
    )


def _report(transcript: Transcript = TRANSCRIPT, take: Take = TAKE, text: str = "weekly retention") -> Report:
    found = _found(transcript, text)
    return make_report(take, transcript, found, lambda _words: found)


@pytest.mark.parametrize("name", [one.name for one in FORMATS])
def test_a_report_looks_like_this(snapshot: SnapshotAssertion, name: str) -> None:
    """Each format of one whole report, as it was looked at and found good."""
    assert render(_report(), name) == snapshot


@pytest.mark.parametrize("name", ["md", "json", "txt"])
def test_a_typed_report_looks_like_this(snapshot: SnapshotAssertion, name: str) -> None:
    """A text without times has none in any format."""
    take = replace(TAKE, device="", n_samples=0, log=RunLog(), options=None, name="", ended="")
    assert render(_report(typed_transcript("We split the users in half, you know, and wait."), take), name) == snapshot


@pytest.mark.parametrize("name", [one.name for one in FORMATS])
def test_an_empty_take_can_be_exported(name: str) -> None:
    """A take in which nothing was heard gives a file that says so, and ends in a newline."""
    text = render(_report(Transcript()), name)
    assert text == {"srt": "", "txt": "", "vtt": "WEBVTT\n\n"}.get(name, text)
    assert text == "" or text.endswith("\n")


@pytest.mark.parametrize("name", ["srt", "vtt"])
def test_a_typed_text_has_no_subtitles(name: str) -> None:
    """The error says why, and what to do instead."""
    with pytest.raises(UsageError, match="was typed") as caught:
        render(_report(typed_transcript("we split them")), name)
    assert "md, txt or json" in caught.value.hint


@pytest.mark.parametrize(("name", "found"), [("md", "md"), (".MD", "md"), ("JSON", "json")])
def test_formats_are_found_by_name(name: str, found: str) -> None:
    """Case and a leading dot do not matter."""
    assert format_named(name).name == found


def test_an_unknown_format_is_an_error_of_usage() -> None:
    """The hint names those that there are."""
    with pytest.raises(UsageError, match="no format 'pdf'") as caught:
        render(_report(), "pdf")
    assert caught.value.hint == f"Choose {', '.join(one.name for one in FORMATS)}."


# ---------------------------------------------------------------------- hostile text

HOSTILE = (
    "</script><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "[x](javascript:alert(1)) ![i](http://evil.example/p.png)",
    "http://evil.example www.evil.example me@evil.example",
    "<http://evil.example>",
    "**bold** _it_ `code` ~~no~~ | cell | # heading",
    "&lt;b&gt; &#60; {\\an8} \\N",
    "1. one",
    "- item",
    "+ item",
    "    indented",
    "```\ncode\n```",
    "--> 00:00:01.000 --> 00:00:02.000",
    "a\n\n2\n00:00:00,000 --> 00:00:09,000\nforged",
    "\x1b]52;c;SEVMTE8=\x07\x9b31m\u202e\u2028NOTE x",
    "[x]: http://evil.example",
    "=== ---",
    "=cmd()|' /C calc'!A0",
    "a" * 3000,
)


def _hostile_report(text: str) -> Report:
    """A report with one text in every place that comes from outside."""
    element, other = (replace(one, title=text, hint=text, criterion=text) for one in SCENARIO.elements)
    scenario = replace(
        SCENARIO,
        title=text,
        prompt=text,
        elements=(element, other),
        phases=tuple(replace(phase, title=text) for phase in SCENARIO.phases),
        flags=(replace(SCENARIO.flags[0], title=text, hint=text),),
    )
    log = replace(TAKE.log, cues=(CueShown(text, 60 * RATE),))
    take = replace(TAKE, scenario=scenario, name=text, device=text, tags=(text,), log=log)
    words = tuple(Word(text, float(i), i + 0.5, 0.9) for i in range(8))
    transcript = heard(Segment(0.0, 8.0, words, (Span(0.0, 8.0),)), spoken("and so on", 30.0))
    return _report(transcript, take, text)


ALLOWED_TOKENS = {
    *("heading", "paragraph", "blockquote", "bullet_list", "list_item", "table", "thead", "tbody", "tr", "th", "td"),
    *("strong", "em", "inline", "text", "softbreak", "text_special"),
}


def _tokens(markdown: str) -> list[str]:
    """Every kind of token in a page, links and HTML among them, as GitHub's flavour has it."""
    parsed = MarkdownIt("gfm-like").parse(markdown)
    kinds = [token.type for token in parsed]
    kinds += [child.type for token in parsed for child in token.children or ()]
    return [kind.removesuffix("_open").removesuffix("_close") for kind in kinds]


def _structure(markdown: str) -> list[str]:
    """The blocks of a page and what is strong in it."""
    return [kind for kind in _tokens(markdown) if kind not in ("text", "text_special")]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_inert_in_markdown(text: str) -> None:
    """No HTML, link, image, code, list or heading comes from outside; the page has the blocks that it always has."""
    page = render(_hostile_report(text), "md")
    assert set(_tokens(page)) <= ALLOWED_TOKENS
    assert _structure(page) == _structure(render(_hostile_report("plain words"), "md"))


@settings(max_examples=150, deadline=None)
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("<>[]()*_`~|#&\\!-+.:@/=\n "), max_size=60)
)
def test_any_text_is_inert_in_markdown(text: str) -> None:
    """What is put in is shown as it is, and nothing else."""
    parsed = MarkdownIt("gfm-like").parse(f"x {inert(text)} y")
    assert [token.type for token in parsed] == ["paragraph_open", "inline", "paragraph_close"]
    children = parsed[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    shown = "".join(child.content for child in children)
    assert shown.split() == f"x {clean(' '.join(text.split()))} y".split()


@settings(max_examples=60, deadline=None)
@given(text=st.sampled_from(HOSTILE) | st.text(max_size=40))
def test_no_export_holds_control_characters(text: str) -> None:
    """Escapes, C1 bytes and direction marks are in no format; every file can be written as UTF-8."""
    report = _hostile_report(text)
    for one in FORMATS:
        rendered = one.render(report, None)
        assert clean(rendered, limit=len(rendered) + 1) == rendered
        rendered.encode("utf-8")


TIMES = {
    "srt": re.compile(r"(\d\d):(\d\d):(\d\d),(\d{3}) --> (\d\d):(\d\d):(\d\d),(\d{3})"),
    "vtt": re.compile(r"(\d\d):(\d\d):(\d\d)\.(\d{3}) --> (\d\d):(\d\d):(\d\d)\.(\d{3})"),
}


def _cues(text: str, name: str) -> list[tuple[int, int, list[str]]]:
    """The captions of a file, read as strictly as its format is written; fails on anything else in it."""
    blocks = text.split("\n\n")
    assert blocks.pop() == ""
    if name == "vtt":
        assert blocks.pop(0) == "WEBVTT"
    found = []
    for number, block in enumerate(blocks, start=1):
        lines = block.split("\n")
        if name == "srt":
            assert lines.pop(0) == str(number)
        times = TIMES[name].fullmatch(lines.pop(0))
        assert times
        h, m, s, ms, h2, m2, s2, ms2 = map(int, times.groups())
        assert lines
        assert not any("-->" in line for line in lines)
        found.append((((h * 60 + m) * 60 + s) * 1000 + ms, ((h2 * 60 + m2) * 60 + s2) * 1000 + ms2, lines))
    return found


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["srt", "vtt"])
def test_hostile_text_forges_no_caption(text: str, name: str) -> None:
    """Every caption of the file is one of ours, and holds no markup of the format."""
    report = _hostile_report(text)
    cues = _cues(render(report, name), name)
    assert len(cues) == len(captions_in(report.transcript))
    assert not any(re.search(r"[<>{}\\]" if name == "srt" else r"[<>]", line) for *_, lines in cues for line in lines)


@st.composite
def _timed_words(draw: st.DrawFn) -> Transcript:
    """Words as recognisers place them: overlapping, of no length, out of order, very long, with silence between."""
    at_s, words = 0.0, []
    for text in draw(
        st.lists(st.sampled_from(["a", "our", "metric.", "hm?", "x" * 43, "y" * 130, "and"]), max_size=60)
    ):
        at_s = max(at_s + draw(st.sampled_from([0.0, 0.0004, 0.1, 0.4, 1.5, 9.0, -0.3])), 0.0)
        words.append(Word(text, at_s, at_s + draw(st.sampled_from([0.0, 0.3, 8.0]))))
    return heard(Segment(0.0, at_s + 10, tuple(words)))


@settings(max_examples=150, deadline=None)
@given(transcript=_timed_words())
def test_what_holds_of_every_caption(transcript: Transcript) -> None:
    """In order, never two at once, each for a while, two lines of 42 at most, and every word in one of them."""
    report = replace(_report(), transcript=transcript)
    captions = captions_in(report.transcript)
    assert all(one.start_ms < one.end_ms for one in captions)
    assert all(one.end_ms <= other.start_ms for one, other in pairwise(captions))
    assert all(1 <= len(one.lines) <= 2 and all(0 < len(line) <= LINE for line in one.lines) for one in captions)
    said = "".join(word.text for word in sorted(transcript.words, key=lambda word: round(1000 * (word.start_s or 0))))
    assert "".join("".join(one.lines).replace(" ", "") for one in captions) == said
    for name in ("srt", "vtt"):
        assert [cue[:2] for cue in _cues(render(report, name), name)] == [
            (one.start_ms, one.end_ms) for one in captions
        ]


def test_captions_end_at_sentences_and_pauses() -> None:
    """A caption that holds a line ends with its sentence; a pause of a second ends any; none stands for long."""
    said = "Our metric is the weekly retention of writers. We split them. Then we wait for it."
    captions = captions_in(heard(spoken(said, 0.0, 0.3), spoken("And then", 9.0)))
    texts = [" ".join(one.lines) for one in captions]
    assert texts == [
        "Our metric is the weekly retention of writers.",
        "We split them. Then we wait for it.",
        "And then",
    ]
    slow = captions_in(heard(spoken("one two three four five six seven eight", 0.0, 1.5)))
    assert max(one.end_ms - one.start_ms for one in slow) <= LONGEST_MS


@pytest.mark.parametrize("name", ["md", "html"])
def test_a_card_of_a_flag_says_when_the_speaker_recovered(name: str) -> None:
    """What came of an interruption is told wherever the card is, and by what the speaker came back."""
    report = _report()
    came = replace(report.cues[0], on_flag="ideas", recovered_after_s=12.0, recovered_by="metric")
    text = render(replace(report, cues=(came, replace(came, recovered_after_s=None))), name)
    assert "answered after 3.2 s; recovered after 12 s with “The metric”" in text
    assert "answered after 3.2 s; not recovered" in text


# ---------------------------------------------------------------------- JSON


def test_json_is_the_document_of_the_report() -> None:
    """The export is the document, with every word, under the name of its format."""
    exported = json.loads(render(_report(), "json"))
    assert exported.pop("format") == "pmrehearse-report/1"
    assert exported == report_document(_report())
    without = report_document(_report(), with_words=False)
    assert "words" not in without["transcript"]["segments"][0]


KEYS = {
    "": "take coverage elements flags note phases delivery cues notes guess transcript",
    "take": "id scenario title scenario_digest started_at status ended device duration_s planned_s checkpoint name "
    "tags",
    "coverage": "met of share",
    "elements": "id title phase verdict quote start_s end_s rule lacked judge hint due_s said_when_due overruled "
    "guessed",
    "flags": "id title raised quote start_s end_s rule why judge",
    "phases": "phase_id title planned_s actual_s start_s",
    "delivery": "duration_s speech_s n_words words_per_minute articulation_per_minute first_word_s n_pauses "
    "long_pauses excursions fillers",
    "cues": "say at_s resumed_after_s on_flag recovered_after_s recovered_by",
    "transcript": "source complete n_words text segments",
}


@pytest.mark.parametrize("place", KEYS)
def test_the_keys_of_json_stay(place: str) -> None:
    """Those who read the document find the keys that it was promised to have."""
    document: Any = report_document(_report())
    at = document[place] if place else document
    assert list(at[0] if isinstance(at, list) else at) == KEYS[place].split()


def test_documents_say_what_the_values_say() -> None:
    """Findings, take and transcript have documents of their own, for commands that show only these."""
    report = _report()
    whole = report_document(report)
    assert take_document(report.take) == whole["take"]
    assert transcript_document(report.transcript) == whole["transcript"]
    alone = findings_document(report.take.scenario, report.findings)
    assert alone["coverage"] == {"met": 1, "of": 2, "share": 0.5}
    assert [element["verdict"] for element in alone["elements"]] == ["met", "near"]
    json.dumps(whole, allow_nan=False)


def test_a_scenario_is_named_by_every_export(scenario: Scenario) -> None:
    """Who finds the page later sees what was rehearsed, and when."""
    page = render(_report(), "md")
    assert scenario.title in page
    assert "2026-11-22 09:31 UTC" in page
