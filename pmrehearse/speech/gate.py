"""Where does speech begin and end, given the probability of speech in each frame of sound?"""

from __future__ import annotations

from dataclasses import dataclass

from pmrehearse.speech.segments import Span


@dataclass(frozen=True, slots=True)
class Frame:
    """What the voice network says of one frame of sound.

    Attributes:
        start_s: Where it begins in the take's sound.
        end_s: Where it ends.
        probability: That there is speech in it, in [0, 1].
        level_dbfs: Its root mean square in dB of full scale, in [-120, 0].
    """

    start_s: float
    end_s: float
    probability: float
    level_dbfs: float


@dataclass(frozen=True, slots=True)
class GateLimits:
    """When a stretch counts as speech.

    Attributes:
        enter: Probability from which on speech begins; Silero's default (`get_speech_timestamps`, threshold).
        leave: Probability under which it may end; Silero's default (threshold - 0.15).
        min_speech_s: A shorter stretch is a click or a breath; Silero's default.
        min_silence_s: A shorter silence is a stop consonant or a breath inside a sentence, not a pause; three times
            Silero's default of 0.1 s, because a window must not be cut inside a word.
        pad_before_s: Added before a span: its first frames stay under the threshold when it begins quietly (f, s, h);
            0 to 0.1 s were missing at the beginnings of 24 espeak-ng sentences in faint noise.
        pad_after_s: Added behind it; the network already holds on 0 to 0.1 s too long (the same sentences). Both pads
            together are less than `min_silence_s`, so that spans never meet.
    """

    enter: float = 0.5
    leave: float = 0.35
    min_speech_s: float = 0.25
    min_silence_s: float = 0.3
    pad_before_s: float = 0.1
    pad_after_s: float = 0.05


@dataclass(frozen=True, slots=True)
class VoiceStep:
    """What is known after one more frame.

    Attributes:
        to_s: The end of the frame: the sound before it has been looked at.
        level_dbfs: The frame's level.
        speech_from_s: Where speech that goes on began (padded); None in silence. It may still prove too short.
        quiet_from_s: Where that speech ends (padded) if the silence that now stands lasts; None while it is heard.
        ended: A span that has just ended for certain (padded), or None.
    """

    to_s: float
    level_dbfs: float
    speech_from_s: float | None = None
    quiet_from_s: float | None = None
    ended: Span | None = None


class SpeechGate:
    """Frames in, spans of speech out: a threshold with hysteresis, shortest lengths and padding.

    Every decision depends on the frames alone, so the same sound gives the same spans however it was cut into blocks.
    """

    def __init__(self, from_s: float = 0.0, limits: GateLimits | None = None) -> None:
        """Begin in silence.

        Args:
            from_s: Speech before it is no longer asked for: spans are cut there, and what then is too short is
                dropped. Frames before it let the network find its feet.
            limits: When a stretch counts as speech.
        """
        self._from_s = from_s
        self._limits = limits or GateLimits()
        self._began_s: float | None = None
        self._quiet_s: float | None = None
        self._to_s = from_s

    def hear(self, frame: Frame) -> VoiceStep:
        """Take one more frame, which begins where the one before ended."""
        self._to_s = frame.end_s
        ended = None
        if frame.probability >= self._limits.enter:
            self._began_s = frame.start_s if self._began_s is None else self._began_s
            self._quiet_s = None
        elif self._began_s is not None and frame.probability < self._limits.leave:
            self._quiet_s = frame.start_s if self._quiet_s is None else self._quiet_s
            if frame.end_s - self._quiet_s >= self._limits.min_silence_s:
                ended = self._end(self._quiet_s)
        return self._step(frame.level_dbfs, ended)

    def flush(self) -> VoiceStep:
        """The sound is over: speech that still goes on ends here."""
        ended = None
        if self._began_s is not None:
            ended = self._end(self._to_s if self._quiet_s is None else self._quiet_s)
        return self._step(-120.0, ended)

    def _end(self, raw_end_s: float) -> Span | None:
        began_s, self._began_s, self._quiet_s = self._began_s, None, None
        if began_s is None or raw_end_s - max(began_s, self._from_s) < self._limits.min_speech_s:
            return None
        return Span(self._padded_start_s(began_s), self._padded_end_s(raw_end_s))

    def _step(self, level_dbfs: float, ended: Span | None) -> VoiceStep:
        return VoiceStep(
            self._to_s,
            level_dbfs,
            None if self._began_s is None else self._padded_start_s(self._began_s),
            None if self._quiet_s is None else self._padded_end_s(self._quiet_s),
            ended,
        )

    def _padded_start_s(self, raw_s: float) -> float:
        return max(self._from_s, round(raw_s - self._limits.pad_before_s, 3))

    def _padded_end_s(self, raw_s: float) -> float:
        return max(self._from_s, min(self._to_s, round(raw_s + self._limits.pad_after_s, 3)))
