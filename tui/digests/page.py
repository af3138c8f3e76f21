"""A web page as blocks, and as the plain Markdown text whose lines they count.

lxml's HTML parser reads what browsers read, broken or not. No entity is expanded from outside, nothing is fetched, and
no step here is recursive: a page is a stranger's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from tui.digests.blocks import Anchor, Block, Head, Kind
from tui.digests.page_crowded import uncrowded
from tui.digests.page_head import head_of
from tui.digests.page_lines import Lines
from tui.digests.page_tags import (
    BLOCKS,
    CONTENT,
    DROPPED,
    FURNITURE,
    HEADINGS,
    LINKED,
    PLAIN_BLOCKS,
    SITE,
    TOLD,
)
from tui.identifiers import urlsplit_or_none
from tui.text import clean

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_OPEN = 8
"""How many links round a heading are seen; more than one is a mistake of the page's."""


def flatten(text: str, address: str | None = None) -> tuple[str, Head, tuple[Block, ...]]:
    """Return a page as plain Markdown text, what it states of itself, and its blocks; ``line`` counts that text's."""
    root = _parsed(text)
    if root is None:
        return "", Head(), ()
    head = head_of(root, address)
    flattener = _Flattener(head.address or address)
    flattener.walk(root)
    return "\n".join(flattener.lines), head, tuple(flattener.blocks)


def _parsed(text: str) -> _Element | None:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        # What a recovering parser gives may be None, whatever its types say.
        return etree.fromstring(uncrowded(text.replace("\x00", "")).encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        # Nothing but comments or whitespace.
        return None


class _Flattener(Lines):
    """Walks a page once and writes its blocks and its lines; a page of 5 MB has forty thousand elements."""

    def __init__(self, address: str | None) -> None:
        super().__init__()
        self.address = address
        self._anchors: list[Anchor] = []
        self._bold: list[tuple[int, int]] = []
        # A tag, the block and the place in it where it was opened, and where it leads to.
        self._open: list[tuple[str, int, int, str]] = []
        self._flushed = 0
        self._kind: Kind = "text"
        self._level = 0
        self._quote = self._quotes = 0
        self._site = self._content = self._rows = self._pre = 0
        self._targets: dict[str, str] = {}

    def walk(self, root: _Element) -> None:
        """Write everything that *root* says."""
        from lxml import etree

        skipped: _Element | None = None
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "start":
                if self._skips(tag, element):
                    skipped = element
                    walk.skip_subtree()
                    continue
                if tag in TOLD:
                    self._start(tag, element)
                words = element.text
            else:
                if tag in TOLD and element is not skipped:
                    self._end(tag, element)
                words = element.tail
            if words:
                self._say(words)
        self._flush()

    def _skips(self, tag: str, element: _Element) -> bool:
        """Return whether nothing inside *element* is read; what stands for it is written here."""
        classes = element.get("class")
        if tag == "math" or (classes and "katex-mathml" in classes):
            tex = element.xpath(".//*[local-name()='annotation'][@encoding='application/x-tex']/text()")
            self._say(
                f"${str(tex[0]).strip()}$" if isinstance(tex, list) and tex else "".join(map(str, element.itertext()))
            )
            return True
        if tag == "script" and (element.get("type") or "").startswith("math/tex"):
            self._say(f"${(element.text or '').strip()}$")
        return tag in DROPPED or (classes and "katex-html" in classes) or element.get("hidden") is not None

    def _start(self, tag: str, element: _Element) -> None:
        if tag in BLOCKS:
            if self._pieces:
                self._flush()
            self._gap = True
            if tag not in PLAIN_BLOCKS:
                self._enter(tag)
        elif tag in LINKED:
            url = self._resolved(element.get("href")) if tag == "a" else ""
            self._open.append((tag, self._flushed, self._length, url))
        elif tag in ("br", "img"):
            self._void(tag, element)
        elif self._pieces:
            # The cell of a table.
            self._add(" | ")

    def _void(self, tag: str, element: _Element) -> None:
        if tag == "br":
            self._flush()
            return
        url, words = self._resolved(element.get("src")), clean(element.get("alt") or "", 1000)
        # A picture inside a sentence is its ornament; one by itself may be the title's (Hugo's covers).
        if words and url and not self._pieces:
            self._write(words, "image", 0, (Anchor(words, url, 0, len(words)),), 0, False, None)

    def _enter(self, tag: str) -> None:
        if tag in HEADINGS:
            self._kind, self._level = "heading", int(tag[1])
        elif tag == "blockquote":
            self._quotes += 1
            self._quote = self._quotes
        if tag == "li":
            self._items += 1
            self._item_begins = True
        self._rows += tag == "tr"
        self._pre += tag == "pre"
        self._content += tag in CONTENT
        self._site += tag in FURNITURE or (tag in SITE and not self._content)

    def _end(self, tag: str, element: _Element) -> None:
        if tag in BLOCKS:
            if self._pieces:
                self._flush()
            self._gap = True
            if tag not in PLAIN_BLOCKS:
                self._leave(tag)
        elif tag in LINKED:
            self._close(tag, element)

    def _leave(self, tag: str) -> None:
        if tag in HEADINGS:
            self._kind, self._level = "text", 0
        elif tag == "blockquote":
            self._quote = 0
        if tag == "li":
            # An item within has ended: what follows goes on with the one round it.
            self._items -= 1
            self._item_begins = False
        self._rows -= tag == "tr"
        self._pre -= tag == "pre"
        self._site -= tag in FURNITURE or (tag in SITE and not (self._content - (tag in CONTENT)))
        self._content -= tag in CONTENT

    def _close(self, tag: str, element: _Element) -> None:
        if not (self._open and self._open[-1][0] == tag):
            return
        _, block, start, url = self._open.pop()
        if block != self._flushed:
            start = 0
        if tag == "a" and url and start == self._length:
            # A link that covers a card has no words of its own.
            self._say(clean(element.get("aria-label") or element.get("title") or "", 500))
        if start >= self._length:
            return
        if tag != "a":
            self._bold.append((start, self._length))
        elif url:
            self._anchors.append(Anchor(clean(self._since(start)), url, start, self._length))

    def _resolved(self, target: str | None) -> str:
        """Return the address that *target* is; menus and lists state the same ones again and again."""
        if not target:
            return self._resolve("")
        known = self._targets.get(target)
        if known is None:
            known = self._targets[target] = self._resolve(target)
        return known

    def _resolve(self, target: str) -> str:
        try:
            url = urljoin(self.address or "", target.strip())
        except ValueError:
            return ""
        return url if urlsplit_or_none(url) else ""

    def _say(self, words: str | None) -> None:
        if not words or (self._ends_blank and not self._pre and words.isspace()):
            return
        if self._pre and "\n" in words:
            first, *rest = words.split("\n")
            self._add(first)
            for line in rest:
                self._flush()
                self._add(line)
            return
        self._add(words)

    def _flush(self) -> None:
        """End the block that was being written, if it says anything."""
        if not self._pieces:
            return
        text = "".join(self._pieces)
        kept = text.rstrip(" |") if self._rows else text.rstrip()
        kind = self._kind
        if kind == "heading":
            # Cards put the heading into the link, and not the link into the heading.
            for tag, block, start, url in self._open[-_MOST_OPEN:]:
                start = start if block == self._flushed else 0
                if tag == "a" and url and start < len(kept):
                    self._anchors.append(Anchor(clean(text[start:]), url, start, self._length))
        anchors, spans = tuple(self._anchors), tuple(self._bold)
        self._pieces, self._length, self._ends_blank, self._anchors, self._bold = [], 0, True, [], []
        self._flushed += 1
        if not kept.strip(" |"):
            return
        if kind == "text":
            row = self._rows and " | " in kept
            kind = "row" if row else "quote" if self._quote else "item" if self._items else kind
        self._write(kept, kind, self._level, anchors, self._quote, self._site > 0, spans)
