"""The ``.bib`` files that a TeX project names, by BibTeX's and biblatex's commands."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

MAX_FILES = 200
MAX_BYTES = 2_000_000
MAX_NAMES = 2_000
MAX_FOUND = 50
"""Sources that are read, bytes of each, names in the folder that are looked at, and files that are returned."""

_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*+)%[^\n]*+")
_NAMED = re.compile(
    r"\\(bibliography|nobibliography|addbibresource|addglobalbib|addsectionbib)\*?\s*+(?:\[([^\]]{0,200})\]\s*+)?"
    r"\{([^{}]{1,2000})\}"
)
_INPUT = re.compile(r"\\(?:input|include|subfile)\s*+\{([^{}\\#\n]{1,300})\}")
_MAIN = re.compile(r"\\document(?:class|style)\b")


def find_project(folder: Path) -> tuple[Path, ...]:
    r"""Return the files that ``\bibliography`` and ``\addbibresource`` name in the TeX sources of *folder*.

    Those of the main document come first, each once. Files that exist are returned; where none does, those that could
    be made. Sources are read in *folder* and where ``\input`` and ``\include`` lead within it, and nowhere else.
    """
    try:
        root = folder.resolve()
        texts = _sources(root)
    except (OSError, RuntimeError, ValueError):
        return ()
    main = sorted(texts, key=lambda path: (not _MAIN.search(texts[path]), path.stem != "main", str(path)))
    named = dict.fromkeys(found for path in main for found in _bibliographies(texts[path], path, root))
    there = [path for path in named if _is_file(path)]
    return tuple(there or named)[:MAX_FOUND]


def _sources(root: Path) -> dict[Path, str]:
    """Return the TeX sources without their comments."""
    with os.scandir(root) as listed:
        names = [entry.name for _, entry in zip(range(MAX_NAMES), listed, strict=False)]
    waiting = [root / name for name in sorted(names, reverse=True) if name.lower().endswith((".tex", ".ltx"))]
    texts: dict[Path, str] = {}
    while waiting and len(texts) < MAX_FILES:
        path = waiting.pop()
        if path in texts or (text := _text(path)) is None:
            continue
        texts[path] = text
        waiting += reversed([found for found in _inputs(text, root) if found not in texts])
    return texts


def _text(path: Path) -> str | None:
    try:
        if not _is_file(path):
            return None
        with path.open("rb") as file:
            return _COMMENT.sub(r"\1", file.read(MAX_BYTES).decode("utf-8", "replace"))
    except OSError:
        return None


def _inputs(text: str, root: Path) -> Iterator[Path]:
    """Yield the files within *root* that *text* takes in."""
    for match in _INPUT.finditer(text):
        name = match[1].strip()
        path = Path(os.path.realpath(root / (name if name.lower().endswith((".tex", ".ltx")) else name + ".tex")))
        if path.is_relative_to(root):
            yield path


def _bibliographies(text: str, source: Path, root: Path) -> Iterator[Path]:
    for match in _NAMED.finditer(text):
        command, options, value = match[1], match[2] or "", match[3]
        if "remote" in options:
            continue
        names = value.split(",") if command.endswith("bibliography") else [value]
        for name in names:
            name = " ".join(name.split()).strip('"').replace(r"\jobname", source.stem)
            # A path that TeX would make of commands is known to TeX alone; an address is no file.
            if not name or re.search(r"[\\#~$\x00]|://", name):
                continue
            path = Path(os.path.normpath(root / name))
            # "." and ".." are folders, and what they would be called with a suffix is in neither.
            if name.rpartition("/")[2] in ("", ".", ".."):
                continue
            yield path if path.suffix.lower() == ".bib" else path.with_name(path.name + ".bib")


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False
