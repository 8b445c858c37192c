"""May a checkpoint be fetched over the network?"""

from __future__ import annotations

from pmrehearse.ui.screens.dialog import Ask, Choice

FIRST_CHECKPOINT = "base.en"
"""What is fetched when there is none: the default of `SpeechOptions.checkpoint`."""
YES = "yes"
"""The answer that allows it."""


def fetch_question() -> Ask:
    """Ask; nothing goes over the network without this answer."""
    return Ask(
        f"Fetch Whisper's checkpoint {FIRST_CHECKPOINT}?",
        "About 145 MB over the network, once. Nothing of yours leaves this computer.",
        (Choice("no", "Not now", "n"), Choice(YES, "Fetch it", "f")),
    )
