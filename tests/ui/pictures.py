"""How is a screen turned into a picture that asks nothing of the network?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmrehearse.ui.shell import RehearsalApp

_REMOTE_FONTS = re.compile(r"\s*@font-face \{[^}]*\}")


def picture_of(app: RehearsalApp) -> str:
    """The screen as SVG.

    Rich's links to fonts elsewhere are taken out, so that no reader's browser follows them, and blanks are told to stay
    (librsvg would draw several as one).
    """
    return without_remote_fonts(app.export_screenshot())


def without_remote_fonts(svg: str) -> str:
    """What rich has drawn, drawn with fonts that are there."""
    svg = _REMOTE_FONTS.sub("", svg)
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    return svg.replace("font-family: Fira Code, monospace", 'font-family: "Fira Code", "DejaVu Sans Mono", monospace')
