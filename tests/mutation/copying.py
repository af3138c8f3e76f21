"""A copy of the checkout that mutmut can work in: its settings, and nothing that hides a mutant from the tests."""

from __future__ import annotations

import ast
import fnmatch
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_KEPT = frozenset(("staticmethod", "classmethod", "overload", "dataclass"))
"""Decorators that mutmut understands, or under which nothing is mutated."""


@dataclass(frozen=True)
class Target:
    """One part of the program: its files, the tests that are to notice a change, and those left out as too slow."""

    name: str
    files: tuple[str, ...]
    tests: tuple[str, ...]
    slow: tuple[str, ...]

    def holds(self, path: str) -> bool:
        """Return whether the file *path* (from the root of the checkout) is mutated."""
        return any(fnmatch.fnmatch(path, pattern) for pattern in self.files)


def undecorated(source: str) -> str:
    """Return *source* with each decorated function as a plain one, and the decorator called on the line after it.

    It does the same; but mutmut leaves decorated functions out, and half of those that matter keep their answers.
    """
    lines = source.splitlines()
    found = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and len(node.decorator_list) == 1 and not _is_kept(node.decorator_list[0])
    ]
    # From the last to the first, so that the numbers of the lines before stay right.
    for node in sorted(found, key=lambda each: -each.lineno):
        decorator = node.decorator_list[0]
        assert node.end_lineno is not None
        assert decorator.end_lineno is not None
        call = f"{' ' * node.col_offset}{node.name} = ({ast.unparse(decorator)})({node.name})"
        lines.insert(node.end_lineno, call)
        del lines[decorator.lineno - 1 : decorator.end_lineno]
    return "\n".join(lines) + "\n"


def _is_kept(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return not isinstance(called, ast.Name) or called.id in _KEPT


def make_copy(target: Target, folder: Path) -> None:
    """Bring the copy in *folder* up to date."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.decode().split("\0")):
        if not (ROOT / name).is_file():
            continue
        content = (ROOT / name).read_bytes()
        if target.holds(name):
            content = undecorated(content.decode()).encode()
        if name == "pyproject.toml":
            content += _settings(target).encode()
        if _write(folder / name, content) and name.startswith("tui/") and not target.holds(name):
            # mutmut copies a file once.
            (folder / "mutants" / name).unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> bool:
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def _settings(target: Target) -> str:
    """Return mutmut's settings for this part, as the end of a ``pyproject.toml``."""
    settings: dict[str, object] = {
        "source_paths": ["tui"],
        "only_mutate": list(target.files),
        "also_copy": ["sample_data", "README.md", "LICENSE"],
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
    return "\n".join(["", "[tool.mutmut]", *lines, ""])
