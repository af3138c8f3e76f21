"""Feeds: RSS, Atom and JSON Feed. One of papers, such as arXiv's, is one issue; one of posts is an issue a post.

A post's body is a text or a page like any other, and is taken apart by the kind that knows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urljoin

from tui.digests.document import Document
from tui.digests.feed_items import Feed, FeedItem, resolved
from tui.digests.feed_xml import root_name
from tui.digests.records import Collection
from tui.model import Issue
from tui.text import clean

__all__ = [
    "LABEL", "NAME", "Feed", "FeedItem", "collect", "feed_links", "issues_of", "parse", "read_feed", "recognises",
]  # fmt: skip

NAME = "feed"
LABEL = "Feed"

TYPES = frozenset(["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"])
"""What a page calls its feeds; ``application/json`` is one where it says so in its title."""

_PAGE_HEAD = 1_000_000
"""Characters of a page in which links to feeds are looked for; they belong into its head."""


def recognises(document: Document) -> bool:
    """Return whether *document* is a feed."""
    return is_feed(document.text)


def is_feed(text: str) -> bool:
    """Return whether *text* is RSS, Atom or JSON Feed."""
    from tui.digests.feed_json import is_json_feed

    return root_name(text) is not None or is_json_feed(text)


def read_feed(document: Document) -> Feed | None:
    """Return what the feed *document* states, or None where it is none.

    Raises UnreadableError where it is one and cannot be read: it declares entities, or is broken beyond mending.
    """
    from tui.digests.feed_json import is_json_feed, json_feed

    if is_json_feed(document.text):
        return json_feed(document)
    if root_name(document.text) is None:
        return None
    from tui.digests.feed_elements import feed_of
    from tui.digests.feed_xml import parsed

    root, remarks = parsed(document.text, clean(document.source, 500))
    return feed_of(root, document.address, remarks)


def feed_links(document: Document) -> tuple[tuple[str, str], ...]:
    """Return the feeds that a page names (``<link rel="alternate">``), absolute address and title, in its order."""
    from tui.digests.page import _parsed

    if document.markup != "html":
        return ()
    root = _parsed(document.text[:_PAGE_HEAD])
    if root is None:
        return ()
    bases = root.xpath("//base/@href")
    base = urljoin(document.address or "", str(bases[0])) if isinstance(bases, list) and bases else document.address
    found: dict[str, str] = {}
    for link in root.iter("link"):
        rels = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").lower().partition(";")[0].strip()
        title = clean(link.get("title") or "", 300)
        if "alternate" in rels and (kind in TYPES or (kind == "application/json" and "feed" in title.lower())):
            url = resolved(base, link.get("href") or "")
            if url:
                found.setdefault(url, title)
    return tuple(found.items())


def issues_of(document: Document, feed: Feed, items: Sequence[FeedItem] | None = None) -> tuple[Issue, ...]:
    """Return the issues that *items* of *feed* make (all of them, if none are named), the oldest post first.

    A feed of papers makes one issue of them. A post that names no paper is an issue without entries.
    """
    from tui.digests.feed_papers import issue_of_papers, lists_papers
    from tui.digests.feed_posts import issues_of_posts

    chosen = tuple(feed.items if items is None else items)
    if lists_papers(feed):
        return (issue_of_papers(document, feed, chosen),) if chosen else ()
    return issues_of_posts(document, feed, chosen)


def parse(document: Document) -> tuple[Issue, ...]:
    """Return the issues of the whole feed; raises as :func:`read_feed`."""
    feed = read_feed(document)
    return issues_of(document, feed) if feed else ()


def collect(document: Document) -> Collection:
    """Return the same, with posts that name no paper among them: nothing of a feed is lost."""
    return Collection(parse(document))
