"""Which takes are there, which of them say this, and how are they kept in order?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.reactive import var

from pmrehearse.library.rows import EVERY
from pmrehearse.ui.background import in_background
from pmrehearse.ui.keymap import with_keys
from pmrehearse.ui.library_requests import OpenExport, OpenImport, OpenLibrary
from pmrehearse.ui.news import FiltersRead, TakesRead
from pmrehearse.ui.requests import OpenComparison, OpenReport, Within
from pmrehearse.ui.screens.base import BACK_KEY, HELP_KEY
from pmrehearse.ui.screens.one_take import OneTakePage
from pmrehearse.ui.screens.pick import Pick
from pmrehearse.ui.take_filters import read_filters, wanted
from pmrehearse.ui.take_lines import exported
from pmrehearse.ui.take_search import LIST_IS_EMPTY, TakeSearch
from pmrehearse.ui.unfinished import unfinished
from pmrehearse.ui.widgets.fields import LineField
from pmrehearse.ui.widgets.plain import Plain
from pmrehearse.ui.widgets.takes_table import TOO_FEW, Found, TakesTable, heads

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.timer import Timer

    from pmrehearse.ui.ports import ProgramPort

AFTER_TYPING_S = 0.15
"""A search begins so long after the last letter."""
CHOOSE_TWO = "Choose two takes of a scenario with {takes_table.choose}, then press {history.compare}."
"""What is said to somebody who compares fewer."""
NO_TWO = "Two takes of a scenario are compared, and no two are listed."
"""What is said where there are not so many."""


class History(OneTakePage):
    """All takes, the newest first; those of a scenario or a tag; those that say something."""

    PURPOSE = (
        "Every take is kept until you delete it. {takes_table.open} opens its report, computed anew from its "
        "files; after a search, at the moment in which the words were said. {takes_table.choose} chooses two "
        "takes of a scenario, {history.compare} compares them."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search", key_display="/"),
        Binding("f", "filter", "Filter"),
        Binding("c", "compare", "Compare"),
        Binding("r", "rename", "Rename"),
        Binding("t", "tag", "Tags"),
        Binding("x,delete", "delete", "Delete", key_display="x"),
        Binding("E", "export", "Export"),
        Binding("I", "import_file", "Import"),
        Binding("l", "library", "Library"),
        BACK_KEY,
        HELP_KEY,
    ]

    DEFAULT_CSS = """
    History {
        #search { display: none; height: 1; margin: 1 2 0 1; padding: 0 1; background: $panel; }
        #search { border: none; border-left: outer $line; }
        #search:focus { border: none; border-left: outer $primary; }
        &.-searching #search { display: block; }
        #heads { height: 1; padding: 0 2; margin-top: 1; color: $muted; text-wrap: nowrap; }
        #takes { height: 1fr; margin: 0 1 1 1; }
        #none { display: none; color: $muted; padding: 2 4; }
        &.-empty #none { display: block; }
        &.-empty #takes, &.-empty #heads { display: none; }
        &.-wide.-tall #search { margin: 2 12 0 11; }
        &.-wide.-tall #heads { padding: 0 12; }
        &.-wide.-tall #takes { margin: 0 11 1 11; }
        &.-wide.-tall #none { padding: 2 12; }
    }
    """

    listed: var[tuple[Found, ...] | None] = var(None, bindings=True)
    """What is listed; None before it was read."""

    def __init__(self, program: ProgramPort) -> None:
        """List them.

        Args:
            program: What stands behind the screens.
        """
        super().__init__(program, "Takes")
        self._search = TakeSearch()
        self._has_two = False
        self._asked = 0
        self._waiting: Timer | None = None

    def why_not(self, action: str) -> str:
        """What is done to a take wants one, comparing wants two of a scenario, looking among them wants any at all."""
        listed = self.listed
        if listed is None:
            return super().why_not(action)
        is_empty = not listed and self._search.is_for_all
        wanting = {
            "compare": "" if self._has_two else NO_TWO,
            **dict.fromkeys(("rename", "tag", "delete", "export"), "" if listed else TOO_FEW[1]),
            **dict.fromkeys(("search", "filter"), LIST_IS_EMPTY if is_empty else ""),
            **({"search": "Its words go into the field above."} if self.query_one("#search").has_focus else {}),
        }
        return wanting.get(action) or super().why_not(action)

    def content(self) -> ComposeResult:
        """A field, and one list."""
        yield LineField(placeholder="words that were said; in quotes, one after another", id="search")
        yield Plain(LIST_IS_EMPTY, id="none")
        yield Plain("", id="heads")
        yield TakesTable()

    @property
    def _table(self) -> TakesTable:
        return self.query_one(TakesTable)

    def on_screen_resume(self) -> None:
        """Read the list, and again after a report."""
        self.change(lambda: unfinished(self._program))
        self._table.focus()

    def on_resize(self) -> None:
        """The names of the columns stand over them."""
        self.call_after_refresh(self._draw_heads)

    def _draw_heads(self) -> None:
        """Name the columns, once it is known how wide the list is and whether it can be scrolled."""
        self.query_one("#heads", Plain).show(heads(self._table.scrollable_content_region.width))

    @property
    def at_cursor(self) -> Found | None:
        """The take under the cursor."""
        return self._table.at_cursor

    # ------------------------------------------------------------------ reading

    def _read(self) -> None:
        self.change(lambda: None)

    def change(self, deed: Callable[[], object]) -> None:
        """Change a take beside the screen, and read the list again."""
        self._asked += 1
        asked, search = self._asked, self._search

        def work() -> tuple[Found, ...]:
            deed()
            return search.found(self._program)

        in_background(self, work, lambda rows: TakesRead(rows, asked))

    def on_takes_read(self, message: TakesRead) -> None:
        """Show them, unless something else was asked meanwhile."""
        if message.asked != self._asked:
            return
        self.set_class(not message.rows, "-empty")
        self.query_one("#none", Plain).show(self._search.none(self.app))
        self.bar.remark = self._search.remark(message.rows)
        self._table.show(message.rows)
        self.call_after_refresh(self._draw_heads)
        scenarios = [row.take.scenario_id for row in message.rows]
        self._has_two = len(set(scenarios)) < len(scenarios)
        self.listed = message.rows

    # ------------------------------------------------------------------ searching and choosing

    def action_search(self) -> None:
        """Look for words in all transcripts."""
        self.add_class("-searching")
        self.query_one("#search").focus()

    def on_input_changed(self, event: LineField.Changed) -> None:
        """Search when the typing rests."""
        self._search = replace(self._search, text=event.value.strip())
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(AFTER_TYPING_S, self._read)

    def on_input_submitted(self) -> None:
        """On to what was found."""
        self._table.focus()

    def action_back(self) -> None:
        """Leave the search, then the filter, then the screen."""
        if self.has_class("-searching"):
            self.remove_class("-searching")
            self.query_one("#search", LineField).value = ""
            self._search = replace(self._search, text="")
        elif self._search.among != EVERY:
            self._search = replace(self._search, among=EVERY)
        else:
            super().action_back()
            return
        self._read()
        self._table.focus()

    def action_filter(self) -> None:
        """Only the takes of a scenario, or with a tag."""
        in_background(self, lambda: read_filters(self._program), FiltersRead)

    def on_filters_read(self, message: FiltersRead) -> None:
        """Ask which."""
        self.app.push_screen(Pick("Which takes?", message.options), self._take_filter)

    def _take_filter(self, name: str | None) -> None:
        if name is not None:
            self._search = replace(self._search, among=wanted(name))
            self._read()

    # ------------------------------------------------------------------ one take

    def on_takes_table_opened(self, message: TakesTable.Opened) -> None:
        """Open the report, at the moment that was found."""
        self.post_message(OpenReport(message.found.take.take_id, at=Within(moment_s=message.found.at_s)))

    def action_compare(self) -> None:
        """Two takes beside one another: those chosen, or the one chosen and the one under the cursor."""
        here, chosen = self.at_cursor, self._table.chosen
        ids = chosen if len(chosen) == 2 or here is None else tuple(dict.fromkeys((*chosen, here.take.take_id)))  # noqa: PLR2004  two
        if len(ids) == 2:  # noqa: PLR2004  two
            self.post_message(OpenComparison(*sorted(ids)))
        else:
            self.notify(with_keys(self.app, CHOOSE_TWO), markup=False, timeout=4)

    def action_export(self) -> None:
        """Write the take, or all that are listed as a table, for others."""
        found = self.at_cursor
        if found is not None:
            self.post_message(OpenExport(exported(found.take), self._search.table(self._table.rows)))

    def action_import_file(self) -> None:
        """Sound or a transcript made elsewhere becomes a take."""
        found = self.at_cursor
        self.post_message(OpenImport(found.take.scenario_id if found is not None else ""))

    def action_library(self) -> None:
        """To what can be done to the library as a whole."""
        self.post_message(OpenLibrary())
