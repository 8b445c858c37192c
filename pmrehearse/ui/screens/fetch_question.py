"""May a checkpoint be fetched over the network?"""

from __future__ import annotations

from pmrehearse.speech.official import BY_NAME
from pmrehearse.ui.screens.dialog import Ask, Choice
from pmrehearse.ui.wording import megabytes

YES = "yes"
"""The answer that allows it."""


def fetch_question(checkpoint: str) -> Ask:
    """Ask for a checkpoint; nothing goes over the network without this answer."""
    published = BY_NAME.get(checkpoint)
    size = f"About {megabytes(published.about_bytes)} over the network" if published else "Over the network"
    return Ask(
        f"Fetch Whisper's checkpoint {checkpoint}?",
        f"{size}, once. Nothing of yours leaves this computer.",
        (Choice("no", "Not now", "n"), Choice(YES, "Fetch it", "f")),
    )
