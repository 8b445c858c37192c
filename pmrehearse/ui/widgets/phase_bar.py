"""The phases as lengths, with now as a mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from pmrehearse.ui.shown import shown

if TYPE_CHECKING:
    from pmrehearse.session.events import PhaseView

_DONE = "━"
_TO_COME = "─"
_NOW = "●"


def widths(planned_s: tuple[float, ...], cells: int) -> tuple[int, ...]:
    """How many cells each phase gets: proportional to its budget, at least one, with a cell between two.

    Args:
        planned_s: The budgets, each > 0.
        cells: The width of the whole bar.
    """
    room = max(len(planned_s), cells - (len(planned_s) - 1))
    total_s = sum(planned_s)
    ends = [round(sum(planned_s[: number + 1]) / total_s * room) for number in range(len(planned_s))]
    sizes = [max(1, end - start) for start, end in zip([0, *ends], ends, strict=False)]
    while sum(sizes) > room:  # small ones were given a cell: the largest gives it
        sizes[sizes.index(max(sizes))] -= 1
    return tuple(sizes)


class PhaseBar(Widget):
    """Two lines: the bar, and under it the phases' titles, or their numbers where titles do not fit."""

    DEFAULT_CSS = """
    PhaseBar { height: 2; }
    """

    bar: reactive[Content] = reactive(Content(""))
    """Both lines as they stand; the widget redraws when they change, about once a second at most."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's name
        """Show nothing yet.

        Args:
            id: The widget's id.
        """
        super().__init__(id=id)
        self._phases: tuple[PhaseView, ...] = ()

    def show(self, phases: tuple[PhaseView, ...]) -> None:
        """Show these phases."""
        self._phases = phases
        self._draw()

    def on_resize(self) -> None:
        """Lay out anew."""
        self._draw()

    def render(self) -> Content:
        """The two lines."""
        return self.bar

    def _draw(self) -> None:
        if self._phases and self.size.width:
            self.bar = draw(self._phases, self.size.width)


def draw(phases: tuple[PhaseView, ...], cells: int) -> Content:
    """The bar and the line under it, `cells` wide."""
    sizes = widths(tuple(phase.planned_s for phase in phases), cells)
    titled = all(len(phase.title) <= size for phase, size in zip(phases, sizes, strict=True))
    bar = Content(" ").join(_segment(phase, size) for phase, size in zip(phases, sizes, strict=True))
    names = [
        _name(phase, size, phase.title if titled else str(number))
        for number, (phase, size) in enumerate(zip(phases, sizes, strict=True), 1)
    ]
    return Content("\n").join([bar, Content(" ").join(names)])


def _segment(phase: PhaseView, size: int) -> Content:
    if phase.is_over:
        return shown((_DONE * size, "$primary"))
    if not phase.is_current:
        return shown((_TO_COME * size, "$rail"))
    at = min(size - 1, int(phase.elapsed_s / phase.planned_s * size))
    mark = "bold $warning" if phase.elapsed_s > phase.planned_s else "bold $primary"
    return shown((_DONE * at, "$primary"), (_NOW, mark), (_TO_COME * (size - 1 - at), "$rail"))


def _name(phase: PhaseView, size: int, name: str) -> Content:
    return shown((name.ljust(size)[:size], "bold" if phase.is_current else "$muted"))
