"""`config`: what is set, where that is said, and whether it can be so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmrehearse.cleaning import clean_line
from pmrehearse.cli.answering import DONE, UNUSABLE, Outcome, command
from pmrehearse.cli.complaints import complain
from pmrehearse.cli.invocation import Invocation, pass_invocation
from pmrehearse.cli.machine_values import KeyShown, KeysShown, SettingsChecked, SettingsShown
from pmrehearse.cli.params import SettingName
from pmrehearse.cli.values import Done, Verbatim
from pmrehearse.errors import SettingsError
from pmrehearse.places import whole
from pmrehearse.scenario.mistakes import Mistake, told
from pmrehearse.settings.file import read_settings
from pmrehearse.settings.sources import Origin
from pmrehearse.settings.values import KEYS, action_of, in_words, setting, setting_of

if TYPE_CHECKING:
    from pmrehearse.settings.chosen import ChosenSettings
    from pmrehearse.settings.file import SettingsFound
    from pmrehearse.settings.values import Value


@click.group("config")
def config() -> None:
    """Show, check and change the settings.

    What counts is, in this order: an option of the command line, a PMREHEARSE_ variable, the settings file, what was
    chosen on the screens, what is usual.
    """


@command("show")
@pass_invocation
def show(invocation: Invocation) -> Outcome:
    """Show every setting, and where it comes from."""
    settings = invocation.settings
    for notice in settings.notices():
        complain(notice.message, notice.hint)
    found = settings.file
    keys = tuple((name, pressed, _line(found.lines.get(setting_of(name)))) for name, pressed in found.keys.items())
    return Outcome(SettingsShown(settings.path, found.exists, settings.held(), keys))


@command("validate")
@click.argument("file", type=click.Path(path_type=Path, exists=True), required=False)
@pass_invocation
def validate(invocation: Invocation, *, file: Path | None) -> Outcome:
    """Check the settings file.

    Without FILE: your own, and the variables of the environment. Ends with 2 when something is wrong.
    """
    found = invocation.settings.file if file is None else read_settings(file)
    messages = [notice.message for notice in invocation.settings.notices()] if file is None else []
    if file is not None and found.mistakes:
        messages = [told(str(file), found.mistakes)]
    messages += _problems_with_keys(invocation, found)
    problems = tuple(line for message in messages for line in message.splitlines())
    return Outcome(SettingsChecked(found.path, found.exists, problems), UNUSABLE if problems else DONE)


@command("schema")
@pass_invocation
def schema(invocation: Invocation) -> Outcome:
    """Print the JSON Schema of the settings file, for editors."""
    from pmrehearse.settings.shape import schema as form  # noqa: PLC0415  pydantic: only here

    return Outcome(Verbatim(json.dumps(form(invocation.keys().usual()), indent=2) + "\n"))


@command("path")
@pass_invocation
def path(invocation: Invocation) -> Outcome:
    """Say where the settings file stands, or would."""
    where = clean_line(str(invocation.settings.path), 4096)
    return Outcome(Done(where, (("path", where), ("exists", invocation.settings.file.exists))))


@command("keys")
@pass_invocation
def keys(invocation: Invocation) -> Outcome:
    """List what keys do on the screens.

    The names are those under which they can be changed: `pmrehearse config set keys.home.drill x` gives an action
    another key, or more with commas between them.
    """
    changed = invocation.settings.values.keys
    rows = tuple(
        KeyShown(name, changed.get(name, pressed), meaning, is_changed=name in changed)
        for name, (pressed, meaning) in invocation.keys().usual().items()
    )
    return Outcome(KeysShown(rows))


@command("set")
@click.argument("name", type=SettingName())
@click.argument("value")
@pass_invocation
def set_(invocation: Invocation, *, name: str, value: str) -> Outcome:
    """Write one setting into the settings file.

    Everything else in it stays as it is. NAME is a setting, as `pmrehearse config show` lists them, or an action with
    `keys.` before it. VALUE is a text, a number, on or off.
    """
    if action := action_of(name):
        _refuse_wrong_keys(invocation, action, value)
        return _changed(invocation.settings, name, clean_line(value))
    return _changed(invocation.settings, name, _read(name, value))


@command("unset")
@click.argument("name", type=SettingName())
@pass_invocation
def unset(invocation: Invocation, *, name: str) -> Outcome:
    """Take one setting out of the settings file."""
    if not action_of(name):
        setting(name)
    return _changed(invocation.settings, name, None)


def _refuse_wrong_keys(invocation: Invocation, action: str, keys: str) -> None:
    given = {**invocation.settings.values.keys, action: keys}
    for each in invocation.keys().problems(given):
        if each.name == action:
            raise SettingsError(f"{setting_of(action)}: {each.message}.", "`pmrehearse config keys` lists the actions.")


def _problems_with_keys(invocation: Invocation, found: SettingsFound) -> list[str]:
    if not found.keys:
        return []
    wrong = [
        Mistake((KEYS, each.name), each.message, found.lines.get(setting_of(each.name)), setting_of(each.name))
        for each in invocation.keys().problems(found.keys)
    ]
    return [told(str(found.path), tuple(wrong))] if wrong else []


def _read(name: str, text: str) -> Value:
    try:
        return setting(name).read(whole(text) if name == "library" and text else text)
    except ValueError as problem:
        raise SettingsError(f"{name}: {problem}.", setting(name).about) from problem


def _changed(settings: ChosenSettings, name: str, value: Value | None) -> Outcome:
    kept = settings.change(name, value)
    if kept is not None:
        complain(f"The settings file could not be read; it stands beside the new one as {clean_line(str(kept))}.")
    _tell_what_counts(settings, name)
    said = f"{name} is taken out" if value is None else f"{name} is {in_words(value) or 'empty'} from now on"
    facts = (("name", name), ("value", value), ("path", str(settings.path)))
    return Outcome(Done(f"{said}: {clean_line(str(settings.path), 4096)}", facts))


def _tell_what_counts(settings: ChosenSettings, name: str) -> None:
    """A variable or an option goes before the file: say so, or the change seems to do nothing."""
    for one in settings.held():
        if one.setting.name == name and one.origin in (Origin.OPTION, Origin.VARIABLE):
            complain(f"{one.place} says {in_words(one.value)}, and goes before the file.", f"Unset {one.place}.")


def _line(number: int | None) -> str:
    return "" if number is None else f"line {number}"


for _each in (show, validate, keys, schema, path, set_, unset):
    config.add_command(_each)
