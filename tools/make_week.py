"""Makes the pictures of `docs/week.md`: a week of takes in a library of their own, and the real screens over them.

    python tools/make_week.py [FOLDER]        (docs/images is the usual one)

The words are those of `week.toml`, spoken at its pace into silent sound; everything else is the program itself: its
library, its checks, its screens, on the morning after the week. Nothing of the user's is read or changed.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
import tomllib
import wave
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.terminal_theme import TerminalTheme

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pmrehearse.bootstrap import Program  # noqa: E402  after the path
from pmrehearse.cli.practice_values import DueList  # noqa: E402
from pmrehearse.cli.texts.practice import due as due_text  # noqa: E402
from pmrehearse.library.take import TakeStatus  # noqa: E402
from pmrehearse.practice.plan import Wish  # noqa: E402
from pmrehearse.rehearsal.log import PhaseStart, RunLog  # noqa: E402
from pmrehearse.session.practising import Practice  # noqa: E402
from pmrehearse.speech.segments import Segment, Span, Transcript, TranscriptSource, Word  # noqa: E402
from pmrehearse.ui.practice_requests import AtProgress  # noqa: E402
from pmrehearse.ui.requests import HOME, AtReport, OpenComparison  # noqa: E402
from pmrehearse.ui.shell import RehearsalApp  # noqa: E402
from tests.ui.conftest import Walk  # noqa: E402
from tests.ui.pictures import picture_of, without_remote_fonts  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from pmrehearse.ui.requests import StartAt

LENS = "writer/three-phase-lens"
RATE_HZ = 16_000
SIZE = (104, 32)
"""Columns and lines of the pictures."""
MORNING_AFTER = datetime(2026, 11, 23, 8, tzinfo=UTC)
INTERVIEW = date(2026, 12, 18)
_SPEAKING = 0.82
"""The part of an answer in which somebody speaks; the rest is between its parts."""
_COLOURS = TerminalTheme(
    (21, 24, 28),
    (217, 220, 225),
    [(52, 58, 67), (230, 139, 132), (143, 191, 127), (224, 181, 102)] + [(127, 178, 217)] * 3 + [(217, 220, 225)],
)


@dataclass(frozen=True, slots=True)
class Said:
    """One answer.

    Attributes:
        scenario_id: What was rehearsed.
        when: When it began.
        words_per_minute: Over the whole answer.
        phases: What is said in each phase, part by part; a drill has one.
    """

    scenario_id: str
    when: datetime
    words_per_minute: float
    phases: tuple[tuple[str, ...], ...]


def week() -> tuple[Said, ...]:
    """The answers of the week, in their order."""
    read = tomllib.loads((ROOT / "tools" / "week.toml").read_text(encoding="utf-8"))
    parts = read["parts"]
    return tuple(
        Said(
            said["scenario"],
            datetime.combine(
                read["monday"] + timedelta(days=said["day"]), time_of_day.fromisoformat(said["at"]), tzinfo=UTC
            ),
            said["words_per_minute"],
            tuple(tuple(parts[name] for name in phase) for phase in said["phases"]),
        )
        for said in read["said"]
    )


class Week(Program):
    """The program on the morning after."""

    @cached_property
    def practice(self) -> Practice:
        """Practice as it stands then."""
        return Practice(lambda: self.library, self.packs, lambda: MORNING_AFTER)


# --------------------------------------------------------------------------------------------------------------- takes


def spoken(said: Said) -> tuple[Transcript, tuple[float, ...], float]:
    """The transcript of an answer, when each of its phases begins, and how long it lasts, in seconds."""
    segments: list[Segment] = []
    starts: list[float] = []
    at_s = 0.0
    for phase in said.phases:
        starts.append(at_s)
        for part in phase:
            lasts_s = 60 * len(part.split()) / said.words_per_minute
            segments.append(_segment(part, at_s + lasts_s * (1 - _SPEAKING), at_s + lasts_s))
            at_s += lasts_s
    return Transcript(tuple(segments), TranscriptSource.HEARD, complete=True), tuple(starts), at_s


def _segment(text: str, start_s: float, end_s: float) -> Segment:
    parts = text.split()
    step_s = (end_s - start_s) / len(parts)
    words = tuple(
        Word(part, start_s + number * step_s, start_s + (number + 1) * step_s, 0.9) for number, part in enumerate(parts)
    )
    return Segment(start_s, end_s, words, (Span(start_s, end_s),), "base.en")


def keep(program: Program, said: Said) -> str:
    """Make a take of an answer; its id."""
    store, scenario = program.library.store, program.packs.find(said.scenario_id)
    transcript, starts, length_s = spoken(said)
    take = store.create(scenario, "Built-in microphone", None, said.when, status=TakeStatus.RECORDED)
    n_samples = round(length_s * RATE_HZ)
    _write_silence(store.audio_path(take.id), n_samples)
    store.set_transcript(take.id, transcript)
    begun = zip(scenario.phases, starts, strict=True)
    log = RunLog(tuple(PhaseStart(phase.id, round(start_s * RATE_HZ)) for phase, start_s in begun))
    store.save(replace(take, status=TakeStatus.TRANSCRIBED, n_samples=n_samples, log=log, ended="finished"))
    return take.id


def _write_silence(path: Path, n_samples: int) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(bytes(2 * n_samples))


# ------------------------------------------------------------------------------------------------------------- pictures


async def home(walk: Walk, _ids: list[str]) -> None:
    """The morning after: what the plan asks for, and what is due."""
    await walk.until_shown("due:")


async def report(walk: Walk, _ids: list[str]) -> None:
    """Monday's answer, at the element that came near."""
    await walk.until_shown("of 7 met")
    await walk.press("j", "j", "j")
    await walk.until_shown("~ near")


async def progress(walk: Walk, _ids: list[str]) -> None:
    """The lens over the week."""
    await walk.until_shown("Coverage")


async def everything(walk: Walk, _ids: list[str]) -> None:
    """What fails most, over both scenarios."""
    await walk.until_shown("What fails most")


async def comparison(walk: Walk, ids: list[str]) -> None:
    """Monday beside Sunday."""
    await walk.until_shown("Last takes")
    walk.app.post_message(OpenComparison(ids[0], ids[-1]))
    await walk.until_shown("gained")
    await walk.press("j")


Shot = tuple[str, str, "StartAt", "Callable[[Walk, list[str]], Awaitable[None]]"]


def shots(ids: list[str]) -> Iterator[Shot]:
    """The pictures: name, theme, where the screens begin, and the way from there.

    Args:
        ids: The takes of the lens, in their order.
    """
    yield "week-report", "dark", AtReport(ids[0]), report
    yield "week-compare", "light", HOME, comparison
    yield "week-progress", "dark", AtProgress(LENS), progress
    yield "week-failing", "light", AtProgress(), everything
    yield "week-home", "dark", HOME, home


async def take(program: Program, ids: list[str], folder: Path) -> None:
    """Take every picture."""
    for name, theme, start, walk_there in shots(ids):
        program.remembered.set("theme", theme)
        screens: Any = program  # each port of the screens is one of the program's parts
        app = RehearsalApp(screens, start)
        async with app.run_test(size=SIZE, notifications=True) as pilot:
            walk = Walk(app, pilot, screens)
            await walk_there(walk, ids)
            await pilot.pause()
            write(folder / f"{name}.svg", picture_of(app))


def write_due(program: Program, path: Path) -> None:
    """What `pmrehearse due` prints that morning."""
    standings, today = tuple(program.practice.standings()), program.practice.today
    now = tuple(each for each in standings if each.standing.due_on() <= today)
    later = tuple(each for each in standings if each.standing.due_on() > today)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(file=nowhere, record=True, width=84, force_terminal=True, markup=False, highlight=False)
        console.print("$ pmrehearse due\n")
        console.print(due_text(DueList(today, now, later)))
        write(path, without_remote_fonts(console.export_svg(title="pmrehearse", theme=_COLOURS, unique_id="due")))


def write(path: Path, picture: str) -> None:
    """Keep a picture."""
    path.write_text(picture, encoding="utf-8")
    print(path)


def make(folder: Path) -> None:
    """Live through the week, and take the pictures."""
    with tempfile.TemporaryDirectory() as made:
        for name in ("CONFIG", "STATE", "CACHE", "CHECKPOINTS"):
            os.environ[f"PMREHEARSE_{name}_DIR"] = str(Path(made) / name.lower())
        program = Week(Path(made) / "recordings")
        try:
            made_of = [(said, keep(program, said)) for said in week()]
            program.planning.keep(Wish("writer", INTERVIEW, made_of[0][0].when.date()))
            program.library.catch_up()
            tell(program)
            asyncio.run(take(program, [take_id for said, take_id in made_of if said.scenario_id == LENS], folder))
            write_due(program, folder / "week-due.svg")
        finally:
            program.close()


def tell(program: Program) -> None:
    """Print what each take came to, so that whoever changes a text or a rule sees what the pictures will show."""
    for row in reversed(program.library.rows()):
        print(
            f"{row.started_at:%a %H:%M}  {row.scenario_id:46} {row.duration_s:5.0f} s  {row.n_met} of {row.n_elements}"
        )


def main() -> None:
    """Make the pictures in the folder that was named."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    make(folder)


if __name__ == "__main__":
    main()
