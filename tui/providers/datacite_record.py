"""DataCite's metadata of one work as an answer.

Both of its shapes are read: the attributes of its JSON:API (https://support.datacite.org/docs/api) and "DataCite
JSON" as content negotiation gives it, which differ in what is text and what an object. Kinds of resources, relations
and dates are those of the DataCite Metadata Schema 4 (https://datacite-metadata-schema.readthedocs.io).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tui.identifiers import arxiv_date, doi, relation, urlsplit_or_none
from tui.model import Answer, Link, Record, RecordType
from tui.providers.datacite_parts import (
    MAX_SUBJECTS,
    Found,
    container_of,
    dates_of,
    description_of,
    keywords_of,
    licence_of,
    people_of,
    publisher_of,
    title_of,
)
from tui.providers.reading import date_of, int_of, list_of, map_of, text_of, work_of_doi, year_and_month, year_of

NAME = "datacite"

MAX_CODE = 5

_TYPES: dict[str, RecordType] = {
    "preprint": "preprint",
    "journalarticle": "journal",
    "datapaper": "journal",
    "conferencepaper": "conference",
    "conferenceproceeding": "conference",
    "bookchapter": "chapter",
    "book": "book",
    "dissertation": "thesis",
    "report": "report",
    "software": "software",
    "computationalnotebook": "software",
    "dataset": "dataset",
}
# Before version 4.4 of the schema (2021) an article was a "Text", and what kind of text was said in free words.
_WORDS: tuple[tuple[str, RecordType], ...] = (
    (r"pre-?print|working paper", "preprint"),
    (r"chapter", "chapter"),
    (r"conference|proceeding", "conference"),
    (r"thesis|dissertation", "thesis"),
    (r"report", "report"),
    (r"book|monograph", "book"),
    (r"article|journal", "journal"),
)
_SAME_WORK = frozenset(("IsVariantFormOf", "IsPreprintOf"))
_PAGES = re.compile(r"[A-Za-z]{0,4}\.?\d{1,9}[A-Za-z]?(?:\s?[-–]{1,2}\s?[A-Za-z]{0,4}\d{1,9})?")
_SUBJECT = re.compile(r"\(([a-z-]{2,20}(?:\.[A-Za-z-]{2,20})?)\)\s{0,9}$")


def answer_of(work: Found) -> Answer | None:
    """Return what DataCite says of one work; None where it is none, or has neither title nor DOI."""
    given = doi(text_of(work.get("doi")) or text_of(work.get("id")) or "")
    title = title_of(work)
    if not given or (title is None and not list_of(work.get("creators"))):
        return None
    names = work_of_doi(given)
    arxiv = names.get("arxiv")
    kind = "preprint" if arxiv else _type(work)
    preprint = kind == "preprint"
    published, preprint_is = _other_versions(work, arxiv is not None)
    categories = _categories(work) if arxiv else ()
    issued = _issued(work, arxiv)
    return Answer(
        provider=NAME,
        id=given,
        kind="preprint" if preprint else "published",
        record=Record(
            type=kind,
            title=title,
            authors=people_of(work.get("creators")),
            year=issued[0],
            month=issued[1],
            **({} if arxiv else _place(work)),
            doi=None if arxiv else given,
            arxiv=arxiv,
            primary_class=next(iter(categories), None),
            url=f"https://arxiv.org/abs/{arxiv}" if arxiv else _address(work.get("url")),
        ),
        abstract=description_of(work, "Abstract"),
        identifiers=_identifiers(names, published if preprint else None, preprint_is),
        links=_links(work, arxiv),
        categories=categories,
        facts=_facts(work, arxiv, published, preprint_is),
        withdrawn=_withdrawn(work),
    )


def _type(work: Found) -> RecordType:
    types = map_of(work.get("types"))
    general = text_of(types.get("resourceTypeGeneral")) or ""
    if found := _TYPES.get(general.lower()):
        at_workshop = found == "conference" and re.search(r"\bworkshops?\b", container_of(work)[0] or "", re.IGNORECASE)
        return "workshop" if at_workshop else found
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", (text_of(types.get("resourceType")) or "")[:100]).lower()
    known = general.lower() in ("text", "", "other")
    return next((kind for pattern, kind in _WORDS if known and re.search(pattern, words)), "other")


def _issued(work: Found, arxiv: str | None) -> tuple[int | None, int | None]:
    """Return year and month of publication; of an arXiv paper, those of its first version."""
    if arxiv:
        first = sorted(filter(None, (date_of(each.get("date")) for each in dates_of(work, "Submitted"))))
        return year_and_month(first[0]) if first else arxiv_date(arxiv) or (None, None)
    for kind in ("Issued", "Available", "Created"):
        for each in dates_of(work, kind):
            if year_of(each.get("date")):
                return year_and_month(each.get("date"))
    return year_of(work.get("publicationYear")), None


def _place(work: Found) -> dict[str, Any]:
    """Return what a record says of where the work appeared, under the record's own names."""
    venue, within = container_of(work)
    first, last = text_of(within.get("firstPage")), text_of(within.get("lastPage"))
    pages = f"{first}-{last}" if first and last and first != last else first
    return {
        "venue": venue,
        "volume": text_of(within.get("volume")),
        "number": text_of(within.get("issue")),
        # Depositors write the journal's name and the like where the first page belongs.
        "pages": pages if pages and _PAGES.fullmatch(pages) else None,
        "publisher": publisher_of(work),
        "editors": people_of(work.get("contributors"), "Editor"),
    }


def _other_versions(work: Found, on_arxiv: bool) -> tuple[str | None, str | None]:
    """Return the DOI of the published version, and the arXiv id of the preprint, that the work is said to be of.

    arXiv says "IsVersionOf" of the DOI that its authors enter; elsewhere that is the DOI of all versions of a deposit.
    """
    same = _SAME_WORK | {"IsVersionOf"} if on_arxiv else _SAME_WORK
    published = preprint = None
    for each in map(map_of, list_of(work.get("relatedIdentifiers"))[:1000]):
        scheme = (text_of(each.get("relatedIdentifierType")) or "").upper()
        if text_of(each.get("relationType")) in same and scheme in ("DOI", "ARXIV"):
            value = text_of(each.get("relatedIdentifier")) or ""
            names = work_of_doi(value if doi(value) else f"10.48550/{value.replace(':', '.')}")
            published = published or names.get("doi")
            preprint = preprint or (None if on_arxiv else names.get("arxiv"))
    return published, preprint


def _identifiers(names: Mapping[str, str], published: str | None, preprint: str | None) -> dict[str, str]:
    found = dict(names)
    if published and "arxiv" in names:
        found |= work_of_doi(published)
    return {**found, "arxiv": preprint} if preprint else found


def _categories(work: Found) -> tuple[str, ...]:
    """Return arXiv's categories, the primary one first; they stand in brackets behind their names."""
    subjects = (map_of(each) for each in list_of(work.get("subjects"))[:MAX_SUBJECTS])
    texts = (text_of(each.get("subject")) for each in subjects if _is_arxivs(each))
    matches = (_SUBJECT.search(text[:200]) for text in texts if text)
    return tuple(dict.fromkeys(match[1] for match in matches if match))


def _is_arxivs(subject: Found) -> bool:
    return (text_of(subject.get("subjectScheme")) or "").lower() == "arxiv"


def _facts(work: Found, arxiv: str | None, published: str | None, preprint: str | None) -> dict[str, str | int]:
    updated = sorted(filter(None, (date_of(each.get("date")) for each in dates_of(work, "Updated"))))
    submitted = sorted(filter(None, (date_of(each.get("date")) for each in dates_of(work, "Submitted"))))
    version = work.get("version")
    known: dict[str, str | int | None] = {
        "comment": description_of(work, "Other") if arxiv else None,
        "published_as": published,
        "preprint_is": f"10.48550/arxiv.{preprint}" if preprint else None,
        "version": int_of(version) if arxiv else text_of(version),
        "submitted": submitted[0] if submitted else None,
        "updated": updated[-1] if updated else None,
        "licence": licence_of(work),
        "citations": int_of(work.get("citationCount")),
        "keywords": None if arxiv else keywords_of(work),
    }
    return {name: value for name, value in known.items() if value}


def _address(value: object) -> str | None:
    url = text_of(value)
    return url if url and urlsplit_or_none(url) else None


def _links(work: Found, arxiv: str | None) -> tuple[Link, ...]:
    """Return the work's page, its file where that is a PDF, and repositories that it is linked with."""
    if arxiv:
        pages = [Link(f"https://arxiv.org/abs/{arxiv}", "paper")]
        if not dates_of(work, "Withdrawn"):
            pages.append(Link(f"https://arxiv.org/pdf/{arxiv}", "pdf"))
        return tuple(pages)
    page = _address(work.get("url"))
    found = {page: Link(page, "pdf" if relation(page) == "pdf" else "paper")} if page else {}
    content = work.get("contentUrl")
    files = (_address(each) for each in (content[:20] if isinstance(content, list) else [content]))
    found |= {url: Link(url, "pdf") for url in files if url and relation(url) == "pdf"}
    related = (map_of(each) for each in list_of(work.get("relatedIdentifiers"))[:1000])
    urls = (_address(each.get("relatedIdentifier")) for each in related if each.get("relatedIdentifierType") == "URL")
    code = dict.fromkeys(url for url in urls if url and relation(url) == "code")
    found |= {url: Link(url, "code") for url in list(code)[:MAX_CODE]}
    return tuple(found.values())


def _withdrawn(work: Found) -> str | None:
    dates = dates_of(work, "Withdrawn")
    if not dates:
        return None
    day = date_of(dates[-1].get("date"))
    return f"DataCite says that it was withdrawn on {day}." if day else "DataCite says that it was withdrawn."
