"""What do the commands need to recognise and to judge, beside what screens need too (`session.controls`)?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pmrehearse.session.controls import Fetching

if TYPE_CHECKING:
    from pathlib import Path

    from pmrehearse.checking.judging import PassageJudge
    from pmrehearse.speech.events import Checkpoint
    from pmrehearse.speech.speed import Speed


class CheckpointsPort(Fetching, Protocol):
    """Whisper checkpoints, found by name, taken from a file and deleted, too."""

    def find(self, name: str) -> Checkpoint:
        """One that can be loaded.

        Raises:
            CheckpointError: There is none of this name.
        """

    def import_file(self, path: Path, name: str) -> Checkpoint:
        """Take a checkpoint file from this computer."""

    def remove(self, name: str) -> Checkpoint:
        """Delete one from this computer."""


class JudgeStatePort(Protocol):
    """How it stands with the learned judge."""

    @property
    def name(self) -> str:
        """The model's name; "" when it does not judge."""

    @property
    def why_not(self) -> str:
        """Why it does not judge; "" when it does."""

    @property
    def remedy(self) -> str:
        """What to do about that, or ""."""


class JudgingPort(Protocol):
    """The learned judge, where there is one."""

    def judge(self) -> PassageJudge | None:
        """The judge, loaded when it is first asked for; None where the rules decide alone."""

    def state(self) -> JudgeStatePort:
        """How it stands with it."""

    def switch_off(self) -> None:
        """Let the rules decide alone."""


class SpeedsPort(Protocol):
    """What is remembered of this machine's speed."""

    def known(self) -> Speed | None:
        """The machine's speed; None while it was not measured."""
