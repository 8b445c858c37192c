"""Does any text from outside reach the terminal raw, on any screen?"""

from __future__ import annotations

import importlib
import pkgutil
import sys

from textual.screen import Screen

from pmrehearse.ui import screens
from pmrehearse.ui.screens.base import Page
from pmrehearse.ui.screens.before_run import BeforeRun
from pmrehearse.ui.screens.correcting import CorrectingPage
from pmrehearse.ui.screens.dialog import Dialog
from pmrehearse.ui.screens.home_scenario import ScenarioPage
from pmrehearse.ui.screens.home_ways import WaysFromHome
from pmrehearse.ui.screens.listening import ListeningPage
from pmrehearse.ui.screens.live_page import LivePage
from pmrehearse.ui.screens.one_take import OneTakePage
from pmrehearse.ui.screens.parted import PartedPage
from pmrehearse.ui.screens.under_run import UnderRun
from tests.rigs.terminal import Terminal
from tests.rigs.terminal_scan import EVIL, SHOWN, raw_controls

FOUNDATIONS = {
    Page,
    Dialog,
    LivePage,
    BeforeRun,
    UnderRun,
    ListeningPage,
    CorrectingPage,
    PartedPage,
    OneTakePage,
    ScenarioPage,
    WaysFromHome,
}
"""What screens are made of, and never shown themselves."""


def _every_screen() -> set[str]:
    """The names of all screens there are."""
    found: set[str] = set()
    for module in pkgutil.iter_modules(screens.__path__):
        inside = vars(importlib.import_module(f"{screens.__name__}.{module.name}")).values()
        kinds = {each for each in inside if isinstance(each, type) and issubclass(each, Screen)} - FOUNDATIONS
        found |= {each.__name__ for each in kinds if each.__module__.startswith(screens.__name__)}
    return found


def test_no_screen_lets_a_foreign_text_reach_the_terminal_raw() -> None:
    """With an attacker's text in every field, each screen there is writes text and Textual's own codes, no more."""
    terminal = Terminal([sys.executable, "-m", "tests.ui.hostile_tour"], size=(120, 40))
    try:
        assert terminal.ended() == 0, terminal.written[-3000:].decode(errors="replace")
    finally:
        terminal.kill()
    written, _, seen = terminal.written.partition(b"seen: ")
    assert set(seen.decode().partition(" end")[0].split()) == _every_screen()
    assert raw_controls(written) == []
    assert written.count(SHOWN.encode()) > len(_every_screen())


def test_the_scan_finds_what_it_is_for() -> None:
    """Each piece of the attacker's text is found when it stands between the screens' own codes."""
    for piece in (EVIL, *(EVIL[at] for at in range(len(EVIL)) if not EVIL[at].isprintable())):
        raw = f"\x1b[1;1H\x1b[0mtext {piece} text\x1b[?25h\r\n".encode("utf-8", "surrogatepass")
        assert raw_controls(raw) != []
    assert raw_controls(b"\x1b[1;1H\x1b[38;2;9;9;9mtext\x1b[0m\r\n\x1b[?2026$p\x1b[<u") == []
