"""What can be rehearsed, what it asks, and how the last takes went?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message

from pmrehearse.audio.events import FileSource
from pmrehearse.library.take import TakeStatus
from pmrehearse.ui.background import in_background
from pmrehearse.ui.jobs import TakeTranscription
from pmrehearse.ui.requests import AtBriefing, OpenBriefing, OpenHistory, OpenReport, RunJob
from pmrehearse.ui.screens.base import HELP_KEY, Page
from pmrehearse.ui.screens.text_entry import TextEntry
from pmrehearse.ui.shown import Stack, shown
from pmrehearse.ui.take_lines import take_choice
from pmrehearse.ui.widgets.menu import Menu, choice, gap, heading
from pmrehearse.ui.widgets.plain import Plain
from pmrehearse.ui.wording import clock, count, length, minutes, moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widgets import OptionList
    from textual.widgets.option_list import Option

    from pmrehearse.scenario.packs import Listed
    from pmrehearse.ui.ports import ProgramPort, TakeRowPort

N_LAST = 5
"""How many of the last takes are shown."""
_PACKS = {"writer": "Writer", "medium": "Medium"}
_OWN = "Your own"
_BROKEN = "broken:"


@dataclass(frozen=True, slots=True)
class HomeState:
    """What the screen shows.

    Attributes:
        scenarios: All of them, broken ones too.
        takes: The newest first.
    """

    scenarios: tuple[Listed, ...] = ()
    takes: tuple[TakeRowPort, ...] = ()

    @property
    def waiting(self) -> tuple[TakeRowPort, ...]:
        """Takes that were cut short or have no transcript."""
        return tuple(take for take in self.takes if take.status is not TakeStatus.TRANSCRIBED)


class HomeLoaded(Message):
    """Scenarios and takes have been read."""

    def __init__(self, state: HomeState) -> None:
        """Carry them.

        Args:
            state: What was read.
        """
        super().__init__()
        self.state = state


class Scenarios(Menu):
    """The scenarios; Enter rehearses one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Rehearse", key_display="enter")]


class LastTakes(Menu):
    """The last takes; Enter opens the report of one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Report", key_display="enter")]


class Home(Page):
    """Packs and scenarios at the left, what the chosen one asks and the last takes at the right."""

    PURPOSE = (
        "Choose a scenario and press enter: you see the question and set the microphone before anything is recorded. "
        "The demo shows a whole run with a bundled answer instead of your voice."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "demo", "Demo"),
        Binding("p", "paste", "Paste a text"),
        Binding("h", "history", "History"),
        Binding("f", "finish", "Finish the waiting take", show=False),
        Binding("q", "app.quit", "Quit"),
        HELP_KEY,
        Binding("escape", "first", "To the scenarios", show=False),
        Binding("r", "reload", "Read everything again", show=False),
    ]

    DEFAULT_CSS = """
    Home {
        #waiting { display: none; padding: 0 1; margin-top: 1; border-left: outer $warning; background: $surface; }
        #waiting.-there { display: block; }
        #columns { height: 1fr; margin-top: 1; }
        #scenarios { width: 52%; height: 1fr; }
        #about { width: 1fr; height: 1fr; padding: 0 1 0 2; border-left: solid $line; scrollbar-size-vertical: 1; }
        #asked { max-width: 76; }
        #last { height: auto; max-height: 5; margin: 1 0 0 0; }
        #last > .option-list--option-highlighted { background: transparent; }
        #last:focus > .option-list--option-highlighted { background: $block-cursor-background; }
        &.-tall #last { max-height: 8; margin: 1 0; }
        &.-wide #scenarios { width: 62; }
    }
    """

    def __init__(self, program: ProgramPort) -> None:
        """Show everything.

        Args:
            program: What stands behind the screens.
        """
        super().__init__("pmrehearse", "rehearse aloud, hear what was missing")
        self._program = program
        self.state = HomeState()

    def content(self) -> ComposeResult:
        """A banner, and two columns."""
        yield Plain("", id="waiting")
        with Horizontal(id="columns"):
            yield Scenarios(id="scenarios")
            with VerticalScroll(id="about", can_focus=False):
                yield Plain("Reading the scenarios …", id="asked")
        yield LastTakes(id="last")

    def on_mount(self) -> None:
        """Ready for the keys."""
        self.query_one("#scenarios").focus()

    def on_screen_resume(self) -> None:
        """Read again what may have changed meanwhile."""
        self.action_reload()

    def action_reload(self) -> None:
        """Read scenarios and takes."""
        in_background(self, self._read, HomeLoaded)

    def _read(self) -> HomeState:
        return HomeState(tuple(self._program.packs.all_scenarios()), tuple(self._program.library.rows()))

    def on_home_loaded(self, message: HomeLoaded) -> None:
        """Show what was read."""
        self.state = message.state
        self.query_one("#scenarios", Menu).fill(_scenario_options(message.state.scenarios))
        self.query_one("#last", Menu).fill(_last_options(message.state.takes))
        waiting = message.state.waiting
        banner = self.query_one("#waiting", Plain)
        banner.set_class(bool(waiting), "-there")
        banner.show(_waiting_line(waiting) if waiting else "")
        self._show_asked()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another scenario is looked at."""
        if event.option_list.id == "scenarios":
            self._show_asked()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A scenario or a take was chosen."""
        if event.option_list.id == "last":
            self.post_message(OpenReport(event.option_id or ""))
        else:
            self.action_rehearse()

    def _show_asked(self) -> None:
        chosen = self._chosen
        if chosen is not None:
            self.query_one("#asked", Plain).show(_asked(chosen))
            self.query_one("#about").scroll_home(animate=False)

    @property
    def _chosen(self) -> Listed | None:
        wanted = self.query_one("#scenarios", Menu).chosen_id
        return next((each for each in self.state.scenarios if _name(each) == wanted), None)

    def action_rehearse(self) -> None:
        """To the briefing of the chosen scenario."""
        chosen = self._chosen
        if chosen is not None and not chosen.problem:
            self.post_message(OpenBriefing(AtBriefing(chosen.id)))

    def action_demo(self) -> None:
        """To the briefing of the demo."""
        demo = self._program.demo()
        at = AtBriefing(demo.scenario_id, FileSource(demo.audio), demo.checkpoint, tuple(demo.phases_at_s))
        self.post_message(OpenBriefing(at))

    def action_history(self) -> None:
        """To all takes."""
        self.post_message(OpenHistory())

    def action_finish(self) -> None:
        """Transcribe the newest take that waits."""
        if self.state.waiting:
            self.post_message(RunJob(TakeTranscription(self._program, self.state.waiting[0].take_id)))

    def action_paste(self) -> None:
        """Mark a text instead of speech."""
        chosen = self._chosen
        if chosen is not None and not chosen.problem:
            self.app.push_screen(TextEntry(chosen.title), lambda text: self._add(chosen.id, text))

    def _add(self, scenario_id: str, text: str | None) -> None:
        if text:
            in_background(
                self,
                lambda: self._program.reviewer.add_text(self._program.packs.find(scenario_id), text),
                lambda take: OpenReport(take.id),
            )

    def action_first(self) -> None:
        """Back to the scenarios."""
        self.query_one("#scenarios").focus()


def _name(listed: Listed) -> str:
    return f"{_BROKEN}{listed.path}" if listed.problem else listed.id


def _pack(listed: Listed) -> str:
    return _PACKS.get(listed.pack, _OWN) if listed.origin.value == "shipped" else _OWN


def _scenario_options(scenarios: Sequence[Listed]) -> list[Option]:
    options: list[Option] = []
    for pack, members in groupby(scenarios, key=_pack):
        options.extend([gap(), heading(pack)] if options else [heading(pack)])
        options.extend(_scenario_option(listed) for listed in members)
    return options


def _scenario_option(listed: Listed) -> Option:
    if listed.problem:
        return choice(_name(listed), listed.title, lead=shown(("✗ ", "$error")))
    return choice(_name(listed), listed.title, tail=shown((minutes(listed.seconds), "$muted")))


def _asked(listed: Listed) -> Stack:
    if listed.problem:
        return Stack(
            shown((listed.title, "bold")),
            shown(("✗ This file cannot be used yet.", "$error")),
            shown(""),
            shown(listed.problem),
        )
    facts = [length(listed.seconds), count(listed.n_elements, "element") + " asked"]
    if listed.n_flags:
        facts.append(count(listed.n_flags, "flag"))
    return Stack(
        shown((listed.title, "bold")),
        shown((" · ".join(facts), "$muted")),
        shown(""),
        shown(listed.prompt),
    )


def _last_options(takes: Sequence[TakeRowPort]) -> list[Option]:
    if not takes:
        return [heading("No take yet. Press d to watch the demo.")]
    return [heading("Last takes"), *(take_choice(take, with_time=True) for take in takes[:N_LAST])]


def _waiting_line(waiting: Sequence[TakeRowPort]) -> Stack:
    first = waiting[0]
    cut = "was cut short" if first.status is TakeStatus.RECORDING else "waits for its transcript"
    more = f", and {len(waiting) - 1} more" if len(waiting) > 1 else ""
    heard = f"{clock(first.duration_s)} recorded " if first.duration_s else ""
    return Stack(
        shown(("! ", "bold $warning"), (first.title, "bold"), f" {cut}{more}"),
        shown(
            (f"  {heard}{moment(first.started_at)} · ", "$muted"), ("f", "bold $primary"), (" finishes it", "$muted")
        ),
    )
