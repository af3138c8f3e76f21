"""Feeds whose items are posts: each is an issue, and the kind that knows its body takes it apart."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace

from tui.digests.dates import is_date
from tui.digests.document import Document
from tui.digests.feed_items import Feed, FeedItem, on_day
from tui.errors import SourceError
from tui.identifiers import identify
from tui.model import Issue, Remark
from tui.text import clean, unescape

UNTITLED = "Post"

NAMES = re.compile(r"://|arxiv|10\.\d|anthology", re.IGNORECASE)
"""What every text that names a paper by address or identifier has in it."""

_SHORT = 400


def issues_of_posts(document: Document, feed: Feed, items: Sequence[FeedItem]) -> tuple[Issue, ...]:
    """Return the issues of *items*, the oldest first where the feed has the newest first."""
    found: list[Issue] = []
    remarks = list(feed.remarks)
    for item in _in_order(items):
        if item.title or item.text.strip() or item.address or item.links:
            found += _issues(document, feed, item)
        else:
            remarks.append(Remark(item.line, item.id, "is an item that says nothing"))
    if found and remarks:
        found[0] = replace(found[0], warnings=(*remarks, *found[0].warnings))
    return tuple(found)


def _in_order(items: Sequence[FeedItem]) -> Sequence[FeedItem]:
    days = [item.published or item.updated for item in items]
    first, last = next(filter(None, days), ""), next(filter(None, reversed(days)), "")
    return items if first < last else tuple(reversed(items))


def _issues(document: Document, feed: Feed, item: FeedItem) -> list[Issue]:
    """Return the issues that *item* is: one, or as many as its body holds of a digest; without papers one as well."""
    body = _body(document, item)
    # What is that short is no digest unless it names a paper, and feeds have such posts by the thousand.
    issues = _taken_apart(body) if len(body.text) > _SHORT or NAMES.search(body.text) else ()
    if len(issues) == 1:
        return [_stated(issues[0], feed, item)]
    if not issues:
        return [_without_papers(document, feed, item, body)]
    # They share an address, and that would make one issue of them.
    return [replace(issue, series=issue.series or feed.title or None, address=None) for issue in issues]


def _body(document: Document, item: FeedItem) -> Document:
    """Return the item as a page or text of its own, under its title."""
    text = item.text
    if item.markup == "html":
        title = html.escape(item.title or "")
        head = f"<h1>{title}</h1>\n" if title else ""
        text = f"<article>{head}{text}{_pointer(item)}</article>"
        text = f"<html><head><title>{title}</title></head><body>{text}</body></html>"
    else:
        text = "\n\n".join(filter(None, [f"# {item.title}" if item.title else "", text.strip(), _named(item)]))
    return Document(text, document.source, item.base)


def _named(item: FeedItem) -> str:
    """Return the paper's address that the item itself leads to and its body does not name: a link blog's."""
    urls = [url for url in (item.address, *item.links) if url and identify(url)]
    return "\n".join(url for url in urls if url not in item.text)


def _pointer(item: FeedItem) -> str:
    return "".join(f'<p><a href="{html.escape(url)}">{html.escape(url)}</a></p>' for url in _named(item).split())


def _taken_apart(body: Document) -> tuple[Issue, ...]:
    from tui import digests

    try:
        return digests.read(body)
    except SourceError:
        return ()


def _stated(issue: Issue, feed: Feed, item: FeedItem) -> Issue:
    """Return *issue* with what the feed states of it."""
    beside = _plain(item.summary)
    day = item.published or item.updated or issue.date
    return replace(
        issue,
        title=item.title or _untitled(feed, day),
        series=issue.series or feed.title or None,
        date=day,
        address=item.address,
        introduction=issue.introduction or (beside if beside not in issue.text else None),
        warnings=(*_doubts(item), *issue.warnings),
    )


def _untitled(feed: Feed, day: str | None) -> str:
    """Return what a post without title is called."""
    return on_day(feed.title or UNTITLED, day)


def _doubts(item: FeedItem) -> tuple[Remark, ...]:
    undated = item.dated and not (item.published or item.updated)
    return (Remark(1, clean(item.dated, 200), "is no date that a post can have"),) if undated else ()


def _without_papers(document: Document, feed: Feed, item: FeedItem, body: Document) -> Issue:
    """Return an item that names no paper as an issue with its text and nothing else."""
    title = item.title or clean(body.flat, 80)
    issue = Issue(
        id="",
        title=title,
        entries=(),
        format="feed",
        source=document.source,
        text=body.flat,
        warnings=(Remark(1, title or UNTITLED, "is a post that names no paper"),),
    )
    return _stated(issue, feed, item)


def _plain(markup: str) -> str:
    """Return a summary as plain text; one that is a page of its own says too much."""
    if not markup.strip():
        return ""
    from tui.digests.page import flatten

    text = (
        "\n".join(block.text for block in flatten(f"<html><body>{markup}</body></html>")[2])
        if "<" in markup
        else markup
    )
    text = unescape(text)
    return text if len(text) <= 5_000 and not is_date(text) else ""
