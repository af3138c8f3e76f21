"""What the record formats share: from bibliographic fields to a record, an entry and an issue named after its file.

BibTeX, CSL-JSON, RIS and paperrack's own JSON state whole records, and some state what the reader made of them: keys,
tags, notes. Such a format has a ``collect`` beside its ``parse``; it gives back a :class:`Collection`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

from tui.digests.document import Document
from tui.identifiers import arxiv_id, doi, find, find_urls, identify, link_to, relation, urlsplit_or_none
from tui.key_pattern import SAFE
from tui.model import Choices, Entry, Inquiry, Issue, Link, Marks, Record, RecordType, Remark
from tui.text import clean, fold, shown

Place = tuple[int, int]
"""Where an entry stands in a :class:`Collection`: its issue and its place in it, both counted from 0."""

_KEY = re.compile(rf"[{SAFE}]{{1,200}}")
_ARXIV_NUMBER = re.compile(r"\d{4}\.\d{4}|\d{7}")
"""What every arXiv id has in it, of the new kind or the old."""

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]\d\d|20\d\d)(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ARXIV_VENUE = re.compile(r"(?:the )?(?:computing research repository|corr|arxiv)\b.{0,200}", re.IGNORECASE | re.DOTALL)
_PREPRINT_SERVERS = re.compile(
    r"(?:bio|med|chem|psy|soc|eng|earth|edu|law|paleo|agri|eco|tech)rxiv|psyarxiv|socarxiv|research square|ssrn"
    r"(?: electronic journal)?|osf preprints|preprints(?:\.org)?|hal|zenodo preprint",
    re.IGNORECASE,
)


Asked = tuple[Inquiry, Choices]
"""What services said of a paper, and what the reader decided on it."""


@dataclass(frozen=True)
class Collection:
    """Issues, and what their source states beside them: the reader's marks, papers' ids, and what services said."""

    issues: tuple[Issue, ...]
    marks: Mapping[Place, Marks] = field(default_factory=dict)
    ids: Mapping[Place, str] = field(default_factory=dict)
    asked: Mapping[Place, Asked] = field(default_factory=dict)


def named_after(document: Document) -> str:
    """Return the title of an issue that has none of its own: the name of its file, without what follows the point."""
    source = document.address or document.source
    if source in ("-", ""):
        return "Standard input"
    if urlsplit_or_none(source):
        parts = urlsplit(source)
        source = unquote(parts.path).rstrip("/")
        if not source:
            return clean(parts.netloc)
    return clean(PurePath(source.replace("\\", "/")).stem) or clean(source) or "Papers"


def issue_named(
    document: Document, name: str, entries: Sequence[Entry], warnings: Sequence[Remark], text: str = ""
) -> Issue:
    """Return the issue of format *name* that is named after its file and holds *entries*."""
    return Issue(
        id="",
        title=named_after(document),
        entries=tuple(entries),
        format=name,
        source=document.source,
        address=document.address,
        text=text,
        warnings=tuple(warnings),
    )


def entry_of(
    record: Record,
    authors: Iterable[str],
    *,
    abstract: str | None = None,
    urls: Iterable[str] = (),
    categories: Iterable[str] = (),
    line: int = 0,
) -> Entry | None:
    """Return what a source that states *record* says of a paper, or None where that names none.

    *authors* are as shown; *urls* are the addresses that the source states, its own first.
    """
    stated = dict.fromkeys(url.strip() for url in urls)
    links = tuple(Link(url, relation(url)) for url in stated if urlsplit_or_none(url))
    identifiers = identifiers_of(record, (link.url for link in links))
    if not (record.title or abstract or identifiers):
        return None
    return Entry(
        title=record.title,
        authors=tuple(authors),
        more_authors=record.more_authors,
        year=record.year,
        venue=record.venue,
        abstract=abstract,
        identifiers=identifiers,
        links=links,
        categories=tuple(categories),
        record=record,
        line=line,
    )


def identifiers_of(record: Record, urls: Iterable[str] = ()) -> dict[str, str]:
    """Return the identifiers that *record* and its own addresses state, scheme to identifier."""
    found: dict[str, str] = {}
    if record.arxiv:
        found["arxiv"] = record.arxiv
    if record.doi:
        scheme, value = identify(f"https://doi.org/{record.doi}") or ("doi", record.doi)
        found.setdefault(scheme, value)
        if scheme == "acl":
            # The Anthology's DOIs name the same paper to everybody else.
            found["doi"] = record.doi
    for url in urls:
        if known := identify(url):
            found.setdefault(*known)
    return found


def identifier(scheme: str, text: str) -> str | None:
    """Return *text* in the one form of an identifier of *scheme*, or None where it is none; unknown schemes pass."""
    if scheme == "arxiv":
        return arxiv_id(text)
    if scheme == "doi":
        return doi(text)
    url = link_to(scheme, text.strip())
    if url is None:
        return clean(text) or None
    found = identify(url)
    return found[1] if found and found[0] == scheme else None


def address_in(text: str) -> tuple[str, ...]:
    """Return the http and https addresses in a field, in order."""
    return tuple(found.url for found in find_urls(text) if found.url)


def arxiv_in(value: str) -> str | None:
    """Return the arXiv id that a field names: in prose, as an address, or as DBLP's ``abs/1706.03762``; or None."""
    if not _ARXIV_NUMBER.search(value):
        return None
    value = value[:2000].replace("{", "").replace("}", "").replace("\\_", "_").strip()
    if not value or value.startswith("abs/"):
        return arxiv_id(value[4:])
    return next((found.value for found in find(value) if found.scheme == "arxiv"), None)


def kept_key(text: str) -> str | None:
    """Return *text* if it can stand as a citation key wherever BibTeX is read, else None."""
    key = clean(text)
    return key if _KEY.fullmatch(key) else None


def year_of(text: str) -> int | None:
    """Return the first year from 1500 on that *text* names, or None."""
    match = _YEAR.search(text[:200])
    return int(match[0]) if match else None


def month_of(text: str) -> int | None:
    """Return the month, 1 to 12, that *text* begins with as a number or an English word, or None."""
    text = fold(text.strip())
    digits = re.match(r"\d{1,2}(?!\d)", text)
    if digits:
        return int(digits[0]) if 1 <= int(digits[0]) <= 12 else None
    return _MONTHS.index(text[:3]) + 1 if text[:3] in _MONTHS else None


def pages_of(text: str) -> str | None:
    """Return pages with one dash: a hyphen, or an en dash where the numbers hold hyphens themselves."""
    text = re.sub(r" {0,9}(?:-{2,9}|[\u2010-\u2015\u2212]{1,9}) {0,9}", "\u2013", clean(text, 200))
    return (text if "-" in text else text.replace("\u2013", "-")) or None


def bare_doi(text: str) -> str | None:
    """Return the DOI in a field that may hold its address or a prefix, bare and in lower case, or None."""
    return doi(text.replace("\\_", "_").replace("{", "").replace("}", "")) if text else None


def preprint_venue(venue: str | None) -> tuple[bool, str | None]:
    """Return whether *venue* is a preprint server's name, and what of it stays a venue: nothing of arXiv's."""
    if venue and _ARXIV_VENUE.fullmatch(venue.strip()):
        return True, None
    return bool(venue and _PREPRINT_SERVERS.fullmatch(venue.strip())), venue


def settled_type(kind: RecordType, venue: str | None, arxiv: str | None) -> tuple[RecordType, str | None]:
    """Return a record's type and venue once its arXiv id and venue are known.

    A journal that is a preprint server makes a preprint, and so does an arXiv id where no venue is named.
    """
    preprint, rest = preprint_venue(venue)
    if kind in ("journal", "other", "preprint", "report") and (preprint or (arxiv and not rest and kind != "report")):
        return "preprint", rest
    if kind == "conference" and venue and re.search(r"\bworkshops?\b", venue, re.IGNORECASE):
        return "workshop", rest
    return kind, rest


def markup_free(text: str) -> str:
    """Return *text* without HTML and entities; TeX in it stays as it is."""
    if "<" not in text and "&" not in text:
        return text
    pieces = re.split(r"(\$[^$]{1,2000}\$|\\)", text)
    return "".join(piece if index % 2 else _spaced(piece) for index, piece in enumerate(pieces))


def _spaced(piece: str) -> str:
    """Read HTML in *piece*, and keep the blanks at its ends."""
    body = piece.strip(" ")
    if not body or not re.search("[<&]", body):
        return piece
    start = len(piece) - len(piece.lstrip(" "))
    return " " * start + shown(body) + " " * (len(piece) - start - len(body))
