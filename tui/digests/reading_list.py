"""Lists of papers with links, in Markdown or as a page: awesome lists, reading lists, a month's highlights.

An item, or a heading that links to a paper, speaks of one paper: its title, authors, venue and year, links such as
``[pdf] [code]``, and what is said of it in the item or below it. The headings above are its categories.
"""

from __future__ import annotations

from collections.abc import Sequence

from tui.digests import links, paper_tables, weekly
from tui.digests.blocks import Block
from tui.digests.document import Document
from tui.digests.headings import Headings, category, heading_words, is_navigation, issue_date, series_of, title_heading
from tui.digests.labels import labels
from tui.digests.list_items import Unit, entries, is_unit
from tui.digests.mentions import mentions
from tui.digests.paragraphs import prose, unwrapped
from tui.digests.posts import attribution
from tui.digests.ranking_lines import counts
from tui.digests.records import named_after
from tui.digests.statements import is_sign_off, remarks
from tui.identifiers import is_at, relation, urlsplit_or_none
from tui.model import Entry, Issue

NAME = "list"
LABEL = "List of papers"

LEAST = 3
"""From how many items on a list is one beyond doubt."""

SEEN = 600
"""From how many blocks a long list is known for one: reading all of it twice would tell nothing more."""

_SITES = ("huggingface.co", "paperswithcode.com", "neurips.cc", "icml.cc", "iclr.cc", "dblp.org")


def recognises(document: Document) -> bool:
    """Return whether nearly everything that names papers here is an item of a list, or a heading, with its title."""
    if "://" not in document.flat or _is_publishers(document):
        return False
    blocks = _blocks(document)[:SEEN]
    if sum(block.kind in ("item", "numbered", "heading") for block in blocks) < LEAST:
        return False
    reader = _Reader(blocks, document)
    reader.read()
    units = sum(bool(entry.title) for entry in reader.entries)
    others = len(reader.entries) - units + sum(bool(mentions(block)) for block in reader.outside)
    if units < LEAST or units < 3 * others or any(each.sort in ("what", "why") for each in labels(blocks).values()):
        return False
    told = any(counts(block) or attribution(block) for block in blocks)
    return not (told or weekly.recognises(document) or paper_tables.recognises(document))


def parse(document: Document) -> tuple[Issue, ...]:
    """Return one issue with the papers of the list in order."""
    blocks = _blocks(document)
    reader = _Reader(blocks, document)
    reader.read()
    known = {named for entry in reader.entries for named in entry.identifiers.items()}
    others: list[Entry] = []
    for entry in [*reader.others, *links.entries(reader.outside)]:
        # What an item goes on from may be an item itself.
        if not known & set(entry.identifiers.items()):
            others.append(entry)
            known.update(entry.identifiers.items())
    found = tuple(sorted([*reader.entries, *others], key=lambda entry: entry.line))
    return (_issue(document, blocks, reader, found),) if found else ()


def _blocks(document: Document) -> list[Block]:
    blocks = [block for block in document.blocks if not block.furniture and block.text]
    blocks = [block for block in blocks if block.kind not in ("rule", "image")]
    if document.markup == "text":
        return list(unwrapped(blocks, lambda index: links.starts(blocks, index)))
    return blocks


def _is_publishers(document: Document) -> bool:
    """Return whether this is a page of a publisher or an archive: its lists are made of its own pages."""
    address = document.address or document.head.address or ""
    host = urlsplit_or_none(address) or ""
    return document.markup == "html" and (relation(address) in ("paper", "pdf") or is_at(host, *_SITES))


class _Reader:
    """Goes through the blocks once and gathers units."""

    def __init__(self, blocks: Sequence[Block], document: Document) -> None:
        self.blocks = blocks
        self.entries: list[Entry] = []
        self.others: list[Entry] = []
        self.outside: list[Block] = []
        self.left: list[Block] = []
        self.above: list[Block] = []
        self.title = title_heading(blocks)
        self._lines = document.flat.split("\n") if document.markup == "text" else []
        self._headings = Headings(self.title)

    def read(self) -> None:
        index = 0
        while index < len(self.blocks):
            block = self.blocks[index]
            if block.kind == "heading" and not is_unit(block):
                self._headings.enter(block)
            elif block.kind in ("item", "numbered", "heading"):
                index = self._item(index)
                continue
            else:
                self._other(block)
            index += 1

    def _item(self, index: int) -> int:
        """Read the unit that begins at *index*; return where the next one does."""
        first, end = self.blocks[index], self._end(index)
        within = self.blocks[index + 1 : end]
        if first.kind == "heading":
            self._headings.enter(first)
            self._keep(Unit(first, tuple(within)), self._headings.path[:-1])
            return end
        if sum(is_unit(block) and block.kind in ("item", "numbered") for block in within) > (
            0 if is_unit(first) else 1
        ):
            # The items within are papers of their own.
            end, within = index + 1, ()
        unit = Unit(first, tuple(within))
        if unit.is_paper:
            self._keep(unit, self._headings.path)
        else:
            for block in unit.blocks:
                self._other(block)
        return end

    def _keep(self, unit: Unit, categories: tuple[str, ...]) -> None:
        own, others = entries(unit, categories)
        self.entries.append(own)
        self.others += others

    def _end(self, index: int) -> int:
        """Return where what belongs to the unit at *index* ends: lines set in, or a heading's own paragraphs."""
        first = self.blocks[index]
        end = index + 1
        if first.kind == "heading":
            while end < len(self.blocks) and self.blocks[end].kind != "heading":
                if is_unit(self.blocks[end]) and self.blocks[end].kind in ("item", "numbered"):
                    break
                end += 1
            return end
        while end < len(self.blocks) and self._belongs(first, self.blocks[end]):
            end += 1
        return end

    def _belongs(self, first: Block, block: Block) -> bool:
        if block.kind in ("heading", "row"):
            return False
        if not self._lines:
            return block.kind == "item" and not block.gap
        if block.kind in ("item", "numbered") or block.gap:
            return self._indent(block) > self._indent(first)
        return True

    def _indent(self, block: Block) -> int:
        line = self._lines[block.line - 1].expandtabs(4)
        return len(line) - len(line.lstrip())

    def _other(self, block: Block) -> None:
        if is_navigation(block):
            return
        if mentions(block):
            self.outside.append(block)
        elif not self.entries:
            self.above.append(block)
        else:
            self.left.append(block)


def _issue(document: Document, blocks: Sequence[Block], reader: _Reader, found: tuple[Entry, ...]) -> Issue:
    title = (
        document.head.title or (heading_words(reader.title) if reader.title else None) or _other_heading(blocks, found)
    )
    opening = [block for block in reader.above if _is_prose(block)]
    items = [block for block in reader.above if block.kind in ("item", "numbered")]
    left = [block for block in [*items, *reader.left] if not is_sign_off(block) and not block.text.startswith("<!--")]
    return Issue(
        id="",
        title=title or named_after(document),
        entries=found,
        format=NAME,
        series=series_of(title) if title and issue_date(None, reader.title, ()) else None,
        date=issue_date(document, reader.title, reader.above),
        introduction=prose(opening) or None,
        address=document.address or document.head.address,
        source=document.source,
        text=document.flat,
        warnings=remarks(left, "names no paper"),
    )


def _other_heading(blocks: Sequence[Block], found: Sequence[Entry]) -> str | None:
    """Return the first heading above the papers that is no category of theirs."""
    used = {words for entry in found for words in entry.categories}
    above = (b for b in blocks if b.kind == "heading" and b.line < found[0].line and not mentions(b))
    return next((block.plain for block in above if category(block) not in used), None)


def _is_prose(block: Block) -> bool:
    says_when = len(block.text) < 80 and bool(issue_date(None, None, [block]))
    return block.kind in ("text", "quote") and not says_when and not block.text.startswith("<!--")
