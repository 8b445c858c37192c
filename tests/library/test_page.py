"""A report as one web page, read back by a parser, and opened by a real browser."""

from __future__ import annotations

import base64
import hashlib
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmrehearse.audio.sending import N_PEAKS, SoundCopy, copy_to_send
from pmrehearse.checking.findings import ElementFinding, Evidence, Findings, FlagFinding, Verdict
from pmrehearse.errors import AudioFileError
from pmrehearse.library.exports.page.page import report_page
from pmrehearse.library.reporting import make_report
from pmrehearse.library.take import Take, TakeStatus
from pmrehearse.rehearsal.log import CueShown, PhaseStart, RunLog
from pmrehearse.scenario.model import Origin
from pmrehearse.scenario.reader import read_text
from pmrehearse.speech.events import SpeechOptions
from tests.library.conftest import TOML
from tests.library.making import NOW, RATE, heard, spoken, write_wav
from tests.rigs.browser import Browser

if TYPE_CHECKING:
    from pmrehearse.library.report import Report

HOSTILE = (
    "</script><script>alert(1)</script>",
    "</style><style>*{display:none}</style>",
    '" onmouseover="alert(1)" x="',
    "' onfocus='alert(1)' autofocus '",
    '<img src="http://evil.example/p.png" onerror="alert(1)">',
    '<base href="http://evil.example/"><iframe src="//evil.example">',
    "<!-- --><svg onload=alert(1)>",
    "javascript:alert(1)//&lt;script&gt;",
    "\x1b]52;c;aGk=\x07 \u202e \ud800",
)
SOUND = SoundCopy("audio/mpeg", b"no sound", (0.0, 0.5, 1.0))


def _report(text: str = "weekly retention") -> Report:
    """A take of 100 s, every text in it replaced by this one where text may come from outside."""
    scenario = read_text(TOML, Origin.USER, "first.toml")
    log = RunLog((PhaseStart("open", 0), PhaseStart("close", 40 * RATE)), (CueShown(text, 60 * RATE),))
    options = SpeechOptions(text)
    take = Take("id", scenario, NOW, TakeStatus.TRANSCRIBED, text, 100 * RATE, log, (), options, "finished", text, ())
    transcript = heard(spoken(f"So {text} and more of it, then a pause", 2.0), spoken(text, 30.0, unsure=True))
    words = transcript.words
    evidence = Evidence(text, 1, 2, words[1].start_s, words[2].end_s)
    findings = Findings(
        scenario.id,
        (
            ElementFinding("metric", Verdict.MET, evidence, f"metric: {text}"),
            ElementFinding("test", Verdict.NEAR, evidence, "test: half", text),
        ),
        (FlagFinding("ideas", raised=True, evidence=evidence, rule="ideas", why=text),),
    )
    return make_report(take, transcript, findings, lambda _words: findings)


class Reader(HTMLParser):
    """Gathers what a browser would make of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        """Note its end."""
        del tag
        self._inside = ""

    def handle_data(self, data: str) -> None:
        """Note what scripts and styles hold."""
        if self._inside in ("script", "style"):
            (self.scripts if self._inside == "script" else self.styles).append(data)

    @property
    def policy(self) -> str:
        """The content policy."""
        return next(attrs["content"] or "" for _, attrs in self.tags if "http-equiv" in attrs)


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_the_policy_names_what_stands_in_the_page_and_nothing_else() -> None:
    """One script and one style, both by their hashes; sound from the page itself; no other source."""
    read = Reader(report_page(_report(), SOUND))
    assert [len(read.scripts), len(read.styles)] == [1, 1]
    assert read.policy == (
        f"default-src 'none'; style-src 'sha256-{_hash(read.styles[0])}';"
        f" script-src 'sha256-{_hash(read.scripts[0])}'; media-src data:; base-uri 'none'; form-action 'none'"
    )


def test_a_page_without_sound_has_no_player_and_no_script() -> None:
    """What cannot play is not shown as if it could."""
    read = Reader(report_page(_report()))
    assert read.scripts == []
    assert "audio" not in {tag for tag, _ in read.tags}
    assert "script-src 'none'" in read.policy


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_adds_nothing_to_a_page(text: str) -> None:
    """Whatever was said or named, the page has the same elements and attributes, and refers to nothing outside."""
    harmless, hostile = Reader(report_page(_report("word"), SOUND)), Reader(report_page(_report(text), SOUND))

    def shape(read: Reader) -> set[tuple[str, tuple[str, ...]]]:
        return {(tag, tuple(sorted(attrs))) for tag, attrs in read.tags}

    assert shape(hostile) == shape(harmless)
    assert [hostile.scripts, hostile.styles] == [harmless.scripts, harmless.styles]
    addresses = [attrs.get(name) for _, attrs in hostile.tags for name in ("src", "href", "style") if name in attrs]
    assert addresses == [f"data:audio/mpeg;base64,{base64.b64encode(SOUND.content).decode()}"]


def test_every_word_and_every_finding_can_be_played_from() -> None:
    """Words carry their own second; elements, flags, phases, cards and the marks below the waveform theirs."""
    report = _report()
    read = Reader(report_page(report, SOUND))
    words = [float(attrs["data-t"] or "nan") for _, attrs in read.tags if "data-t" in attrs]
    assert words == [round(word.start_s or 0, 2) for segment in report.transcript.segments for word in segment.words]
    at = report.findings.elements[0].evidence
    assert at is not None
    pressed = [attrs["data-at"] for _, attrs in read.tags if "data-at" in attrs]
    assert pressed.count(f"{at.start_s:.2f}") == 6  # two elements and a flag, each in the list and below the waveform
    assert "60.00" in pressed  # the card


def test_a_copy_of_the_sound_is_small_and_as_long_as_the_sound(tmp_path: Path) -> None:
    """MP3 of the same length; the outline is 1 where it is loudest and has its fixed number of bars."""
    import soundfile  # noqa: PLC0415 - only here

    wav, mp3 = tmp_path / "a.wav", tmp_path / "a.mp3"
    write_wav(wav, 5 * RATE)
    copy = copy_to_send(wav)
    mp3.write_bytes(copy.content)
    assert abs(soundfile.info(mp3).frames - 5 * RATE) < 0.15 * RATE
    assert len(copy.content) < wav.stat().st_size / 2
    assert len(copy.peaks) == N_PEAKS
    assert max(copy.peaks) == 1


def test_a_broken_sound_file_is_an_error_that_can_be_told(tmp_path: Path) -> None:
    """No page with half a player."""
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"RIFF....")
    with pytest.raises(AudioFileError):
        copy_to_send(broken)


# ---------------------------------------------------------------------- a real browser


def _written(page: str, folder: Path) -> str:
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    return path.as_uri()


def test_a_browser_seeks_to_a_moment_and_marks_its_word(tmp_path: Path) -> None:
    """Under its own policy the script runs, the sound in the page loads, and the spoken word is marked."""
    wav = tmp_path / "take.wav"
    write_wav(wav, 100 * RATE)
    report = _report()
    word = report.transcript.words[1]
    assert word.start_s is not None
    page = _written(report_page(report, copy_to_send(wav)), tmp_path)
    with Browser(tmp_path / "profile") as browser:
        browser.open(f"{page}#t={word.start_s + 0.1:.2f}")
        assert browser.until("document.querySelector('.spoken')?.textContent") == "weekly"
        assert float(browser.value("document.querySelector('.now').getAttribute('x')")) > 0
        assert abs(browser.value("document.querySelector('audio').duration") - 100) < 0.2
        assert browser.complaints == []


def test_a_browser_runs_nothing_of_hostile_text(tmp_path: Path) -> None:
    """All of it at once: no script of it runs, no address of it is asked for, and the text can be read."""
    report = _report(" ".join(HOSTILE).encode("utf-8", "replace").decode())
    page = _written(report_page(report, SOUND), tmp_path)
    with Browser(tmp_path / "profile") as browser:
        browser.open(page)
        assert browser.until("document.readyState === 'complete' && document.querySelector('h1')?.textContent")
        assert browser.value("document.scripts.length") == 1
        assert "</script><script>alert(1)" in browser.value("document.body.textContent")
        assert browser.value("document.querySelectorAll('img, iframe, base, object, embed, link').length") == 0
        assert browser.value("document.querySelectorAll('[onmouseover], [onfocus], [onerror], [onload]').length") == 0
        assert [line for line in browser.complaints if "evil" in line or "Refused" in line] == []
