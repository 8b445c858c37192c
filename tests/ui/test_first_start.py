"""The first start explains itself, once, and never stands in the way."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmrehearse.audio.events import FileSource, TroubleBegan, TroubleKind
from pmrehearse.errors import CheckpointError, SpeechWorkerError
from pmrehearse.remembered import FIRST_START
from pmrehearse.session.sound_check import CheckStage, CheckView
from pmrehearse.speech.speed import Cost, Speed
from pmrehearse.ui.first_start_parts import PageKeys, Recognition, heard, recognition, trying
from pmrehearse.ui.requests import AtBriefing
from pmrehearse.ui.screens.briefing import Briefing
from pmrehearse.ui.screens.dialog import Ask, Trouble
from pmrehearse.ui.screens.first_start import FirstStartPage
from pmrehearse.ui.screens.home import Home
from pmrehearse.ui.screens.microphones import Microphones
from tests.ui import samples
from tests.ui.conftest import walking
from tests.ui.fakes import FakeSoundCheck

if TYPE_CHECKING:
    from tests.ui.fakes import FakeProgram

FAST, SLOW = Speed("whisper-int8", "cpu", Cost(0.5, 0.01)), Speed("whisper", "cpu", Cost(9.0, 0.4))
KEYS = PageKeys("space", "m", "f", "c", "w", "enter")


@pytest.fixture
def program(program: FakeProgram) -> FakeProgram:
    """One that nobody has used before, without a checkpoint."""
    program.is_first_start = True
    program.checkpoints.names = []
    return program


async def test_the_first_start_begins_here_and_the_next_does_not(program: FakeProgram) -> None:
    """It lies over Home, is remembered as seen at once, and one key goes on."""
    async with walking(program) as walk:
        await walk.until_shown("you are heard")
        assert isinstance(walk.screen, FirstStartPage)
        assert program.remembered.get(FIRST_START) == "seen"
        await walk.press("enter")
        await walk.until_on(Home)
        await walk.until(lambda: program.sound_checks[0].asked[-1] == "close", "for the microphone to be let go")


async def test_a_microphone_that_opens_late_is_let_go(program: FakeProgram, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who leaves while it is being opened leaves nothing behind that listens."""
    may_open = threading.Event()
    opened = FakeSoundCheck()

    def sound_check() -> FakeSoundCheck:
        may_open.wait(30)
        return opened

    monkeypatch.setattr(program, "sound_check", sound_check)
    async with walking(program) as walk:
        await walk.until_shown("Recognition")
        await walk.press("enter")
        await walk.until_on(Home)
        may_open.set()
        await walk.until(lambda: opened.asked == ["close"], "for the microphone to be let go")


async def test_escape_goes_on_too(program: FakeProgram) -> None:
    """As on every page."""
    async with walking(program) as walk:
        await walk.until_on(FirstStartPage)
        await walk.press("escape")
        await walk.until_on(Home)


async def test_later_starts_go_home(program: FakeProgram) -> None:
    """Who has used the program sees the scenarios at once, and no microphone is opened."""
    program.is_first_start = False
    async with walking(program) as walk:
        await walk.until_shown("7 elements")
        assert isinstance(walk.screen, Home)
        assert program.sound_checks == []


async def test_a_start_that_goes_somewhere_goes_there(program: FakeProgram) -> None:
    """A scenario that was named is briefed, even at the first start."""
    async with walking(program, AtBriefing(samples.LENS)) as walk:
        await walk.until_on(Briefing)
        assert program.sound_checks == []


async def test_home_leads_here_again(program: FakeProgram) -> None:
    """By a key, which the command palette and the keymap have, too."""
    program.is_first_start = False
    async with walking(program) as walk:
        await walk.until_shown("7 elements")
        await walk.press("i")
        await walk.until_shown("you are heard")


async def test_the_speaker_hears_themselves(program: FakeProgram) -> None:
    """Space records; what is recorded, played and done is told."""
    async with walking(program) as walk:
        await walk.until_shown("you are heard")
        await walk.press("space")
        await walk.until_shown("say a sentence: 3 s left")
        check = program.sound_checks[0]
        assert check.asked == ["listen:None", "hear"]
        check.shown = replace(check.shown, stage=CheckStage.PLAYING, at_s=0.5)
        await walk.until_shown("this is how you sound")
        check.shown = replace(check.shown, stage=CheckStage.LISTENING, was_played=True)
        await walk.until_shown("hear yourself again")


async def test_another_microphone_is_listened_to(program: FakeProgram) -> None:
    """What is chosen is remembered, as in the briefing."""
    async with walking(program) as walk:
        await walk.until_shown("you are heard")
        await walk.press("m")
        await walk.until_on(Microphones)
        await walk.until_shown("USB headset")
        await walk.press("G", "enter")
        await walk.until_on(FirstStartPage)
        await walk.until(lambda: program.sound_checks[0].asked[-1] == "listen:USB headset", "for the headset")
        assert program.settings.values.microphone == "USB headset"
        assert len(program.sound_checks) == 1


async def test_what_fits_is_measured_and_fetched_on_a_word(program: FakeProgram) -> None:
    """Its size is told before; what came is what recognises from now on, and the settings file says so."""
    async with walking(program) as walk:
        await walk.until_shown("small.en fits here: a minute of speech takes it 16 s.")
        await walk.until_shown("fetch Whisper's small.en: 483 MB, once")
        await walk.press("f")
        await walk.until_on(Ask)
        await walk.press("f")
        await walk.until_shown("✓ small.en is here and keeps up with you.")
        assert program.checkpoints.names == ["small.en"]
        assert program.settings.values.checkpoint == "small.en"
        assert 'checkpoint = "small.en"' in program.settings.path.read_text(encoding="utf-8")


async def test_nothing_is_fetched_without_a_word(program: FakeProgram) -> None:
    """Not now means not now."""
    async with walking(program) as walk:
        await walk.until_shown("small.en fits here")
        await walk.press("f")
        await walk.until_on(Ask)
        await walk.press("escape")
        await walk.until_on(FirstStartPage)
        assert program.checkpoints.names == []
        assert not program.settings.path.exists()


async def test_a_fetch_that_fails_says_why_and_changes_nothing(program: FakeProgram) -> None:
    """The page is there again behind the message."""
    program.checkpoints.error = CheckpointError("No network.", "Try again.")
    async with walking(program) as walk:
        await walk.until_shown("small.en fits here")
        await walk.press("f")
        await walk.until_on(Ask)
        await walk.press("f")
        await walk.until_on(Trouble)
        await walk.until_shown("No network.")
        await walk.press("enter")
        await walk.until_on(FirstStartPage)
        assert not program.settings.path.exists()


async def test_another_checkpoint_can_be_chosen(program: FakeProgram) -> None:
    """The list tells sizes and what is here; one that is slow here is said to be."""
    program.speeds.speed = SLOW
    async with walking(program) as walk:
        await walk.until_shown("base.en is slow here: a minute of speech takes it 143 s.")
        await walk.press("c")
        await walk.until_shown("1528 MB")
        await walk.press("home", "enter")
        await walk.until_shown("fetch Whisper's tiny.en: 75 MB, once")


async def test_a_checkpoint_that_is_here_is_taken_at_once(program: FakeProgram) -> None:
    """Choosing one on this computer writes it into the settings."""
    program.checkpoints.names = ["base.en", "tiny.en"]
    async with walking(program) as walk:
        await walk.until_shown("✓ base.en is here.")
        await walk.press("c")
        await walk.until_shown("here")
        await walk.press("home", "enter")
        await walk.until_shown("✓ tiny.en is here.")
        assert program.settings.values.checkpoint == "tiny.en"


async def test_nothing_is_measured_where_nothing_need_be_fetched(program: FakeProgram) -> None:
    """Measuring takes both cores for ten seconds."""
    program.checkpoints.names = ["base.en"]
    async with walking(program) as walk:
        await walk.until_shown("✓ base.en is here.")
        assert program.speeds.speed is None


async def test_a_machine_that_cannot_be_measured_says_why(program: FakeProgram) -> None:
    """The usual checkpoint can still be fetched."""
    program.measured = SpeechWorkerError("The speech process died.", "Run `pmrehearse doctor`.")
    async with walking(program) as walk:
        await walk.until_shown("! The speech process died. Run `pmrehearse doctor`.")
        await walk.until_shown("fetch Whisper's base.en: 145 MB, once")


async def test_while_it_is_measured_one_can_go_on(program: FakeProgram, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says that it measures, and is left at once; what comes then reaches nobody."""
    may_end = threading.Event()

    def measured() -> Speed:
        may_end.wait(30)
        return FAST

    monkeypatch.setattr(program, "measured_speed", measured)
    async with walking(program) as walk:
        await walk.until_shown("measuring how fast this computer is")
        await walk.press("enter")
        await walk.until_on(Home)
        may_end.set()
        await asyncio.sleep(0)
        await walk.until_shown("7 elements")


async def test_the_demo_is_one_key_away_and_comes_back(program: FakeProgram) -> None:
    """Its file stands in for the microphone, which is let go before; back, the microphone is listened to again."""
    async with walking(program) as walk:
        await walk.until_shown("you are heard")
        await walk.press("w")
        await walk.until_on(Briefing)
        assert program.run.source == FileSource(Path("strong.ogg"))
        await walk.until(lambda: program.sound_checks[0].asked[-1] == "close", "for the microphone to be let go")
        await walk.press("escape")
        await walk.until_on(FirstStartPage)
        await walk.until(lambda: len(program.sound_checks) == 2, "for a new sound check")


async def test_without_a_microphone_the_rest_is_there(program: FakeProgram) -> None:
    """What is wrong and what to do is told; there is nothing to hear."""
    async with walking(program) as walk:
        await walk.until_shown("you are heard")
        failed = CheckView(CheckStage.FAILED, problem="There is no microphone.", hint="Connect one.")
        program.sound_checks[0].shown = failed
        await walk.until_shown("! There is no microphone. Connect one.")
        assert "hear yourself:" not in walk.text()
        await walk.until_shown("small.en fits here")


def test_a_trouble_of_the_sound_goes_before_its_level() -> None:
    """Silence that has a reason says it; otherwise the speaker is asked to speak, or is heard."""
    view = CheckView(CheckStage.LISTENING, "Desk", -70.0, -60.0)
    muted = replace(view, troubles=(TroubleBegan(TroubleKind.ZEROS, "It is muted.", "Unmute it."),))
    assert heard(view, -70.0).plain == "say a few words"
    assert heard(view, -30.0).plain == "✓ you are heard"
    assert heard(muted, -70.0).plain == "! It is muted. Unmute it."
    assert heard(CheckView(), -120.0).plain == "a moment"
    assert "again" in trying(replace(view, was_played=True), KEYS).plain


@pytest.mark.parametrize(
    ("known", "shown"),
    [
        (Recognition("base.en", speed=FAST), "small.en fits here"),
        (Recognition("tiny.en", is_usual=False, speed=FAST), "tiny.en fits here"),
        (Recognition("base.en", language="de", speed=FAST), "small fits here"),
        (Recognition("base.en", speed=FAST, chosen="medium.en"), "medium.en is slow here"),
        (Recognition("turbo", is_usual=False, speed=FAST), "its pace here is not known"),
        (Recognition("mine", is_usual=False, speed=FAST), "fetch mine, once"),
        (Recognition("base.en", here=frozenset({"base.en"}), speed=SLOW), "it is slow, and goes on after the stop"),
    ],
)
def test_what_was_chosen_or_set_goes_before_what_fits(known: Recognition, shown: str) -> None:
    """What fits is advised to those who have said nothing."""
    assert shown in recognition(known, KEYS).plain
