"""Which glyph, word and colour stands for a verdict, a light, a pace?

Every colour has its glyph and its word beside it, so that nothing is lost without colours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from pmrehearse.checking.findings import Verdict
from pmrehearse.rehearsal.lights import Light
from pmrehearse.rehearsal.pace import Pace

if TYPE_CHECKING:
    from pmrehearse.checking.findings import FlagFinding


@dataclass(frozen=True, slots=True)
class Mark:
    """How something is shown.

    Attributes:
        glyph: One cell wide.
        word: What it means.
        style: A style of the theme ("$success").
    """

    glyph: str
    word: str
    style: str

    @property
    def content(self) -> Content:
        """The glyph and the word in the colour."""
        return Content.styled(f"{self.glyph} {self.word}", self.style)


_VERDICTS = {
    Verdict.MET: Mark(Verdict.MET.sign, "met", "$success"),
    Verdict.NEAR: Mark(Verdict.NEAR.sign, "near", "$warning"),
    Verdict.MISSING: Mark(Verdict.MISSING.sign, "missing", "$error"),
    Verdict.UNKNOWN: Mark(Verdict.UNKNOWN.sign, "unknown", "$muted"),
}
_LIGHTS = {
    Light.NONE: Mark("○", "no light yet", "$muted"),
    Light.GREEN: Mark("●", "green: long enough", "$success"),
    Light.YELLOW: Mark("◆", "yellow: come to the end", "$warning"),
    Light.RED: Mark("■", "red: stop", "$error"),
}
_PACES = {
    Pace.AHEAD: Mark("▸", "ahead of", "$primary"),
    Pace.ON_TIME: Mark("=", "on time", "$muted"),
    Pace.BEHIND: Mark("◂", "behind", "$warning"),
}
_RAISED = Mark("⚑", "raised", "$error")
_CLEARED = Mark("·", "not raised", "$muted")


def of_verdict(verdict: Verdict) -> Mark:
    """How a verdict is shown."""
    return _VERDICTS[verdict]


def of_light(light: Light) -> Mark:
    """How a light is shown."""
    return _LIGHTS[light]


def of_pace(pace: Pace) -> Mark:
    """How the pace against the plan is shown."""
    return _PACES[pace]


def of_flag(flag: FlagFinding) -> Mark:
    """How a flag is shown."""
    return _RAISED if flag.raised else _CLEARED
