"""Where a text is typed or pasted: what of it may the terminal see?

Textual draws what stands in a field as it is, and a clipboard can hold anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input, TextArea

from pmrehearse.cleaning import clean

if TYPE_CHECKING:
    from textual.document._edit import Edit
    from textual.widgets.text_area import EditResult


class LineField(Input):
    """One line."""

    DEFAULT_CSS = """
    LineField {
        border: round $line;
        background: $background;
        &:focus { border: round $primary; background-tint: transparent; }
        & > .input--placeholder, & > .input--suggestion { color: $muted; }
        &:ansi > .input--placeholder, &:ansi > .input--suggestion { color: $muted; text-style: none; }
    }
    """

    def validate_value(self, value: str) -> str:
        """What may stand there; Textual asks before each change."""
        return clean(value)


class TextField(TextArea):
    """A text of many lines."""

    def edit(self, edit: Edit) -> EditResult:
        """Take in what was typed or pasted."""
        edit.text = clean(edit.text)
        return super().edit(edit)

    def load_text(self, text: str) -> None:
        """Let another text stand there."""
        super().load_text(clean(text))
