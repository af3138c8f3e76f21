"""A work of OpenAlex's as an answer. OpenAlex has one work for all versions of a paper: the record is of one of them.

https://docs.openalex.org/api-entities/works/work-object: title, date, volume and pages are those of the work's
primary location; every other location is another version, or a copy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tui.identifiers import arxiv_date
from tui.model import Answer, Kind, Record, RecordType
from tui.providers.markup import plain, title_of, words_of
from tui.providers.openalex_places import Found, Location, links_of, location_of
from tui.providers.reading import (
    int_of,
    label_of,
    list_of,
    map_of,
    pages_of,
    text_of,
    work_of_doi,
    year_and_month,
    year_of,
)
from tui.providers.venues import is_workshop

MAX_WORDS = 10_000
"""Places of an abstract that are read: one huge place would otherwise cost the memory of all those before it."""

MAX_PEOPLE = 10_000
_MAX_PLACES = 100
_IN_SERIES = ("conference", "workshop", "chapter")
_NO_WORKS = frozenset({"paratext", "peer-review", "grant", "supplementary-materials", "libguides"})
_TYPES: dict[str, RecordType] = {
    "article": "journal", "journal-article": "journal", "review": "journal", "letter": "journal",
    "editorial": "journal", "erratum": "journal", "retraction": "journal",
    "proceedings-article": "conference", "conference-paper": "conference",
    "book-chapter": "chapter", "reference-entry": "chapter", "book-section": "chapter", "book-part": "chapter",
    "book": "book", "monograph": "book", "edited-book": "book", "reference-book": "book", "proceedings": "book",
    "dissertation": "thesis", "report": "report", "standard": "report", "dataset": "dataset", "software": "software",
    "preprint": "preprint", "posted-content": "preprint",
}  # fmt: skip


def answer_of(work: Found) -> Answer | None:
    """Return what OpenAlex says of *work*, or None where it is no work that can be cited."""
    name = _id(work.get("id")) or _id(map_of(work.get("ids")).get("openalex"))
    if name is None or text_of(work.get("type")) in _NO_WORKS:
        return None
    places = [location_of(each) for each in list_of(work.get("locations"))[:_MAX_PLACES] if isinstance(each, dict)]
    primary = location_of(map_of(work.get("primary_location")))
    kind = _kind(work, primary)
    known = _identifiers(work, name, kind, primary, places)
    return Answer(
        provider="openalex",
        id=name,
        kind=kind,
        record=_record(work, kind, primary, known),
        abstract=abstract_of(work.get("abstract_inverted_index")),
        identifiers=known,
        links=tuple(links_of(work, (primary, *places))),
        facts=_facts(work, kind, primary, places),
        withdrawn="OpenAlex lists it as retracted." if work.get("is_retracted") is True else None,
    )


def _id(value: object) -> str | None:
    match = re.fullmatch(r"(?:https?://openalex\.org/)?(?:works/)?(W\d{1,18})", text_of(value) or "", re.IGNORECASE)
    return match[1].upper() if match else None


def _kind(work: Found, primary: Location) -> Kind:
    """Return which version the record is of: the one at the primary location."""
    if primary.published:
        return "published"
    stated = _stated(work)
    if "arxiv" in primary.named or stated == "preprint":
        return "preprint"
    # A thesis or a report is published where it is kept; an article in a repository is some author's copy of it.
    copied = primary.archived or primary.source_type == "repository"
    final = primary.version in ("publishedVersion", "acceptedVersion")
    return "preprint" if copied and not final and stated in ("journal", "conference", "other") else "published"


def _stated(work: Found) -> RecordType:
    """Return the type that OpenAlex states; Crossref's own, where it is given, is the finer one."""
    for name in ("type_crossref", "type"):
        if kind := _TYPES.get(text_of(work.get(name)) or ""):
            return kind
    return "other"


def _type(work: Found, kind: Kind, primary: Location) -> RecordType:
    stated = _stated(work)
    if kind == "preprint":
        return stated if stated in ("dataset", "software") else "preprint"
    if stated == "conference" or (stated in ("journal", "preprint") and primary.source_type == "conference"):
        return "workshop" if is_workshop(primary.source or "") else "conference"
    if stated == "preprint" or (stated == "journal" and not primary.published and not primary.source):
        return "journal" if primary.source_type == "journal" else "other"
    return stated


def _record(work: Found, kind: Kind, primary: Location, known: Mapping[str, str]) -> Record:
    biblio = map_of(work.get("biblio"))
    own = _own(work, kind, primary)
    year, month = _date(work, kind, own, known)
    published = kind == "published"
    return Record(
        type=_type(work, kind, primary),
        title=title_of(work.get("display_name")) or title_of(work.get("title")),
        authors=_people(work.get("authorships")),
        year=year,
        month=month,
        venue=_venue(work, kind, primary),
        volume=label_of(biblio.get("volume")) if published else None,
        number=label_of(biblio.get("issue")) if published else None,
        pages=pages_of(biblio.get("first_page"), biblio.get("last_page")) if published else None,
        publisher=primary.publisher if primary.published else None,
        doi=own.get("doi"),
        arxiv=own.get("arxiv") or (known.get("arxiv") if kind == "preprint" else None),
        url=primary.page if not own else None,
    )


def _venue(work: Found, kind: Kind, primary: Location) -> str | None:
    """Return the venue: the journal or the proceedings, of a preprint its server unless that is arXiv."""
    if kind == "preprint":
        return None if "arxiv" in primary.named else primary.source
    series = primary.source_type == "book series" and _type(work, kind, primary) in _IN_SERIES
    # "Springer eBooks" is OpenAlex's word for a book that it does not know, and of a book in a series it knows no more.
    return None if series or primary.source_type in ("repository", "ebook platform", "metadata") else primary.source


def _own(work: Found, kind: Kind, primary: Location) -> dict[str, str]:
    """Return the identifiers of the version that the record is of."""
    stated = work_of_doi(text_of(work.get("doi")))
    if kind == "published":
        return {name: value for name, value in stated.items() if name != "arxiv"}
    if primary.named:
        return dict(primary.named)
    return stated


def _date(work: Found, kind: Kind, own: Found, known: Mapping[str, str]) -> tuple[int | None, int | None]:
    """Return year and month of the version, none where they may be those of its preprint."""
    date = year_and_month(work.get("publication_date"))
    year = year_of(work.get("publication_year")) or date[0]
    given = arxiv_date(known.get("arxiv", ""))
    if kind == "published" and "doi" not in own and given and given[0] == year:
        return None, None
    # The first of January is what a date becomes of which only the year is known.
    known_month = date[0] == year and own and not str(work.get("publication_date")).endswith("-01-01")
    return year, date[1] if known_month else None


def _indexes(work: Found) -> list[object]:
    return list_of(work.get("indexed_in"))[:20]


def _people(value: object) -> tuple[str, ...]:
    names = (_person(map_of(each)) for each in list_of(value)[:MAX_PEOPLE])
    return tuple(name for name in names if name)


def _person(authorship: Found) -> str | None:
    """Return the name as the paper prints it; ``Family, Given`` is turned, and capitals throughout are not its own."""
    common = words_of(map_of(authorship.get("author")).get("display_name"))
    printed = words_of(authorship.get("raw_author_name"))
    if not printed or len(printed) > 200 or (common and printed.isupper() and not common.isupper()):
        return common or printed
    family, comma, given = (part.strip() for part in printed.partition(","))
    if not comma:
        return printed
    return f"{given} {family}" if family and given and "," not in given else common or printed


def _identifiers(work: Found, name: str, kind: Kind, primary: Location, places: list[Location]) -> dict[str, str]:
    """Return the identifiers of the work; a publication's DOI is no identifier of a preprint's record."""
    ids = map_of(work.get("ids"))
    known: dict[str, str] = {"openalex": name}
    for found in (_own(work, kind, primary), *(place.named for place in (primary, *places) if place.archived)):
        for scheme, value in found.items():
            known.setdefault(scheme, value)
    for place in (primary, *places):
        for scheme in ("acl", "openreview"):
            if scheme in place.named:
                known.setdefault(scheme, place.named[scheme])
    for scheme, pattern in (("pmid", r"(\d{1,10})/?$"), ("pmcid", r"(PMC\d{1,10}|\d{1,10})/?$")):
        if match := re.search(pattern, (text_of(ids.get(scheme)) or "")[-40:]):
            known[scheme] = match[1] if scheme == "pmid" else f"PMC{match[1].removeprefix('PMC')}"
    return known


def _facts(work: Found, kind: Kind, primary: Location, places: list[Location]) -> dict[str, str | int]:
    status = text_of(map_of(work.get("open_access")).get("oa_status"))
    facts: dict[str, str | int | None] = {
        **_other_version(work, kind, primary, places),
        "licence": primary.licence,
        "citations": int_of(work.get("cited_by_count")),
        "references": int_of(work.get("referenced_works_count")) or None,
        "open_access": status,
    }
    return {name: value for name, value in facts.items() if value is not None}


def _other_version(work: Found, kind: Kind, primary: Location, places: list[Location]) -> dict[str, str | None]:
    """Return the DOI of the publication of a preprint, or that of a publication's preprint where arXiv has none."""
    own = _own(work, kind, primary).get("doi")
    if kind == "preprint":
        stated = work_of_doi(text_of(work.get("doi"))).get("doi") if "crossref" in _indexes(work) else None
        found = [place.named.get("doi") for place in places if place.published]
        return {"published_as": next((name for name in (*found, stated) if name and name != own), None)}
    found = [place.named.get("doi") for place in places if place.archived]
    return {"preprint_is": next((name for name in found if name and name != own), None)}


def abstract_of(index: object) -> str | None:
    """Return the abstract that OpenAlex keeps as words with their places (``{"We": [0, 9]}``), in order."""
    words: dict[int, str] = {}
    for word, places in map_of(index).items():
        for place in places if isinstance(places, list) else ():
            if type(place) is int and 0 <= place < MAX_WORDS:
                words[place] = word
    return plain(" ".join(words[place] for place in sorted(words)))
