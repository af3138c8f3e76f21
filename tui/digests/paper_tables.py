"""Tables of papers by topic, as repositories print them day by day: a head that names the columns, a row a paper.

Every heading above a table is a category of its papers. What a column holds is told by its name (see
:mod:`tui.digests.tables`); a column of another name is kept as a section under that name.
"""

from __future__ import annotations

import re

from tui.digests import links, weekly
from tui.digests.blocks import Block
from tui.digests.document import Document
from tui.digests.headings import Headings, heading_words, is_navigation, issue_date, series_of, title_heading
from tui.digests.mentions import mentions
from tui.digests.paragraphs import prose
from tui.digests.records import named_after
from tui.digests.statements import is_sign_off, remarks
from tui.digests.table_rows import Head, entry, head_of
from tui.model import Entry, Issue

NAME = "tables"
LABEL = "Tables of papers"


def recognises(document: Document) -> bool:
    """Return whether most of what names papers here stands in tables whose heads name a column of titles."""
    if "|" not in document.flat:
        return False
    inside = outside = columns = 0
    headed = False
    for block in document.blocks:
        if block.kind != "row":
            headed = headed and block.kind == "rule"
            outside += not block.furniture and bool(mentions(block))
        elif found := head_of(block):
            headed, columns = True, max(columns, len(found.names))
        else:
            inside += headed and bool(mentions(block))
    return inside > outside and (inside > 1 or columns > 2) and not weekly.recognises(document)


def parse(document: Document) -> tuple[Issue, ...]:
    """Return one issue with the rows of all tables, in order."""
    blocks = [block for block in document.blocks if not block.furniture or block.kind == "rule"]
    reader = _Reader(title_heading(blocks))
    for place, block in enumerate(blocks):
        reader.read(block, blocks[place + 1] if place + 1 < len(blocks) else None)
    return (_issue(document, reader),) if reader.entries else ()


class _Reader:
    """Goes through the blocks once and gathers rows."""

    def __init__(self, title: Block | None) -> None:
        self.title = title
        self.entries: list[Entry] = []
        self.above: list[Block] = []
        self.rows_left: list[Block] = []
        self.left: list[Block] = []
        self.runs: list[list[Block]] = [[]]
        """What stands outside of tables: blocks that follow each other, without a heading or a row between them."""
        self._headings = Headings(title)
        self._head: Head | None = None

    def read(self, block: Block, below: Block | None) -> None:
        """Take in *block*; *below* tells whether it is the head of a table."""
        if block.kind == "rule":
            return
        if block.kind in ("row", "heading") and self.runs[-1]:
            self.runs.append([])
        if block.kind == "row":
            self._row(block, below)
            return
        self._head = None
        if block.kind == "heading":
            self._headings.enter(block)
        elif not is_navigation(block):
            (self.left if self.entries else self.above).append(block)
            # When the tables were made is the title of no link below it.
            self.runs[-1] += [] if _says_when(block) and not mentions(block) else [block]

    def outside(self) -> list[Entry]:
        """Return the papers that are named outside of tables, each once."""
        found: list[Entry] = []
        known: set[tuple[str, str]] = set()
        for each in (paper for run in self.runs for paper in links.entries(run)):
            if not known & set(each.identifiers.items()):
                found.append(each)
                known.update(each.identifiers.items())
        return found

    def _row(self, block: Block, below: Block | None) -> None:
        found = head_of(block)
        if found or (below is not None and below.kind == "rule" and not below.gap):
            self._head = found
            return
        made = entry(block, self._head, self._headings.path)
        if made:
            self.entries.append(made)
        elif re.search(r"\w", block.text):
            self.rows_left.append(block)


def _issue(document: Document, reader: _Reader) -> Issue:
    title = document.head.title or (heading_words(reader.title) if reader.title else None)
    day = issue_date(document, reader.title, reader.above)
    opening = [block for block in reader.above if _is_prose(block) and not mentions(block)]
    outside = reader.outside()
    taken = {entry.line for entry in outside}
    others = [b for b in reader.above if b not in opening and b.line not in taken and not _says_when(b)]
    left = [block for block in reader.left if block.line not in taken and not is_sign_off(block)]
    return Issue(
        id="",
        title=title or named_after(document),
        entries=tuple(sorted([*outside, *reader.entries], key=lambda entry: entry.line)),
        format=NAME,
        series=series_of(title) if title else None,
        date=day,
        introduction=prose(opening) or None,
        address=document.address or document.head.address,
        source=document.source,
        text=document.flat,
        warnings=remarks(others, "stands before the first table")
        + remarks(reader.rows_left, "is a row that names no paper")
        + remarks(left, "stands between the tables"),
    )


def _is_prose(block: Block) -> bool:
    return block.kind in ("text", "quote") and (len(block.text) > 60 or bool(re.search(r"\w{3}[.!?]$", block.text)))


def _says_when(block: Block) -> bool:
    return len(block.text) < 80 and bool(issue_date(None, None, [block]))
