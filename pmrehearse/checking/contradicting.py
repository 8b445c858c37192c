"""Does what was said of the elements contradict a flag?"""

from __future__ import annotations

from collections.abc import Iterable

from pmrehearse.checking.findings import ElementFinding
from pmrehearse.scenario.model import Flag


def contradicted(flag: Flag, elements: Iterable[ElementFinding]) -> bool:
    """True when an element that clears the flag is met, whoever found it."""
    return any(finding.met and finding.element_id in flag.unless for finding in elements)
