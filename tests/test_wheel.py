"""What a reader gets who installs the wheel: the whole package, the demo's samples, and nothing besides."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# What pip says where no package index is in reach; anything else that goes wrong is ours.
NO_INDEX = (
    "No matching distribution found for hatchling",
    "Could not find a version that satisfies",
    "ConnectionError",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """The wheel of this checkout, as pip builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "--wheel-dir", str(folder), str(ROOT)]
    try:
        done = subprocess.run(build, capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        pytest.skip("pip found no build backend within five minutes")
    if done.returncode and any(words in done.stderr for words in NO_INDEX):
        pytest.skip("no package index in reach: the wheel's build backend cannot be had")
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as opened:
        yield opened


def _files(folder: Path) -> list[Path]:
    """The folder's files that belong to the project: no caches, nothing hidden."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in path.relative_to(ROOT).parts)
    ]


def test_every_sample_is_in_the_wheel_byte_for_byte(wheel: zipfile.ZipFile) -> None:
    samples = _files(ROOT / "sample_data")
    assert samples
    for sample in samples:
        assert wheel.read(f"tui/{sample.relative_to(ROOT).as_posix()}") == sample.read_bytes()
    # It keeps the demo from reading its recorded answers as digests.
    assert "tui/sample_data/answers/.nodigests" in wheel.namelist()


def test_every_module_and_style_sheet_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    ours = {path.relative_to(ROOT).as_posix() for path in _files(ROOT / "tui")}
    assert {"tui/app.tcss", "tui/later.tcss", "tui/__main__.py", "tui/clipboard/child.py"} <= ours
    assert ours <= set(wheel.namelist())


def test_nothing_else_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top.rpartition(".")[2] for top in tops} == {"tui", "data", "dist-info"}
    (manual,) = (name for name in wheel.namelist() if ".data/" in name)
    assert manual.endswith(".data/data/share/man/man1/paperrack.1")
    assert not [name for name in wheel.namelist() if "__pycache__" in name or name.endswith(".pyc")]


def test_the_wheel_states_the_bounds_and_the_command_of_the_project(wheel: zipfile.ZipFile) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (described,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    metadata = Parser().parsestr(wheel.read(described).decode())
    needed = [each for each in metadata.get_all("Requires-Dist") or () if "extra ==" not in each]
    assert len(needed) == len(project["dependencies"])
    assert all("<" in each for each in needed), "every dependency is bounded from above"
    (entries,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "paperrack = tui.__main__:main" in wheel.read(entries).decode()
