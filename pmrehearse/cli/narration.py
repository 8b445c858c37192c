"""What is told on stderr while a command works?

Lines for what happens, and on a terminal one live line with a bar; into a file or a pipe only the lines.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from pmrehearse.cleaning import clean, clean_line
from pmrehearse.cli import streams
from pmrehearse.cli.texts import figures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

BAR_CELLS = 28
"""Width of the bar."""


class Narrator:
    """Tells on stderr."""

    def __init__(self) -> None:
        """Nothing is told yet."""
        self._console: Console = streams.stderr()

    def say(self, line: str, style: str = "") -> None:
        """Tell one thing, on a line of its own."""
        self._console.print(Text(clean(line), style=style))

    def say_whole(self, *lines: str) -> None:
        """Tell lines that are not broken, however narrow the terminal: what is copied from them works."""
        for line in lines:
            self._console.print(Text(clean(line)), no_wrap=True, overflow="ignore", crop=False)

    def say_at(self, at_s: float, line: str, style: str = "") -> None:
        """Tell what happened at a moment of the take's clock."""
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=7, justify="right", style="dim")
        grid.add_column(style=style)
        grid.add_row(figures.clock(at_s), Text(clean(line)))
        self._console.print(grid)

    @contextmanager
    def bar(self) -> Iterator[Callable[[str, float, float, str], None]]:
        """A live line, on a terminal only.

        Yields:
            A function that draws it anew: (what, done, total, the figures beside the bar).
        """
        if not self._console.is_terminal or self._console.is_dumb_terminal:
            yield lambda _what, _done, _total, _beside: None
            return
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(BAR_CELLS),
            TextColumn("{task.fields[beside]}", markup=False),
        )
        with Progress(*columns, console=self._console, transient=True) as progress:
            task = progress.add_task("", total=None, beside="")

            def draw(what: str, done: float, total: float, beside: str) -> None:
                progress.update(task, description=clean_line(what), completed=done, total=total or None, beside=beside)

            yield draw
