"""Feeds whose items are papers: arXiv's own, preprint servers' and journals'. All items make one issue.

arXiv announces versions: ``Announce Type: replace`` and an identifier that ends in ``v2`` are said in a section of
their own, and the paper keeps the identifier without version.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.digests.arxiv_people import people
from tui.digests.document import Document
from tui.digests.feed_items import Feed, FeedItem, on_day
from tui.identifiers import arxiv_id, by_doi, find_urls, identify, relation, same_address
from tui.model import Entry, Issue, Link, Remark, Section
from tui.text import clean, shown

ANNOUNCED = "Announced"
COMMENTS = "Comments"
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
_OWN = re.compile(r"https?://arxiv\.org/abs/|oai:arxiv\.org:", re.IGNORECASE)
_VERSION = re.compile(r"\d(v\d{1,3})(?:\.pdf)?/?$")
_OLD_TITLE = re.compile(
    r"(?:(?<!\s)\s++)?\(arXiv:(?P<name>\S{6,40}?)(?P<version>v\d{1,3})?\s{0,3}(?:\[(?P<class>[\w.-]{2,20})\])?"
    r"\s{0,3}(?P<type>UPDATED|CROSS LISTED)?\)\s*$"
)  # fmt: skip
_OLD_TYPES = {"UPDATED": "replace", "CROSS LISTED": "cross"}
_TYPES = {
    "new": "new",
    "cross": "cross-listed",
    "replace": "replaced",
    "replace-cross": "replaced, cross-listed",
}
_OF_ARXIV = re.compile(r"(.{2,200}) updates on (?:the )?arXiv\.org(?: e-print archive)?")
_DOI_URN = re.compile(r"(?:doi|info:doi/|urn:doi)[:/]?\s*(10\..+)", re.IGNORECASE)
# A sentence may begin with the word, too: "Abstract reasoning is hard."
_LABEL = re.compile(r"(?i:abstract)(?:\s{0,9}(?:[:.\n]|$)|\s{1,9}+(?![a-z]))")
_ELEMENT = re.compile(r"<[^<>]{0,2000}>")
_BLOCKS = re.compile(r"</?(?:p|div|br|ul|ol|li|table|h[1-6]|a|em|i|b|strong|img|span)\b[^<>]{0,2000}>", re.IGNORECASE)
_GENERATION = re.compile(r"(?:jr|sr|i{2,3}|iv|ph\.? ?d|m\.? ?d)\.?", re.IGNORECASE)
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
    match = _OF_ARXIV.fullmatch(feed.title)
    title = f"arXiv {match[1]}" if match else feed.title or "Feed of papers"
    return Issue(
        id="",
        title=on_day(title, day),
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
    abstract, sections = _said(item, body[told.end() :] if told else body, bool(told or old or _OWN.match(item.id)))
    if announced:
        sections.insert(0, Section(ANNOUNCED, _announcement(announced, _version(item, told, old))))
    names, more = _authors(item)
    classes = [old["class"]] if old and old["class"] else []
    return Entry(
        title=title,
        authors=names,
        more_authors=more,
        venue=item.facts.get("journal"),
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
    return f"{words} ({version})" if version not in (None, "v1") else words


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
    comment = item.facts.get("comment")
    sections = [Section(COMMENTS, comment)] if comment else []
    if item.markup == "html" and (not is_arxiv or body.startswith("<")) and _BLOCKS.search(body):
        body = _prose(body)
    body = body.strip()
    if _LABEL.match(body):
        return body[8:].lstrip(" :.\n") or None, sections
    if body and not is_arxiv and len(body) < _SHORT:
        return None, [Section(SUMMARY, body), *sections]
    return body or None, sections


def _prose(markup: str) -> str:
    from tui.digests.page import flatten
    from tui.digests.paragraphs import prose

    return prose(flatten(f"<html><body>{markup}</body></html>")[2])


def _authors(item: FeedItem) -> tuple[tuple[str, ...], int]:
    """Return the names, and how many more are counted; one element may hold them all, with where they work."""
    if len(item.authors) != 1:
        return tuple(map(_named, item.authors)), 0
    said = item.authors[0]
    found, more, _ = people(_ELEMENT.sub("", said) if "<" in said else said)
    if len(found) % 2 == 0 and all(_INITIALS.fullmatch(each) for each in found[1::2]):
        # Family names first: "Smith, J. A., Doe, B.".
        found = tuple(f"{given} {family}" for family, given in zip(found[::2], found[1::2], strict=True))
    return found, more


def _named(name: str) -> str:
    """Return one name with its accents read, the family's last."""
    name = shown(name) if "\\" in name or "&" in name else name
    family, comma, given = name.partition(", ")
    return name if not comma or "," in given or _GENERATION.fullmatch(given) else f"{given} {family}"


def _links(item: FeedItem, abstract: str | None) -> tuple[Link, ...]:
    urls = [item.address] if item.address else []
    urls += item.links
    if abstract and "://" in abstract:
        urls += [found.url for found in find_urls(abstract) if found.url]
    stated: dict[str, str] = {}
    for url in urls:
        stated.setdefault(same_address(url), url)
    return tuple(Link(url, relation(url)) for url in stated.values())
