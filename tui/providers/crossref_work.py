"""A work of Crossref's as an answer: its one record, the version that it is, and what else Crossref knows of it.

The members are those of https://api.crossref.org/swagger-ui/ (Work) and of the deposit schema 5.3: most are lists,
any may be missing, and dates hold nulls.
"""

from __future__ import annotations

import re
from typing import Any

from tui.identifiers import doi, is_at, urlsplit_or_none
from tui.model import Answer, Kind, Record, RecordType
from tui.providers.crossref_facts import Found, address_of, facts_of, links_of, withdrawn_of
from tui.providers.markup import plain, title_of, words_of
from tui.providers.reading import date_parts, label_of, list_of, map_of, name_of, pages_of, text_of, work_of_doi
from tui.providers.venues import is_archive, is_workshop
from tui.text import fold

MAX_PEOPLE = 10_000
_MAX_PARTS = 200

_TYPES: dict[str, RecordType] = {
    "journal-article": "journal",
    "proceedings-article": "conference",
    "book-chapter": "chapter", "book-section": "chapter", "book-part": "chapter", "book-track": "chapter",
    "reference-entry": "chapter",
    "book": "book", "monograph": "book", "edited-book": "book", "reference-book": "book", "proceedings": "book",
    "posted-content": "preprint",
    "dissertation": "thesis",
    "report": "report", "report-component": "report", "standard": "report",
    "dataset": "dataset",
    "other": "other",
}  # fmt: skip
"""Crossref's types that are works of somebody's; a journal, an issue, a series, a figure and a review are not."""

_NO_PREPRINTS = frozenset({"letter", "letters", "peer_review", "other"})
_SERIES = re.compile(
    r"(?:Lecture Notes (?:in|on|of)|Communications in Computer and|Advances in Intelligent Systems|IFIP Advances"
    r"|Studies in|Smart Innovation|Springer (?=[A-Z])|Learning and Analytics in)\b"
)
_PROCEEDINGS = re.compile(
    r"\bProceedings of\b|\b(?:Conference|Symposium|Workshop) on\b|\bInternational Conference\b"
    r"|[–—-] [A-Z][\w&/+’'-]{1,20} (?:19|20)\d\d(?: Workshops)?$"
)
"""Books that are a conference's proceedings: "Computer Vision – ECCV 2020"."""

_SERVERS = {
    "biorxiv.org": "bioRxiv", "medrxiv.org": "medRxiv", "chemrxiv.org": "ChemRxiv", "techrxiv.org": "TechRxiv",
    "ssrn.com": "SSRN", "osf.io": "OSF Preprints", "researchsquare.com": "Research Square",
    "preprints.org": "Preprints.org",
}  # fmt: skip


def answer_of(work: Found) -> Answer | None:
    """Return what Crossref says of *work*, or None where it is no work that can be cited."""
    kind_of_work = text_of(work.get("type")) or "other"
    name = doi(text_of(work.get("DOI")) or "")
    if not name or kind_of_work not in _TYPES or text_of(work.get("subtype")) == "peer_review":
        return None
    record = _record(work, name, kind_of_work)
    kind: Kind = "preprint" if record.type == "preprint" else "published"
    other = _other_version(work, kind)
    identifiers = work_of_doi(name) | {k: v for k, v in other.items() if k == "arxiv"}
    return Answer(
        provider="crossref",
        id=name,
        kind=kind,
        record=record,
        abstract=plain(work.get("abstract")),
        identifiers=identifiers,
        links=tuple(links_of(work)),
        facts=facts_of(work, kind, other.get("doi")),
        withdrawn=withdrawn_of(work, record.title or ""),
    )


def _record(work: Found, name: str, kind_of_work: str) -> Record:
    kind = _type(work, kind_of_work)
    titles = _texts(work.get("container-title"))
    year, month = _date(work, kind)
    known = work_of_doi(name)
    return Record(
        type=kind,
        title=_title(work),
        authors=_people(work.get("author")),
        year=year,
        month=month,
        venue=_server(work) if kind == "preprint" else _container(titles, kind),
        volume=label_of(work.get("volume")),
        number=label_of(work.get("issue")),
        pages=_pages(work),
        publisher=_school(work) or words_of(work.get("publisher")),
        editors=_people(work.get("editor")) if kind not in ("journal", "preprint") else (),
        doi=known.get("doi"),
        arxiv=known.get("arxiv"),
        url=address_of(work),
    )


def _type(work: Found, kind_of_work: str) -> RecordType:
    kind = _TYPES[kind_of_work]
    if kind == "preprint" and text_of(work.get("subtype")) in _NO_PREPRINTS:
        return "other"
    names = [*_texts(work.get("container-title")), *_conference(work)]
    if kind == "journal" and names and is_archive(names[0]):
        return "preprint"
    if kind == "conference" or (kind_of_work == "book-chapter" and _conference(work)):
        # Springer deposits the papers of its conference series as chapters, and says beside it which conference.
        return "workshop" if any(is_workshop(name) for name in names) else "conference"
    return kind


def _conference(work: Found) -> list[str]:
    """Return the names of the conference that the work is of: an event, what Springer asserts of it, or the book."""
    books = [title for title in _texts(work.get("container-title")) if _PROCEEDINGS.search(title)]
    asserted = (map_of(part) for part in list_of(work.get("assertion"))[:_MAX_PARTS])
    named = [words_of(part.get("value")) for part in asserted if part.get("name") == "conference_name"]
    return [name for name in (words_of(map_of(work.get("event")).get("name")), *named, *books) if name]


def _texts(value: object) -> list[str]:
    """Return the names in a list; an address is none."""
    return [text for part in _each(value) if (text := words_of(part)) and "://" not in text]


def _each(value: object) -> list[Any]:
    """Return the items of a list of texts; a text alone, as older answers have it, counts as one."""
    return [value] if isinstance(value, str) else list_of(value)[:_MAX_PARTS]


def _title(work: Found) -> str | None:
    """Return the title with its subtitle, unless that is a part of it already."""
    title = next(filter(None, map(title_of, _each(work.get("title")))), None)
    below = next(filter(None, map(title_of, _each(work.get("subtitle")))), None)
    if not title or not below or _letters(below) in _letters(title):
        return title
    return f"{title} {below}" if title[-1] in ":?!" else f"{title.rstrip(' .')}: {below}"


def _letters(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text)).strip()


def _container(titles: list[str], kind: RecordType) -> str | None:
    """Return the venue; of a book in a series (both stand in one list, in either order) it is the book."""
    if kind in ("journal", "book", "report", "thesis"):
        return titles[0] if titles and kind != "thesis" else None
    return next((title for title in reversed(titles) if not _SERIES.match(title)), None) or next(iter(titles), None)


def _server(work: Found) -> str | None:
    """Return the preprint server: the institution that the deposit names, or whose address it has."""
    for part in map(map_of, list_of(work.get("institution"))[:_MAX_PARTS]):
        if name := words_of(part.get("name")):
            return name
    host = urlsplit_or_none(address_of(work) or "") or ""
    known = (name for domain, name in _SERVERS.items() if is_at(host, domain))
    return next(known, None) or next(iter(_texts(work.get("container-title"))), None)


def _school(work: Found) -> str | None:
    """Return where a dissertation was handed in; the publisher of one is often an archive."""
    if work.get("type") != "dissertation":
        return None
    return next(filter(None, (words_of(map_of(p).get("name")) for p in list_of(work.get("institution"))[:5])), None)


def _pages(work: Found) -> str | None:
    """Return the pages, or the number that an article without pages has; "n/a-n/a" is neither."""
    pages = pages_of(work.get("page"))
    if pages and re.search(r"\d|^[ivxlc]+(?:-|$)", pages, re.IGNORECASE):
        return pages
    return label_of(work.get("article-number"))


def _date(work: Found, kind: RecordType) -> tuple[int | None, int | None]:
    """Return year and month of this version; a printed volume has the date that is printed on it."""
    names = ["published", "issued", "published-online", "published-print", "posted"]
    if kind == "preprint":
        names.insert(0, "posted")
    elif label_of(work.get("volume")):
        names.insert(0, "published-print")
    dates = [date_parts(work.get(name)) for name in names]
    return next((date for date in dates if date[0]), (None, None))


def _people(value: object) -> tuple[str, ...]:
    """Return the names in order, the one that is marked as the first before the others."""
    people = [map_of(each) for each in list_of(value)[:MAX_PEOPLE]]
    first = [place for place, person in enumerate(people) if person.get("sequence") == "first"]
    if len(first) == 1:
        people.insert(0, people.pop(first[0]))
    return tuple(name for name in map(_person, people) if name)


def _person(person: Found) -> str | None:
    parts = [words_of(person.get(part)) for part in ("given", "family", "suffix")]
    return name_of(*parts) if parts[0] or parts[1] else words_of(person.get("name"))


def _other_version(work: Found, kind: Kind) -> dict[str, str]:
    """Return the identifiers of the published version of a preprint, or of the preprint of a published work."""
    relations = map_of(work.get("relation"))
    for part in list_of(relations.get("is-preprint-of" if kind == "preprint" else "has-preprint"))[:_MAX_PARTS]:
        said = map_of(part)
        if said.get("id-type") == "doi" and (found := work_of_doi(text_of(said.get("id")))):
            return found
        if said.get("id-type") == "arxiv" and (named := work_of_doi(f"10.48550/arxiv.{text_of(said.get('id'))}")):
            return named
    return {}
