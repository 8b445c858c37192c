"""Where is the take being heard, how fast, and where does its evidence lie?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from pmrehearse.errors import RehearsalError
from pmrehearse.ui import marks
from pmrehearse.ui.playback import Stretch
from pmrehearse.ui.shown import shown
from pmrehearse.ui.take_sound import USUAL, TakeSound
from pmrehearse.ui.wording import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.content import Content
    from textual.events import Click

    from pmrehearse.library.report import Report
    from pmrehearse.ui.ports import ProgramPort

LOOK_S = 0.1
"""How often the place of the player is looked at: as often as it tells."""
SKIP_S = 1.5
"""How far one skip goes: half a sentence."""
_SIDE = 1
"""Cells of padding at either side."""
_LEFT = 8
"""Cells of state and time before the bar."""


@dataclass(frozen=True, slots=True)
class Place:
    """What the line shows of the sound.

    Attributes:
        at_s: Where it is heard; None in silence.
        rests_at_s: Where it goes on; None at the beginning.
        speed: How fast.
        again: True when a passage plays again and again.
    """

    at_s: float | None = None
    rests_at_s: float | None = None
    speed: float = USUAL
    again: bool = False


class PlayerLine(Widget):
    """One line: a bar from the beginning to the end of the take; a click plays from there."""

    DEFAULT_CSS = """
    PlayerLine { height: 1; padding: 0 1; }
    """

    place: reactive[Place] = reactive(Place())
    """What the line shows."""

    class Moved(Message):
        """The sound is heard at another place."""

        def __init__(self, at_s: float | None) -> None:
            """Carry it.

            Args:
                at_s: Where, in seconds of the take's sound; None in silence.
            """
            super().__init__()
            self.at_s = at_s

        def can_replace(self, message: Message) -> bool:
            """Only the last place matters."""
            return isinstance(message, PlayerLine.Moved)

    class Failed(Message):
        """The take could not be played."""

        def __init__(self, message: str, hint: str) -> None:
            """Carry it.

            Args:
                message: What happened.
                hint: What to do.
            """
            super().__init__()
            self.message = message
            self.hint = hint

    def __init__(self, program: ProgramPort, take_id: str) -> None:
        """Be silent.

        Args:
            program: Has the players.
            take_id: The take.
        """
        super().__init__()
        self._sound = TakeSound(program, take_id)
        self._length_s = 0.0
        self._marks: tuple[tuple[float, marks.Mark], ...] = ()

    def on_mount(self) -> None:
        """Follow the player."""
        self.set_interval(LOOK_S, self.look)

    def on_unmount(self) -> None:
        """Leave in silence."""
        self._sound.close()

    def show(self, report: Report, *, has_sound: bool) -> None:
        """Show where the evidence of a report lies; a take without sound has no line."""
        self._length_s = report.take.duration_s
        self._sound.was_recorded = self._length_s > 0
        self.display = self._sound.was_recorded and has_sound
        found = [(each.evidence, marks.of_verdict(each.verdict)) for each in report.findings.elements if each.met]
        found += [(flag.evidence, marks.of_flag(flag)) for flag in report.findings.raised]
        self._marks = tuple((each.start_s, mark) for each, mark in found if each and each.start_s is not None)
        self.look()
        self.refresh()

    def look(self) -> None:
        """Where is it?"""
        try:
            at_s = self._sound.at_s()
        except RehearsalError as error:
            self.post_message(self.Failed(error.message, error.hint))
            at_s = None
        if at_s != self.place.at_s:
            self.post_message(self.Moved(at_s))
        self.place = Place(at_s, self._sound.rests_at_s, self._sound.speed, self._sound.again)

    # ------------------------------------------------------------------ asked for

    def play(self, stretch: Stretch | None) -> None:
        """Play a stretch; None when what is wanted has no place in the sound."""
        self._do(lambda: self._sound.play(stretch))

    def toggle(self) -> None:
        """Pause, or go on."""
        self._do(self._sound.toggle)

    def skip(self, steps: int) -> None:
        """Go on or back by SKIP_S for each step."""
        self._do(lambda: self._sound.skip(steps * SKIP_S, self._length_s))

    def change_speed(self, steps: int) -> None:
        """Faster or slower."""
        self._do(lambda: self._sound.change_speed(steps))

    def loop(self, passage: Stretch | None) -> None:
        """Play a passage again and again, or no more."""
        self._do(lambda: self._sound.loop(passage))

    def silence(self) -> None:
        """Stop; it goes on from here."""
        self._do(self._sound.stop)

    @property
    def at_s(self) -> float | None:
        """Where it is heard; None in silence."""
        return self.place.at_s

    def _do(self, deed: Callable[[], str | None]) -> None:
        try:
            silent_because = deed()
        except RehearsalError as error:
            self.post_message(self.Failed(error.message, error.hint))
            return
        if silent_because:
            self.notify(silent_because, markup=False, timeout=4)
        self.look()

    # ------------------------------------------------------------------ drawing

    def render(self) -> Content:
        """State, time, bar, length, speed."""
        place = self.place
        glyph = "▶" if place.at_s is not None else "‖" if place.rests_at_s else "·"
        at_s = place.at_s if place.at_s is not None else place.rests_at_s or 0.0
        style = "bold $primary" if place.at_s is not None else "$muted"
        line = (
            shown((f"{glyph} {clock(at_s):>5} ", style))
            + self._bar(at_s)
            + shown((f" {clock(self._length_s)}", "$muted"))
        )
        if place.speed != USUAL:
            line = line + shown((f"  {place.speed:g}×", "$primary"))
        return line + shown(("  ↻ again", "$primary")) if place.again else line

    @property
    def _n_cells(self) -> int:
        """Cells of the bar."""
        right = len(f" {clock(self._length_s)}") + (7 if self.place.speed != USUAL else 0) + 9 * self.place.again
        return max(1, self.content_size.width - _LEFT - right)

    def _bar(self, at_s: float) -> Content:
        n_cells = self._n_cells
        by_cell = {min(int(when_s / self._length_s * n_cells), n_cells - 1): mark for when_s, mark in self._marks}
        here = min(int(at_s / self._length_s * n_cells), n_cells - 1) if self._length_s else 0
        parts = []
        for cell in range(n_cells):
            mark = by_cell.get(cell)
            if cell == here and (self.place.at_s is not None or self.place.rests_at_s):
                parts.append(("●", "bold $primary"))
            elif mark is not None:
                parts.append((mark.glyph, mark.style))
            else:
                parts.append(("━", "$primary") if cell < here else ("─", "$rail"))
        return shown(*parts)

    def on_click(self, event: Click) -> None:
        """Play from the place under the mouse; at the left, pause or go on."""
        cell = event.x - _SIDE - _LEFT
        if cell < 0:
            self.toggle()
        elif cell < self._n_cells:
            self.play(Stretch(cell / self._n_cells * self._length_s))
