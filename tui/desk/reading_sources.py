"""What a source gave, read: a feed or a page, with its items; and what an address is that a reader wants to follow."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.desk import items
from tui.desk.items import Item, Met, Wanted
from tui.errors import NetworkError, NoPapersError, PaperrackError, UnreadableError
from tui.identifiers import same_address, urlsplit_or_none
from tui.model import FollowedSource, Issue, SourceKind
from tui.text import clean

if TYPE_CHECKING:
    from tui.digests.document import Document
    from tui.digests.feed_items import Feed, FeedItem
    from tui.providers.web.conditional import Answered

Visit = Callable[[str], "Answered"]
"""Fetches an address."""

_TRIED = 3
"""Feeds of a page that are tried: the first one that can be read is followed."""

_ARXIV_LIST = re.compile(r"https?://(?:www\.)?arxiv\.org/list/([a-z-]{2,20}(?:\.[A-Za-z-]{2,20})?)(?:/.*)?")
_FEED = re.compile(r"feed:(?=https?://)|feed(?=://)", re.IGNORECASE)
"""What browsers once wrote before the address of a feed, or in place of its scheme."""

_BOT_CHECKS = ("just a moment", "captcha", "anubis", "not a bot", "challenge-platform", "you are human")
_LOGIN = re.compile(r"<input[^<>]{0,500}type\s{0,9}=\s{0,9}[\"']?password", re.IGNORECASE)
_LOOKED_AT = 100_000


@dataclass(frozen=True)
class Read:
    """What a source gave: its title and the page that it belongs to, as it states them, and its items.

    What was not ``whole`` is fetched again the next time, whatever its server says of it.
    """

    title: str
    home: str | None
    items: tuple[Item, ...]
    whole: bool = True


@dataclass(frozen=True)
class Apart:
    """What a source gave, taken apart: what it states of itself, and its items.

    ``made`` are those that are wanted, each with its issues; ``others`` are as they were met.
    """

    title: str
    home: str | None
    whole: bool
    made: tuple[tuple[Wanted, tuple[Issue, ...]], ...]
    others: tuple[tuple[Item, str], ...]


@dataclass(frozen=True)
class Found:
    """What an address is: where it is to be fetched, of what kind, and how many items it has.

    ``others`` are further feeds that the page names, each with its title.
    """

    url: str
    kind: SourceKind
    title: str
    home: str | None = None
    items: int = 0
    others: tuple[tuple[str, str], ...] = ()


def address_of(words: str) -> str:
    """Return the address that the reader's *words* mean. Raises NetworkError where they mean none."""
    url = words.strip()
    if match := _FEED.match(url):
        url = ("" if match[0].endswith(":") else "http") + url[match.end() :]
    if "://" not in url and "." in url.partition("/")[0] and not url.startswith((".", "/")):
        url = f"https://{url}"
    if match := _ARXIV_LIST.fullmatch(url):
        # What the list of a day shows, arXiv gives to programs as a feed.
        url = f"https://rss.arxiv.org/rss/{match[1]}"
    if urlsplit_or_none(url) is None:
        raise NetworkError(f"“{clean(words, 200)}” is no address on the web that could be followed.")
    return url


def find(url: str, visit: Visit) -> Found:
    """Return what can be followed at *url*: the feed that it is or names, else the page where it is a digest itself.

    Raises NetworkError, and UnreadableError where there is neither.
    """
    answered = visit(url)
    at = answered.moved or url
    document = _document(answered, at)
    if feed := _feed(document):
        return _found(at, feed)
    others = _feeds_of(document)
    for other, title in others[:_TRIED]:
        try:
            there = visit(other)
            feed = _feed(_document(there, other))
        except PaperrackError:
            continue
        if feed:
            rest = tuple(each for each in others if each[0] != other)
            return _found(there.moved or other, feed, title, rest)
    issues = _issues(document)
    if not issues:
        named = f" and its {len(others):,} feeds cannot be read" if others else " and names no feed"
        raise UnreadableError(f"{clean(url, 200)} is {_called(document)}{named}, so there is nothing to follow.")
    return Found(at, "page", issues[0].series or issues[0].title, None, len(issues))


def _found(url: str, feed: Feed, title: str = "", others: tuple[tuple[str, str], ...] = ()) -> Found:
    return Found(url, "feed", clean(feed.title or title, 300), feed.home, len(feed.items), others)


def take_apart(source: FollowedSource, answered: Answered, met: Met, everything: bool) -> Apart:
    """Return what *source* gave that is new to those *met*, in another process where it is large.

    Raises SourceError, in one sentence.
    """
    from tui.desk import limited

    given = (source, answered, met, everything)
    if len(answered.content or b"") <= limited.LARGE:
        return apart(*given)
    return limited.call(apart, given, _host(source.url))


def apart(source: FollowedSource, answered: Answered, met: Met, everything: bool) -> Apart:
    """Return the same, in this process."""
    found = read(source.id, source.url, source.kind, answered)
    choice = met.choose(source.id, source.visits, found.items, everything)
    made = tuple((Wanted(each.item.made, each.edition), each.item.make()) for each in choice.wanted)
    others = tuple((item.made, issue) for item, issue in choice.others)
    return Apart(found.title, found.home, found.whole, made, others)


def read(source: str, url: str, kind: SourceKind, answered: Answered) -> Read:
    """Return what the source with the id *source*, followed at *url*, gave. Raises SourceError, in one sentence."""
    document = _document(answered, url)
    feed = _feed(document)
    if feed is None:
        if kind == "feed":
            raise UnreadableError(f"{_host(url)} gives {_called(document)} in place of a feed.")
        issues = _issues(document)
        if not issues:
            raise NoPapersError(f"{_host(url)} gives {_called(document)} that names no paper any more.")
        return Read("", None, items.of_issues(issues, (url, answered.url)))
    if feed.remarks and not feed.items:
        why = clean(feed.remarks[0].why, 200).rstrip(".")
        raise UnreadableError(f"{_host(url)} gives a feed that is broken: {why}.")
    found = _items(source, document, feed, (url, answered.url))
    return Read(clean(feed.title, 300), feed.home, found, whole=not feed.remarks)


def _items(source: str, document: Document, feed: Feed, own: tuple[str, ...]) -> tuple[Item, ...]:
    from tui.digests.feed import issues_of
    from tui.digests.feed_papers import lists_papers

    if lists_papers(feed):
        return items.of_issues(issues_of(document, feed), (*own, feed.address, feed.home))

    def make(item: FeedItem) -> tuple[Issue, ...]:
        return issues_of(document, feed, (item,))

    return items.of_feed(source, feed.items, make)


def _document(answered: Answered, url: str) -> Document:
    from tui.digests.document import decode

    return decode(answered.content or b"", url, answered.url)


def _feed(document: Document) -> Feed | None:
    from tui.digests.feed import read_feed

    return read_feed(document)


def _feeds_of(document: Document) -> tuple[tuple[str, str], ...]:
    from tui.digests.feed import feed_links

    found: dict[str, tuple[str, str]] = {}
    for url, title in feed_links(document):
        found.setdefault(same_address(url), (url, title))
    # Comments are the last that somebody wants to follow.
    return tuple(sorted(found.values(), key=lambda each: "comment" in f"{each[0]} {each[1]}".lower()))


def _issues(document: Document) -> tuple[Issue, ...]:
    from tui.digests import read as read_digest

    try:
        return tuple(issue for issue in read_digest(document) if issue.entries)
    except NoPapersError:
        return ()


def _called(document: Document) -> str:
    """Return what *document* is that was no feed."""
    head = document.text[:_LOOKED_AT]
    small = head.lower()
    if document.markup != "html":
        return "a text"
    if any(mark in small for mark in _BOT_CHECKS):
        return "a check for humans"
    return "a login page" if _LOGIN.search(head) else "a web page"


def _host(url: str) -> str:
    return urlsplit_or_none(url) or clean(url, 100)
