"""A ``.bib`` file taken apart into entries with their fields' values expanded, and remarks on what is broken.

bibtexparser splits the file; nothing else of it is used, for its own reading of values leaves ``#`` unresolved and
passes over entries with a repeated key or field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tui.digests.bibtex_values import MAX_MACRO, expand, prose
from tui.digests.document import Document
from tui.digests.unread import Unread
from tui.errors import UnreadableError
from tui.model import Remark
from tui.text import clean

START = re.compile(r"[ \t]*@[ \t]*([A-Za-z]{1,40})[ \t]*[{(]")
"""The beginning of a block: an entry, a comment, a macro or a preamble."""

MAX_REMARKS = 1000
"""More remarks on one file are counted and not kept."""

MAX_BROKEN = 10_000
"""A file with more broken entries than this, and more than whole ones, is not read to its end."""

MAX_PIECE = 250_000
"""How many characters, about, the splitter gets at a time."""

_LINE_BLOCK = re.compile(r"^(@\w{1,40}[ \t]{0,9}[{(])", re.MULTILINE)
_CLOSED_BLOCK = re.compile(r"[})]\s{0,9}(@\w{1,40}[ \t]{0,9}[{(])")
_ANY_BLOCK = re.compile(r"(?<!\\)(@\w{1,40}[ \t]{0,9}[{(])")

_ASIDES = {
    "Preamble": ("@preamble", "it is TeX of the file's own and says nothing of a paper"),
    "ExplicitComment": ("@comment", "it is a note to the file's own program"),
}
_NO_ENTRIES = ("string", "comment", "preamble")

_INHERITED = (
    "booktitle", "year", "date", "month", "publisher", "editor", "volume", "number", "organization", "journal",
    "journaltitle", "series", "address", "location", "isbn", "issn", "edition", "eventtitle", "eventdate", "venue",
    "institution", "school", "language", "langid", "volumes",
)  # fmt: skip
"""What an entry takes from the one that its ``crossref`` names; of a title more is told in :meth:`Block.inheriting`."""

_RENAMED = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
"""What a parent calls itself, and its child calls it (BibLaTeX's manual, appendix B)."""


@dataclass(frozen=True)
class Block:
    """One entry as it stands in the file, its values expanded and still TeX; ``line`` counts from 1.

    ``unknown`` are macros in it that nobody defined.
    """

    kind: str
    key: str
    fields: Mapping[str, str]
    line: int
    unknown: frozenset[str] = frozenset()

    def inheriting(self, parents: Mapping[str, Block]) -> Block:
        """Return the entry with what it lacks taken from the ones that its ``crossref`` and ``xdata`` name."""
        given: dict[str, str] = {}
        for name in self.named("xdata"):
            if (data := parents.get(name)) and data is not self:
                given = {**data.fields, **given}
        for name in self.named("crossref"):
            if (parent := parents.get(name)) and parent is not self:
                given |= {field: parent.fields[field] for field in _INHERITED if field in parent.fields}
                for theirs, ours in _RENAMED.items():
                    if theirs in parent.fields:
                        given.setdefault(ours, parent.fields[theirs])
        return Block(self.kind, self.key, {**given, **self.fields}, self.line, self.unknown) if given else self

    def named(self, field: str) -> tuple[str, ...]:
        """Return the keys, in lower case, that *field* names; ``xdata`` may name several."""
        stated = self.fields.get(field, "").lower()
        return tuple(part.strip() for part in stated[:2000].split(",") if part.strip()) if stated else ()

    def first(self, *names: str) -> str:
        """Return the value of the first of *names* that is not empty, as TeX."""
        return next((value for value in (self.fields.get(name, "").strip() for name in names) if value), "")

    def text(self, *names: str) -> str | None:
        """Return the value of the first of *names* that is not empty, as Unicode text."""
        return prose(self.first(*names)) or None


class Remarks:
    """Remarks on a file's entries, the first :data:`MAX_REMARKS` one by one and the others as one."""

    def __init__(self) -> None:
        self._kept: list[Remark] = []
        self._first_left = self._left = self._end = 0

    def add(self, line: int, text: str, why: str) -> None:
        """Keep the remark, or count it where there are too many for anybody to read."""
        if len(self._kept) < MAX_REMARKS:
            self._kept.append(Remark(line, text, why))
            return
        self._first_left = min(self._first_left or line, line)
        self._left += 1

    def end(self, line: int) -> None:
        """Say that the file is read up to *line* and no further."""
        self._end = line

    def sorted(self) -> list[Remark]:
        """Return the remarks by their lines; the last ones say how many more there are, and where reading ended."""
        kept = sorted(self._kept, key=lambda remark: remark.line)
        if self._left:
            kept.append(Remark(self._first_left, "", f"{self._left} more entries have defects, from here on"))
        if self._end:
            kept.append(Remark(self._end, "", "most entries above are broken, and the file is left from here on"))
        return kept


def split(document: Document, unread: Unread) -> tuple[list[Block], Remarks]:
    """Split *document* into entries and remarks on what is broken; what is no paper's goes to *unread*."""
    lines = document.text.split("\n")
    macros: dict[str, str] = {}
    found: list[Block] = []
    remarks = Remarks()
    broken = 0
    for above, piece in _pieces(document.text):
        if broken > max(MAX_BROKEN, len(found)):
            remarks.end(above + 1)
            break
        for block in _library(piece, document.source).blocks:
            line = above + max(block.start_line, 0) + 1
            entry, why = _repaired(block)
            if why:
                broken += entry is None
                remarks.add(line, _raw(lines, line), why)
            if entry is None:
                _aside(block, macros, line, unread)
            elif str(entry.entry_type).strip() not in _NO_ENTRIES:
                found.append(_expanded(entry, macros, line))
    return found, remarks


def _aside(block: Any, macros: dict[str, str], line: int, unread: Unread) -> None:
    """Take in a block that is no entry: a macro, or what is nobody's."""
    kind = type(block).__name__
    if kind == "String":
        # As within one piece, the first of two definitions counts.
        macros.setdefault(str(block.key).lower(), expand(str(block.value), macros)[:MAX_MACRO])
    elif kind in _ASIDES:
        what, why = _ASIDES[kind]
        unread.add(what, line, why)


def _expanded(entry: Any, macros: Mapping[str, str], line: int) -> Block:
    fields: dict[str, str] = {}
    unknown: set[str] = set()
    for part in entry.fields:
        # BibTeX knows no comments inside an entry, and people write them: the name is what stands last.
        name = str(part.key).rpartition("\n")[2].strip().lower()
        if name not in fields:
            fields[name] = expand(str(part.value), macros, unknown)
    return Block(str(entry.entry_type).strip(), str(entry.key).strip(), fields, line, frozenset(unknown))


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield *text* in pieces of whole blocks, each with the number of lines above it.

    The splitter keeps some three kilobytes for each block, an error with its traceback among them: a file of nothing
    but beginnings would fill the memory. It begins a new block at an ``@`` that begins a line, even within another.
    """
    begin = above = 0
    while begin < len(text):
        end = _cut(text, begin + MAX_PIECE)
        yield above, text[begin:end]
        above += text.count("\n", begin, end)
        begin = end


def _cut(text: str, at: int) -> int:
    """Return where the first block at or behind *at* begins; a file may stand in one line."""
    while at < len(text):
        for pattern in (_LINE_BLOCK, _CLOSED_BLOCK, _ANY_BLOCK):
            if match := pattern.search(text, at, at + MAX_PIECE):
                return match.start(1)
        at += MAX_PIECE
    return len(text)


def _library(text: str, source: str) -> Any:
    """Return bibtexparser's library of *text*, values untouched. Raises UnreadableError where it gives up."""
    import logging

    from bibtexparser.entrypoint import parse_string

    # Its warnings on stderr would tear a full-screen program.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    try:
        return parse_string(text, parse_stack=[])
    except Exception as error:
        # The splitter names its own defects by errors of any class; a stranger's file must not end the program.
        raise UnreadableError(f"{clean(source, 500)} cannot be read as BibTeX: {clean(str(error), 200)}.") from error


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
    kept = [text[:2000] for text in lines[line - 1 : line]]
    for text in lines[line : line + 29]:
        if START.match(text[:2000]):
            break
        kept.append(text[:2000])
    return "\n".join(kept)[:2000]
