"""The lines of a newsletter: which are titles, links and section headings, as far as the lines round them tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.digests.blocks import Block
from tui.digests.bylines import is_byline, split_names
from tui.digests.dates import is_date
from tui.digests.document import Document
from tui.digests.labels import labels
from tui.digests.paragraphs import begins_sentence, gaps_tell, unwrapped
from tui.digests.statements import is_label, is_link_line
from tui.identifiers import relation

_BY = re.compile(r"^(?:authors?|by)\s?:?\s+", re.IGNORECASE)
_SENTENCES = re.compile(r"[a-z]{3}[.!?] [A-Z][a-z]+ [a-z]")


class Lines:
    """The blocks of a document with their section headings, and which of them are titles."""

    def __init__(self, document: Document) -> None:
        blocks = [block for block in document.blocks if not block.furniture and block.kind != "image"]
        self.trust = document.markup == "html" or gaps_tell(blocks)
        if document.markup == "text":
            self._read(blocks)
            blocks = list(unwrapped(blocks, self._starts))
        self._read(blocks)
        self.titles = [index for index in range(len(blocks)) if self._is_title(index)]
        self._titled = frozenset(self.titles)
        self._first_heading = next((index for index, each in enumerate(blocks) if each.kind == "heading"), len(blocks))

    def _read(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.links = {index for index, block in enumerate(blocks) if is_link_line(block)}
        self.labels = {index: label for index, label in labels(blocks).items() if index not in self.links}
        self.levels = {
            block.level
            for index, block in enumerate(blocks)
            if block.kind == "heading" and index not in self.labels and self._leads(index)
        }

    def _starts(self, index: int) -> bool:
        if index in self.labels or index in self.links or index - 1 in self.links or self.blocks[index].kind != "text":
            return True
        # A title may take up to three lines.
        titled = begins_sentence(self.blocks, index) and any(self._leads(place) for place in range(index, index + 3))
        if titled and not (self.trust and not self.blocks[index].gap):
            ends = next(place for place in range(index, index + 3) if self._leads(place))
            return all(self._titular(place) for place in range(index, ends + 1))
        return is_date(self.blocks[index].text)

    def _leads(self, index: int) -> bool:
        """Return whether a paper's links, or its first section, or its authors and then those, follow at once."""
        following = index + 1
        if following < len(self.blocks) and self.is_authors(following):
            following += 1
        label = self.labels.get(following)
        return following in self.links or (label is not None and label.sort != "other")

    def is_authors(self, index: int) -> bool:
        """Return whether the block is a list of two authors or more."""
        block = self.blocks[index]
        if block.kind == "heading" or len(block.text) >= 2000 or index in self.labels or index in self.links:
            return False
        words = unlabelled(block.plain)
        if not is_byline(words):
            return False
        names, more = split_names(words)
        return len(names) + more > 1

    def _titular(self, index: int) -> bool:
        """Return whether the block's words can be a title's."""
        block = self.blocks[index]
        if index in self.labels or index in self.links or block.kind in ("rule", "row"):
            return False
        text = block.plain
        if len(text) > 300 or self.is_authors(index):
            return False
        if len(text) <= 2 or text.endswith((":", ",", ";")) or is_date(text) or is_label(text):
            return False
        sentence = text.endswith(".") and not text.endswith("...") and index + 1 not in self.links
        return not sentence and not _SENTENCES.search(text)

    def _is_title(self, index: int) -> bool:
        block = self.blocks[index]
        if not self._titular(index):
            return False
        if block.kind == "heading" and self.levels:
            return block.level in self.levels
        if self.levels and any(each.kind == "heading" for each in self.blocks[max(0, index - 2) : index]):
            return self._leads(index) and self._section_before(index)
        if self._leads(index):
            return self._section_before(index)
        return _is_linked_title(block)

    def is_group(self, index: int) -> bool:
        """Return whether the block is a heading over several papers' titles, and not the issue's own."""
        block = self.blocks[index]
        if block.kind != "heading" or index in self.labels or index in self._titled:
            return False
        return index > self._first_heading and block.level < max(self.levels, default=0)

    def before(self) -> list[Block]:
        """Return what stands before the first paper and the headings over papers."""
        return [block for index, block in enumerate(self.blocks[: self.titles[0]]) if not self.is_group(index)]

    def _section_before(self, index: int) -> bool:
        """Return whether the line is no short paragraph of a section whose paper goes on below it."""
        label = self.labels.get(index + 1)
        return (
            label is None
            or label.sort != "why"
            or not self._in_what(index)
            or not self.blocks[index].plain.endswith(("!", "?"))
        )

    def _in_what(self, index: int) -> bool:
        above = [self.labels[place].sort for place in range(max(0, index - 6), index) if place in self.labels]
        return above[-1:] == ["what"]


def unlabelled(text: str) -> str:
    """Return a line of authors without the word that announces them."""
    return _BY.sub("", text)


def _is_linked_title(block: Block) -> bool:
    """Return whether *block* is a title that is itself the link to its paper."""
    if len(block.links) != 1 or block.kind == "item":
        return False
    anchor = block.links[0]
    whole = anchor.end - anchor.start >= 0.8 * len(block.text.strip("*_ "))
    return whole and len(anchor.label.split()) >= 3 and relation(anchor.url) in ("paper", "pdf")
