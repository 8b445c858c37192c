"""How does the first-start page read: what is heard, what would recognise it, and what each key does?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from pmrehearse.session.sound_check import TRIED_S, CheckStage
from pmrehearse.speech.official import BY_NAME
from pmrehearse.ui.shown import Row, Stack, shown
from pmrehearse.ui.shown import labelled as shown_beside
from pmrehearse.ui.widgets.level_meter import SPEECH_DBFS
from pmrehearse.ui.wording import megabytes

if TYPE_CHECKING:
    from textual.content import Content

    from pmrehearse.session.sound_check import CheckView
    from pmrehearse.speech.speed import Speed

LABEL_CELLS = 14
"""Where the second column begins."""
labelled = partial(shown_beside, cells=LABEL_CELLS)
"""A text in the second column, beside its label in the first."""
_KEY_CELLS = 7
"""Where the text begins beside a key."""
_WITHOUT = "Without it what you record waits, or you type what you said."


@dataclass(frozen=True, slots=True)
class Recognition:
    """What is known of recognition on this computer.

    Attributes:
        wanted: The checkpoint that is set.
        is_usual: True when nobody has set it.
        language: What is spoken, an ISO 639-1 code.
        here: The checkpoints on this computer.
        speed: How fast it recognises; None while that is not known.
        chosen: The checkpoint that was chosen on the page, or "".
        problem: Why its speed could not be measured, or "".
    """

    wanted: str
    is_usual: bool = True
    language: str = "en"
    here: frozenset[str] = frozenset()
    speed: Speed | None = None
    chosen: str = ""
    problem: str = ""

    @property
    def name(self) -> str:
        """The checkpoint that is shown: the one chosen, the one set, or the one that fits."""
        if self.chosen or self.speed is None or not self.is_usual or self.wanted in self.here:
            return self.chosen or self.wanted
        fitting = self.speed.fitting()
        return fitting if self.language == "en" else fitting.removesuffix(".en")

    @property
    def is_here(self) -> bool:
        """Whether that one is on this computer."""
        return self.name in self.here

    @property
    def keeps_up(self) -> bool | None:
        """Whether it keeps up with somebody who speaks; None when that is not known."""
        cost = self.speed.of(self.name) if self.speed is not None else None
        return None if cost is None else cost.keeps_up


@dataclass(frozen=True, slots=True)
class PageKeys:
    """The keys of the page, as people call them, as they hold now."""

    hear: str
    microphone: str
    fetch: str
    checkpoint: str
    demo: str
    begin: str


def keyed(key: str, text: str, label: str = "") -> Row:
    """A key in the second column, and what it does."""
    lead = shown((label.ljust(LABEL_CELLS), "$muted"), (key.ljust(_KEY_CELLS), "bold $primary"))
    return Row(shown(text), lead)


def sound_source(view: CheckView) -> str:
    """From where sound comes."""
    return view.device or ("none" if view.stage is CheckStage.FAILED else "opening …")


def heard(view: CheckView, loudest_dbfs: float) -> Row:
    """What is heard, or what should be done about the sound.

    Args:
        view: The sound check.
        loudest_dbfs: The loudest level of the last few seconds.
    """
    return Row(_heard(view, loudest_dbfs), " " * LABEL_CELLS)


def _heard(view: CheckView, loudest_dbfs: float) -> Content:
    match view.stage:
        case CheckStage.RECORDING:
            return shown(("● ", "$error"), f"say a sentence: {math.ceil(TRIED_S - view.at_s)} s left")
        case CheckStage.PLAYING:
            return shown(("▶ ", "$success"), "this is how you sound")
        case CheckStage.OPENING:
            return shown(("a moment", "$muted"))
    wrong = [(view.problem, view.hint)] if view.problem else [(each.message, each.hint) for each in view.troubles]
    if wrong:
        return shown((f"! {wrong[-1][0]} ", "$warning"), wrong[-1][1])
    if loudest_dbfs < SPEECH_DBFS:
        return shown("say a few words")
    return shown(("✓ you are heard", "$success"))


def trying(view: CheckView, keys: PageKeys) -> Stack:
    """What can be done about the microphone."""
    other = keyed(keys.microphone, "another microphone")
    if view.stage is CheckStage.FAILED:
        return Stack(other)
    again = " again" if view.was_played else ""
    return Stack(keyed(keys.hear, f"hear yourself{again}: three seconds, kept nowhere"), other)


def recognition(known: Recognition, keys: PageKeys) -> Stack:
    """What recognises here, or would, and what its download costs."""
    if known.is_here:
        return Stack(labelled("Recognition", shown(("✓ ", "$success"), f"{known.name} is here{_pace(known)}.")))
    return Stack(
        labelled("Recognition", _advice(known)),
        keyed(keys.fetch, _fetching(known.name)),
        keyed(keys.checkpoint, "another checkpoint"),
        Row(shown((_WITHOUT, "$muted")), " " * LABEL_CELLS),
    )


def _advice(known: Recognition) -> Content:
    if known.problem:
        return shown((f"! {known.problem}", "$warning"))
    if known.speed is None:
        return shown(("measuring how fast this computer is, some ten seconds …", "$muted"))
    return shown(_fit(known))


def _fit(known: Recognition) -> str:
    cost = known.speed.of(known.name) if known.speed is not None else None
    if cost is None:
        return f"{known.name} writes down what you say; its pace here is not known."
    minute_s = f"a minute of speech takes it {max(1, round(60 * cost.real_time_factor))} s"
    if cost.keeps_up:
        return f"{known.name} fits here: {minute_s}."
    return f"{known.name} is slow here: {minute_s}. What is left is done after the stop."


def _pace(known: Recognition) -> str:
    return {True: " and keeps up with you", False: "; it is slow, and goes on after the stop", None: ""}[known.keeps_up]


def _fetching(name: str) -> str:
    published = BY_NAME.get(name)
    return f"fetch Whisper's {name}: {megabytes(published.about_bytes)}, once" if published else f"fetch {name}, once"


def onward(keys: PageKeys) -> Stack:
    """The demo, and the scenarios."""
    return Stack(
        keyed(keys.demo, "watch a bundled answer go the whole way", "Demo"),
        shown(""),
        keyed(keys.begin, "choose a scenario, whenever you like", "Begin"),
    )
