"""Any text or page that names papers: every arXiv id, DOI, OpenReview, Anthology or PDF link becomes an entry.

Its title is the heading, the bold, quoted or linked words, the table's cell or the reference that it evidently stands
in; the words round it are kept as a section. Several links of one paper make one entry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.digests import fields, tables
from tui.digests.blocks import Block
from tui.digests.bylines import is_byline, is_name, names_at
from tui.digests.dates import date_in
from tui.digests.document import Document
from tui.digests.findings import UNHEADED, Finding
from tui.digests.mentions import Mention, bare, linked_title, mentions, reference_title
from tui.digests.naming import after_by, after_title, line_above, said_of, title_of
from tui.digests.paragraphs import prose, unwrapped
from tui.digests.records import named_after
from tui.digests.statements import is_code_line, is_link_line, remarks
from tui.identifiers import same_address
from tui.model import Entry, Issue, Remark, Section
from tui.text import clean

NAME = "links"
LABEL = "Text that names papers"


_NAMES = re.compile(r"://|arxiv|10\.\d|anthology", re.IGNORECASE)


def recognises(document: Document) -> bool:
    """Return whether the text names a paper by address or identifier."""
    if not _NAMES.search(document.flat):
        return False
    return any(mentions(block) for block in document.blocks if not block.furniture)


def parse(document: Document) -> tuple[Issue, ...]:
    """Return one issue with the papers in the order in which they are first named, or nothing."""
    if not _NAMES.search(document.flat):
        return ()
    blocks = [block for block in document.blocks if not block.furniture or block.kind == "rule"]
    if document.markup == "text":
        blocks = list(unwrapped(blocks, lambda index: starts(blocks, index)))
    reader = _Reader(blocks)
    reader.read()
    if not reader.found:
        return ()
    return (_issue(document, blocks, reader),)


def entries(blocks: Sequence[Block]) -> tuple[Entry, ...]:
    """Return the papers that *blocks* name, which another format leaves to this one."""
    reader = _Reader(blocks)
    reader.read()
    return tuple(paper.entry() for paper in reader.found)


def starts(blocks: Sequence[Block], index: int) -> bool:
    """Return whether the block at *index* never goes on with the one above: it is no prose, or is or follows links."""
    block = blocks[index]
    return block.kind not in ("text", "quote") or is_link_line(block) or (index > 0 and is_link_line(blocks[index - 1]))


_UNITS = ("item", "numbered", "row", "heading")
"""Blocks that speak of one paper each."""


class _Reader:
    """Goes through the blocks once and gathers papers."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = [block for block in blocks if block.kind != "rule"]
        self.all = blocks
        self.found: list[Finding] = []
        self.left: list[Block] = []
        self._known: dict[str, Finding] = {}
        self._heading: Block | None = None
        self._head: dict[str, int] | None = None
        self._current: Finding | None = None

    def read(self) -> None:
        inside: dict[int, int] = {}
        for start, end in fields.records(self.all):
            inside[start] = end
        skip = -1
        at = -1
        for index, block in enumerate(self.all):
            at += block.kind != "rule"
            if index < skip:
                continue
            if index in inside:
                skip = inside[index]
                self._keep_entry(fields.entry(self.all[index:skip]))
            elif block.kind != "rule":
                self._block(block, at)

    def _keep_entry(self, entry: Entry) -> None:
        found = Finding(entry.title, entry.line, whole=entry)
        if entry.identifiers or entry.title:
            self.found.append(found)
            for scheme, value in entry.identifiers.items():
                self._known.setdefault(f"{scheme}:{value}", found)

    def _block(self, block: Block, index: int) -> None:
        if block.kind == "heading":
            self._heading, self._head, self._current = block, None, None
        elif block.kind == "row" and (head := tables.columns(block)):
            self._head = head
            return
        elif block.kind != "row":
            self._head = None
        named = mentions(block)
        if named:
            self._unit(block, index, named)
        elif self._current and self._current.title and (block.kind != "row"):
            self._beside(block)
        elif block.kind == "row" and self._head:
            self.left.append(block)

    def _beside(self, block: Block) -> None:
        """Keep words and links that stand under a paper's own heading or below its title line."""
        current = self._current
        headed = bool(current and self._heading and current.line == self._heading.line)
        if current is None or not (headed or is_link_line(block) or is_code_line(block)):
            # Other words end what belongs to the paper above.
            self._current = None
            return
        for url, words in block.addresses:
            current.link(url, words)
        if headed and not is_link_line(block):
            current.said += ["\n\n" if block.gap else "\n", clean(block.text)]

    def _unit(self, block: Block, index: int, named: Sequence[Mention]) -> None:
        """Make papers of one line, item, row or paragraph that names some."""
        if is_link_line(block) and self._current and self._current.title and self._is_more(block, index, named):
            for mention in named:
                self._current.add(mention)
            self._beside(block)
            return
        title, row, source = title_of(self.blocks, index, named, self._head)
        first: Finding | None = None
        tied = bool(title) or block.kind in _UNITS
        for mention in named:
            own = linked_title(mention)
            renamed = bool(own and own != title and first and first.title != own)
            if first is None or renamed or self._differs(first, mention, tied):
                found = self._paper(mention, (title if first is None else None) or own, block)
                first = first if first and title else found
                self._describe(found, source if found is first else block, title if found is first else own, row)
            else:
                first.add(mention)
                self._known.setdefault(mention.key, first)
        if first and not first.byline and index >= 2 and source is self.blocks[index - 2]:
            # The authors stand between the title and its links.
            first.byline = self.blocks[index - 1].plain
        self._others(block, named)
        self._current = first

    def _is_more(self, block: Block, index: int, named: Sequence[Mention]) -> bool:
        """Return whether a line of links goes on about the paper that the line above it names."""
        current = self._current
        if current is None or any(self._known.get(mention.key, current) is not current for mention in named):
            return False
        schemes = {mention.scheme for mention in named if mention.scheme}
        return not schemes & current.identifiers.keys() and not line_above(self.blocks, index)

    def _differs(self, found: Finding, mention: Mention, tied: bool) -> bool:
        """Return whether *mention* is of another paper than *found*: it has another identifier of a scheme that is
        known, or in running words neither title nor item has *tied* its identifier to the other one."""
        if not mention.scheme:
            return False
        known = found.identifiers.get(mention.scheme)
        return known != mention.value if known else not tied and bool(found.identifiers)

    def _paper(self, mention: Mention, title: str | None, block: Block) -> Finding:
        found = self._known.get(mention.key)
        if found is None:
            found = Finding(title, block.line)
            self.found.append(found)
        elif title and not found.title:
            found.title = title
        found.add(mention)
        self._known.setdefault(mention.key, found)
        return found

    def _others(self, block: Block, named: Sequence[Mention]) -> None:
        """Give addresses of code, data and the like to the paper named last before them."""
        own = {same_address(mention.url) for mention in named if mention.url}
        for url, words in block.addresses:
            if same_address(url) not in own:
                at = block.text.find(url)
                places = [each for each in block.links if each.url == url]
                at = places[0].start if places else at
                before = [mention for mention in named if mention.start <= at] or named[:1]
                self._known[before[-1].key].link(url, words)

    def _describe(self, found: Finding, block: Block, title: str | None, row: tables.Cells | None) -> None:
        """Keep what the block says of the paper besides its title: authors, year, and the words themselves."""
        if row is not None:
            found.byline = found.byline or tables.cell(block, row, "authors")
            found.date = found.date or date_in(tables.cell(block, row, "date"))
            found.venue = found.venue or tables.cell(block, row, "venue") or None
            found.abstract = found.abstract or tables.cell(block, row, "abstract") or None
        after = after_title(block, title)
        if after and not found.year:
            found.year = int(after[1])
            said = is_byline(after[2]) or "et al" in after[2] or is_name(after[2])
            found.byline = found.byline or (after[2] if said else "")
        elif title and not after and not found.byline and (reference := reference_title(block.text)):
            found.byline = reference[0][0]
        elif title and not after and not found.byline and (by := after_by(block, title)):
            found.authors = names_at(by)
        if block.kind == "heading" or is_link_line(block) or (row is not None and "abstract" in row):
            return
        words = said_of(block, title, row, after if after and found.byline == after[2] else None)
        if len(words.split()) > 3 and words != title:
            heading = self._heading.plain if self._heading else UNHEADED
            found.sections.append(Section(heading or UNHEADED, words))


def _issue(document: Document, blocks: Sequence[Block], reader: _Reader) -> Issue:
    papers = {paper.title for paper in reader.found}
    heads = [
        block for block in blocks if block.kind == "heading" and bare(block.text) not in papers and not mentions(block)
    ]
    title = document.head.title or (heads[0].plain if heads and heads[0].line <= reader.found[0].line else None)
    title = title or next((b.text[8:].strip() for b in blocks[:40] if b.text.startswith("Subject:")), None)
    first = reader.found[0].line
    opening = [b for b in blocks if b.line < first and b.kind == "text" and len(b.text) > 60 and not mentions(b)]
    return Issue(
        id="",
        title=title or named_after(document),
        entries=tuple(paper.entry() for paper in reader.found),
        format=NAME,
        date=document.head.date or date_in(title or ""),
        introduction=prose([block for block in opening[:5] if not block.text.startswith("<!--")]) or None,
        address=document.address or document.head.address,
        source=document.source,
        text=document.flat,
        warnings=_warnings(reader),
    )


def _warnings(reader: _Reader) -> tuple[Remark, ...]:
    return remarks(reader.left, "is a row that names no paper by link or identifier")
