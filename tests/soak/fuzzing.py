"""Does any scenario file, transcript or foreign file bring the program down?

    python -m tests.soak.fuzzing [--rounds 20000]

So many inputs for each target, made by Hypothesis: bytes and edits of a scenario, values at its keys, transcripts that
are marked, subtitles and JSON that are imported. With atheris installed, coverage leads further inputs through the
same targets (`--rounds` of them). An input that ends in anything but a result or an error of ours is a fault.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmrehearse.checking.checker import Checker
from pmrehearse.cleaning import clean
from pmrehearse.errors import RehearsalError
from pmrehearse.library.imports.reading import read_foreign
from pmrehearse.scenario import packs
from pmrehearse.scenario.model import Origin
from pmrehearse.scenario.prescan import Refused, decode
from pmrehearse.scenario.reader import examine
from pmrehearse.speech.segments import words_of_text
from tests.rigs.hostile import PIECES, is_sound
from tests.scenario.conftest import GOOD
from tests.soak.long_run import Outcome, main

ROUNDS = 20_000
LENS = "writer/three-phase-lens"
_EDITS = st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 40), PIECES), min_size=1, max_size=6)
_SAID = st.lists(
    st.sampled_from(
        "we our metric lift test ten thousand 12k 3% no don't um if because half . , ? \x1b[31m [/ é 漢".split()
    )
    | st.text(max_size=12),
    max_size=80,
).map(" ".join)


def scenario_bytes(data: bytes) -> None:
    """Any bytes as a scenario file."""
    try:
        text = decode(data)
    except Refused:
        return
    _expect(is_sound(examine(text, Origin.USER), text))


def scenario_edits(edits: list[tuple[int, int, str]]) -> None:
    """A good file, cut and added to."""
    text = GOOD
    for at, n_cut, piece in edits:
        text = text[:at] + piece + text[at + n_cut :]
    _expect(is_sound(examine(text, Origin.USER), text))


@cache
def _checker() -> Checker:
    return Checker(packs.find(LENS), packs.lexicons())


def transcript(text: str) -> None:
    """One verdict an element, met never without evidence."""
    findings = _checker().check(words_of_text(text))
    _expect([one.element_id for one in findings.elements] == [element.id for element in packs.find(LENS).elements])
    _expect(all(one.evidence is not None for one in findings.elements if one.met))


def foreign(text: str, suffix: str) -> None:
    """A transcript made elsewhere."""
    try:
        read_foreign(clean(text), suffix, "any")
    except RehearsalError:
        return


def _expect(holds: bool) -> None:  # noqa: FBT001  reads as a sentence
    if not holds:
        raise AssertionError("the result is not one")


def run(rounds: int, _folder: Path) -> Outcome:
    """So many inputs for each target."""
    often = settings(
        max_examples=rounds, deadline=None, database=None, derandomize=False, suppress_health_check=list(HealthCheck)
    )
    captions = st.text(max_size=300) | st.lists(st.sampled_from(_CAPTIONS), max_size=30).map("".join)
    targets: dict[str, Callable[[], None]] = {
        "scenario, any bytes": often(given(st.binary(max_size=400))(scenario_bytes)),
        "scenario, edited": often(given(_EDITS)(scenario_edits)),
        "transcript, marked": often(given(_SAID)(transcript)),
        "foreign transcript": often(given(captions, st.sampled_from((".srt", ".vtt", ".json", ".txt")))(foreign)),
    }
    rows: list[tuple[object, ...]] = []
    faults: list[str] = []
    for name, target in targets.items():
        fault = _fault_of(target)
        rows.append((name, rounds, fault or "none"))
        faults += [f"{name}: {fault}"] if fault else []
    guided = _guided(rounds)
    rows.append(("scenario bytes, led by coverage", rounds if guided is not None else 0, guided or "none"))
    faults += [f"atheris: {guided}"] if guided else []
    figures: dict[str, object] = {"runs": rounds * len(targets), "led_by_coverage": rounds if guided is not None else 0}
    return Outcome(("target", "inputs", "faults"), rows, figures, faults)


_CAPTIONS = (
    "1\n",
    "00:00:01,000 --> 00:00:02,000\n",
    "-->",
    "WEBVTT\n",
    "\n",
    "{",
    '"segments"',
    ":",
    "[",
    "]",
    "}",
    "hello ",
    "NaN",
    "1e999",
    "<i>",
    "&amp;",
)


def _fault_of(target: Callable[[], None]) -> str:
    try:
        target()
    except BaseException as fault:
        if isinstance(fault, KeyboardInterrupt):
            raise
        return repr(fault)[:200]
    return ""


def _guided(rounds: int) -> str | None:
    """The first fault that inputs led by coverage find, "" for none; None without atheris."""
    try:
        import atheris  # noqa: F401, PLC0415  an extra tool of this run
    except ImportError:
        return None
    import subprocess  # noqa: PLC0415  atheris ends its process

    words = [sys.executable, "-m", "tests.soak.guided", f"-runs={rounds}", "-max_len=2000"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stderr[-300:]


if __name__ == "__main__":
    main("fuzzing", __doc__, run, ROUNDS)
