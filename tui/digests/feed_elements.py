"""RSS (0.9x, 1.0, 2.0) and Atom (0.3, 1.0) as a :class:`Feed`.

https://www.rssboard.org/rss-specification, https://web.resource.org/rss/1.0/spec, RFC 4287 (Atom), and arXiv's own
elements, https://info.arxiv.org/help/rss_specifications.html.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, cast

from tui.digests.feed_items import NO_FACTS, Feed, FeedItem, Items, day, name_of, resolved
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

_FACTS = ("announce", "doi", "journal", "comment", "identifier")
_TAGGED = re.compile(r"<[A-Za-z/!]|&(?:#\w{1,8}|\w{1,10});")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*+")
_ADDRESS_OF = re.compile(r"[^\s@]{1,64}@[^\s@]{1,200}\s{0,5}\(([^()]{1,200})\)")
_OF_FEED = frozenset(["title", "link", "published", "updated", "summary", "subtitle", "id"])


def feed_of(root: _Element, address: str | None, remarks: tuple[Remark, ...]) -> Feed:
    """Return what the feed *root* states; *address* is where it was fetched from."""
    names, plan = Names(), _Plan()
    base = resolved(address, root.get(XML_BASE, "")) or address
    channel = next((child for child in root if names[child.tag] == "channel"), root)
    stated = _Stated(plan, resolved(base, channel.get(XML_BASE, "")) or base)
    own: list[_Element] = []
    found: list[_Element] = []
    # In RSS 1.0 the items stand beside the channel.
    for parent in (channel,) if channel is root else (channel, root):
        for child in parent:
            if (name := names[child.tag]) in ("item", "entry"):
                found.append(child)
            elif name in _OF_FEED and parent is channel:
                own.append(child)
    stated.gather(own)
    home = stated.address() or stated.base
    items = Items(found[:MAX_ITEMS], lambda element: _Stated(plan, home).item(element))
    if more := len(found) - len(items):
        why = f"has more than {MAX_ITEMS:,} items; {more:,} were left out"
        remarks = (*remarks, Remark(items[-1].line, items[-1].title or "", why))
    return stated.feed(address, items, remarks)


class _Stated:
    """What one item, or the feed itself, states, gathered element by element."""

    __slots__ = ("authors", "base", "categories", "guid", "links", "plain", "plan", "texts")

    def __init__(self, plan: _Plan, base: str | None) -> None:
        self.plan = plan
        self.base = base
        self.texts: dict[str, str] = {}
        self.links: list[tuple[str, str]] = []
        self.authors: list[str] = []
        self.categories: list[str] = []
        self.plain = ""
        self.guid: _Element | None = None

    def item(self, element: _Element) -> FeedItem:
        """Return what the item *element* states."""
        based = None
        if element.attrib:
            if based := resolved(self.base, element.get(XML_BASE, "")):
                self.base = based
            if about := element.get(RDF_ABOUT):
                self.texts["id"] = about
        self.gather(element)
        return self._made(based, cast(int, element.sourceline or 0))

    def gather(self, children: Iterable[_Element]) -> None:
        """Take in *children*; most of a feed's time goes by here, for one of 5 MB has forty thousand."""
        plan, texts = self.plan, self.texts
        for child in children:
            name, take = plan[child.tag]
            if take is None:
                if name not in texts and (said := child.text):
                    texts[name] = said
            elif take is not _pass:
                take(self, name, child)

    def _category(self, name: str, child: _Element) -> None:
        said = child.text or child.get("term")
        if said and len(self.categories) < MAX_VALUES:
            self.categories.append(said)

    def _id(self, name: str, child: _Element) -> None:
        if said := child.text:
            self.texts["id"] = said.strip()
            self.guid = child

    def _author(self, name: str, child: _Element) -> None:
        """Take in a name: Atom has it in an element of its own, RSS behind an address of mail, which is private."""
        said = child.text
        if len(child):
            said = next((each.text for each in child if str(each.tag).rpartition("}")[2] == "name"), None)
        if said and "@" in said:
            match = _ADDRESS_OF.search(said[:500])
            said = match[1] if match else None
        if said and len(self.authors) < MAX_VALUES:
            self.authors.append(said)

    def _enclosure(self, name: str, child: _Element) -> None:
        if (url := child.get("url")) and len(self.links) < MAX_VALUES:
            self.links.append((name, url))

    def _link(self, name: str, child: _Element) -> None:
        said = child.text
        if said and not said.isspace():
            self.texts.setdefault(name, said.strip())
        elif (href := child.get("href")) and len(self.links) < MAX_VALUES:
            rel = child.get("rel", "alternate")
            if rel == "alternate" and not child.get("type", "").endswith(("pdf", "xml", "json")):
                href = self.texts.setdefault(name, href)
            self.links.append((rel, href))

    def _body(self, name: str, child: _Element) -> None:
        """Take in a text or markup; markup that nobody escaped is written out again."""
        said = child.text
        if len(child):
            said = "".join(str(text) for text in child.itertext()) if name == "title" else _written(child)
        if said and name not in self.texts:
            self.texts[name] = said
            if "<" in said and child.get("type") in ("text", "text/plain"):
                self.plain += f" {name}"

    def _made(self, based: str | None, line: int) -> FeedItem:
        texts = self.texts
        name = "content" if "content" in texts and not texts["content"].isspace() else "summary"
        whole = texts.get(name, "")
        title = titled(texts["title"]) if "title" in texts else None
        published, updated = texts.get("published"), texts.get("updated")
        dated = published or updated or ""
        address = self.address()
        # As the class itself makes it, in a third of the time.
        return FeedItem._make(
            (
                texts.get("id") or address or name_of(title, dated, whole),
                address,
                title,
                day(published) if published else None,
                day(updated) if updated else None,
                whole,
                "text" if "<" not in whole and "&" not in whole else self._markup(name, whole),
                texts.get("summary", "") if name == "content" else "",
                tuple(self.authors),
                tuple(self.categories),
                self._others(address) if self.links else (),
                based or address or self.base,
                {name: texts[name] for name in _FACTS if name in texts} or NO_FACTS,
                dated,
                line,
            )
        )

    def _markup(self, name: str, said: str) -> Literal["html", "text"]:
        return "html" if name not in self.plain and _TAGGED.search(said) else "text"

    def address(self) -> str | None:
        """Return the address of what is described."""
        texts = self.texts
        for name in ("original", "link"):
            if name in texts and (url := resolved(self.base, texts[name])):
                return url
        permanent = self.guid is None or self.guid.get("isPermaLink", "").lower() != "false"
        return resolved(None, texts["id"]) if permanent and "://" in texts.get("id", "") else None

    def _others(self, address: str | None) -> tuple[str, ...]:
        """Return the further addresses that the item states."""
        urls = (resolved(self.base, to) for rel, to in self.links if rel not in ("self", "edit", "replies", "hub"))
        return tuple(dict.fromkeys(url for url in urls if url and url != address))

    def feed(self, address: str | None, items: Sequence[FeedItem], remarks: tuple[Remark, ...]) -> Feed:
        """Return what was gathered of a feed itself, with its *items*."""
        own = next((url for rel, to in self.links if rel == "self" and (url := resolved(self.base, to))), None)
        texts = self.texts
        stated = texts.get("published") or texts.get("updated") or ""
        return Feed(
            title=titled(texts.get("title")) or "",
            address=own or address,
            home=self.address(),
            items=items,
            updated=day(stated) if stated else None,
            description=clean(markup_free(texts.get("subtitle") or texts.get("summary") or "")),
            remarks=remarks,
        )


_Take = Callable[[_Stated, str, "_Element"], None]


def _pass(stated: _Stated, name: str, child: _Element) -> None:
    """Stand for elements that nobody here knows."""


_TAKEN: dict[str, _Take | None] = {
    **dict.fromkeys(["title", "summary", "content", "subtitle"], _Stated._body),
    **dict.fromkeys(["category", "subject"], _Stated._category),
    **dict.fromkeys(["author", "creator", "contributor"], _Stated._author),
    **dict.fromkeys(["published", "updated", "original", *_FACTS]),
    "link": _Stated._link,
    "enclosure": _Stated._enclosure,
    "id": _Stated._id,
}


class _Plan(dict[object, tuple[str, "_Take | None"]]):
    """From a tag as lxml has it to the name used here, and what takes it in; None where its text is all it has."""

    def __init__(self) -> None:
        super().__init__()
        self._names = Names()

    def __missing__(self, tag: object) -> tuple[str, _Take | None]:
        name = self._names[tag]
        self[tag] = found = (name, _TAKEN.get(name, _pass))
        return found


def titled(said: str | None) -> str | None:
    """Return a title as one clean line without HTML, or None."""
    return (clean(markup_free(said) if "<" in said or "&" in said else said) or None) if said else None


def _written(element: _Element) -> str:
    """Return what stands inside *element* as HTML."""
    from lxml import etree

    for each in _elements(element):
        # A prefix that nobody declared stands in the name, and may not be written again.
        name = str(each.tag).rpartition("}")[2].rpartition(":")[2]
        each.tag = name if _NAME.fullmatch(name) else "span"
    return (element.text or "") + "".join(etree.tostring(each, encoding="unicode", method="html") for each in element)


def _elements(element: _Element) -> Iterator[_Element]:
    return (each for each in element.iterdescendants() if isinstance(each.tag, str))
