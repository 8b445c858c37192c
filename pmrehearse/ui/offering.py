"""Which keys can do something at the moment, and what is said when one that cannot is pressed?

Whatever has keys says in `why_not` what stands in the way of an action. From that one answer all follows: the last line
and the command palette leave the key out, help still lists it, and pressing it is answered with the sentence. What the
answer depends on is a reactive with `bindings=True` (or calls `refresh_bindings`), so that the last line follows it.
"""

from __future__ import annotations


class Offering:
    """Offers its actions while they can do something; it stands before Textual's class among the bases."""

    def why_not(self, action: str) -> str:
        """What stands in the way of an action, in one sentence with keys in braces; "" when it can do something.

        Textual asks for each key whenever the last line may change: it must not wait.

        Args:
            action: The name of the action ("play").
        """
        del action
        return ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether Textual offers and runs an action; None for one that is there and can do nothing now."""
        del parameters
        return None if self.why_not(action) else True
