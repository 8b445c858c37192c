"""A spoken answer goes the whole way inside the running program: microphone, recorder, Whisper, checks, report."""

from __future__ import annotations

import time
import tomllib
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from pmrehearse import bootstrap, places
from pmrehearse.audio.importing import read_audio
from pmrehearse.audio.wavfile import read_samples
from pmrehearse.library.take import TakeStatus
from pmrehearse.session.events import Stage
from pmrehearse.ui.requests import AtBriefing
from pmrehearse.ui.screens.report import ReportPage
from pmrehearse.ui.shell import RehearsalApp

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tests.rigs.virtual_mic import VirtualMic

WITHIN_S = 90.0
"""How long a stage is waited for on a busy machine."""


def _opening(folder: Path) -> tuple[Path, float]:
    """The first phase of the bundled answer as espeak-ng spoke it, in a WAV of its own, and its length in seconds."""
    answer = tomllib.loads((places.demo_dir() / "strong.toml").read_text())
    end_s = float(answer["phase"][1]["sentence"][0]["start_s"])
    path = folder / "opening.wav"
    soundfile.write(path, read_audio(places.demo_dir() / "strong.ogg")[: round(end_s * 16_000)], 16_000)
    return path, end_s


async def _until(pilot: Pilot[None], holds: Callable[[], bool], what: str) -> None:
    deadline_s = time.monotonic() + WITHIN_S
    while not holds():
        assert time.monotonic() < deadline_s, f"waited in vain for {what}"
        await pilot.pause(0.1)


@pytest.mark.sound
async def test_answer_is_spoken_into_the_microphone_and_reported(virtual_mic: VirtualMic, tmp_path: Path) -> None:
    """What is spoken into the microphone stands in the WAV, its words in the transcript, its elements in the report."""
    opening, length_s = _opening(tmp_path)
    program = bootstrap.program(tmp_path / "takes")
    app = RehearsalApp(program, AtBriefing("writer/three-phase-lens", checkpoint="demo-voice"))

    def stage() -> Stage:
        return app.live.view().stage if app.live is not None else Stage.IDLE

    async with app.run_test(size=(80, 24)) as pilot:
        await _until(pilot, lambda: stage() is Stage.LISTENING, "the microphone")
        await pilot.press("enter")
        await pilot.press("enter")
        await _until(pilot, lambda: stage() is Stage.RECORDING, "the recording")
        playing = virtual_mic.play(opening)
        await _until(pilot, lambda: playing.poll() is not None, "the end of the speech")
        await pilot.press("n")
        await pilot.press("enter")
        await _until(pilot, lambda: isinstance(app.screen, ReportPage) and app.screen.report is not None, "the report")
        screen = app.screen
        assert isinstance(screen, ReportPage)
        report = screen.report
    assert report is not None
    take = program.library.store.load(report.take.id)
    sound = read_samples(program.library.store.audio_path(take.id), 0, take.n_samples)
    verdicts = {finding.element_id: finding.met for finding in report.findings.elements}
    program.close()
    assert take.status is TakeStatus.TRANSCRIBED
    assert take.duration_s >= length_s
    assert len(sound) == take.n_samples
    assert float(np.abs(sound).max()) > 0.05
    assert verdicts["lift-hypothesis"]
    assert verdicts["primary-metric"]
    assert not verdicts["controlled-test"]
    evidence = next(finding.evidence for finding in report.findings.elements if finding.element_id == "primary-metric")
    assert evidence is not None
    assert "primary metric" in evidence.quote.lower()
