"""Where do files of the program stand on this computer?

Each place has an environment variable before it; a checkout keeps its takes in its own `recordings/`.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

APP = "pmrehearse"
CACHE_DIR = "PMREHEARSE_CACHE_DIR"
"""The variable that moves the folder of what can be made again."""
_PACKAGE = Path(__file__).resolve().parent


def checkout_dir() -> Path | None:
    """The checkout that the program runs from, or None when it is installed."""
    root = _PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "scenarios").is_dir() else None


def shipped_scenarios_dir() -> Path:
    """The scenarios that come with the program: beside the package in a checkout, inside it when installed."""
    root = checkout_dir()
    return root / "scenarios" if root is not None else _PACKAGE / "scenarios"


def demo_dir() -> Path:
    """The bundled answers and the demo voice."""
    return _PACKAGE / "demo"


def library_dir(chosen: Path | None = None) -> Path:
    """Where takes are kept: `chosen`, else the checkout's recordings/, else the data folder (settings say more)."""
    if chosen is not None:
        return chosen.expanduser().absolute()
    root = checkout_dir()
    return root / "recordings" if root is not None else Path(platformdirs.user_data_dir(APP)) / "recordings"


def config_dir() -> Path:
    """Settings and the user's own scenarios: PMREHEARSE_CONFIG_DIR or the platform's folder."""
    return _place("PMREHEARSE_CONFIG_DIR", platformdirs.user_config_dir(APP))


def user_scenarios_dir() -> Path:
    """The user's own scenarios."""
    return config_dir() / "scenarios"


def state_dir() -> Path:
    """Logs, and what the program remembers between runs: PMREHEARSE_STATE_DIR or the platform's folder."""
    return _place("PMREHEARSE_STATE_DIR", platformdirs.user_state_dir(APP))


def cache_dir() -> Path:
    """What can be made again (the unpacked demo voice): PMREHEARSE_CACHE_DIR or the platform's folder."""
    return _place(CACHE_DIR, platformdirs.user_cache_dir(APP))


def whisper_cache_dir() -> Path:
    """Where openai-whisper keeps its checkpoints: XDG_CACHE_HOME/whisper or ~/.cache/whisper, as it does itself."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "whisper"


def checkpoints_dir() -> Path:
    """Checkpoints imported under a name of their own: PMREHEARSE_CHECKPOINTS_DIR or beside the platform's data."""
    return _place("PMREHEARSE_CHECKPOINTS_DIR", str(Path(platformdirs.user_data_dir(APP)) / "checkpoints"))


def whole(path: str) -> str:
    """The path from its root, where it begins with the user's home or in the folder that the program is called in."""
    try:
        return str(Path(path).expanduser().absolute())
    except RuntimeError:  # "~nobody": there is no such home, and there may be such a folder
        return str(Path(path).absolute())


def home_short(path: Path) -> str:
    """A path with ~ for the user's home."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)


def outgoing_dir() -> Path:
    """Where a file goes for which the user names no place.

    The folder that the program was called in, as with commands; where nothing can be written there, the platform's
    folder of downloads, else the user's home.
    """
    try:
        here = Path.cwd()
    except OSError:  # it was deleted meanwhile
        here = Path(Path.home().root)
    if os.access(here, os.W_OK) and here != Path(here.root):
        return here
    downloads = Path(platformdirs.user_downloads_dir())
    return downloads if downloads.is_dir() else Path.home()


def _place(variable: str, default: str) -> Path:
    named = os.environ.get(variable)
    return Path(named).expanduser().absolute() if named else Path(default)
