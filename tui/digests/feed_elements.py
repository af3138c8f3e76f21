"""RSS (0.9x, 1.0, 2.0) and Atom (0.3, 1.0) as a :class:`Feed`.

https://www.rssboard.org/rss-specification, https://web.resource.org/rss/1.0/spec, RFC 4287 (Atom), and arXiv's own
elements, https://info.arxiv.org/help/rss_specifications.html.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal, cast

from tui.digests.feed_items import NO_FACTS, Feed, FeedItem, day, name_of, resolved
from tui.digests.feed_names import RDF_ABOUT, XML_BASE, Names
from tui.digests.records import markup_free
from tui.model import Remark
from tui.text import clean

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ITEMS = 50_000
"""The most items that are read of one feed."""

MAX_VALUES = 5_000
"""The most authors, categories or links of one item: the largest collaborations have some three thousand names."""

_TEXTS = frozenset(["published", "updated", "announce", "doi", "journal", "comment", "identifier", "original"])
_FACTS = ("announce", "doi", "journal", "comment", "identifier")
_BODIES = frozenset(["title", "summary", "content", "subtitle"])
_TAGGED = re.compile(r"<[A-Za-z/!]|&(?:#\w{1,8}|\w{1,10});")
_ADDRESS_OF = re.compile(r"\S{1,200}@\S{1,200}\s{0,5}\(([^()]{1,200})\)")


def feed_of(root: _Element, address: str | None, remarks: tuple[Remark, ...]) -> Feed:
    """Return what the feed *root* states; *address* is where it was fetched from."""
    names = Names()
    base = resolved(address, root.get(XML_BASE, "")) or address
    channel = next((child for child in root if names[child.tag] == "channel"), root)
    stated = _Stated(names, resolved(base, channel.get(XML_BASE, "")) or base)
    items: list[FeedItem] = []
    more = 0
    for parent in (channel, root) if channel is not root else (root,):
        for child in parent:
            name = names[child.tag]
            if name in ("item", "entry"):
                more += len(items) >= MAX_ITEMS
                if not more:
                    items.append(_Stated(names, "").item(child, stated.site or stated.base))
            elif parent is channel and name in _OF_FEED:
                stated.take(name, child)
    if more:
        why = f"has more than {MAX_ITEMS:,} items; {more:,} were left out"
        remarks = (*remarks, Remark(items[-1].line, items[-1].title or "", why))
    return stated.feed(address, tuple(items), remarks)


_OF_FEED = frozenset(["title", "link", "published", "updated", "summary", "subtitle", "id"])


class _Stated:
    """What one item, or the feed itself, states, gathered element by element."""

    def __init__(self, names: Names, base: str | None) -> None:
        self.names = names
        self.base = base
        self.texts: dict[str, str] = {}
        self.links: list[tuple[str, str]] = []
        self.authors: list[str] = []
        self.categories: list[str] = []
        self.plain: set[str] = set()
        self.linked_id = True

    def item(self, element: _Element, base: str | None) -> FeedItem:
        """Return what the item *element* states; its relative links are relative to *base*, or to its own."""
        self.base = base
        if element.attrib:
            self.base = resolved(base, element.get(XML_BASE, "")) or base
            if about := element.get(RDF_ABOUT):
                self.texts["id"] = about
        names, texts = self.names, self.texts
        for child in element:
            name = names[child.tag]
            if name in _TEXTS:
                if name not in texts and (said := child.text):
                    texts[name] = said
            elif name:
                self.take(name, child)
        return self._made(element)

    def take(self, name: str, child: _Element) -> None:
        """Take in one element called *name*."""
        if name in _BODIES:
            if name not in self.texts and (said := self._body(name, child)):
                self.texts[name] = said
        elif name in _TAKEN:
            _TAKEN[name](self, child)
        elif child.text and name in ("published", "updated"):
            self.texts.setdefault(name, child.text)

    def _category(self, child: _Element) -> None:
        self._add(self.categories, child.get("term") or child.text)

    def _id(self, child: _Element) -> None:
        self.linked_id = child.get("isPermaLink", "").lower() != "false"
        if child.text:
            self.texts["id"] = child.text.strip()

    def _add(self, values: list[str], said: str | None) -> None:
        if said and len(values) < MAX_VALUES and (said := said.strip()):
            values.append(said)

    def _author(self, child: _Element) -> None:
        """Take in a name: Atom has it in an element of its own, RSS behind an address of mail, which is private."""
        if len(child):
            for part in child:
                if self.names[part.tag] == "name":
                    self._add(self.authors, part.text)
            return
        said = child.text or ""
        if "@" in said:
            match = _ADDRESS_OF.search(said[:500])
            said = match[1] if match else ""
        self._add(self.authors, said)

    def _enclosure(self, child: _Element) -> None:
        if url := child.get("url"):
            self.links.append(("enclosure", url))

    def _link(self, child: _Element) -> None:
        href = child.get("href") if child.attrib else None
        rel = child.get("rel", "alternate") if href else "alternate"
        target = href or child.text
        if target and len(self.links) < MAX_VALUES:
            if rel == "alternate" and child.get("type", "").endswith(("pdf", "xml", "json")):
                rel = "other"
            self.links.append((rel, target))

    def _body(self, name: str, child: _Element) -> str:
        """Return the text or markup of *child*; markup that nobody escaped is written out again."""
        kind = child.get("type", "") if child.attrib else ""
        if kind in ("text", "text/plain"):
            self.plain.add(name)
        if not len(child):
            return child.text or child.get("src") or "" if kind else child.text or ""
        return _written(child) if name != "title" else "".join(str(text) for text in child.itertext())

    def _made(self, element: _Element) -> FeedItem:
        texts, base = self.texts, self.base
        text = texts.get("content") or ""
        summary = texts.get("summary") or ""
        whole, beside = (text, summary) if text.strip() else (summary, "")
        title = titled(texts.get("title"))
        dated = texts.get("published") or texts.get("updated") or ""
        address, others = self.addresses()
        facts = {name: texts[name].strip() for name in _FACTS if name in texts}
        return FeedItem(
            texts.get("id") or address or name_of(title, dated, whole),
            address,
            title,
            day(texts["published"]) if "published" in texts else None,
            day(texts["updated"]) if "updated" in texts else None,
            whole,
            self._markup("content" if whole is text else "summary", whole),
            beside,
            tuple(self.authors),
            tuple(self.categories),
            others,
            base if base is not None else address,
            facts or NO_FACTS,
            dated.strip(),
            cast(int, element.sourceline or 0),
        )

    def _markup(self, name: str, said: str) -> Literal["html", "text"]:
        return "text" if name in self.plain or not _TAGGED.search(said) else "html"

    def addresses(self) -> tuple[str | None, tuple[str, ...]]:
        """Return the item's own address, and the others that it states."""
        own = resolved(self.base, self.texts["original"]) if "original" in self.texts else None
        others: list[str] = []
        for rel, target in self.links:
            url = resolved(self.base, target)
            if url and rel == "alternate" and own is None:
                own = url
            elif url and rel not in ("self", "edit", "replies", "hub"):
                others.append(url)
        if own is None and self.linked_id and "://" in (name := self.texts.get("id", "")):
            own = resolved(None, name)
        return own, tuple(dict.fromkeys(url for url in others if url != own))

    @property
    def site(self) -> str | None:
        """The address of the site that the feed is of."""
        return next((url for rel, to in self.links if rel == "alternate" and (url := resolved(self.base, to))), None)

    def feed(self, address: str | None, items: tuple[FeedItem, ...], remarks: tuple[Remark, ...]) -> Feed:
        """Return what was gathered of a feed itself, with its *items*."""
        own = next((url for rel, to in self.links if rel == "self" and (url := resolved(self.base, to))), None)
        texts = self.texts
        stated = texts.get("published") or texts.get("updated") or ""
        return Feed(
            title=titled(texts.get("title")) or "",
            address=own or address,
            home=self.site,
            items=items,
            updated=day(stated) if stated else None,
            description=clean(markup_free(texts.get("subtitle") or texts.get("summary") or "")),
            remarks=remarks,
        )


_TAKEN: dict[str, Callable[[_Stated, _Element], None]] = {
    "category": _Stated._category,
    "subject": _Stated._category,
    "author": _Stated._author,
    "creator": _Stated._author,
    "contributor": _Stated._author,
    "link": _Stated._link,
    "enclosure": _Stated._enclosure,
    "id": _Stated._id,
}


def titled(said: str | None) -> str | None:
    """Return a title as one clean line without HTML, or None."""
    return (clean(markup_free(said) if "<" in said or "&" in said else said) or None) if said else None


def _written(element: _Element) -> str:
    """Return what stands inside *element* as HTML."""
    from lxml import etree

    for each in _elements(element):
        each.tag = str(each.tag).rpartition("}")[2]
    return (element.text or "") + "".join(etree.tostring(each, encoding="unicode", method="html") for each in element)


def _elements(element: _Element) -> Iterator[_Element]:
    return (each for each in element.iterdescendants() if isinstance(each.tag, str))
