"""How fast does this machine recognise, as far as it is remembered?

Measured once, by `doctor` or when a checkpoint is first loaded, and kept from then on: the engine and the device that
were fastest, and what they cost.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pmrehearse.speech.engine import installed
from pmrehearse.speech.events import SpeechOptions, WorkerReady
from pmrehearse.speech.speed import RELATIVE, Cost, Speed, reckoned

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmrehearse.remembered import Remembered
    from pmrehearse.speech.events import SpeechEvent

NAME = "speed"
"""Under which name it is remembered."""


class Speeds:
    """What is remembered of this machine's speed."""

    def __init__(self, remembered: Remembered) -> None:
        """Read nothing yet."""
        self._remembered = remembered

    def known(self) -> Speed | None:
        """The machine's speed; None while it was not measured, or what was measured is gone."""
        try:
            kept = json.loads(self._remembered.get(NAME) or "")
            speed = Speed(
                str(kept["engine"]), str(kept["device"]), Cost(float(kept["encode_s"]), float(kept["token_s"]))
            )
        except (ValueError, KeyError, TypeError):
            return None
        return speed if speed.engine in installed() else None

    def options(self, checkpoint: str, engine: str = "auto", language: str = "en") -> SpeechOptions:
        """How to recognise with a checkpoint: as was fastest here, or left open for the first time.

        Checkpoints that are none of Whisper's sizes are recognised as openai-whisper does it.

        Args:
            checkpoint: The checkpoint.
            engine: The engine that the user names, or "auto".
            language: The language spoken, an ISO 639-1 code.
        """
        if checkpoint.removesuffix(".en") not in RELATIVE:
            return SpeechOptions(checkpoint, language=language)
        speed = self.known() if engine == "auto" else None
        if speed is not None:
            return SpeechOptions(checkpoint, speed.engine, speed.device, language=language)
        device = "cpu" if engine == "whisper-int8" else "auto"  # 8-bit weights work on the processor only
        return SpeechOptions(checkpoint, engine, device, language=language)

    def note(self, event: SpeechEvent) -> None:
        """Remember what a worker found when it loaded a checkpoint; other events are passed over."""
        if not isinstance(event, WorkerReady) or event.cost is None:
            return
        options = event.options
        speed = reckoned(options.checkpoint, options.engine, options.device, event.cost)
        known = self.known()
        if speed is None or (known is not None and (known.engine, known.device) == (speed.engine, speed.device)):
            return
        cost = speed.cost
        kept = {
            "engine": speed.engine,
            "device": speed.device,
            "encode_s": round(cost.encode_s, 4),
            "token_s": round(cost.token_s, 5),
        }
        self._remembered.set(NAME, json.dumps(kept))

    def noting(self, listener: Callable[[SpeechEvent], None]) -> Callable[[SpeechEvent], None]:
        """The listener, with what is worth remembering noted first."""

        def hear(event: SpeechEvent) -> None:
            self.note(event)
            listener(event)

        return hear
