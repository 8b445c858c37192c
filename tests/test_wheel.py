"""What `make test` tests is the built wheel, and the wheel is whole.

`make test` says so by a variable; without it these tests have nothing to look at.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from email.parser import HeaderParser
from importlib import metadata
from pathlib import Path, PurePosixPath

import pytest
from packaging.metadata import Metadata

import pmrehearse
from pmrehearse import places

ROOT = Path(__file__).parents[1]
SOURCE_FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("pmrehearse", "scenarios")
    for path in (ROOT / folder).rglob("*")
    if path.is_file() and "__pycache__" not in path.parts
)

pytestmark = pytest.mark.skipif(
    os.environ.get("PMREHEARSE_TESTED") != "wheel", reason="the source tree is tested; `make test` tests the wheel"
)


@pytest.fixture
def wheel() -> zipfile.ZipFile:
    """The wheel in dist/, of which there is one."""
    (path,) = (ROOT / "dist").glob("*.whl")
    return zipfile.ZipFile(path)


def test_the_package_that_is_tested_is_the_installed_one() -> None:
    """In this process and in those that tests start by the module's name, from this folder too."""
    installed = Path(sysconfig.get_path("purelib")) / "pmrehearse"
    where = (
        "import json, pmrehearse, pmrehearse.audio as audio; print(json.dumps([*pmrehearse.__path__, *audio.__path__]))"
    )
    done = subprocess.run([sys.executable, "-c", where], stdout=subprocess.PIPE, cwd=ROOT, check=True)
    assert list(pmrehearse.__path__) == [str(installed)]
    assert json.loads(done.stdout) == [str(installed), str(installed / "audio")]
    assert places.checkout_dir() is None


def test_what_is_installed_is_this_tree() -> None:
    """Every file of the package is byte for byte the one that stands here: no stale wheel is tested."""
    installed = Path(sysconfig.get_path("purelib")) / "pmrehearse"
    different = [
        name for name in SOURCE_FILES if (installed / in_package(name)).read_bytes() != (ROOT / name).read_bytes()
    ]
    assert different == []


def in_package(name: str) -> str:
    """Where a file of the tree stands inside the package."""
    return name.removeprefix("pmrehearse/")


def test_the_wheel_holds_the_package_the_scenarios_the_demo_and_the_judge(wheel: zipfile.ZipFile) -> None:
    """All of them, and nothing else but what describes it."""
    held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert held == {f"pmrehearse/{in_package(name)}" for name in SOURCE_FILES}
    assert held >= {
        "pmrehearse/scenarios/writer/three-phase-lens.toml",
        "pmrehearse/demo/strong.ogg",
        "pmrehearse/demo/demo-voice.pt.xz",
        "pmrehearse/judging/judge.onnx",
        "pmrehearse/py.typed",
    }


def test_the_sdist_holds_what_the_tests_need() -> None:
    """Sources, tests, tools, benchmarks and pages; no take of anybody's."""
    (path,) = (ROOT / "dist").glob("*.tar.gz")
    with tarfile.open(path) as sdist:
        parts = [PurePosixPath(name).parts[1:] for name in sdist.getnames()]
    assert {part[0] for part in parts} >= {
        "benchmarks",
        "docs",
        "pmrehearse",
        "scenarios",
        "tests",
        "tools",
        "Makefile",
    }
    assert [part for part in parts if part[0] == "recordings"] == [("recordings", "README.md")]


def test_the_metadata_is_right(wheel: zipfile.ZipFile) -> None:
    """As the standard wants it, with the version of the package, the page for readers and both licences."""
    (name,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    told = Metadata.from_email(wheel.read(name))
    assert str(told.version) == pmrehearse.__version__ == metadata.version("pmrehearse")
    assert told.description == (ROOT / "README.md").read_text(encoding="utf-8")
    assert told.description_content_type == "text/markdown"
    assert (told.license_expression, told.license_files) == (
        "MIT AND Apache-2.0",
        ["LICENSE", "pmrehearse/judging/LICENSE-judge.txt"],
    )
    assert HeaderParser().parsestr(wheel.read(name.replace("METADATA", "WHEEL")).decode())["Tag"] == "py3-none-any"


def test_the_command_is_installed() -> None:
    """`pmrehearse` stands beside the interpreter and tells the package's version."""
    command = Path(sysconfig.get_path("scripts")) / "pmrehearse"
    done = subprocess.run([command, "--version"], stdout=subprocess.PIPE, text=True, check=True)
    assert done.stdout == f"pmrehearse {pmrehearse.__version__}\n"
