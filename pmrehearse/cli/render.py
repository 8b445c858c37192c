"""Where does an answer become text or JSON on stdout? Here, and nowhere else.

Each kind of value that a command returns has a line in `_TEXTS` and one in `_DOCUMENTS`.
"""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Any

from pmrehearse.cli import (
    documents,
    jsontext,
    machine_documents,
    machine_values,
    practice_documents,
    practice_values,
    streams,
    values,
)
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
    machine_values.Places: machine.places,
    machine_values.SettingsShown: settings.shown,
    machine_values.SettingsChecked: settings.checked,
    machine_values.KeysShown: settings.keys,
    machine_values.DeviceList: machine.devices,
    machine_values.CheckpointList: machine.checkpoints,
    Diagnosis: machine.diagnosis,
    values.Evaluation: agreement.evaluation,
    values.TakesCompared: comparison.compared,
    values.NotesShown: takes.notes,
    practice_values.PlanShown: plan.plan,
    practice_values.RoundShown: plan.debrief,
    practice_values.DueList: practice.due,
    practice_values.Trends: practice.trends,
    practice_values.DrillShown: practice.drilled,
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
    machine_values.Places: machine_documents.places,
    machine_values.SettingsShown: machine_documents.settings,
    machine_values.SettingsChecked: machine_documents.settings_checked,
    machine_values.KeysShown: machine_documents.keys,
    machine_values.DeviceList: machine_documents.devices,
    machine_values.CheckpointList: machine_documents.checkpoints,
    Diagnosis: machine_documents.diagnosis,
    values.Evaluation: documents.evaluation,
    values.TakesCompared: documents.takes_compared,
    values.NotesShown: documents.notes,
    practice_values.PlanShown: practice_documents.plan,
    practice_values.RoundShown: practice_documents.debrief,
    practice_values.DueList: practice_documents.due,
    practice_values.Trends: practice_documents.trends,
    practice_values.DrillShown: practice_documents.drilled,
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
