"""What is a report as one web page to send to a coach? Everything in it, the sound included, nothing from elsewhere.

Its content policy lets no other script, style, picture or address in than those that stand in the page, named by their
hashes; what comes from outside is inert besides.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from pmrehearse.library.exports.page.markup import element, inert
from pmrehearse.library.exports.page.parts import cards, delivery, elements, flags, phases, summary
from pmrehearse.library.exports.page.transcript import transcript
from pmrehearse.library.exports.page.waveform import phase_widths, waveform
from pmrehearse.library.report import Report

if TYPE_CHECKING:
    from pmrehearse.audio.sending import SoundCopy


def report_page(report: Report, sound: SoundCopy | None = None) -> str:
    """The page.

    Args:
        report: The report.
        sound: The take's sound, to be played in the page; None leaves it out.
    """
    title = inert(report.take.name or report.take.scenario.title)
    style = "\n".join((_part("page.css"), phase_widths(report), ""))
    script = _part("page.js") if sound else ""
    head = (
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{title}</title>",
        f"<style>{style}</style>",
    )
    body = "\n".join(part for part in _body(report, sound, title) if part)
    kind = "" if sound else ' class="no-sound"'
    run = f"<script>{script}</script>\n" if script else ""
    joined = "\n".join(head)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{joined}\n</head>\n<body{kind}>\n{body}\n{run}</body>\n</html>\n'
    )


def _body(report: Report, sound: SoundCopy | None, title: str) -> Iterator[str]:
    yield element("h1", title)
    yield summary(report)
    if sound is not None:
        yield _player(report, sound)
    yield elements(report)
    yield flags(report)
    yield phases(report)
    yield delivery(report.delivery)
    yield cards(report)
    yield element("h2", "Transcript")
    yield transcript(report)
    yield element("footer", "Made by pmrehearse on the speaker's own computer.")


def _player(report: Report, sound: SoundCopy) -> str:
    content = base64.b64encode(sound.content).decode("ascii")
    audio = f'<audio controls preload="metadata" src="data:{sound.mime};base64,{content}"></audio>'
    return element("div", waveform(report, sound.peaks) + audio, kind="player")


def _policy(style: str, script: str) -> str:
    script_source = f"'{_hash(script)}'" if script else "'none'"
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src {script_source}; media-src data:;"
        " base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


@cache
def _part(name: str) -> str:
    """A file that stands beside this one."""
    return (resources.files(__package__) / name).read_text(encoding="utf-8")
