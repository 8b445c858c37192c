"""Where does an answer become text or JSON on stdout? Here, and nowhere else.

Each kind of value that a command returns has a line in `_TEXTS` and one in `_DOCUMENTS`.
"""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Any

from pmrehearse.cli import documents, jsontext, practice_documents, streams, values
from pmrehearse.cli.texts import agreement, comparison, machine, plan, practice, report, scenarios, settings, takes
from pmrehearse.session.diagnosis import Diagnosis

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import RenderableType

_TEXTS: dict[type, Callable[[Any], RenderableType]] = {
    values.ReportShown: report.report,
    values.TextChecked: report.checked_text,
    values.ScenarioList: scenarios.listed,
    values.ScenarioShown: scenarios.shown,
    values.ScenarioBegun: scenarios.begun,
    values.FilesChecked: scenarios.checked,
    values.TakeList: takes.listed,
    values.SearchResult: takes.found,
    values.LibraryVerified: takes.verified,
    values.Places: machine.places,
    values.SettingsShown: settings.shown,
    values.SettingsChecked: settings.checked,
    values.KeysShown: settings.keys,
    values.DeviceList: machine.devices,
    values.CheckpointList: machine.checkpoints,
    Diagnosis: machine.diagnosis,
    values.Evaluation: agreement.evaluation,
    values.TakesCompared: comparison.compared,
    values.NotesShown: takes.notes,
    values.PlanShown: plan.plan,
    values.RoundShown: plan.debrief,
    values.DueList: practice.due,
    values.Trends: practice.trends,
    values.DrillShown: practice.drilled,
    values.Done: machine.done,
}

_DOCUMENTS: dict[type, Callable[[Any], object]] = {
    values.ReportShown: documents.report,
    values.TextChecked: documents.checked_text,
    values.ScenarioList: documents.scenario_list,
    values.ScenarioShown: documents.scenario,
    values.ScenarioBegun: documents.scenario_begun,
    values.FilesChecked: documents.files_checked,
    values.TakeList: documents.take_list,
    values.SearchResult: documents.search_result,
    values.LibraryVerified: documents.library_verified,
    values.Places: documents.places,
    values.SettingsShown: documents.settings,
    values.SettingsChecked: documents.settings_checked,
    values.KeysShown: documents.keys,
    values.DeviceList: documents.devices,
    values.CheckpointList: documents.checkpoints,
    Diagnosis: documents.diagnosis,
    values.Evaluation: documents.evaluation,
    values.TakesCompared: documents.takes_compared,
    values.NotesShown: documents.notes,
    values.PlanShown: practice_documents.plan,
    values.RoundShown: practice_documents.debrief,
    values.DueList: practice_documents.due,
    values.Trends: practice_documents.trends,
    values.DrillShown: practice_documents.drilled,
    values.Done: documents.done,
}


def show(value: object, *, as_json: bool) -> None:
    """Write one value to stdout.

    Args:
        value: One that a command returned.
        as_json: JSON, indented, instead of text.

    Raises:
        KeyError: Nothing is written for values of this type.
    """
    if isinstance(value, values.Verbatim):
        _write_exactly(value.text) if value.is_exact else _write(value.text)
    elif as_json:
        document = _DOCUMENTS[type(value)](value)
        _write(jsontext.pages(document, ascii_only=not streams.has_unicode(sys.stdout)) + "\n")
    else:
        streams.stdout_text(_TEXTS[type(value)](value))


def show_line(document: dict[str, object]) -> None:
    """Write one JSON object as one line to stdout, at once."""
    _write(jsontext.line(document, ascii_only=not streams.has_unicode(sys.stdout)) + "\n")
    sys.stdout.flush()


def _write_exactly(text: str) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(newline="")
    sys.stdout.write(text)


def _write(text: str) -> None:
    sys.stdout.write(text if streams.has_unicode(sys.stdout) else streams.ascii_for(text))
