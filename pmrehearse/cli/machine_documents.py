"""What does JSON say of this computer? These shapes are kept for those who read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmrehearse.cli.documents import Document, path
from pmrehearse.library.jsonview import plain

if TYPE_CHECKING:
    from pmrehearse.cli import machine_values as values
    from pmrehearse.session.diagnosis import Diagnosis
    from pmrehearse.speech.events import Checkpoint


def places(shown: values.Places) -> Document:
    """Where everything stands."""
    stands = [
        {"name": one.name, "path": path(one.path), "variable": one.variable, "exists": one.exists}
        for one in shown.places
    ]
    return {"places": stands}


def settings(shown: values.SettingsShown) -> Document:
    """Every setting as it holds, and where that is said."""
    held = [
        {"name": one.setting.name, "value": plain(one.value), "origin": one.origin.value, "place": plain(one.place)}
        for one in shown.held
    ]
    keys = [{"action": plain(action), "keys": plain(pressed), "place": place} for action, pressed, place in shown.keys]
    return {"path": path(shown.path), "exists": shown.exists, "settings": held, "keys": keys}


def settings_checked(shown: values.SettingsChecked) -> Document:
    """What is wrong with a settings file."""
    problems = plain(shown.problems)
    return {"path": path(shown.path), "exists": shown.exists, "good": not shown.problems, "problems": problems}


def keys(shown: values.KeysShown) -> Document:
    """What keys do on the screens."""
    return {"keys": plain(shown.keys)}


def devices(shown: values.DeviceList) -> Document:
    """The microphones."""
    return {"devices": [{"name": plain(name), "is_default": is_default} for name, is_default in shown.devices]}


def checkpoints(shown: values.CheckpointList) -> Document:
    """The checkpoints here, and those that can be fetched."""
    rest = [{"name": name, "about_bytes": n_bytes} for name, n_bytes in shown.fetchable]
    return {"here": [checkpoint(one) for one in shown.here], "fetchable": rest, "usual": shown.usual}


def checkpoint(one: Checkpoint) -> Document:
    """A checkpoint on this computer."""
    return {"name": plain(one.name), "path": path(one.path), "note": plain(one.note), "n_bytes": one.n_bytes}


def diagnosis(found: Diagnosis) -> Document:
    """What was looked at."""
    return {"examined": plain(found.examined)}
