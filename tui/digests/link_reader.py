"""Goes through any text once and gathers the papers that it names, with what evidently belongs to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tui.digests import fields, tables
from tui.digests.blocks import Block
from tui.digests.bylines import is_byline, is_name, names_at
from tui.digests.crowds import parted
from tui.digests.dates import date_in
from tui.digests.findings import UNHEADED, Finding
from tui.digests.mentions import Mention, linked_title, mentions, reference_title, year_of
from tui.digests.naming import after_by, after_title, line_above, said_of, sentences_of, title_of
from tui.digests.statements import is_code_line, is_label, is_labelled, is_link_line
from tui.identifiers import same_address
from tui.model import Entry, Section
from tui.text import clean

_UNITS = ("item", "numbered", "row", "heading")
"""Blocks that speak of one paper each."""


_ITEMS = ("item", "numbered")


class Reader:
    """Goes through the blocks once and gathers papers."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.all = list(parted(blocks))
        self.blocks = [block for block in self.all if block.kind != "rule"]
        self.found: list[Finding] = []
        self.left: list[Block] = []
        self._known: dict[str, Finding] = {}
        self._heading: Block | None = None
        self._head: dict[str, int] | None = None
        self._current: Finding | None = None
        self._above: Block | None = None
        """The block that named the current paper last."""

    def read(self) -> None:
        """Gather the papers of all blocks."""
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
            self._above = block
            self._beside(block)
            return
        title, row, source = title_of(self.blocks, index, named, self._head)
        first: Finding | None = None
        tied = bool(title) or block.kind in _UNITS
        shared = False
        for mention in named:
            own = linked_title(mention)
            renamed = bool(own and own != title and first and first.title != own)
            version = bool(title) and block.kind in _UNITS and _is_version(mention, named)
            if first is None or renamed or (not version and self._differs(first, mention, tied)):
                found = self._paper(mention, (title if first is None else None) or own, block)
                first = first if first and title else found
                shared = shared or (first is not found and block.kind in ("text", "quote"))
                self._describe(found, source if found is first else block, title if found is first else own, row)
            else:
                first.add(mention)
                self._known.setdefault(mention.key, first)
        if first and not first.byline and index >= 2 and source is self.blocks[index - 2]:
            # The authors stand between the title and its links.
            first.byline = self.blocks[index - 1].plain
        if shared:
            self._share(block, named)
        self._others(block, named)
        self._current, self._above = first, block

    def _share(self, block: Block, named: Sequence[Mention]) -> None:
        """Give each paper of a paragraph that speaks of several its own sentences in place of the whole."""
        papers = {id(found): found for mention in named if (found := self._known.get(mention.key))}
        for found in papers.values():
            keys = {mention.key for mention in named if self._known.get(mention.key) is found}
            words = sentences_of(block, named, keys)
            if found.sections and found.spoken == block.line:
                found.sections[-1] = replace(found.sections[-1], text=words)

    def _is_more(self, block: Block, index: int, named: Sequence[Mention]) -> bool:
        """Return whether a line of links goes on about the paper that the line above it names."""
        current = self._current
        if current is None or any(self._known.get(mention.key, current) is not current for mention in named):
            return False
        if not (is_labelled(block) or self._goes_on(current, block)):
            return False
        schemes = {mention.scheme for mention in named if mention.scheme}
        return not schemes & current.identifiers.keys() and not line_above(self.blocks, index)

    def _goes_on(self, current: Finding, block: Block) -> bool:
        """Return whether a line of bare addresses stands so that it goes on about the paper above: it is set in, or
        follows at once, or its heading is the paper's. An item and a paragraph of its own may be another paper's."""
        above = self._above
        if above is None or block.indent > above.indent:
            return above is not None
        headed = bool(self._heading and current.line == self._heading.line)
        return (headed or not block.gap) and (block.kind not in _ITEMS or above.kind not in _ITEMS)

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
            found.year = found.year or year_of(block.text)
        elif title and not after and not found.byline and (by := after_by(block, title)):
            found.authors = names_at(by)
        if block.kind == "heading" or is_link_line(block) or (row is not None and "abstract" in row):
            return
        words = said_of(block, title, row, after if after and found.byline == after[2] else None)
        if len(words.split()) > 3 and words != title:
            heading = self._heading.plain if self._heading else UNHEADED
            found.sections.append(Section(heading or UNHEADED, words))
            found.spoken = block.line


def _is_version(mention: Mention, named: Sequence[Mention]) -> bool:
    """Return whether the label of *mention* says which version of a paper it leads to: ``[pdf] [extended version]``.

    Links that are labelled alike lead to as many papers.
    """
    label = mention.label.lower()
    return is_label(label) and [each.label.lower() for each in named].count(label) == 1
