"""What holds on every screen: themes, help, the command palette, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.css.query import NoMatches

from pmrehearse.cleaning import clean
from pmrehearse.settings.values import setting_of
from pmrehearse.ui.clashes import problems
from pmrehearse.ui.commands import Commands, commands_of, keys_of
from pmrehearse.ui.first_navigation import FirstNavigation
from pmrehearse.ui.keymap import Keyed, usable, with_keys
from pmrehearse.ui.offering import Offering
from pmrehearse.ui.requests import HOME, StartAt
from pmrehearse.ui.screens.base import Page
from pmrehearse.ui.screens.dialog import Choice
from pmrehearse.ui.screens.help import Help
from pmrehearse.ui.screens.run_question import RunQuestion
from pmrehearse.ui.terminal import prepare_for_children, wants_no_colour
from pmrehearse.ui.themes import PLAINEST, THEMES, next_theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from textual.actions import ActionParseResult
    from textual.app import SystemCommand
    from textual.dom import DOMNode
    from textual.screen import Screen

    from pmrehearse.ui.live import LiveRun
    from pmrehearse.ui.ports import ProgramPort

_WIDE, _TALL = 118, 30
WHY_NOT_S = 4
"""How long it is shown why a key does nothing."""
TOLD_S = 12.0
"""How long it is shown what is wrong with the settings."""


class QuitQuestion(RunQuestion):
    """Whether to leave a take that is being recorded; "quit" is obeyed without drawing once more what lies below."""

    def __init__(self, live: LiveRun, leave: Callable[[], None]) -> None:
        """Ask.

        Args:
            live: The run that records.
            leave: Finishes the take, and leaves.
        """
        choices = (Choice("stay", "Keep recording", "k"), Choice("quit", "Finish the take, and quit", "f"))
        super().__init__(live, "A take is being recorded.", "What was said so far is safe either way.", choices)
        self._leave = leave

    def answer(self, name: str) -> None:
        """Leave at once, or go back to the take."""
        if name == "quit":
            self._leave()
        else:
            super().answer(name)


class RehearsalApp(Keyed, FirstNavigation):
    """The program with screens."""

    TITLE = "pmrehearse"
    SCOPE = "app"
    COMMANDS: ClassVar = {Commands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", "To the shell; a recording goes on", show=False),
        Binding("ctrl+t", "next_theme", "Next theme", show=False),
    ]

    CSS = """
    CommandPalette {
        & > Vertical { width: 68; max-width: 95%; margin-top: 2; background: transparent; }
        & #--input { border: round $primary; background: $surface; padding: 0 1; }
        & #--input.--list-visible { border-bottom: round $primary; }
        & SearchIcon { display: none; }
        & CommandInput { width: 1fr; height: 1; margin: 0; padding: 0; border: none; background: transparent; }
        & CommandList { max-height: 60vh; background: $surface; border: round $line; scrollbar-size-vertical: 1; }
        & CommandList:focus { border: round $line; }
        & CommandList { scrollbar-background: $surface; scrollbar-background-hover: $surface; }
        & CommandList > .option-list--option-highlighted {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
        &:ansi { background: ansi_default; }
        &:ansi CommandList > .option-list--option-highlighted { background: ansi_cyan; color: ansi_black; }
    }
    Toast {
        background: $panel;
        &:ansi { background: ansi_default; }
        &:ansi.-information { border: round $success; }
        &:ansi.-warning { border: round $warning; }
        &:ansi.-error { border: round $error; }
    }
    """
    """The command palette is a box as the dialogs are, and what is told stands out on any background."""

    def __init__(self, program: ProgramPort, start: StartAt = HOME) -> None:
        """Prepare the screens.

        Args:
            program: What stands behind them.
            start: Where to begin.
        """
        prepare_for_children()
        no_colour = wants_no_colour()
        super().__init__(program, start, no_colour=no_colour)
        for theme in THEMES:
            self.register_theme(theme)
        self.take_keys()
        self.theme = PLAINEST.name if no_colour else program.settings.values.theme
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # Textual types them as the app's own
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (_TALL, "-tall")]

    def take_keys(self) -> None:
        """Let the keys hold that are set."""
        self.keymap = usable(self.program.settings.values.keys)
        self.set_keymap(self.keymap)

    def on_setting_changed(self) -> None:
        """Let what was written hold at once."""
        self.take_keys()
        if not self.no_color:
            self.theme = self.program.settings.values.theme

    def on_mount(self) -> None:
        """Say what is wrong with the settings and the keys in them."""
        told = [notice.message for notice in self.program.settings.notices()]
        told += [f"{setting_of(each.name)}: {each.message}" for each in problems(self.program.settings.values.keys)]
        if told:
            self.notify(clean("\n".join(told)), title="Settings", severity="warning", timeout=TOLD_S, markup=False)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What the command palette offers."""
        return commands_of(self, screen)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action; say what stands in the way of one that can do nothing now."""
        target, name, _ = self._parse_action(action, default_namespace or self, namespaces)
        why_not = target.why_not(name) if isinstance(target, Offering) else ""
        if why_not:
            self.notify(clean(with_keys(self, why_not)), markup=False, timeout=WHY_NOT_S)
            return True
        return await super().run_action(action, default_namespace, namespaces)

    def action_help(self) -> None:
        """The help of this screen."""
        if isinstance(self.screen, Page):
            self.push_screen(Help(self.screen.bar.heading, with_keys(self, self.screen.PURPOSE), keys_of(self.screen)))

    def action_next_theme(self) -> None:
        """Dark, light, and the terminal's own colours."""
        self.theme = next_theme(self.theme)

    def watch_theme(self, theme: str) -> None:
        """Remember the theme; where no colour is wanted, all of them are alike."""
        if self.is_running and not self.no_color and theme != self.program.settings.values.theme:
            self.program.settings.choose("theme", theme)

    def bell(self) -> None:
        """Ring, where bells are wanted."""
        if self.program.settings.values.bell:
            super().bell()

    def _handle_exception(self, error: Exception) -> None:
        """A screen that is taken down while it still draws misses its widgets: no fault once the program ends.

        Textual's own way of ending takes the inner widgets first and hears timers and messages meanwhile.
        """
        if self.is_running or not isinstance(error, NoMatches):
            super()._handle_exception(error)

    def action_help_quit(self) -> None:
        """Ctrl+C: the same as quitting."""
        self.call_later(self.action_quit)

    async def action_quit(self) -> None:
        """Leave; while a take is recorded, ask, and keep recording unless told otherwise."""
        if self.live is None or not self.live.is_recording:
            self.exit()
        elif not isinstance(self.screen, QuitQuestion):
            self.push_screen(QuitQuestion(self.live, self._finish_and_leave))

    def _finish_and_leave(self) -> None:
        if self.live is not None:
            self.live.conductor.finish()
        self.exit()
