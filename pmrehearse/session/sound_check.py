"""Is the speaker heard, and how do they sound?

A microphone is listened to; on a wish three seconds of it are recorded, played through the loudspeaker and forgotten.
It goes the way that a take goes: the recorder's process, a WAV that grows, the player's process.
"""

from __future__ import annotations

import contextlib
import secrets
import threading
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from pmrehearse.audio.events import (
    SAMPLE_RATE_HZ,
    LevelHeard,
    MicrophoneSource,
    RecorderFailed,
    RecordingEnded,
    SourceOpened,
    TroubleBegan,
    TroubleEnded,
)
from pmrehearse.audio.playback import PlaybackEnded, PlaybackFailed, PlaybackMoved
from pmrehearse.durable import make_private_dir

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pmrehearse.audio.events import RecorderEvent
    from pmrehearse.audio.playback import PlaybackEvent
    from pmrehearse.session.ports import Recorder

TRIED_S = 3.0
"""So long is recorded and played back: a sentence."""
_FILES = "sound-check-*.wav"


class CheckStage(StrEnum):
    """What the sound check does."""

    OPENING = "opening"
    """The microphone is being opened."""
    LISTENING = "listening"
    """It is open, and its level shows."""
    RECORDING = "recording"
    """Three seconds are recorded."""
    PLAYING = "playing"
    """They are played back."""
    FAILED = "failed"
    """There is no microphone that could be opened."""


@dataclass(frozen=True, slots=True)
class CheckView:
    """The sound check at one moment.

    Attributes:
        stage: What it does.
        device: The microphone's name; "" before it is open.
        level_dbfs: The level in dB of full scale, in [-120, 0].
        peak_dbfs: Its peak, in the same.
        at_s: How much of the three seconds has been recorded or played.
        was_played: True once they were played back.
        troubles: What is wrong with the sound just now.
        problem: Why it failed, or why nothing could be played; "" otherwise.
        hint: What to do about that, or "".
    """

    stage: CheckStage = CheckStage.OPENING
    device: str = ""
    level_dbfs: float = -120.0
    peak_dbfs: float = -120.0
    at_s: float = 0.0
    was_played: bool = False
    troubles: tuple[TroubleBegan, ...] = ()
    problem: str = ""
    hint: str = ""


class Loudspeaker(Protocol):
    """What plays; no method waits."""

    def play(self, path: Path, start_s: float = 0.0, end_s: float | None = None) -> int:
        """Play a stretch; the number that events about it carry."""

    def stop(self) -> None:
        """Be silent."""

    def close(self) -> None:
        """Be silent, and end."""


class SoundCheck:
    """A microphone on trial. Any thread may call it; no method but `close` waits."""

    def __init__(
        self,
        recorder: Callable[[Callable[[RecorderEvent], None]], Recorder],
        player: Callable[[Callable[[PlaybackEvent], None]], Loudspeaker],
        folder: Path,
    ) -> None:
        """Open nothing yet; what an earlier one has left behind is deleted.

        Args:
            recorder: Makes a recorder that tells this listener.
            player: Makes a player that tells this listener.
            folder: Where the three seconds stand for as long as they are played.
        """
        self._guard = threading.RLock()
        self._view = CheckView()
        self._folder = folder
        self._file: Path | None = None
        self._stopping = False
        self._request = 0
        for left in folder.glob(_FILES):
            left.unlink(missing_ok=True)
        self._recorder = recorder(self._hear_sound)
        self._player = player(self._hear_player)

    def view(self) -> CheckView:
        """The check at this moment."""
        return self._view

    def listen(self, device: str | None = None) -> None:
        """Open a microphone, so that its level shows.

        Args:
            device: Its name; None for the system's default.
        """
        with self._guard:
            if self._view.stage is CheckStage.RECORDING:
                self._recorder.stop()
            self._player.stop()
            self._forget()
            self._view = CheckView(was_played=self._view.was_played)
            self._recorder.open(MicrophoneSource(device))

    def hear_yourself(self) -> None:
        """Record three seconds and play them back; nothing happens unless it listens."""
        with self._guard:
            if self._view.stage is not CheckStage.LISTENING:
                return
            make_private_dir(self._folder)
            self._file = self._folder / _FILES.replace("*", secrets.token_hex(8))
            self._stopping = False
            self._view = replace(self._view, stage=CheckStage.RECORDING, at_s=0.0, problem="", hint="")
            self._recorder.record(self._file)

    def close(self) -> None:
        """End it and delete what was recorded; waits until recorder and player are gone."""
        self._player.close()
        self._recorder.close()
        with self._guard:
            self._forget()

    def _hear_sound(self, event: RecorderEvent) -> None:
        with self._guard:
            match event:
                case SourceOpened():
                    opened = self._view.stage in (CheckStage.OPENING, CheckStage.FAILED)
                    stage = CheckStage.LISTENING if opened else self._view.stage  # one that was gone has come back
                    self._view = replace(self._view, stage=stage, device=event.device)
                case LevelHeard():
                    self._hear_level(event)
                case RecordingEnded():
                    self._play(event.path)
                case TroubleBegan():
                    others = tuple(each for each in self._view.troubles if each.kind is not event.kind)
                    self._view = replace(self._view, troubles=(*others, event))
                case TroubleEnded():
                    left = tuple(each for each in self._view.troubles if each.kind is not event.kind)
                    self._view = replace(self._view, troubles=left)
                case RecorderFailed():
                    self._forget()
                    self._view = replace(
                        self._view, stage=CheckStage.FAILED, problem=event.message, hint=event.hint, level_dbfs=-120.0
                    )

    def _hear_level(self, heard: LevelHeard) -> None:
        self._view = replace(self._view, level_dbfs=heard.rms_dbfs, peak_dbfs=heard.peak_dbfs)
        if self._view.stage is not CheckStage.RECORDING:
            return
        at_s = heard.n_samples / SAMPLE_RATE_HZ
        self._view = replace(self._view, at_s=min(at_s, TRIED_S))
        if at_s >= TRIED_S and not self._stopping:
            self._stopping = True
            self._recorder.stop()

    def _play(self, recorded: Path) -> None:
        """Play what was recorded, unless another microphone was chosen meanwhile."""
        if self._view.stage is not CheckStage.RECORDING or recorded != self._file:
            recorded.unlink(missing_ok=True)
            return
        self._view = replace(self._view, stage=CheckStage.PLAYING, at_s=0.0)
        self._request = self._player.play(recorded, 0.0, TRIED_S)

    def _hear_player(self, event: PlaybackEvent) -> None:
        with self._guard:
            if event.request != self._request or self._view.stage is not CheckStage.PLAYING:
                return
            match event:
                case PlaybackMoved():
                    self._view = replace(self._view, at_s=event.position_s)
                case PlaybackEnded():
                    self._forget()
                    self._view = replace(self._view, stage=CheckStage.LISTENING, was_played=True)
                case PlaybackFailed():
                    self._forget()
                    self._view = replace(self._view, stage=CheckStage.LISTENING, problem=event.message, hint=event.hint)

    def _forget(self) -> None:
        """Delete what was recorded."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.unlink(missing_ok=True)
            self._file = None
