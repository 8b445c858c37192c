"""What do commands return of this computer: places, settings, keys, microphones, checkpoints?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pmrehearse.settings.sources import Held
    from pmrehearse.speech.events import Checkpoint


@dataclass(frozen=True, slots=True)
class Place:
    """Where something of the program stands.

    Attributes:
        name: What stands there.
        path: Where.
        variable: The environment variable that changes it, or "".
        exists: True when it is there already.
    """

    name: str
    path: Path
    variable: str
    exists: bool


@dataclass(frozen=True, slots=True)
class Places:
    """Every place."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class SettingsShown:
    """The settings as they hold.

    Attributes:
        path: The settings file.
        exists: True when there is one.
        held: Every setting but the keys.
        keys: Keys that are not the usual ones: the action, its keys, and where that is said.
    """

    path: Path
    exists: bool
    held: tuple[Held, ...]
    keys: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class KeyShown:
    """What a key does on the screens.

    Attributes:
        action: The name by which the key is changed.
        keys: The keys, with commas between them.
        meaning: What they do.
        is_changed: True when they are not the usual ones.
    """

    action: str
    keys: str
    meaning: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class KeysShown:
    """All that keys do on the screens."""

    keys: tuple[KeyShown, ...]


@dataclass(frozen=True, slots=True)
class SettingsChecked:
    """What is wrong with a settings file, and with the variables beside it.

    Attributes:
        path: The file.
        exists: True when there is one.
        problems: What is wrong, one mistake a line.
    """

    path: Path
    exists: bool
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeviceList:
    """The microphones.

    Attributes:
        devices: Name, and whether the system would take it.
    """

    devices: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class CheckpointList:
    """The Whisper checkpoints.

    Attributes:
        here: Those on this computer.
        fetchable: Whisper's own that are not: (name, about how many bytes).
        usual: The name of the one that is used unless another is named.
    """

    here: tuple[Checkpoint, ...]
    fetchable: tuple[tuple[str, int], ...]
    usual: str
