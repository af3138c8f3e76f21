"""Any text or page that names papers: every arXiv id, DOI, OpenReview, Anthology or PDF link becomes an entry.

Its title is the heading, the bold, quoted or linked words, the table's cell or the reference that it evidently stands
in; the words round it are kept as a section. Several links of one paper make one entry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.digests.blocks import Block
from tui.digests.dates import date_in
from tui.digests.document import Document
from tui.digests.link_reader import Reader
from tui.digests.mentions import bare, mentions
from tui.digests.paragraphs import prose, unwrapped
from tui.digests.records import named_after
from tui.digests.statements import is_link_line, remarks
from tui.model import Entry, Issue, Remark

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
    reader = Reader(blocks)
    reader.read()
    if not reader.found:
        return ()
    return (_issue(document, blocks, reader),)


def entries(blocks: Sequence[Block]) -> tuple[Entry, ...]:
    """Return the papers that *blocks* name, which another format leaves to this one."""
    reader = Reader(blocks)
    reader.read()
    return tuple(paper.entry() for paper in reader.found)


def starts(blocks: Sequence[Block], index: int) -> bool:
    """Return whether the block at *index* never goes on with the one above: it is no prose, or is or follows links."""
    block = blocks[index]
    return block.kind not in ("text", "quote") or is_link_line(block) or (index > 0 and is_link_line(blocks[index - 1]))


def _issue(document: Document, blocks: Sequence[Block], reader: Reader) -> Issue:
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


def _warnings(reader: Reader) -> tuple[Remark, ...]:
    return remarks(reader.left, "is a row that names no paper by link or identifier")
