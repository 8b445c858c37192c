"""Which pages does the app open? Each is imported when it is opened first: Home need not wait for the others.

`pages.ReportPage` is the class itself.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Any

from pmrehearse.ui import screens

if TYPE_CHECKING:
    from pmrehearse.ui.screens.briefing import Briefing
    from pmrehearse.ui.screens.compare import ComparePage
    from pmrehearse.ui.screens.debrief import DebriefPage
    from pmrehearse.ui.screens.drill import DrillPage
    from pmrehearse.ui.screens.export import Export
    from pmrehearse.ui.screens.file_picker import FilePicker
    from pmrehearse.ui.screens.first_start import FirstStartPage
    from pmrehearse.ui.screens.history import History
    from pmrehearse.ui.screens.library import LibraryPage
    from pmrehearse.ui.screens.plan import PlanPage
    from pmrehearse.ui.screens.progress import ProgressPage
    from pmrehearse.ui.screens.report import ReportPage
    from pmrehearse.ui.screens.round_briefing import RoundBriefing
    from pmrehearse.ui.screens.settings import SettingsPage
    from pmrehearse.ui.screens.working import Working

__all__ = [
    "Briefing",
    "ComparePage",
    "DebriefPage",
    "DrillPage",
    "Export",
    "FilePicker",
    "FirstStartPage",
    "History",
    "LibraryPage",
    "PlanPage",
    "ProgressPage",
    "ReportPage",
    "RoundBriefing",
    "SettingsPage",
    "Working",
    "load_all",
]

_WHERE = {
    "Briefing": "briefing",
    "ComparePage": "compare",
    "DebriefPage": "debrief",
    "DrillPage": "drill",
    "Export": "export",
    "FilePicker": "file_picker",
    "FirstStartPage": "first_start",
    "History": "history",
    "LibraryPage": "library",
    "PlanPage": "plan",
    "ProgressPage": "progress",
    "ReportPage": "report",
    "RoundBriefing": "round_briefing",
    "SettingsPage": "settings",
    "Working": "working",
}
"""The module of each under `screens`."""


def __getattr__(name: str) -> Any:
    """The page of this name, imported now."""
    if name not in _WHERE:
        raise AttributeError(name)
    page = getattr(importlib.import_module(f"{screens.__name__}.{_WHERE[name]}"), name)
    globals()[name] = page
    return page


def load_all() -> None:
    """Import every page and dialog: whoever asks for all keys must know them all."""
    for module in pkgutil.iter_modules(screens.__path__):
        importlib.import_module(f"{screens.__name__}.{module.name}")
