"""The settings of a run: where each comes from, and how it is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pmrehearse import places
from pmrehearse.errors import SettingsError
from pmrehearse.remembered import Remembered
from pmrehearse.settings.chosen import ChosenSettings, settings_of
from pmrehearse.settings.sources import Origin

if TYPE_CHECKING:
    from pathlib import Path


def _chosen(folder: Path, text: str | None = None, **environ: str) -> ChosenSettings:
    if text is not None:
        (folder / "config.toml").write_text(text)
    return ChosenSettings(folder / "config.toml", Remembered(folder), environ)


def _origin(settings: ChosenSettings, name: str) -> tuple[Origin, str]:
    return next((one.origin, one.place) for one in settings.held() if one.setting.name == name)


def test_each_source_gives_way_to_the_one_before_it(tmp_path: Path) -> None:
    """Usual, remembered, file, variable, option, and what is chosen now."""
    settings = _chosen(tmp_path)
    assert (settings.values.live, _origin(settings, "live")) == ("off", (Origin.USUAL, ""))
    settings.choose("live", "sparse")
    settings = _chosen(tmp_path)
    assert (settings.values.live, _origin(settings, "live")) == ("sparse", (Origin.REMEMBERED, ""))
    settings = _chosen(tmp_path, '\nlive = "full"\n')
    assert (settings.values.live, _origin(settings, "live")) == ("full", (Origin.FILE, "line 2"))
    settings = _chosen(tmp_path, PMREHEARSE_LIVE="off")
    assert (settings.values.live, _origin(settings, "live")) == ("off", (Origin.VARIABLE, "PMREHEARSE_LIVE"))
    settings.give("live", "--live", "sparse")
    settings.give("live", "--live", None)
    assert (settings.values.live, _origin(settings, "live")) == ("sparse", (Origin.OPTION, "--live"))
    settings.choose("live", "full")
    assert (settings.values.live, _origin(settings, "live")) == ("full", (Origin.NOW, ""))


def test_what_is_remembered_is_what_the_screens_choose(tmp_path: Path) -> None:
    """A choice that is not kept for the next start holds in this run alone."""
    settings = _chosen(tmp_path)
    settings.choose("lights", value=False)
    settings.choose("bell", value=False)
    assert (settings.values.lights, settings.values.bell) == (False, False)
    assert (_chosen(tmp_path).values.lights, _chosen(tmp_path).values.bell) == (False, True)


@pytest.mark.parametrize("is_next_run", [False, True])
@pytest.mark.parametrize("is_by_itself", [False, True])
def test_a_choice_is_taken_back(tmp_path: Path, *, is_by_itself: bool, is_next_run: bool) -> None:
    """In the run it was made in and in a later one, whether it is forgotten by itself or taken out of the file."""
    settings = _chosen(tmp_path)
    settings.choose("live", "full")
    settings = _chosen(tmp_path) if is_next_run else settings
    assert settings.values.live == "full"
    if is_by_itself:
        settings.forget("live")
    else:
        settings.change("live", None)
    assert (settings.values.live, _origin(settings, "live")) == ("off", (Origin.USUAL, ""))
    assert _chosen(tmp_path).values.live == "off"


def test_a_choice_that_is_forgotten_leaves_the_file_alone(tmp_path: Path) -> None:
    """What the file says holds again; where there is no file, none is made."""
    settings = _chosen(tmp_path, 'live = "sparse"\n')
    settings.choose("live", "full")
    settings.forget("live")
    assert (settings.values.live, _origin(settings, "live")) == ("sparse", (Origin.FILE, "line 1"))
    (tmp_path / "config.toml").unlink()
    settings = _chosen(tmp_path)
    settings.choose("live", "full")
    settings.forget("live")
    assert [path.name for path in tmp_path.iterdir()] == ["remembered.json"]


def test_a_change_is_written_and_holds_at_once(tmp_path: Path) -> None:
    """Over what was chosen before it in this run; taken out again, what is usual holds."""
    settings = _chosen(tmp_path, "# mine\n")
    settings.choose("count_in", 7)
    settings.change("count_in", 5)
    assert (settings.values.count_in, _origin(settings, "count_in")) == (5, (Origin.FILE, "line 2"))
    settings.change("keys.home.drill", "x")
    assert dict(settings.values.keys) == {"home.drill": "x"}
    settings.change("count_in", None)
    assert settings.values.count_in == 3
    assert (tmp_path / "config.toml").read_text().startswith("# mine\n")


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("them", "light", r"There is no setting 'them' \(did you mean 'theme'\?\)"),
        ("theme", "lihgt", "theme: this must be dark, light"),
        ("count_in", 11, "count_in: this must be 0 to 10"),
    ],
)
def test_what_cannot_be_is_not_written(tmp_path: Path, name: str, value: str | int, message: str) -> None:
    """The file stays as it was."""
    settings = _chosen(tmp_path, "bell = true\n")
    with pytest.raises(SettingsError, match=message):
        settings.change(name, value)
    assert (tmp_path / "config.toml").read_text() == "bell = true\n"


def test_a_broken_file_is_left_until_the_program_writes(tmp_path: Path) -> None:
    """Until then there is a notice; then it is put aside, and the new one is good."""
    settings = _chosen(tmp_path, "theme = \n")
    assert [notice.message for notice in settings.notices()] == [
        f"{tmp_path}/config.toml:1: the file is no TOML: Invalid value"
    ]
    assert settings.values.theme == "dark"
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]
    assert settings.change("theme", "light") == tmp_path / "config.toml.bad"
    assert (settings.values.theme, settings.notices()) == ("light", ())


def test_an_english_checkpoint_for_another_language_is_told(tmp_path: Path) -> None:
    """However the two came together."""
    settings = _chosen(tmp_path, 'language = "de"\n')
    assert [notice.hint for notice in settings.notices()] == ["Set the checkpoint base."]
    assert _chosen(tmp_path, PMREHEARSE_CHECKPOINT="small").notices() == ()


def test_the_library_is_named_or_the_usual_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The command line's, else the variable's, else the file's, else the usual one; ~ is the user's home."""
    assert settings_of(tmp_path / "mine").library_dir == tmp_path / "mine"
    assert settings_of().library_dir == places.library_dir(settings_of().library_dir)
    monkeypatch.delenv("PMREHEARSE_LIBRARY")
    assert settings_of().library_dir == places.library_dir()
    monkeypatch.setenv("HOME", str(tmp_path))
    settings_of().change("library", "~/takes")
    assert settings_of().library_dir == tmp_path / "takes"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PMREHEARSE_LIBRARY", "here")
    assert settings_of().library_dir == tmp_path / "here"
