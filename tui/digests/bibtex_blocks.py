"""A ``.bib`` file taken apart into entries with their fields' values expanded, and remarks on what is broken.

bibtexparser splits the file; nothing else of it is used, for its own reading of values leaves ``#`` unresolved and
passes over entries with a repeated key or field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tui.digests.bibtex_values import MAX_MACRO, expand, prose
from tui.digests.document import Document
from tui.errors import UnreadableError
from tui.model import Remark
from tui.text import clean

START = re.compile(r"[ \t]*@[ \t]*([A-Za-z]{1,40})[ \t]*[{(]")
"""The beginning of a block: an entry, a comment, a macro or a preamble."""

_NO_ENTRIES = ("string", "comment", "preamble")

_INHERITED = (
    "booktitle", "year", "date", "month", "publisher", "editor", "volume", "number", "organization", "journal",
)  # fmt: skip


@dataclass(frozen=True)
class Block:
    """One entry as it stands in the file, its values expanded and still TeX; ``line`` counts from 1."""

    kind: str
    key: str
    fields: Mapping[str, str]
    line: int

    def inheriting(self, parent: Block | None) -> Block:
        """Return the entry with what it lacks taken from the one that its ``crossref`` names."""
        if parent is None or parent is self:
            return self
        given = {name: parent.fields[name] for name in _INHERITED if name in parent.fields}
        if title := parent.fields.get("title"):
            given.setdefault("booktitle", title)
        return Block(self.kind, self.key, {**given, **self.fields}, self.line)

    def first(self, *names: str) -> str:
        """Return the value of the first of *names* that is not empty, as TeX."""
        return next((value for value in (self.fields.get(name, "").strip() for name in names) if value), "")

    def text(self, *names: str) -> str | None:
        """Return the value of the first of *names* that is not empty, as Unicode text."""
        return prose(self.first(*names)) or None


def split(document: Document) -> tuple[list[Block], list[Remark]]:
    """Split *document* into entries and remarks on what is broken."""
    library = _library(document)
    lines = document.text.split("\n")
    macros: dict[str, str] = {}
    found: list[Block] = []
    remarks: list[Remark] = []
    for block in library.blocks:
        line = max(block.start_line, 0) + 1
        entry, why = _repaired(block)
        if why:
            remarks.append(Remark(line, _raw(lines, line), why))
        if entry is None:
            if type(block).__name__ == "String":
                macros[str(block.key).lower()] = expand(str(block.value), macros)[:MAX_MACRO]
        elif str(entry.entry_type).strip() not in _NO_ENTRIES:
            fields: dict[str, str] = {}
            for part in entry.fields:
                # BibTeX knows no comments inside an entry, and people write them: the name is what stands last.
                name = str(part.key).rpartition("\n")[2].strip().lower()
                fields.setdefault(name, expand(str(part.value), macros))
            found.append(Block(str(entry.entry_type).strip(), str(entry.key).strip(), fields, line))
    return found, remarks


def _library(document: Document) -> Any:
    """Return bibtexparser's library of *document*, values untouched. Raises UnreadableError where it gives up."""
    import logging

    from bibtexparser.entrypoint import parse_string

    # Its warnings on stderr would tear a full-screen program.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    try:
        return parse_string(document.text, parse_stack=[])
    except Exception as error:
        # The splitter names its own defects by errors of any class; a stranger's file must not end the program.
        raise UnreadableError(
            f"{clean(document.source, 500)} cannot be read as BibTeX: {clean(str(error), 200)}."
        ) from error


def _repaired(block: Any) -> tuple[Any | None, str]:
    """Return the entry in *block*, if there is one, and what is wrong with it."""
    kind = type(block).__name__
    if kind == "Entry":
        return block, ""
    if kind == "DuplicateFieldKeyBlock":
        names = ", ".join(sorted(str(name) for name in block.duplicate_keys))
        return block.ignore_error_block, f"a field stands twice and the first is read: {names}"
    if kind == "DuplicateBlockKeyBlock":
        inner = block.ignore_error_block
        return inner if type(inner).__name__ == "Entry" else None, ""
    return None, "the entry is not closed or lacks a comma or an equals sign" if kind == "ParsingFailedBlock" else ""


def _raw(lines: list[str], line: int) -> str:
    """Return the lines of the block that begins at *line*, up to the next one, at most 30."""
    kept = lines[line - 1 : line]
    for text in lines[line : line + 29]:
        if START.match(text):
            break
        kept.append(text)
    return "\n".join(kept)[:2000]
