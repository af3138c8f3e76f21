"""What the reader wants of an export: which format, where to, which fields; and the file's name that is proposed."""

from __future__ import annotations

import contextlib
import dataclasses
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tui.desk.exporting import Format
from tui.widgets.choices import Choice

To = Literal["clipboard", "file", "into"]

DESTINATIONS: tuple[tuple[To, str, str], ...] = (
    ("clipboard", "clipboard", "c"),
    ("file", "a file", "f"),
    ("into", "into a .bib", "i"),
)
"""Where an export can go: its name, what it is called, and the key that chooses it."""

BIB = ("bibtex", "biblatex")
"""The formats that a .bib file can hold."""

ADDED = ("abstract", "keywords", "note", "isbn", "issn", "language")
"""Fields of these formats that are written only where the reader wants them."""

USUAL = ("doi", "url")
"""Fields of these formats that are written unless the reader does not want them; the settings can leave out more."""

ABSTRACT = ("abstract",)
"""The one field that can be had or left out elsewhere."""


@dataclass(frozen=True)
class Wanted:
    """Everything that the reader has chosen; ``replace`` holds keys of the file whose entries give way."""

    format: str = "bibtex"
    to: To = "clipboard"
    fields: tuple[str, ...] = ()
    path: str = ""
    replace: frozenset[str] = frozenset()

    @property
    def seen(self) -> Wanted:
        """What of it a preview depends on: the name of a file that is only written changes nothing."""
        return self if self.to == "into" else dataclasses.replace(self, to="clipboard", path="", replace=frozenset())

    def with_field(self, name: str) -> Wanted:
        """Return the same with the field *name* turned on, or off."""
        usual = name not in ADDED
        said = f"-{name}" if usual else name
        fields = [each for each in self.fields if each.lower() not in (name, f"-{name}")]
        if said not in self.fields:
            fields.append(said)
        return dataclasses.replace(self, fields=tuple(fields))

    def with_replaced(self, key: str) -> Wanted:
        """Return the same with the file's entry *key* replaced, or left as it is after all."""
        return dataclasses.replace(self, replace=self.replace ^ {key})


def formats(known: Sequence[Format], wanted: Wanted) -> list[Choice]:
    """Return the formats to choose from, by number."""
    return [
        Choice(
            each.name,
            each.label,
            str(number) if number < 10 else "",
            each.name == wanted.format,
            wanted.to == "into" and each.name not in BIB,
        )
        for number, each in enumerate(known, 1)
    ]


def destinations(wanted: Wanted) -> list[Choice]:
    """Return where it can go."""
    return [
        Choice(name, label, key, name == wanted.to, name == "into" and wanted.format not in BIB)
        for name, label, key in DESTINATIONS
    ]


def fields(wanted: Wanted) -> list[Choice]:
    """Return the fields that the format leaves to the reader."""
    off = [each[1:].lower() for each in wanted.fields if each.startswith("-")]
    usual = list(dict.fromkeys((*USUAL, *off)))
    names = [*ADDED, *(name for name in usual if name not in ADDED)] if wanted.format in BIB else ABSTRACT
    return [Choice(name, name, on=name in wanted.fields if name in ADDED else name not in off) for name in names]


def files(found: Iterable[Path], path: str) -> list[Choice]:
    """Return the .bib files that are offered, by names as short as tell them apart."""
    named: dict[str, Choice] = {}
    for each in found:
        parts = each.parts
        label = next((name for n in range(1, len(parts) + 1) if (name := "/".join(parts[-n:])) not in named), str(each))
        named[label] = Choice(str(each), label, on=short(each) == path)
    return list(named.values())


def short(path: Path) -> str:
    """Return *path* as a reader would type it: from the working folder, or from the home."""
    with contextlib.suppress(OSError, RuntimeError):  # a working folder that was removed, no home
        for root, lead in ((Path.cwd(), ""), (Path.home(), "~/")):
            if path.is_relative_to(root):
                return f"{lead}{path.relative_to(root)}"
    return str(path)


def proposed(names: Collection[str], key: str, issue: str | None, suffix: str) -> str:
    """Return the name of a file for the papers *names*: one by its *key*, others by the *issue* that has them all."""
    stem = key if len(names) == 1 else issue or "papers"
    return (re.sub(r"[^A-Za-z0-9_.+-]+", "-", stem).strip("-.")[:80] or "papers") + suffix


def with_suffix(path: str, old: str, new: str) -> str:
    """Return *path* with the suffix of another format, where it had that of the old one."""
    return path.removesuffix(old) + new if old != new and path.endswith(old) else path


def exists(path: str) -> bool:
    """Return whether there is something called *path*."""
    try:
        return Path(path).expanduser().exists()
    except (OSError, RuntimeError, ValueError):
        return False


def no_bib(path: str) -> str | None:
    """Return why *path*, which may be half typed, is no file to write entries into, or None where it is one."""
    if not path:
        return "Name the .bib file."
    if not path.lower().endswith(".bib"):
        return f"{path} does not end in .bib."
    return None
