"""A web page as blocks, and as the plain Markdown text whose lines they count.

lxml's HTML parser reads what browsers read, broken or not. No entity is expanded from outside, nothing is fetched, and
no step here is recursive: a page is a stranger's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from tui.digests.blocks import ODD, Anchor, Block, Head, Kind
from tui.identifiers import urlsplit_or_none
from tui.text import clean

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DROPPED = frozenset(
    ["script", "style", "template", "svg", "iframe", "object", "embed", "noscript", "head", "canvas", "audio", "video"]
)
_BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary"),
        *("table", "tbody", "tfoot", "thead", "tr", "ul", "button", "select", "option", "textarea"),
    ]
)
_FURNITURE = frozenset(["nav", "button", "select", "option", "textarea", "dialog"])
_SITE = frozenset(["header", "footer", "aside"])
_CONTENT = frozenset(["article", "main", "section"])
_BLANK = re.compile(r"\s+")
_DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@name='citation_publication_date' or @name='date']/@content",
    "//article//header//time/@datetime",
    "//header//time/@datetime",
)


def flatten(text: str, address: str | None = None) -> tuple[str, Head, tuple[Block, ...]]:
    """Return a page as plain Markdown text, what it states of itself, and its blocks; ``line`` counts that text's."""
    root = _parsed(text)
    if root is None:
        return "", Head(), ()
    head = _head(root, address)
    flattener = _Flattener(head.address or address)
    flattener.walk(root)
    return "\n".join(flattener.lines), head, tuple(flattener.blocks)


def _parsed(text: str) -> HtmlElement | None:
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return html.document_fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        # Nothing but comments or whitespace.
        return None


def _head(root: HtmlElement, address: str | None) -> Head:
    def first(*paths: str) -> str | None:
        for path in paths:
            found = root.xpath(path)
            value = clean(str(found[0]), 1000) if isinstance(found, list) and found else ""
            if value:
                return value
        return None

    stated = first("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content", "//base/@href")
    base = urljoin(address or "", stated or "")
    date = re.match(r"\d{4}-\d{2}-\d{2}", (first(*_DATES) or "").replace("/", "-"))
    return Head(
        title=first("//meta[@property='og:title']/@content", "//head/title/text()", "//title/text()"),
        address=base if urlsplit_or_none(base) else None,
        date=date[0] if date else None,
        site=first("//meta[@property='og:site_name']/@content"),
    )


class _Flattener:
    """Walks a page once and writes its blocks and its lines."""

    def __init__(self, address: str | None) -> None:
        self.address = address
        self.blocks: list[Block] = []
        self.lines: list[str] = []
        self._pieces: list[str] = []
        self._length = 0
        self._anchors: list[Anchor] = []
        self._bold: list[tuple[int, int]] = []
        self._open: list[tuple[str, int, str]] = []
        self._kind: Kind = "text"
        self._level = 0
        self._gap = True
        self._quote = self._quotes = 0
        self._site = self._content = self._items = self._rows = self._pre = 0

    def walk(self, root: HtmlElement) -> None:
        from lxml import etree

        skipping: HtmlElement | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if skipping is not None:
                if event == "end" and element is skipping:
                    skipping = None
                    self._say(element.tail)
                continue
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "end":
                self._end(tag, element)
            elif self._skips(tag, element):
                skipping = element
            else:
                self._start(tag, element)
        self._flush()

    def _skips(self, tag: str, element: HtmlElement) -> bool:
        """Return whether nothing inside *element* is read; what stands for it is written here."""
        classes = element.get("class") or ""
        if tag == "math" or "katex-mathml" in classes:
            tex = element.xpath(".//*[local-name()='annotation'][@encoding='application/x-tex']/text()")
            self._say(f"${tex[0].strip()}$" if isinstance(tex, list) and tex else element.text_content())
            return True
        if tag == "script" and (element.get("type") or "").startswith("math/tex"):
            self._say(f"${(element.text or '').strip()}$")
        return tag in _DROPPED or "katex-html" in classes or element.get("hidden") is not None

    def _start(self, tag: str, element: HtmlElement) -> None:
        if tag in _BLOCKS:
            self._flush()
            self._gap = True
            self._enter(tag)
        elif tag in ("br", "img"):
            self._void(tag, element)
        elif tag in ("td", "th") and self._pieces:
            self._say(" | ")
        if tag in ("a", "b", "strong"):
            self._open.append((tag, self._length, self._target(element)))
        self._say(element.text)

    def _void(self, tag: str, element: HtmlElement) -> None:
        if tag == "br":
            self._flush()
            return
        url, words = self._resolved(element.get("src")), clean(element.get("alt") or "", 1000)
        # A picture inside a sentence is its ornament; one by itself may be the title's (Hugo's covers).
        if words and url and not "".join(self._pieces).strip():
            self._write(Block(words, 0, "image", gap=self._gap, links=(Anchor(words, url, 0, len(words)),)))

    def _enter(self, tag: str) -> None:
        if tag[0] == "h" and tag[1:].isdecimal():
            self._kind, self._level = "heading", int(tag[1])
        elif tag == "blockquote":
            self._quotes += 1
            self._quote = self._quotes
        self._items += tag == "li"
        self._rows += tag == "tr"
        self._pre += tag == "pre"
        self._content += tag in _CONTENT
        self._site += tag in _FURNITURE or (tag in _SITE and not self._content)

    def _end(self, tag: str, element: HtmlElement) -> None:
        if tag in ("a", "b", "strong"):
            self._close(tag, element)
        if tag in _BLOCKS:
            self._flush()
            self._gap = True
            self._leave(tag)
        elif tag in _FURNITURE:
            self._flush()
        self._say(element.tail)

    def _leave(self, tag: str) -> None:
        if tag[0] == "h" and tag[1:].isdecimal():
            self._kind, self._level = "text", 0
        elif tag == "blockquote":
            self._quote = 0
        self._items -= tag == "li"
        self._rows -= tag == "tr"
        self._pre -= tag == "pre"
        self._site -= tag in _FURNITURE or (tag in _SITE and not (self._content - (tag in _CONTENT)))
        self._content -= tag in _CONTENT

    def _close(self, tag: str, element: HtmlElement) -> None:
        if not (self._open and self._open[-1][0] == tag):
            return
        _, start, url = self._open.pop()
        label = clean(element.get("aria-label") or element.get("title") or "", 500)
        if tag == "a" and url and start == self._length and label:
            # A link that covers a card has no words of its own.
            self._say(label)
        if start >= self._length:
            return
        if tag == "a" and url:
            words = clean("".join(self._pieces)[start : self._length])
            self._anchors.append(Anchor(words, url, start, self._length))
        elif tag != "a":
            self._bold.append((start, self._length))

    def _target(self, element: HtmlElement) -> str:
        return self._resolved(element.get("href")) if element.tag == "a" else ""

    def _resolved(self, target: str | None) -> str:
        try:
            url = urljoin(self.address or "", (target or "").strip())
        except ValueError:
            return ""
        return url if urlsplit_or_none(url) else ""

    def _say(self, words: str | None) -> None:
        if not words:
            return
        if self._pre and "\n" in words:
            first, *rest = words.split("\n")
            self._add(first)
            for line in rest:
                self._flush()
                self._add(line)
            return
        self._add(words)

    def _add(self, words: str) -> None:
        words = _BLANK.sub(" ", words if words.isascii() else words.translate(ODD))
        if words[:1] == " " and (not self._pieces or self._pieces[-1][-1:] == " "):
            words = words[1:]
        if words:
            self._pieces.append(words)
            self._length += len(words)

    def _flush(self) -> None:
        """End the block that was being written, if it says anything."""
        text = "".join(self._pieces)
        kept = text.rstrip(" |") if self._rows else text.rstrip()
        if self._kind == "heading":
            # Cards put the heading into the link, and not the link into the heading.
            self._anchors += [
                Anchor(clean(text[start:]), url, start, self._length)
                for tag, start, url in self._open
                if tag == "a" and url and start < len(kept)
            ]
        anchors, spans = tuple(self._anchors), tuple(self._bold)
        self._pieces, self._length, self._anchors, self._bold = [], 0, [], []
        self._open = [(tag, 0, url) for tag, _, url in self._open]
        if not kept.strip(" |"):
            return
        kind: Kind = self._kind
        if kind == "text":
            kind = (
                "row" if self._rows and " | " in kept else "quote" if self._quote else "item" if self._items else kind
            )
        self._write(Block(kept, 0, kind, self._level, self._gap, anchors, self._quote, self._site > 0, spans))

    def _write(self, block: Block) -> None:
        if self.lines and block.gap and not (block.kind == self.blocks[-1].kind in ("item", "row")):
            self.lines.append("")
        self.lines.append(_marked(block))
        self.blocks.append(replace(block, line=len(self.lines)))
        self._gap = False


def _marked(block: Block) -> str:
    """Return the block as a line of Markdown, its links spelled out."""
    text = block.text
    if block.kind == "image":
        return f"![{text}]({block.links[0].url})"
    for anchor in reversed(block.links):
        words = text[anchor.start : anchor.end]
        if words.strip() != anchor.url:
            text = f"{text[: anchor.start]}[{words.strip()}]({anchor.url}){text[anchor.end :]}"
    mark = {"heading": "#" * block.level + " ", "item": "- ", "quote": "> ", "row": "| "}.get(block.kind, "")
    return mark + text
