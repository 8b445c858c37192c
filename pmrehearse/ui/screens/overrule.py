"""Was this said, whatever the checks say?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from pmrehearse.checking.findings import Verdict
from pmrehearse.cleaning import clean
from pmrehearse.ui import marks
from pmrehearse.ui.keymap import with_keys
from pmrehearse.ui.screens.dialog import Choice, Dialog
from pmrehearse.ui.shown import shown
from pmrehearse.ui.widgets.fields import LineField
from pmrehearse.ui.widgets.menu import Menu, choice
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Key
    from textual.widgets import OptionList

    from pmrehearse.library.report import Report

NO_PASSAGE = (
    "No passage is named. To name one, choose its words in the transcript ({transcript.mark_run} and arrows), "
    "then press {correcting.overrule} there."
)

COUNTS = "It counts from now on. The checks' verdict is kept beside it."
"""What is said below the answers."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the speaker says.

    Attributes:
        verdict: MET or MISSING; None for what the checks say.
        note: Why, or "".
    """

    verdict: Verdict | None
    note: str = ""


class Overrule(Dialog[Ruled]):
    """Gives back what the speaker says; None when nothing is to be changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", priority=True),
        Binding("tab,shift+tab", "app.focus_next", "Other part", show=False),
    ]

    DEFAULT_CSS = """
    Overrule .passage, Overrule LineField { margin-top: 1; }
    """

    def __init__(self, report: Report, element_id: str, passage: str) -> None:
        """Ask about one element.

        Args:
            report: The report.
            element_id: The element.
            passage: The words that the verdict is to rest on, or "".
        """
        super().__init__()
        self._title = report.take.scenario.element(element_id).title
        overruled = report.overruling_of(element_id)
        found = next(each for each in report.findings.elements if each.element_id == element_id)
        self._checks = overruled.checks if overruled is not None else found
        self._note = overruled.ruling.note if overruled is not None else ""
        self._passage = passage
        self._choices = _choices(found.verdict, is_overruled=overruled is not None)

    def content(self) -> ComposeResult:
        """The element, what the checks say, the passage; a reason, and the answers."""
        yield Plain(shown((self._title, "bold")))
        yield Plain(shown(("The checks say: ", "$muted"), marks.of_verdict(self._checks.verdict).content))
        yield Plain(
            shown(f"“{self._passage}”" if self._passage else (with_keys(self.app, NO_PASSAGE), "$muted")),
            classes="passage",
        )
        yield Menu(*(choice(each.name, each.text, tail=shown((each.key, "$muted"))) for each in self._choices))
        yield LineField(self._note, placeholder="why, if you like (tab)")
        yield Plain(COUNTS, classes="dialog-keys")

    def on_mount(self) -> None:
        """Answers first."""
        self.query_one(Menu).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """An answer was chosen."""
        event.stop()
        self._answer(event.option_id or "")

    def on_input_submitted(self, event: LineField.Submitted) -> None:
        """The reason stands; the answer that is highlighted holds."""
        event.stop()
        self._answer(self.query_one(Menu).chosen_id)

    def on_key(self, event: Key) -> None:
        """A letter chooses at once."""
        name = next((each.name for each in self._choices if each.key == event.key), "")
        if name:
            event.stop()
            event.prevent_default()
            self._answer(name)

    def _answer(self, name: str) -> None:
        note = clean(self.query_one(LineField).value).strip()
        answers = {"met": Ruled(Verdict.MET, note), "missing": Ruled(Verdict.MISSING, note), "checks": Ruled(None)}
        self.dismiss(answers.get(name))

    def action_leave(self) -> None:
        """Nothing happens."""
        self.dismiss(None)


def _choices(counts: Verdict, *, is_overruled: bool) -> tuple[Choice, ...]:
    """The answers that would change something, then the one that changes nothing."""
    said, not_said = Choice("met", "I did say this", "s"), Choice("missing", "I did not say this", "n")
    back = (Choice("checks", "Let the checks' verdict count again", "b"),) if is_overruled else ()
    return ((not_said if counts is Verdict.MET else said), *back, Choice("leave", "Leave it", "l"))
