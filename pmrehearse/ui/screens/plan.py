"""Which round is rehearsed on which day?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import var

from pmrehearse.practice.plan import Due
from pmrehearse.ui.background import in_background
from pmrehearse.ui.keymap import with_keys
from pmrehearse.ui.plan_parts import plan_options, plan_summary, rehearsal
from pmrehearse.ui.practice_requests import AtRound, OpenRound
from pmrehearse.ui.screens.base import BACK_KEY, HELP_KEY, Page
from pmrehearse.ui.screens.dialog import Ask, Choice
from pmrehearse.ui.screens.interview import Interview
from pmrehearse.ui.screens.round_picker import RoundPicker
from pmrehearse.ui.titles import titles_of
from pmrehearse.ui.widgets.menu import Menu
from pmrehearse.ui.widgets.plain import Plain

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widgets import OptionList

    from pmrehearse.practice.plan import Plan, PlannedRehearsal, Wish
    from pmrehearse.scenario.model import Loop
    from pmrehearse.ui.ports import ProgramPort

NONE_YET = (
    "No plan yet. A plan lays the rounds of an interview loop over the days up to it, shows what is due today on Home, "
    "and follows what you rehearse. {plan.interview} sets the day of the interview; {plan.round} rehearses a round "
    "without a plan."
)

NO_PLAN = "There is no plan to forget."


class PlanLoaded(Message):
    """The plan has been read."""

    def __init__(self, plan: Plan | None, loops: tuple[Loop, ...], titles: dict[str, str]) -> None:
        """Carry it.

        Args:
            plan: The plan as it stands today; None when none is remembered.
            loops: What can be planned.
            titles: What the scenarios are called, by id.
        """
        super().__init__()
        self.plan = plan
        self.loops = loops
        self.titles = titles


class Rehearsals(Menu):
    """The rehearsals; {rehearsals.select} rehearses a round."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Rehearse", key_display="enter")]


class PlanPage(Page):
    """The rehearsals of the plan, and how the scenarios of one stand."""

    PURPOSE = (
        "The rounds of a loop, laid over the days up to the interview. A round is done once each of its "
        "scenarios was rehearsed since the plan was made; what is overdue stays until it is done. "
        "{rehearsals.select} rehearses a round."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "interview", "Interview …"),
        Binding("r", "round", "Any round …"),
        Binding("x", "forget", "Forget the plan"),
        BACK_KEY,
        HELP_KEY,
    ]

    DEFAULT_CSS = """
    PlanPage {
        #summary { padding: 1 2 0 2; }
        #rehearsals { height: 1fr; margin: 1 1 0 1; }
        #detail { height: 6; padding: 0 2; border-top: solid $line; }
        &.-none #rehearsals, &.-none #detail { display: none; }
        &.-tall #detail { height: 8; padding: 1 2; }
        &.-wide.-tall #summary { padding: 2 12 0 12; max-width: 120; }
        &.-wide.-tall #rehearsals { margin: 1 11; }
        &.-wide.-tall #detail { padding: 1 12; }
    }
    """

    plan: var[Plan | None] = var(None, bindings=True)
    """The plan; None before it was read, and where there is none."""

    def __init__(self, program: ProgramPort) -> None:
        """Show the plan that is remembered.

        Args:
            program: What stands behind the screens.
        """
        super().__init__("Plan")
        self._program = program
        self._loops: tuple[Loop, ...] = ()
        self._titles: dict[str, str] = {}

    def why_not(self, action: str) -> str:
        """A plan is forgotten where there is one."""
        return NO_PLAN if action == "forget" and self.plan is None else super().why_not(action)

    def content(self) -> ComposeResult:
        """The interview, the days, and the detail of one."""
        yield Plain("Reading the plan …", id="summary")
        yield Rehearsals(id="rehearsals")
        yield Plain("", id="detail")

    def on_screen_resume(self) -> None:
        """Read the plan, and again after a round."""
        in_background(self, self._read, lambda read: PlanLoaded(*read))

    def _read(self) -> tuple[Plan | None, tuple[Loop, ...], dict[str, str]]:
        planning = self._program.planning
        return planning.kept_plan(), tuple(planning.loops()), titles_of(self._program.packs)

    def on_plan_loaded(self, message: PlanLoaded) -> None:
        """Show it; what is due is highlighted."""
        is_new = self.plan is None
        self.plan, self._loops, self._titles = message.plan, message.loops, message.titles
        self.set_class(message.plan is None, "-none")
        self.bar.remark = message.plan.title if message.plan else ""
        self.query_one("#summary", Plain).show(
            plan_summary(message.plan) if message.plan else with_keys(self.app, NONE_YET)
        )
        if message.plan is None:
            self.set_focus(None)
            return
        menu = self.query_one("#rehearsals", Menu)
        menu.fill(plan_options(message.plan))
        if is_new:
            menu.highlighted = _first_open(message.plan)
        menu.focus()
        self._show_detail()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another rehearsal is looked at."""
        del event
        self._show_detail()

    @property
    def _chosen(self) -> PlannedRehearsal | None:
        name = self.query_one("#rehearsals", Menu).chosen_id
        return self.plan.rehearsals[int(name)] if self.plan is not None and name else None

    def _show_detail(self) -> None:
        chosen = self._chosen
        if chosen is not None:
            self.query_one("#detail", Plain).show(rehearsal(chosen))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Rehearse the round."""
        del event
        chosen = self._chosen
        if self.plan is not None and chosen is not None:
            self.post_message(OpenRound(AtRound(self.plan.loop_id, chosen.number)))

    def action_round(self) -> None:
        """Rehearse any round of any loop."""
        if self._loops:
            self.app.push_screen(RoundPicker(self._loops, self._titles), self._rehearse)

    def _rehearse(self, at: AtRound | None) -> None:
        if at is not None:
            self.post_message(OpenRound(at))

    def action_interview(self) -> None:
        """Make a plan, or another one."""
        if self._loops:
            today, kept = self._program.practice.today, self._program.planning.kept
            self.app.push_screen(Interview(self._loops, today, kept), self._make)

    def _make(self, wish: Wish | None) -> None:
        if wish is not None:
            self.plan = None
            self._program.planning.keep(wish)
            self.on_screen_resume()

    def action_forget(self) -> None:
        """Forget the plan, on the user's word; takes stay."""
        if self.plan is not None:
            choices = (Choice("keep", "Keep it", "k"), Choice("forget", "Forget it", "f"))
            self.app.push_screen(Ask("Forget the plan?", "Takes stay; only the days go.", choices), self._forget)

    def _forget(self, answer: str | None) -> None:
        if answer == "forget":
            self._program.planning.keep(None)
            self.on_screen_resume()


def _first_open(plan: Plan) -> int:
    """Where the highlight begins: at what is due, else at what comes next."""
    numbered = list(enumerate(plan.rehearsals))
    for wanted in ((Due.OVERDUE, Due.TODAY), (Due.LATER,)):
        for number, each in numbered:
            if each.due in wanted:
                return number
    return 0
