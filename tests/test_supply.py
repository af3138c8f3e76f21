"""What paperrack is built on: why each dependency is there stands in the README, and its licence allows it."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import metadata, requires
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

ALLOWED = ("MIT", "BSD-2-Clause", "BSD-3-Clause", "BSD License", "Apache-2.0", "MPL-2.0", "PSF-2.0")
"""Licences whose code a program under MIT may be installed with; those of MPL-2.0 stay files of their own."""

_NAMES = {
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "Apache Software License": "Apache-2.0",
}


def direct() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [re.split(r"[<>=\[; ]", line)[0] for line in project["dependencies"]]


def installed() -> Iterator[str]:
    """Yield the names of all that an installation for readers brings along."""
    waiting, seen = direct(), set[str]()
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name not in seen:
            seen.add(name)
            yield name
            # Extras that nobody asked for are not brought; what is for another Python or system may not be here.
            wanted = [line for line in requires(name) or () if "extra ==" not in line and "python_version" not in line]
            waiting += [re.split(r"[^A-Za-z0-9._-]", line)[0] for line in wanted if "sys_platform" not in line]


def licence(name: str) -> str:
    told = metadata(name)
    if expression := told.get("License-Expression"):
        return expression
    classified = [each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or () if each.startswith("License")]
    words = classified[0] if classified else str(told.get("License", "")).splitlines()[0]
    return _NAMES.get(words, words)


@pytest.mark.parametrize("name", sorted(installed()))
def test_every_licence_is_one_that_goes_with_ours(name: str) -> None:
    assert licence(name) in ALLOWED, f"{name}: {licence(name)}"


def test_the_readme_says_why_each_dependency_is_there() -> None:
    table = (ROOT / "README.md").read_text("utf-8").split("<!-- dependencies:")[1].split("\n\n")[0]
    named = re.findall(r"`([^`]+)`", "\n".join(line.split("|")[1] for line in table.splitlines()[3:]))
    assert sorted(named) == sorted(direct())


def test_every_dependency_is_bounded_from_above() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert [line for line in lines if not re.search(r"<\d|==", line)] == []


TALKERS = {"socket", "ssl", "http.client", "http.server", "urllib.request", "ftplib", "smtplib", "imaplib", "poplib"}
"""What could reach a network without the door."""


def test_nothing_but_the_door_can_speak_to_a_network() -> None:
    found = set()
    for path in sorted((ROOT / "tui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
            if TALKERS & set(names):
                found.add("/".join(path.relative_to(ROOT / "tui").parts[:2]))
    # The clipboard asks whether the display's own socket is there before it starts a program for it.
    assert found == {"providers/web", "clipboard/system.py"}
