"""The last line of every screen: the keys that matter here."""

from __future__ import annotations

from textual.widgets import Footer


class Keys(Footer):
    """Textual's footer, with room between one key and the next; help, and the palette, know the rest."""

    DEFAULT_CSS = """
    Keys {
        FooterKey .footer-key--key { padding: 0 0 0 1; }
        FooterKey .footer-key--description { padding: 0 1; }
    }
    """

    def __init__(self) -> None:
        """Show the keys of the screen."""
        super().__init__(show_command_palette=False)
