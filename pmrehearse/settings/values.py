"""What can be set, what may each setting be, and what holds unless it is set? Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import PurePosixPath, PureWindowsPath
from types import MappingProxyType

from pmrehearse.cleaning import clean_line
from pmrehearse.errors import SettingsError
from pmrehearse.scenario.mistakes import nearest

Value = str | int | bool
"""What a setting may be."""
LONGEST_COUNT_S = 10
"""Longest count before a recording, in seconds."""
MOST_DIGITS = 10
"""Digits of a typed number: Python takes its time over thousands of them."""
LONGEST_TEXT = 500
"""Longest name or path, in characters."""
KEYS = "keys"
"""The table of the keys in the file."""
LANGUAGES = tuple(
    "en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ml "
    "cy sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am "
    "yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su yue".split()
)
"""The codes that Whisper knows (its `LANGUAGES`; they are listed here because Whisper imports torch)."""
_ON, _OFF = ("on", "true", "yes", "1"), ("off", "false", "no", "0")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, as it holds.

    Attributes:
        microphone: The microphone's name, as `pmrehearse devices` lists it; "" for the one that the system uses.
        checkpoint: The Whisper checkpoint that recognises unless another is named.
        language: The language spoken, one of `LANGUAGES`.
        engine: What runs Whisper: one that is named, or "auto" for the fastest here.
        live: What is shown of recognition while speaking.
        lights: True to show the lights.
        guess: True to ask which elements were met before the results are shown.
        judge: False where the rules decide alone.
        count_in: Seconds of the count before a recording; 0 for none.
        bell: True to ring when the interviewer speaks.
        theme: The colours of the screens.
        keep_wav: True to leave the sound of takes as WAV, instead of packing it as FLAC.
        library: The folder of the takes; "" for the usual one.
        keys: Keys by the name of the action, where they are not the usual ones.
    """

    microphone: str = ""
    checkpoint: str = "base.en"
    language: str = "en"
    engine: str = "auto"
    live: str = "off"
    lights: bool = True
    guess: bool = False
    judge: bool = True
    count_in: int = 3
    bell: bool = True
    theme: str = "dark"
    keep_wav: bool = False
    library: str = ""
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, but the keys.

    Attributes:
        name: Its name in the file.
        title: Its name on the screen.
        about: What it does, in a sentence or two.
        usual: What it is unless it is set.
        choices: All that it may be; () when more than can be listed.
        most: What a whole number may be at most; it is 0 or more.
        empty: What "" means, in words; "" where a text is needed.
        is_remembered: True when a choice made on the screens is kept for the next start.
    """

    name: str
    title: str
    about: str
    usual: Value
    choices: tuple[str, ...] = ()
    most: int = 0
    empty: str = ""
    is_remembered: bool = False

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"PMREHEARSE_{self.name.upper()}"

    def problem_with(self, value: Value) -> str:
        """Why it may not be this value of its type, and what it may be; "" when it may."""
        if self.choices and value not in self.choices:
            return f"this must be {_listed(self.choices)}{nearest(str(value).lower(), self.choices)}"
        if isinstance(value, int) and not isinstance(value, bool) and not 0 <= value <= self.most:
            return f"this must be 0 to {self.most}"
        if self.name == "language" and value not in LANGUAGES:
            return f"Whisper knows no language '{clean_line(str(value), 40)}'; it is a code such as en, de or fr"
        return self._problem_with_text(value) if isinstance(value, str) else ""

    def _problem_with_text(self, value: str) -> str:
        if len(value) > LONGEST_TEXT:
            return f"this may have at most {LONGEST_TEXT} characters"
        if self.name == "library" and value and not _is_whole(value):
            return "this must be a whole path, from / or ~"
        return "" if value or self.empty else "this must not be empty"

    def read(self, text: str) -> Value:
        """The value of a text: of a variable, a command or a typed line.

        Raises:
            ValueError: It may not be this; the message says what it may be.
        """
        value = self._typed(clean_line(text, LONGEST_TEXT + 1))
        if problem := self.problem_with(value):
            raise ValueError(problem)
        return value

    def _typed(self, text: str) -> Value:
        if isinstance(self.usual, bool):
            word = text.lower()
            if word not in _ON + _OFF:
                raise ValueError(f"this must be on or off{nearest(word, ('on', 'off'))}")
            return word in _ON
        if isinstance(self.usual, int):
            if not text.isdecimal() or len(text) > MOST_DIGITS:
                raise ValueError("this must be a whole number")
            return int(text)
        return text.lower() if self.choices else text


def in_words(value: Value) -> str:
    """A value as `Setting.read` reads it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)


_USUAL = Settings()
SETTINGS: tuple[Setting, ...] = (
    Setting(
        "microphone",
        "Microphone",
        "The name as `pmrehearse devices` lists it; empty for the one that the system uses.",
        _USUAL.microphone,
        empty="whatever the system uses",
        is_remembered=True,
    ),
    Setting(
        "checkpoint",
        "Checkpoint",
        "The Whisper checkpoint that recognises what you say. `pmrehearse doctor` says which keep up here.",
        _USUAL.checkpoint,
    ),
    Setting(
        "language",
        "Language",
        "The language you speak, as a code (en, de, fr). Checkpoints whose names end in .en know English only, and the "
        "checks that come with the program read English.",
        _USUAL.language,
    ),
    Setting(
        "engine",
        "Engine",
        "What runs Whisper: auto measures once and takes the fastest here.",
        _USUAL.engine,
        ("auto", "whisper", "whisper-int8", "ctranslate2"),
    ),
    Setting(
        "live",
        "Live detail",
        "What is shown of recognition while you speak: nothing, a sparse cue about every 20 s, or each tick and the "
        "words at once.",
        _USUAL.live,
        ("off", "sparse", "full"),
        is_remembered=True,
    ),
    Setting(
        "lights",
        "Lights",
        "The speakers' lights while the time runs out: green, yellow, red.",
        _USUAL.lights,
        is_remembered=True,
    ),
    Setting(
        "guess",
        "Guess first",
        "Before the results are shown, ask which elements you think you met.",
        _USUAL.guess,
        is_remembered=True,
    ),
    Setting(
        "judge",
        "Learned judge",
        "A small network reads passages that no rule understands; off: the rules decide alone.",
        _USUAL.judge,
    ),
    Setting(
        "count_in",
        "Count-in",
        f"Seconds that are counted before the recording starts, 0 to {LONGEST_COUNT_S}; 0 starts it at once.",
        _USUAL.count_in,
        most=LONGEST_COUNT_S,
    ),
    Setting("bell", "Bell", "Ring the terminal's bell when the interviewer speaks.", _USUAL.bell),
    Setting(
        "theme",
        "Theme",
        "The colours of the screens; the ansi ones use the terminal's own sixteen.",
        _USUAL.theme,
        ("dark", "light", "ansi-dark", "ansi-light"),
        is_remembered=True,
    ),
    Setting(
        "keep_wav",
        "Keep WAV",
        "Leave the sound of takes as WAV; off: it becomes FLAC, the same sample for sample, in less room.",
        _USUAL.keep_wav,
    ),
    Setting(
        "library",
        "Library",
        "The folder of the takes, a whole path; empty for the usual one. It holds from the next start.",
        _USUAL.library,
        empty="the usual folder",
    ),
)
"""All settings but the keys, in the order in which they are shown."""
NAMES = tuple(each.name for each in fields(Settings))
"""What a settings file may hold."""


def setting(name: str) -> Setting:
    """The setting of this name.

    Raises:
        SettingsError: There is none; the message names the nearest.
    """
    known = {each.name: each for each in SETTINGS}
    if name not in known:
        raise SettingsError(
            f"There is no setting '{clean_line(name, 80)}'{nearest(name.lower(), known)}.",
            f"Known are {', '.join(known)}, and keys by action, as keys.home.drill.",
        )
    return known[name]


def action_of(name: str) -> str:
    """The action that a setting "keys.NAME" gives keys; "" where the name is that of any other setting."""
    return name.removeprefix(setting_of("")) if name.startswith(setting_of("")) else ""


def setting_of(action: str) -> str:
    """The setting that gives an action keys: "keys.home.drill"."""
    return f"{KEYS}.{action}"


def _is_whole(path: str) -> bool:
    return path.startswith("~") or PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute()


def _listed(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]
