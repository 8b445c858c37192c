"""How much is done beyond what must be done, as a machine keeps up or falls behind."""

from __future__ import annotations

import pytest

from pmrehearse.speech.effort import Decoded, Effort, Passes

LIGHT = Decoded(1.0, 10.0, 40)
HEAVY = Decoded(12.0, 10.0, 40)


def test_a_machine_that_keeps_up_does_everything() -> None:
    """Nothing is given up while little waits."""
    effort = Effort()
    for at_s in range(0, 600, 10):
        effort.note(LIGHT, 1.0, at_s)
    assert effort.passes is Passes.SPEECH
    assert effort.load == pytest.approx(0.1)
    assert effort.ms_per_token == pytest.approx(25.0)
    assert not effort.wants_lighter


def test_passes_are_given_up_one_by_one() -> None:
    """First those inside speech, then those at pauses, never the windows themselves."""
    effort = Effort()
    seen = []
    for at_s in (10, 20, 30):
        effort.note(HEAVY, 8.0, at_s)
        seen.append(effort.passes)
    assert seen == [Passes.PAUSES, Passes.COMMITTED, Passes.COMMITTED]


def test_tokens_that_take_too_long_are_noticed_before_sound_waits() -> None:
    """300 ms a token are more work than speech has time for; a short text is no sign of it."""
    slow, short = Effort(), Effort()
    slow.note(HEAVY, 0.0, 10.0)
    short.note(Decoded(1.2, 1.0, 1), 0.0, 10.0)
    assert slow.passes is Passes.PAUSES
    assert short.passes is Passes.SPEECH


def test_only_a_checkpoint_that_cannot_keep_up_is_too_heavy() -> None:
    """Far behind after a hang, but quick: it will catch up. Far behind and slow: a lighter one is wanted."""
    quick, slow = Effort(), Effort()
    for at_s in range(10, 100, 10):
        quick.note(LIGHT, 120.0, at_s)
        slow.note(HEAVY, 5.0 * at_s, at_s)
    assert not quick.wants_lighter
    assert slow.wants_lighter


def test_passes_come_back_and_each_relapse_makes_it_slower() -> None:
    """A minute without a wait gives one kind back; where that proves too much, the next minute is two."""
    effort = Effort()
    effort.note(HEAVY, 8.0, 10.0)
    came_back_s: list[int] = []
    for at_s in range(20, 1000, 10):
        effort.note(LIGHT, 1.0, at_s)
        if effort.passes is Passes.SPEECH:
            came_back_s.append(at_s)
            effort.note(HEAVY, 8.0, at_s)
    waits = [after - before for before, after in zip([10, *came_back_s], came_back_s, strict=False)]
    assert waits == [120, 240, 480]


def test_decoding_inside_speech_takes_half_the_time_at_most() -> None:
    """Every three seconds where it is cheap; a decode of four seconds is worth eight seconds of speech."""
    effort = Effort()
    effort.note(Decoded(0.5, 10.0, 40, ahead=True), 0.0, 10.0)
    assert effort.every_s() == 3.0
    effort.note(Decoded(4.0, 10.0, 40, ahead=True), 4.0, 20.0)
    assert effort.every_s() == 8.0
