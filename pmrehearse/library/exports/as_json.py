"""What is a report as JSON? The document of `jsonview`, under a `format` that says its version."""

from __future__ import annotations

import json

from pmrehearse.cleaning import clean
from pmrehearse.library.jsonview import report_document
from pmrehearse.library.report import Report

FORMAT = "pmrehearse-report/1"
"""What the document calls itself; the number rises when a key changes its meaning."""


def report_json(report: Report) -> str:
    """The whole report with every word and its times, indented, one newline at the end."""
    document = {"format": FORMAT, **report_document(report)}
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2)
    if clean(text, limit=len(text)) != text:  # ids come from values, not from files, and are not cleaned one by one
        text = json.dumps(document, allow_nan=False, indent=2)
    return text + "\n"
