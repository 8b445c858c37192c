"""How does a take look at a glance: its loudness, its phases, and where the evidence lies?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pmrehearse.checking.findings import Evidence
from pmrehearse.library.exports.page.markup import element, inert
from pmrehearse.library.exports.times import minutes
from pmrehearse.library.report import PhaseTime, Report

WIDTH, HEIGHT = 1000, 100
"""The drawing's own units; it is stretched to the page."""
MARK = 8
"""Height of the strip at the foot that shows the evidence."""
NARROWEST = 4.0
"""Width of the shortest mark, so that it can be seen and pressed."""


def waveform(report: Report, peaks: Sequence[float]) -> str:
    """The drawing, with the phases' names above it.

    Args:
        report: The report; its take has sound.
        peaks: Loudness over the whole length, each in [0, 1].
    """
    duration_s = report.delivery.duration_s
    if duration_s <= 0:
        return ""
    begun = _begun(report)
    drawing = element(
        "svg",
        (*_phases(begun, duration_s), _bars(peaks), *_marks(report, duration_s), _now()),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        preserveAspectRatio="none",
        role="img",
        aria_label=f"Loudness over {minutes(duration_s)}, with the evidence marked below",
        kind="wave",
    )
    return _names(begun) + drawing


def phase_widths(report: Report) -> str:
    """The style rules that give each phase's name the width of its phase."""
    begun = _begun(report)
    return "\n".join(
        f".phases li:nth-child({number}) {{ flex: {phase.actual_s:.1f} 1 0; }}"
        for number, phase in enumerate(begun, start=1)
    )


def _begun(report: Report) -> list[PhaseTime]:
    return [phase for phase in report.phases if phase.start_s is not None and phase.actual_s > 0]


def _names(phases: Sequence[PhaseTime]) -> str:
    return element("ol", (element("li", inert(phase.title)) for phase in phases), kind="phases") if phases else ""


def _phases(phases: Sequence[PhaseTime], duration_s: float) -> Iterator[str]:
    for number, phase in enumerate(phases):
        x, width = _place(phase.start_s or 0.0, (phase.start_s or 0.0) + phase.actual_s, duration_s)
        yield _box("phase odd" if number % 2 else "phase", x, width)


def _bars(peaks: Sequence[float]) -> str:
    """All bars as one path, mirrored at the middle."""
    middle = (HEIGHT - MARK) / 2
    step = WIDTH / max(len(peaks), 1)
    drawn = (
        f"M{number * step:.1f} {middle - peak * middle:.1f}h{step * 0.7:.1f}v{2 * peak * middle:.1f}h-{step * 0.7:.1f}z"
        for number, peak in enumerate(peaks)
        if peak > 0
    )
    return f'<path class="bars" d="{"".join(drawn)}"/>'


def _marks(report: Report, duration_s: float) -> Iterator[str]:
    """What can be pressed: the evidence of each element and flag."""
    scenario = report.take.scenario
    for finding in report.findings.elements:
        kind = "met" if finding.met else "near"
        yield from _mark(finding.evidence, kind, scenario.element(finding.element_id).title, duration_s)
    for flag in report.findings.raised:
        yield from _mark(flag.evidence, "raised", scenario.flag(flag.flag_id).title, duration_s)


def _mark(evidence: Evidence | None, kind: str, title: str, duration_s: float) -> Iterator[str]:
    if evidence is None or evidence.start_s is None or evidence.end_s is None:
        return
    x, width = _place(evidence.start_s, evidence.end_s, duration_s)
    yield _box(kind, x, max(width, NARROWEST), HEIGHT - MARK, element("title", inert(title)), evidence.start_s)


def _now() -> str:
    return _box("now", -4, 2)


def _box(kind: str, x: float, width: float, top: int = 0, inside: str = "", at_s: float | None = None) -> str:
    """A box from `top` to the foot; with `at_s` pressing it plays from there on."""
    pressed = {} if at_s is None else {"data_at": f"{at_s:.2f}"}
    edges = {"x": f"{x:.1f}", "y": str(top), "width": f"{width:.1f}", "height": str(HEIGHT - top)}
    return element("rect", inside, kind=kind, **edges, **pressed)


def _place(start_s: float, end_s: float, duration_s: float) -> tuple[float, float]:
    start, end = (min(max(at_s / duration_s, 0.0), 1.0) * WIDTH for at_s in (start_s, end_s))
    return start, end - start
