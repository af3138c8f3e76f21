"""Feeds whose items are papers: arXiv's own, preprint servers' and journals'. All items make one issue.

arXiv announces versions: ``Announce Type: replace`` and an identifier that ends in ``v2`` are said in a section of
their own, and the paper keeps the identifier without version.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.digests.bylines import split_names
from tui.digests.dates import day_range
from tui.digests.document import Document
from tui.digests.feed_items import Feed, FeedItem
from tui.identifiers import arxiv_id, by_doi, find_urls, identify, relation, same_address
from tui.model import Entry, Issue, Link, Remark, Section
from tui.text import clean, shown

ANNOUNCED = "Announced"
COMMENTS = "Comments"
JOURNAL = "Journal reference"
SUMMARY = "Summary"

_LONG = 5_000
"""A body longer than this is a post, wherever its address leads: no abstract is as long."""
_SHORT = 250
"""A shorter summary is no abstract but says where the paper stands."""

_TOLD = re.compile(
    r"\s*(?:arXiv:(?P<name>\S{6,40}?)(?P<version>v\d{1,3})?\s+)?Announce Type:\s*(?P<type>[\w-]{1,20})\s+"
    r"(?:Abstract:\s*)?", re.IGNORECASE,
)  # fmt: skip
_NAMED = re.compile(r"(?:oai:)?arxiv(?:\.org)?:(\S{6,40}?)(v\d{1,3})?", re.IGNORECASE)
_VERSION = re.compile(r"\d(v\d{1,3})(?:\.pdf)?/?$")
_OLD_TITLE = re.compile(
    r"\s*\(arXiv:(?P<name>\S{6,40}?)(?P<version>v\d{1,3})?\s{0,3}(?:\[(?P<class>[\w.-]{2,20})\])?"
    r"\s{0,3}(?P<type>UPDATED|CROSS LISTED)?\)\s*$"
)  # fmt: skip
_OLD_TYPES = {"UPDATED": "replace", "CROSS LISTED": "cross"}
_TYPES = {
    "new": "new",
    "cross": "cross-listed",
    "replace": "replaced",
    "replace-cross": "replaced, cross-listed",
}
_DOI_URN = re.compile(r"(?:doi|info:doi/|urn:doi)[:/]?\s*(10\..+)", re.IGNORECASE)
_ELEMENT = re.compile(r"<[^<>]{0,2000}>")
_BLOCKS = re.compile(r"</?(?:p|div|br|ul|ol|li|table|h[1-6]|a|em|i|b|strong|img|span)\b[^<>]{0,2000}>", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^()]{0,2000}\)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[ -]?){1,5}")


def lists_papers(feed: Feed) -> bool:
    """Return whether most items of *feed* are papers themselves, and no posts that speak of papers."""
    found = [_is_paper(item) for item in feed.items[:200]]
    return bool(found) and 2 * sum(found) > len(found)


def _is_paper(item: FeedItem) -> bool:
    return len(item.text) <= _LONG and bool(_identifiers(item))


def issue_of_papers(document: Document, feed: Feed, items: Sequence[FeedItem]) -> Issue:
    """Return the one issue that *items* make; an item that names no paper is among its warnings."""
    entries: list[Entry] = []
    warnings = list(feed.remarks)
    for item in items:
        if _identifiers(item) or (item.title and item.authors):
            entries.append(entry_of_item(item))
        else:
            warnings.append(Remark(item.line, item.title or clean(item.text, 500) or item.id, "names no paper"))
    day = feed.updated or max((each.published or each.updated or "" for each in items), default="") or None
    title = feed.title or "Feed of papers"
    return Issue(
        id="",
        title=f"{title}, {day_range((day,))}" if day else title,
        entries=tuple(entries),
        format="feed",
        series=title,
        date=day,
        # The address of a feed is that of every issue it ever gives.
        address=None,
        source=document.source,
        text=document.text,
        warnings=tuple(warnings),
    )


def _identifiers(item: FeedItem) -> dict[str, str]:
    """Return the identifiers that *item* is named or addressed by."""
    found: dict[str, str] = {}
    if (match := _NAMED.fullmatch(item.id.strip()[:60])) and (name := arxiv_id(match[1])):
        found["arxiv"] = name
    for url in (item.address, item.id if "://" in item.id else None):
        if url and (known := identify(url)):
            found.setdefault(*known)
    for stated in (item.facts.get("doi"), item.facts.get("identifier"), item.id):
        if stated and "10." in stated:
            match = _DOI_URN.match(stated.strip()[:300])
            if known := by_doi(match[1] if match else stated[:300]):
                found.setdefault(*known)
    return found


def entry_of_item(item: FeedItem) -> Entry:
    """Return what *item* says of the paper that it is."""
    identifiers, title, body = _identifiers(item), item.title, item.text
    told = _TOLD.match(body) if "nnounce" in body[:200] else None
    old = _OLD_TITLE.search(title) if title and title.endswith(")") else None
    if old and title and (name := arxiv_id(old["name"])):
        identifiers.setdefault("arxiv", name)
        title = title[: old.start()].rstrip(" .")
    else:
        old = None
    announced = (
        item.facts.get("announce") or (told and told["type"]) or (old and _OLD_TYPES.get(old["type"] or "", "new"))
    )
    abstract, sections = _said(item, body[told.end() :] if told else body, bool(told or old))
    if announced:
        sections.insert(0, Section(ANNOUNCED, _announcement(announced, _version(item, told, old))))
    names, more = _authors(item)
    classes = [old["class"]] if old and old["class"] else []
    return Entry(
        title=title,
        authors=names,
        more_authors=more,
        date=item.published or item.updated,
        abstract=abstract,
        identifiers=identifiers,
        links=_links(item, abstract),
        sections=tuple(sections),
        categories=tuple(dict.fromkeys([*classes, *item.categories])),
        line=item.line,
    )


def _announcement(kind: str, version: str | None) -> str:
    words = _TYPES.get(kind.strip().lower(), kind.strip())
    return f"{words} ({version})" if version else words


def _version(item: FeedItem, *matches: re.Match[str] | None) -> str | None:
    """Return the version that is announced, such as ``v2``, or None."""
    for match in matches:
        if match and match["version"]:
            return match["version"]
    for text in (item.id, item.address or ""):
        if match := _VERSION.search(text[-60:]):
            return match[1]
    return None


def _said(item: FeedItem, body: str, is_arxiv: bool) -> tuple[str | None, list[Section]]:
    """Return the abstract, and what else *item* says in sections."""
    facts = item.facts
    stated = ((COMMENTS, facts.get("comment")), (JOURNAL, facts.get("journal")))
    sections = [Section(heading, text) for heading, text in stated if text]
    if item.markup == "html" and (not is_arxiv or body.startswith("<")) and _BLOCKS.search(body):
        body = _prose(body)
    body = body.strip()
    if body.lower().startswith("abstract"):
        return body[8:].lstrip(" :.\n") or None, sections
    if body and not is_arxiv and len(body) < _SHORT:
        return None, [Section(SUMMARY, body), *sections]
    return body or None, sections


def _prose(markup: str) -> str:
    from tui.digests.page import flatten
    from tui.digests.paragraphs import prose

    return prose(flatten(f"<html><body>{markup}</body></html>")[2])


def _authors(item: FeedItem) -> tuple[tuple[str, ...], int]:
    """Return the names, and how many more are counted; one element may hold them all."""
    names = item.authors
    if len(names) != 1:
        return tuple(map(_shown, names)), 0
    said = names[0]
    if "<" in said:
        said = _ELEMENT.sub("", said)
    if "(" in said:
        # Affiliations, which have brackets of their own.
        said = _BRACKETS.sub("", _BRACKETS.sub("", said))
    if "," not in said and ";" not in said and " and " not in said:
        return (_shown(said),), 0
    found, more = split_names(_shown(said))
    if len(found) % 2 == 0 and all(_INITIALS.fullmatch(each) for each in found[1::2]):
        # Family names first: "Smith, J. A., Doe, B.".
        found = tuple(f"{given} {family}" for family, given in zip(found[::2], found[1::2], strict=True))
    return found, more


def _shown(name: str) -> str:
    return shown(name) if "\\" in name or "&" in name else name


def _links(item: FeedItem, abstract: str | None) -> tuple[Link, ...]:
    urls = [item.address] if item.address else []
    urls += item.links
    if abstract and "://" in abstract:
        urls += [found.url for found in find_urls(abstract) if found.url]
    stated = {same_address(url): url for url in reversed(urls)}
    return tuple(Link(url, relation(url)) for url in reversed(stated.values()))
